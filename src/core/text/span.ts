/** Half-open range of UTF-16 offsets in one document. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A value and where it was written. */
export interface Located<T> {
  readonly value: T;
  readonly span: Span;
}

export const span = (start: number, end: number): Span => ({ start, end });

/** Does the offset lie in the span, its end included? An editor's cursor after the last character still counts. */
export const touches = (range: Span, offset: number): boolean => range.start <= offset && offset <= range.end;

export const overlaps = (a: Span, b: Span): boolean => a.start < b.end && b.start < a.end;

/** Does one span take in all of another? */
export const encloses = (outer: Span, inner: Span): boolean => outer.start <= inner.start && inner.end <= outer.end;

/** The smallest span around both. */
export const cover = (a: Span, b: Span): Span => span(Math.min(a.start, b.start), Math.max(a.end, b.end));

/** The first of spans that begins at `offset` or after it; they stand in the order of their starts. Takes a binary search. */
export const firstFrom = (sorted: readonly Span[], offset: number): Span | undefined => {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle]?.start ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return sorted[low];
};
