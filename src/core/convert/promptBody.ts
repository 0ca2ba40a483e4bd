import { readPromptLines } from '../formats/promptLines';
import { trimBlankLines } from '../formats/promptText';
import { isRecord, type Json } from '../text/json';
import { span } from '../text/span';
import { escapeTokens, placeholder, scanTemplate } from '../text/templateTokens';
import { fieldOf } from '../tokens/json';
import type { Draft } from './draft';
import { mapTexts } from './fill';
import type { Hole, Part } from './marks';
import { memberOf } from './request';

/** Blocks as the body of a prompt file writes them. */

export type Names = ReadonlyMap<Hole, string>;

/** What a text says where placeholders are read: its own characters, and variables in braces of another kind. */
const meaningOf = (parts: readonly Part[], names: Names): string =>
  JSON.stringify(parts.map((part) => (typeof part === 'string' ? part : [names.get(part) ?? ''])));

const readTemplate = (text: string): string => {
  const parts: (string | readonly string[])[] = [];
  let literal = '';
  let done = 0;
  for (const token of scanTemplate(text)) {
    literal += text.slice(done, token.start);
    done = token.end;
    if (token.kind === 'include') return '';
    if (token.kind !== 'variable') continue;
    if (literal !== '') parts.push(literal);
    literal = '';
    parts.push([token.name]);
  }
  literal += text.slice(done);
  if (literal !== '') parts.push(literal);
  return JSON.stringify(parts);
};

const templateOf = (parts: readonly Part[], names: Names): string =>
  parts.map((part) => (typeof part === 'string' ? escapeTokens(part) : placeholder(names.get(part) ?? ''))).join('');

/** A text as lines of the file; `undefined` where some of it would be read as something else. */
const asLines = (parts: readonly Part[], names: Names): string | undefined => {
  const template = templateOf(parts, names);
  if (readTemplate(template) !== meaningOf(parts, names) || template.includes('\r')) return undefined;
  const { lines, problems } = readPromptLines(template, 0);
  if (problems.length > 0 || lines.some(({ kind }) => kind !== 'role')) return undefined;
  const { start, end } = trimBlankLines(template, span(0, template.length));
  if (template === '' || start !== 0 || end !== template.length) return undefined;
  // A line that would begin a section has a backslash before it.
  return lines.reduceRight((text, { span: { start: line } }) => {
    const first = line + text.slice(line).search(/\S/);
    return `${text.slice(0, first)}\\${text.slice(first)}`;
  }, template);
};

/** A block in a fence, as JSON. */
const fence = (draft: Draft, block: Json, names: Names): string => {
  const { marks, refusals } = draft;
  const escaped = mapTexts(block, (text) => {
    const parts = marks.parts(text);
    const template = templateOf(parts, names);
    if (readTemplate(template) !== meaningOf(parts, names)) refusals.push({ code: 'text', text: template });
    return template;
  });
  return `\`\`\`converse\n${JSON.stringify(escaped, null, 2)}\n\`\`\``;
};

/** `<!-- cachePoint -->`; `undefined` where it says something that no marker says. */
const marker = (point: unknown): string | undefined => {
  const ttl = fieldOf(point, 'ttl');
  const isKnown = isRecord(point) && point['type'] === 'default' && Object.keys(point).every((name) => name === 'type' || name === 'ttl');
  if (!isKnown || (ttl !== undefined && ttl !== '5m' && ttl !== '1h')) return undefined;
  return ttl === undefined ? '<!-- cachePoint -->' : `<!-- cachePoint ttl=${ttl} -->`;
};

/** An image or a document that is a file beside the prompt. */
const fileLine = (draft: Draft, member: string, value: unknown): string | undefined => {
  const bytes = fieldOf(fieldOf(value, 'source'), 'bytes');
  const [hole] = typeof bytes === 'string' ? draft.marks.parts(bytes) : [];
  if (hole === undefined || typeof hole === 'string' || hole.kind !== 'file') return undefined;
  const name = member === 'document' ? String(fieldOf(value, 'name')) : 'image';
  const target = /[\s()<>]/.test(hole.path) ? `<${hole.path}>` : hole.path;
  const line = `${member === 'image' ? '!' : ''}[${name}](${target})`;
  const [read] = readPromptLines(line, 0).lines;
  const isSame =
    read?.kind === 'media' &&
    read.member === member &&
    read.format === fieldOf(value, 'format') &&
    (member === 'image' || read.name === name);
  if (!isSame) draft.refusals.push({ code: 'noPlace', what: member });
  return line;
};

/** The blocks of one section, each on lines of its own. */
export const sectionLines = (draft: Draft, blocks: readonly unknown[], names: Names, isSystem: boolean): readonly string[] => {
  let isText = false;
  return blocks.map((block) => {
    const { member, value } = memberOf(block, draft);
    const wasText = isText;
    isText = false;
    if (member === 'cachePoint') return marker(value) ?? fence(draft, block as Json, names);
    // A line in the system text names no file.
    if (!isSystem && (member === 'image' || member === 'document'))
      return fileLine(draft, member, value) ?? fence(draft, block as Json, names);
    // Nothing parts two texts that follow each other.
    const lines = member === 'text' && typeof value === 'string' && !wasText ? asLines(draft.marks.parts(value), names) : undefined;
    isText = lines !== undefined;
    return lines ?? fence(draft, block as Json, names);
  });
};
