import type { ReadPrompt, VariableDeclaration } from '../prompt/model';
import type { Varies } from '../prompt/words';
import type { PromptWriter } from '../prompt/writer';
import { insertAt, replaceSpan, type Edits, type SourceEdit } from '../text/edit';
import { once } from '../text/once';
import { span, type Span } from '../text/span';
import { member, type Tree } from '../text/tree';
import { parseYamlTree } from '../text/yamlTree';
import { addSample } from './addSample';
import { newFrontMatter, topIndent, topLine } from './frontMatterLines';
import { isFlow, lineBreakOf, lineEnd, lineStart, visibleEnd } from './listEdits';

const setModelId = (text: string, { header }: ReadPrompt, modelId: string): Edits | undefined => {
  if (header.modelId !== undefined) return [replaceSpan(header.modelId.span, modelId)];
  if (header.span === undefined) return newFrontMatter(text, `modelId: ${modelId}`);
  const indent = topIndent(text, header.span);
  if (indent === undefined) return undefined;
  const empty = topLine(text, header.span, 'modelId');
  if (empty !== undefined) return empty.indent === indent ? [replaceSpan(empty.value, ` ${modelId}`)] : undefined;
  const at = span(header.span.start, header.span.start);
  return [replaceSpan(at, `${indent}modelId: ${modelId}${lineBreakOf(text)}`)];
};

/** Calls an hour in place of what stands there, a burst too; nothing where the lines of a mapping would have to be taken apart. */
const setTraffic = (text: string, { header }: ReadPrompt, callsPerHour: number): Edits | undefined => {
  const written = String(callsPerHour);
  if (header.callsPerHour !== undefined) return [replaceSpan(header.callsPerHour.span, written)];
  const value = `{ callsPerHour: ${written} }`;
  if (header.span === undefined) return newFrontMatter(text, `traffic: ${value}`);
  const indent = topIndent(text, header.span);
  if (indent === undefined) return undefined;
  const line = topLine(text, header.span, 'traffic');
  if (line === undefined) return [insertAt(header.span.end, `${indent}traffic: ${value}${lineBreakOf(text)}`)];
  const isOneLine = /^[ \t]*(?:\{[^{}]*\}[ \t]*)$/.test(text.slice(line.value.start, line.value.end));
  return line.indent === indent && isOneLine ? [replaceSpan(line.value, ` ${value}`)] : undefined;
};

const declareAmong = (text: string, variables: ReadPrompt['header']['variables'], entry: string): Edits | undefined => {
  const [first] = variables;
  const last = variables.at(-1);
  if (first === undefined || last === undefined) return undefined;
  const start = lineStart(text, first.span.start);
  const indent = text.slice(start, first.span.start);
  if (indent.trim() === '' && !isFlow(text, start)) {
    // A text of several lines takes the line break at its end for its own.
    const end = lineEnd(text, visibleEnd(text, last.entrySpan.end));
    return [insertAt(end, `${lineBreakOf(text)}${indent}${entry}`)];
  }
  const { end } = last.entrySpan;
  return [insertAt(end, `, ${entry}`)];
};

const declareVariable = (text: string, { header }: ReadPrompt, name: string): Edits | undefined => {
  const entry = `${name}: { example: '' }`;
  if (header.variables.length > 0) return declareAmong(text, header.variables, entry);
  const newline = lineBreakOf(text);
  if (header.span === undefined) return newFrontMatter(text, `variables:${newline}  ${entry}`);
  const indent = topIndent(text, header.span);
  if (indent === undefined) return undefined;
  const written = topLine(text, header.span, 'variables');
  if (written === undefined) return [insertAt(header.span.end, `${indent}variables:${newline}${indent}  ${entry}${newline}`)];
  // Half typed, or an empty mapping: anything else is not for a fix to replace.
  const value = text.slice(written.value.start, written.value.end);
  if (written.indent !== indent || !/^[ \t]*(?:\{[ \t]*\}[ \t]*)?$/.test(value)) return undefined;
  return [replaceSpan(written.value, `${newline}${indent}  ${entry}`)];
};

const declareStatic = (text: string, { header }: ReadPrompt, literal: string): Edits | undefined => {
  const entry = JSON.stringify(literal);
  const newline = lineBreakOf(text);
  if (header.span === undefined) return newFrontMatter(text, `static:${newline}  - ${entry}`);
  const indent = topIndent(text, header.span);
  if (indent === undefined) return undefined;
  const written = topLine(text, header.span, 'static');
  if (written === undefined) return [insertAt(header.span.end, `${indent}static:${newline}${indent}  - ${entry}${newline}`)];
  const value = text.slice(written.value.start, written.value.end);
  if (/^[ \t]*$/.test(value)) {
    // Entries in block style keep the indent of the first one.
    const first = /^\r?\n([ \t]*)-[ \t]/.exec(text.slice(written.value.end))?.[1] ?? `${indent}  `;
    return [insertAt(written.value.end, `${newline}${first}- ${entry}`)];
  }
  const close = /^[ \t]*\[(.*)\][ \t]*$/.exec(value);
  if (close === null) return undefined;
  const at = written.value.start + value.lastIndexOf(']');
  return [insertAt(at, close[1]?.trim() === '' ? entry : `, ${entry}`)];
};

const insertInto = (text: string, value: Tree, written: string): SourceEdit | undefined => {
  if (value.kind !== 'object') {
    const source = text.slice(value.span.start, value.span.end);
    const plain = value.kind === 'scalar' && !source.includes('\n') && !/^[|>&*]/.test(source);
    return plain ? replaceSpan(value.span, source === '' ? ` { ${written} }` : `{ example: ${source}, ${written} }`) : undefined;
  }
  const last = value.entries.at(-1);
  const first = value.entries[0];
  if (text[value.span.start] === '{') {
    const at = last?.span.end ?? value.span.start + 1;
    return insertAt(at, last === undefined ? ` ${written} ` : `, ${written}`);
  }
  if (first === undefined) return undefined;
  const line = text.lastIndexOf('\n', first.span.start - 1) + 1;
  const indent = text.slice(line, first.span.start);
  // In front of the first member, for the last one may be a text of several lines.
  return indent.trim() === '' ? insertAt(line, `${indent}${written}${lineBreakOf(text)}`) : undefined;
};

/** Says in a declaration how often the variable changes; nothing where it is written in an unusual way. */
const setVariesOf = (text: string, { entrySpan, name }: VariableDeclaration, varies: Varies): Edits | undefined => {
  const line = text.lastIndexOf('\n', entrySpan.start - 1) + 1;
  const at: Span = span(text.slice(line, entrySpan.start).trim() === '' ? line : entrySpan.start, entrySpan.end);
  const { tree, errors } = parseYamlTree(text.slice(at.start, at.end), at.start);
  const value = errors.length > 0 ? undefined : member(tree, name);
  const said = member(value, 'varies');
  if (value === undefined) return undefined;
  if (said !== undefined) return [replaceSpan(said.span, varies)];
  const inserted = insertInto(text, value, `varies: ${varies}`);
  return inserted && [inserted];
};

/** Does the declaration give something a name (`&name`) that another part of the front matter refers to (`*name`)? */
const isReferredTo = (text: string, front: Span | undefined, { entrySpan }: VariableDeclaration): boolean => {
  const names = [...text.slice(entrySpan.start, entrySpan.end).matchAll(/&([\w.-]+)/g)].map(([, name = '']) => name);
  if (front === undefined || names.length === 0) return false;
  const rest = text.slice(front.start, entrySpan.start) + text.slice(entrySpan.end, front.end);
  return names.some((name) => new RegExp(`\\*${name}(?![\\w-])`).test(rest));
};

/** Removes a declaration that has its lines to itself; one that shares a line, or is the last, is left to a person. */
const removeDeclaration = (text: string, { header }: ReadPrompt, declaration: VariableDeclaration | undefined): Edits | undefined => {
  if (declaration === undefined || header.variables.length === 1) return undefined;
  const { start, end } = declaration.entrySpan;
  const line = lineStart(text, start);
  const newline = text.indexOf('\n', Math.max(start, end - 1));
  if (text.slice(line, start).trim() !== '' || newline === -1 || isReferredTo(text, header.span, declaration)) return undefined;
  return [replaceSpan(span(line, newline + 1), '')];
};

type FrontMatterEdits = Pick<
  PromptWriter,
  'setModelId' | 'setTraffic' | 'addSample' | 'declareVariable' | 'removeDeclaration' | 'setVaries' | 'declareStatic'
>;

/** Changes of what front matter says. */
export const frontMatterEdits = (text: string, prompt: ReadPrompt): FrontMatterEdits => {
  const declarations = once(() => new Map(prompt.header.variables.map((one) => [one.name, one])));
  return {
    setModelId: (modelId) => setModelId(text, prompt, modelId),
    setTraffic: (callsPerHour) => setTraffic(text, prompt, callsPerHour),
    addSample: (row) => addSample(text, prompt, row),
    declareVariable: (name) => declareVariable(text, prompt, name),
    removeDeclaration: (name) => removeDeclaration(text, prompt, declarations().get(name)),
    setVaries: (name, varies) => {
      const declaration = declarations().get(name);
      return declaration && setVariesOf(text, declaration, varies);
    },
    declareStatic: (literal) => declareStatic(text, prompt, literal),
  };
};
