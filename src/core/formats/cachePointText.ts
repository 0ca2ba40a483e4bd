import type { Ttl } from '../request/types';
import type { TextEdit } from '../text/edit';
import { span, type Span } from '../text/span';
import { member, type Tree } from '../text/tree';

type ObjectTree = Extract<Tree, { kind: 'object' }>;

/** The line break a document uses. */
export const lineBreakOf = (text: string): string => (text.includes('\r\n') ? '\r\n' : '\n');

export const lineStart = (text: string, offset: number): number => text.lastIndexOf('\n', offset - 1) + 1;

/** The whole lines a span stands on, the break after them included. */
export const wholeLines = (text: string, at: Span): Span => {
  const newline = text.indexOf('\n', Math.max(at.start, at.end - 1));
  if (newline !== -1) return span(lineStart(text, at.start), newline + 1);
  const start = lineStart(text, at.start);
  return span(start > 0 ? (text[start - 2] === '\r' ? start - 2 : start - 1) : start, text.length);
};

const isSpace = (character: string | undefined): boolean => character !== undefined && /\s/.test(character);

/** Offset behind the last character before `offset` that is no white space. */
export const visibleEnd = (text: string, offset: number): number => {
  let at = offset;
  while (isSpace(text[at - 1])) at -= 1;
  return at;
};

const commaBehind = /\s*,[ \t]*(?:\r?\n)?[ \t]*/y;

/** An entry of a JSON or YAML list in brackets together with the comma that separates it from its neighbour. */
export const withSeparator = (text: string, at: Span): Span => {
  const before = visibleEnd(text, at.start);
  if (text[before - 1] === ',') return span(before - 1, at.end);
  commaBehind.lastIndex = at.end;
  return span(at.start, commaBehind.test(text) ? commaBehind.lastIndex : at.end);
};

const withTtl = (text: string, point: ObjectTree, ttl: Ttl): readonly TextEdit[] | undefined => {
  const last = point.entries.at(-1);
  if (last === undefined) return undefined;
  const entry = text[last.key.span.start] === '"' ? `"ttl": "${ttl}"` : `ttl: ${ttl}`;
  const start = lineStart(text, last.span.start);
  const between = text[point.span.start] === '{' ? ', ' : lineBreakOf(text) + ' '.repeat(last.span.start - start);
  return [{ span: span(last.span.end, last.span.end), text: between + entry }];
};

/** Rewrites the ttl of a cache point that the tree of a JSON or YAML object holds; `undefined` where it is written in a way that is not known. */
export const setObjectTtl = (text: string, tree: Tree | undefined, ttl: Ttl | undefined): readonly TextEdit[] | undefined => {
  const point = member(tree, 'cachePoint');
  if (point?.kind !== 'object') return undefined;
  const existing = point.entries.findLast(({ key }) => key.value === 'ttl');
  if (existing === undefined) return ttl === undefined ? [] : withTtl(text, point, ttl);
  if (ttl !== undefined) {
    const quoted = /^["']/.test(text.slice(existing.value.span.start)) || text[existing.key.span.start] === '"';
    return [{ span: existing.value.span, text: quoted ? `"${ttl}"` : ttl }];
  }
  if (text[point.span.start] === '{') return [{ span: withSeparator(text, existing.span), text: '' }];
  // In block style each entry but the first of the object has a line of its own.
  const own = text.slice(lineStart(text, existing.span.start), existing.span.start).trim() === '';
  return own ? [{ span: wholeLines(text, existing.span), text: '' }] : undefined;
};
