import type { ReadPrompt, SampleRow } from '../prompt/model';
import { insertAt, replaceSpan, type Edits } from '../text/edit';
import { span, type Span } from '../text/span';
import { yamlLines } from '../text/yamlText';
import { newFrontMatter, topIndent, topLine } from './frontMatterLines';
import { isFlow, lineBreakOf, lineEnd, lineStart, visibleEnd } from './listEdits';

const inBrackets = (row: SampleRow): string => {
  const pairs = Object.entries(row).map(([name, value]) => `${JSON.stringify(name)}: ${JSON.stringify(value)}`);
  return `{ ${pairs.join(', ')} }`;
};

/** Where the lines of a row end: its text may keep the empty lines after it. */
const endOfRow = (text: string, { start, end }: Span): number => {
  const line = lineEnd(text, end);
  const keepsLines = /[|>]\d?\+/.test(text.slice(start, end));
  return keepsLines ? line + (/^(?:\r?\n[ \t]*(?=\r?\n))*/.exec(text.slice(line))?.[0].length ?? 0) : line;
};

const afterLast = (
  text: string,
  rows: ReadPrompt['header']['samples'],
  row: SampleRow,
  listOf: (indent: string) => string,
): Edits | undefined => {
  const last = rows.at(-1);
  if (last === undefined) return undefined;
  const { start, end } = last.span;
  if (isFlow(text, start)) return [insertAt(end, `, ${inBrackets(row)}`)];
  const indent = /^([ \t]*)-[ \t]+$/.exec(text.slice(lineStart(text, start), start))?.[1];
  if (indent === undefined) return undefined;
  // A text of several lines takes the line break at its end for its own.
  const at = endOfRow(text, span(start, visibleEnd(text, end)));
  return [insertAt(at, `${lineBreakOf(text)}${listOf(indent)}`)];
};

/** One more row below `samples`, texts of several lines as lines; nothing where what stands there is half typed, or written in an unusual way. */
export const addSample = (text: string, { header }: Pick<ReadPrompt, 'header'>, row: SampleRow): Edits | undefined => {
  const newline = lineBreakOf(text);
  const listOf = (indent: string): string => yamlLines([row], indent).replaceAll('\n', newline);
  if (header.samples.length > 0) return afterLast(text, header.samples, row, listOf);
  if (header.span === undefined) return newFrontMatter(text, `samples:${newline}${listOf('  ')}`);
  const indent = topIndent(text, header.span);
  if (indent === undefined) return undefined;
  const list = `${newline}${listOf(`${indent}  `)}`;
  const written = topLine(text, header.span, 'samples');
  if (written === undefined) return [insertAt(header.span.end, `${indent}samples:${list}${newline}`)];
  const isEmpty = /^[ \t]*(?:\[[ \t]*\][ \t]*)?$/.test(text.slice(written.value.start, written.value.end));
  // What is below it and no row of values is not for this to take apart.
  const isAlone = !/^\s*-/.test(text.slice(written.value.end, header.span.end));
  return written.indent === indent && isEmpty && isAlone ? [replaceSpan(written.value, list)] : undefined;
};
