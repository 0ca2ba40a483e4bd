import type { Ttl } from '../prompt/words';
import { insertAt, replaceSpan, type Edits, type SourceEdit } from '../text/edit';
import { lineAt } from '../text/lineAt';
import { span, type Span } from '../text/span';
import type { Tree } from '../text/tree';

type ObjectTree = Extract<Tree, { kind: 'object' }>;

/** The line break a document uses. */
export const lineBreakOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

export const lineStart = (text: string, offset: number): number => lineAt(text, offset).start;

/** The end of the line around an offset, its break left out. */
export const lineEnd = (text: string, offset: number): number => {
  const newline = text.indexOf('\n', offset);
  const end = newline === -1 ? text.length : newline;
  return end > offset && text[end - 1] === '\r' ? end - 1 : end;
};

/** The whole lines a span stands on, the break after them included. */
export const wholeLines = (text: string, at: Span): Span => {
  const newline = text.indexOf('\n', Math.max(at.start, at.end - 1));
  if (newline !== -1) return span(lineStart(text, at.start), newline + 1);
  const start = lineStart(text, at.start);
  return span(start > 0 ? (text[start - 2] === '\r' ? start - 2 : start - 1) : start, text.length);
};

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

/** Offset after the last character before `offset` that is no white space. */
export const visibleEnd = (text: string, offset: number): number => {
  let at = offset;
  while (isSpace(text[at - 1])) at -= 1;
  return at;
};

/** Does a mapping or list in brackets begin, or go on, right before this offset? */
export const isFlow = (text: string, offset: number): boolean => /[{[,]/.test(text.charAt(visibleEnd(text, offset) - 1));

/** Comments of JSONC may stand between an entry and its comma. */
const trivia = String.raw`(?:\s|/\*[^]*?\*/|//[^\n]*\n)*`;
const commaBehind = new RegExp(`${trivia},[ \\t]*(?:\\r?\\n)?[ \\t]*`, 'y');

/** Offset after the comma that follows, and after the line that it ends; `end` where none follows. */
const endWithComma = (text: string, end: number): number => {
  commaBehind.lastIndex = end;
  return commaBehind.test(text) ? commaBehind.lastIndex : end;
};

/** As `visibleEnd`, where comments in the manner of C do not count either. */
const meaningEnd = (text: string, offset: number): number => {
  let at = visibleEnd(text, offset);
  while (text.startsWith('*/', at - 2) && at >= 4) {
    const open = text.lastIndexOf('/*', at - 3);
    if (open === -1) return at;
    at = visibleEnd(text, open);
  }
  return at;
};

/** An entry of a JSON or YAML list in brackets together with the comma that separates it from its neighbor. */
export const withSeparator = (text: string, at: Span): Span => {
  const before = meaningEnd(text, at.start);
  return text[before - 1] === ',' ? span(before - 1, at.end) : span(at.start, endWithComma(text, at.end));
};

const withTtl = (text: string, point: ObjectTree, ttl: Ttl): Edits | undefined => {
  const last = point.entries.at(-1);
  if (last === undefined) return undefined;
  const entry = text[last.key.span.start] === '"' ? `"ttl": "${ttl}"` : `ttl: ${ttl}`;
  const start = lineStart(text, last.span.start);
  const between = text[point.span.start] === '{' ? ', ' : lineBreakOf(text) + ' '.repeat(last.span.start - start);
  return [insertAt(last.span.end, between + entry)];
};

/** Rewrites the ttl of a cache point, whose own object is given, in JSON or YAML; `undefined` where it is written in a way that is not known. */
export const setObjectTtl = (text: string, point: Tree | undefined, ttl: Ttl | undefined): Edits | undefined => {
  if (point?.kind !== 'object') return undefined;
  const existing = point.entries.findLast(({ name }) => name === 'ttl');
  if (existing === undefined) return ttl === undefined ? [] : withTtl(text, point, ttl);
  if (ttl !== undefined) {
    const quoted = /^["']/.test(text.slice(existing.value.span.start)) || text[existing.key.span.start] === '"';
    return [replaceSpan(existing.value.span, quoted ? `"${ttl}"` : ttl)];
  }
  if (text[point.span.start] === '{') return [replaceSpan(withSeparator(text, existing.span), '')];
  // In block style each entry but the first of the object has a line of its own.
  const own = text.slice(lineStart(text, existing.span.start), existing.span.start).trim() === '';
  return own ? [replaceSpan(wholeLines(text, existing.span), '')] : undefined;
};

/**
 * Several changes as one. Neighbors in a list may both claim the separator between them: they become one deletion, and when it begins the list, the
 * comma after it goes too, which neither of them claimed.
 */
export const together = (text: string, changes: readonly (Edits | undefined)[]): Edits | undefined => {
  const kept: SourceEdit[] = [];
  const all = changes.flatMap((change) => change ?? []);
  if (changes.includes(undefined)) return undefined;
  for (const edit of all.sort((a, b) => a.at.source - b.at.source || a.at.span.start - b.at.span.start || a.at.span.end - b.at.span.end)) {
    const last = kept.at(-1);
    const meets = last !== undefined && last.at.source === edit.at.source && edit.at.span.start < last.at.span.end;
    if (!meets) {
      kept.push(edit);
      continue;
    }
    if (edit.text !== '' || last.text !== '') return undefined;
    const { start } = last.at.span;
    const end = Math.max(last.at.span.end, edit.at.span.end);
    const until = text[start] === ',' ? end : endWithComma(text, end);
    kept[kept.length - 1] = { at: { source: edit.at.source, span: span(start, until) }, text: '' };
  }
  return kept;
};

/** The lifetime as a cache point's object has it. */
export const ttlMember = (ttl: Ttl | undefined, quote: '' | '"'): string =>
  ttl === undefined ? '' : `, ${quote}ttl${quote}: ${quote}${ttl}${quote}`;

/** How JSON is written beside what stands at a place: with spaces as people do, or without any as programs do. */
export interface JsonStyle {
  /** What stands before and after the value of an object with one member. */
  open(name: string): string;
  readonly close: string;
  /** A cache point as an entry of a list. */
  point(ttl: Ttl | undefined): string;
  /** Between two members or entries that share a line. */
  readonly comma: string;
}

const spaced: JsonStyle = {
  open: (name) => `{ "${name}": `,
  close: ' }',
  point: (ttl) => `{ "cachePoint": { "type": "default"${ttlMember(ttl, '"')} } }`,
  comma: ', ',
};

const compact: JsonStyle = {
  open: (name) => `{"${name}":`,
  close: '}',
  point: (ttl) => `{"cachePoint":{"type":"default"${ttl === undefined ? '' : `,"ttl":"${ttl}"`}}}`,
  comma: ',',
};

/** The style of the object that begins at an offset. */
export const jsonStyleAt = (text: string, offset: number): JsonStyle =>
  /^\{"(?:[^"\\]|\\.)*":\S/.test(text.slice(offset, offset + 200)) ? compact : spaced;

/** The `- ` of a YAML list entry before an offset, if the entry is written in block style. */
export const dashBefore = (text: string, offset: number): { readonly start: number; readonly indent: string } | undefined => {
  const start = lineStart(text, offset);
  const match = /^([ \t]*)-[ \t]+(?:[&!]\S*[ \t]+)*$/.exec(text.slice(start, offset));
  return match === null ? undefined : { start, indent: match[1] ?? '' };
};

/** A new entry after one of a YAML list: on a line of its own in block style, in braces between brackets. */
export const insertYamlEntry = (text: string, { start, end }: Span, entry: string): Edits | undefined => {
  const dash = dashBefore(text, start);
  if (dash !== undefined) return [insertAt(lineEnd(text, end), `${lineBreakOf(text)}${dash.indent}- ${entry}`)];
  const before = text[visibleEnd(text, start) - 1];
  return before === '[' || before === ',' ? [insertAt(end, `, { ${entry} }`)] : undefined;
};

/** An entry of a YAML list with all that separates it from its neighbors. */
export const removeYamlEntry = (text: string, at: Span): Edits => {
  const dash = dashBefore(text, at.start);
  return [replaceSpan(dash === undefined ? withSeparator(text, at) : wholeLines(text, span(dash.start, at.end)), '')];
};
