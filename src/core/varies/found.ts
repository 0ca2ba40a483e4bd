/** What all searches for text that looks made for one request have in common. */
import type { VolatileKind } from '../prompt/problems';
import type { Span } from '../text/span';
import { everyOfClock } from './placeholders';

/** Something in a literal text that looks made for one request. Offsets are in that text. */
export interface VolatileText {
  readonly kind: VolatileKind;
  readonly start: number;
  readonly end: number;
  /** When it changes: a clock with a time, and an identifier, with each request; a date alone once a day. */
  readonly every: 'request' | 'day';
}

/** A text as written and in lower case, offset by offset the same. */
export interface Read {
  readonly text: string;
  readonly low: string;
}

/** The one letter that grows in lower case is put aside first. */
export const lowered = (text: string): string => text.replaceAll('\u0130', 'i').toLowerCase();

export const endOf = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

/** Where a pattern with the flag g matches. Most stretches of text have no match at all, and `matchAll` would copy the pattern for each of them. */
export const everyOne = (pattern: RegExp, text: string): readonly Span[] => {
  const found: Span[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(text); match !== null; match = pattern.exec(text))
    found.push({ start: match.index, end: pattern.lastIndex });
  return found;
};

export const textOf = (kind: VolatileKind, start: number, end: number): VolatileText => ({
  kind,
  start,
  end,
  every: kind === 'date' ? 'day' : 'request',
});

export const clockOf = ({ text }: Read, start: number, end: number): VolatileText => ({
  kind: 'clock',
  start,
  end,
  every: everyOfClock(text.slice(start, end)),
});
