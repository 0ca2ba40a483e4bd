import type { Block, MarkerBlock, Prompt } from '../prompt/model';
import { markerWord } from '../prompt/words';
import type { Place } from '../request/wirePlace';
import type { Ttl } from '../request/types';
import type { TextEdit } from '../text/edit';
import { parseJsonTree } from '../text/jsonTree';
import { span, type Span } from '../text/span';
import { parseYamlTree } from '../text/yamlTree';
import { lineBreakOf, lineStart, setObjectTtl, visibleEnd, wholeLines, withSeparator } from './cachePointText';
import type { FormatEdits } from './format';

const comment = (ttl: Ttl | undefined): string => (ttl === undefined ? `<!-- ${markerWord} -->` : `<!-- ${markerWord} ttl=${ttl} -->`);
const point = (ttl: Ttl | undefined): string => `cachePoint: { type: default${ttl === undefined ? '' : `, ttl: ${ttl}`} }`;

const isComment = (text: string, marker: MarkerBlock): boolean => /^[ \t]*<!--/.test(text.slice(marker.span.start, marker.span.end));
const isFence = (text: string, block: Block): boolean => /^[ \t]*(```|~~~)/.test(text.slice(block.span.start, block.span.end));

/** The `- ` of a YAML list entry before an offset, if the entry is written in block style. */
const dashBefore = (text: string, offset: number): { readonly start: number; readonly indent: string } | undefined => {
  const start = lineStart(text, offset);
  const match = /^([ \t]*)-[ \t]+(?:[&!]\S*[ \t]+)*$/.exec(text.slice(start, offset));
  return match === null ? undefined : { start, indent: match[1] ?? '' };
};

const lineEnd = (text: string, offset: number): number => {
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
};

/** Is this the text of a tool, and not the path of a file that holds it, which a fix here must not write? */
const isToolText = (source: string): boolean => /(?:toolSpec|systemTool|cachePoint)["']?[ \t]*:/.test(source);

const insertTool = (text: string, block: Block, ttl: Ttl | undefined): readonly TextEdit[] | undefined => {
  const { start, end } = block.span;
  if (!isToolText(text.slice(start, end))) return undefined;
  const dash = dashBefore(text, start);
  if (dash !== undefined) {
    const at = lineEnd(text, end);
    return [{ span: span(at, at), text: `${lineBreakOf(text)}${dash.indent}- ${point(ttl)}` }];
  }
  const before = text[visibleEnd(text, start) - 1];
  return before === '[' || before === ',' ? [{ span: span(end, end), text: `, { ${point(ttl)} }` }] : undefined;
};

const insertMarker = (text: string, block: Block, place: Place, ttl: Ttl | undefined): readonly TextEdit[] | undefined =>
  place.field === 'tools'
    ? insertTool(text, block, ttl)
    : [{ span: span(block.span.end, block.span.end), text: `${lineBreakOf(text)}${comment(ttl)}` }];

const removeEntry = (text: string, block: Block): readonly TextEdit[] => {
  const dash = dashBefore(text, block.span.start);
  return [{ span: dash === undefined ? withSeparator(text, block.span) : wholeLines(text, span(dash.start, block.span.end)), text: '' }];
};

const removeMarker = (text: string, marker: MarkerBlock): readonly TextEdit[] =>
  isComment(text, marker) || isFence(text, marker) ? [{ span: wholeLines(text, marker.span), text: '' }] : removeEntry(text, marker);

const setTtl = (text: string, marker: MarkerBlock, ttl: Ttl | undefined): readonly TextEdit[] | undefined => {
  if (isComment(text, marker)) return [{ span: marker.span, text: comment(ttl) }];
  const { start, end } = marker.span;
  if (!isFence(text, marker)) return setObjectTtl(text, parseYamlTree(text.slice(start, end), start).tree, ttl);
  const body = text.indexOf('\n', start) + 1;
  return setObjectTtl(text, parseJsonTree(text.slice(body, lineStart(text, end)), body).tree, ttl);
};

/** New front matter with these lines, for a file that has none. */
const newFrontMatter = (text: string, lines: string): readonly TextEdit[] => {
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const newline = lineBreakOf(text);
  return [{ span: span(start, start), text: `---${newline}${lines}${newline}---${newline}` }];
};

/** A line of front matter that is written like `key:` at the top, and what follows the colon. */
const topLine = (text: string, front: Span, key: string): { readonly indent: string; readonly value: Span } | undefined => {
  const match = new RegExp(`^( *)(["']?)${key}\\2[ \\t]*:`, 'm').exec(text.slice(front.start, front.end));
  if (match === null) return undefined;
  const at = front.start + match.index + match[0].length;
  return { indent: match[1] ?? '', value: span(at, lineEnd(text, at)) };
};

/** The indent of the top keys; `undefined` where the front matter is no mapping in block style. */
const topIndent = (text: string, front: Span): string | undefined => {
  const first = /^(?![ \t]*(?:#|\r?$))[^\r\n]+/m.exec(text.slice(front.start, front.end))?.[0];
  return first === undefined ? '' : /^( *)["']?[\w.-]+["']?[ \t]*:/.exec(first)?.[1];
};

const setModelId = (text: string, { header }: Prompt, modelId: string): readonly TextEdit[] | undefined => {
  if (header.modelId !== undefined) return [{ span: header.modelId.span, text: modelId }];
  if (header.span === undefined) return newFrontMatter(text, `modelId: ${modelId}`);
  const indent = topIndent(text, header.span);
  if (indent === undefined) return undefined;
  const empty = topLine(text, header.span, 'modelId');
  if (empty !== undefined) return empty.indent === indent ? [{ span: empty.value, text: ` ${modelId}` }] : undefined;
  const at = span(header.span.start, header.span.start);
  return [{ span: at, text: `${indent}modelId: ${modelId}${lineBreakOf(text)}` }];
};

const declareAmong = (text: string, variables: Prompt['header']['variables'], entry: string): readonly TextEdit[] | undefined => {
  const [first] = variables;
  const last = variables.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const start = lineStart(text, first.span.start);
  const indent = text.slice(start, first.span.start);
  if (indent.trim() === '' && !isFlow(text, start)) {
    const end = lineEnd(text, last.entrySpan.end);
    return [{ span: span(end, end), text: `${lineBreakOf(text)}${indent}${entry}` }];
  }
  const { end } = last.entrySpan;
  return [{ span: span(end, end), text: `, ${entry}` }];
};

/** Does a mapping or list in brackets begin, or go on, right before this offset? */
const isFlow = (text: string, offset: number): boolean => /[{,]/.test(text.charAt(visibleEnd(text, offset) - 1));

const declareVariable = (text: string, { header }: Prompt, name: string): readonly TextEdit[] | undefined => {
  const entry = `${name}: { example: '' }`;
  if (header.variables.length > 0) return declareAmong(text, header.variables, entry);
  const newline = lineBreakOf(text);
  if (header.span === undefined) return newFrontMatter(text, `variables:${newline}  ${entry}`);
  const indent = topIndent(text, header.span);
  if (indent === undefined) return undefined;
  const written = topLine(text, header.span, 'variables');
  if (written === undefined)
    return [{ span: span(header.span.end, header.span.end), text: `${indent}variables:${newline}${indent}  ${entry}${newline}` }];
  // Half typed, or an empty mapping: anything else is not for a fix to replace.
  const value = text.slice(written.value.start, written.value.end);
  if (written.indent !== indent || !/^[ \t]*(?:\{[ \t]*\}[ \t]*)?$/.test(value)) return undefined;
  return [{ span: written.value, text: `${newline}${indent}  ${entry}` }];
};

const declareStatic = (text: string, { header }: Prompt, literal: string): readonly TextEdit[] | undefined => {
  const entry = JSON.stringify(literal);
  const newline = lineBreakOf(text);
  if (header.span === undefined) return newFrontMatter(text, `static:${newline}  - ${entry}`);
  const indent = topIndent(text, header.span);
  if (indent === undefined) return undefined;
  const written = topLine(text, header.span, 'static');
  if (written === undefined)
    return [{ span: span(header.span.end, header.span.end), text: `${indent}static:${newline}${indent}  - ${entry}${newline}` }];
  const value = text.slice(written.value.start, written.value.end);
  if (/^[ \t]*$/.test(value)) {
    // Entries in block style keep the indent of the first one.
    const first = /^\r?\n([ \t]*)-[ \t]/.exec(text.slice(written.value.end))?.[1] ?? `${indent}  `;
    return [{ span: span(written.value.end, written.value.end), text: `${newline}${first}- ${entry}` }];
  }
  const close = /^[ \t]*\[(.*)\][ \t]*$/.exec(value);
  if (close === null) return undefined;
  const at = written.value.start + value.lastIndexOf(']');
  return [{ span: span(at, at), text: close[1]?.trim() === '' ? entry : `, ${entry}` }];
};

/** How fixes write into a prompt file: markers as comments, tools as YAML list entries. */
export const bedrockPromptEdits: FormatEdits = {
  insertMarker,
  removeMarker,
  setTtl,
  // Of what is no fence, only tools are written as JSON or YAML.
  removeBlock: (text, block) =>
    block.kind === 'json' && !isFence(text, block) ? removeEntry(text, block) : [{ span: wholeLines(text, block.span), text: '' }],
  setModelId,
  declareVariable,
  declareStatic,
};
