import { lineBreakOf, lineStart } from '../../formats/listEdits';
import type { Ttl } from '../../prompt/words';
import { insertAt, replaceSpan, type Edits } from '../../text/edit';
import type { Span } from '../../text/span';
import type { LanguageId } from '../form';

/** How a document writes objects: with which quotes, with quotes around names or without, with spaces inside of braces or without. */
export interface Style {
  readonly quote: string;
  readonly key: (name: string) => string;
  readonly space: string;
}

const count = (text: string, sign: string): number => text.split(sign).length - 1;

/** The style of the code around a place. */
export const styleAt = (text: string, language: LanguageId, { start, end }: Span): Style => {
  const own = text.slice(start, end);
  const near = text.slice(Math.max(0, start - 4000), end);
  const single = /['"]/.test(own) ? count(own, "'") > count(own, '"') : count(near, "'") > count(near, '"');
  const quote = single ? "'" : '"';
  const bare = language === 'typescript' && !/["']\w+["']\s*:/.test(own);
  return {
    quote,
    key: (name) => (bare ? name : `${quote}${name}${quote}`),
    space: language === 'typescript' && !/\{\S/.test(own.replace(/\$\{/g, '')) ? ' ' : '',
  };
};

const lifetime = ({ key, quote }: Style, ttl: Ttl | undefined): string =>
  ttl === undefined ? '' : `, ${key('ttl')}: ${quote}${ttl}${quote}`;

const braces = ({ space }: Style, inside: string): string => `{${space}${inside}${space}}`;

/** A cache point of Converse as a member. */
export const pointMember = (style: Style, ttl: Ttl | undefined): string => {
  const { key, quote } = style;
  return `${key('cachePoint')}: ${braces(style, `${key('type')}: ${quote}default${quote}${lifetime(style, ttl)}`)}`;
};

/** A cache point of Converse as an element of a list. */
export const pointElement = (style: Style, ttl: Ttl | undefined): string => braces(style, pointMember(style, ttl));

/** A marker of the Messages API as a member of a block. */
export const controlMember = (style: Style, ttl: Ttl | undefined): string => {
  const { key, quote } = style;
  return `${key('cache_control')}: ${braces(style, `${key('type')}: ${quote}ephemeral${quote}${lifetime(style, ttl)}`)}`;
};

/** A marker as the AI SDK's provider reads it. */
export const optionsMember = (style: Style, ttl: Ttl | undefined): string =>
  `providerOptions: ${braces(style, `bedrock: ${braces(style, pointMember(style, ttl))}`)}`;

const comment = /^[ \t]*(?:(?:#|\/\/)[^\n]*)?$/;

/** Puts an element behind another one of its list: on a line of its own where that has one, with the comma that lines there end in. */
export const insertElement = (text: string, item: Span, element: string): Edits => {
  const indent = text.slice(lineStart(text, item.start), item.start);
  if (indent.trim() !== '') return [insertAt(item.end, `, ${element}`)];
  const line = `${lineBreakOf(text)}${indent}${element}`;
  const comma = /^[ \t]*,/.exec(text.slice(item.end))?.[0];
  if (comma === undefined) return [insertAt(item.end, `,${line}`)];
  const behind = item.end + comma.length;
  const newline = text.indexOf('\n', behind);
  const end = newline === -1 ? text.length : text[newline - 1] === '\r' ? newline - 1 : newline;
  const at = comment.test(text.slice(behind, end)) ? end : behind;
  return [insertAt(at, `${line},`)];
};

/** Adds a member at the end of an object; `undefined` where a comment may stand there. */
export const insertMember = (text: string, object: Span, member: string): Edits | undefined => {
  if (text[object.start] !== '{' || text[object.end - 1] !== '}') return undefined;
  const inside = text.slice(object.start + 1, object.end - 1);
  const end = object.start + 1 + inside.trimEnd().length;
  const hasComma = text[end - 1] === ',';
  const lastLine = text.slice(Math.max(object.start, lineStart(text, end)), end);
  if (/#|\/\/|\*\//.test(lastLine)) return undefined;
  const first = object.start + 1 + (inside.length - inside.trimStart().length);
  const indent = text.slice(lineStart(text, first), first);
  const isTall = indent.trim() === '' && lineStart(text, first) > object.start;
  if (inside.trim() === '') return undefined;
  if (isTall) return [insertAt(end, `${hasComma ? '' : ','}${lineBreakOf(text)}${indent}${member}${hasComma ? ',' : ''}`)];
  return [insertAt(end, `${hasComma ? ' ' : ', '}${member}`)];
};

/** Replaces an expression by a list of blocks that says the same. */
export const asBlocks = (text: string, at: Span, build: (expr: string) => string): Edits | undefined => {
  const expr = text.slice(at.start, at.end);
  // What goes over several lines keeps its own indentation only when nothing around it counts; literals in quotes do.
  return /[#\n]/.test(expr) && !/^[rbfu]*("""|''')/i.test(expr) && !expr.startsWith('`') ? undefined : [replaceSpan(at, build(expr))];
};

const ttlMember = /(["']?ttl["']?\s*:\s*)(["'])[^"']*\2/;
const typeMember = /(["']?)type\1\s*:\s*(["'])(?:default|ephemeral)\2/;

/** Another lifetime in a marker as it is written; `undefined` where it is written in a way that is not known. */
export const changeTtl = (text: string, at: Span, ttl: Ttl | undefined): Edits | undefined => {
  const own = text.slice(at.start, at.end);
  const [found, type] = [ttlMember.exec(own), typeMember.exec(own)];
  if (found !== null) {
    const start = at.start + found.index;
    if (ttl !== undefined)
      return [replaceSpan({ start, end: start + found[0].length }, `${found[1] ?? ''}${found[2] ?? ''}${ttl}${found[2] ?? ''}`)];
    const before = /,\s*$/.exec(own.slice(0, found.index))?.[0].length ?? 0;
    return before === 0 ? undefined : [replaceSpan({ start: start - before, end: start + found[0].length }, '')];
  }
  if (type === null) return undefined;
  if (ttl === undefined) return [];
  const end = at.start + type.index + type[0].length;
  const name = `${type[1] ?? ''}ttl${type[1] ?? ''}`;
  return [insertAt(end, `, ${name}: ${type[2] ?? ''}${ttl}${type[2] ?? ''}`)];
};
