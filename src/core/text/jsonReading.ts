import type { Span } from './span';

/** A place that could not be read as written, in words that complete "this is not JSON: …". */
export interface JsonError {
  readonly start: number;
  readonly end: number;
  readonly detail: string;
}

/** More are not told: the first ones say what is wrong. */
const maxErrors = 100;

/**
 * How far the reading has come. The reader goes on after what it cannot read; it recurses, bounded by `maxDepth`. It is made for speed with
 * long strings: one regular expression steps over them, and they are decoded only where they hold an escape.
 */
export interface Reading {
  readonly text: string;
  readonly offset: number;
  readonly errors: JsonError[];
  readonly comments: Span[];
  /** Slips that go through a whole text are told once. */
  readonly told: Set<string>;
  at: number;
  depth: number;
  tooDeep: boolean;
}

export const fail = (work: Reading, detail: string, start = work.at, end = start + 1): void => {
  const limit = work.text.length;
  if (work.errors.length < maxErrors)
    work.errors.push({ start: Math.min(start, limit) + work.offset, end: Math.min(end, limit) + work.offset, detail });
};

/** Like `fail`, for a slip that is one however often it is made. */
export const failOnce = (work: Reading, detail: string, start: number, end: number): void => {
  if (!work.told.has(detail)) fail(work, detail, start, end);
  work.told.add(detail);
};
