/**
 * A figure that says how sure it is, and all arithmetic on such figures. Nothing here makes a figure negative, and `low ≤ likely ≤ high` stays
 * true.
 */
export interface Band {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
}

/** How a figure was obtained: by the service, from the service's past answers, or from the text alone. */
export type Basis = 'counted' | 'calibrated' | 'estimated';

/** A number of tokens that says how sure it is: about nine in ten true counts lie within `low` and `high`. */
export interface TokenEstimate extends Band {
  readonly basis: Basis;
}

/** A number of tokens that is counted when it is asked for, and only as far as that takes. */
export interface TokenCount {
  /** Counted whole when it is first read. */
  readonly tokens: TokenEstimate;
  /** Is this end more than `amount`, or less? `undefined` where only the whole figure tells. */
  passes(end: keyof Band, amount: number): boolean | undefined;
}

/** A figure, or a count that becomes one. */
export type Sized = Band | TokenCount;

const passes = (size: Sized, end: keyof Band, amount: number): boolean | undefined =>
  'passes' in size ? size.passes(end, amount) : undefined;

/** The whole figure: of a count, after counting all of it. */
export const bandOf = (size: Sized): Band => ('passes' in size ? size.tokens : size);

/** Is an end of it `amount` or more? Counts no further than it takes. */
export const reaches = (size: Sized, end: keyof Band, amount: number): boolean => passes(size, end, amount) ?? bandOf(size)[end] >= amount;

/** Is an end of it more than `amount`? Counts no further than it takes. */
export const exceeds = (size: Sized, end: keyof Band, amount: number): boolean => passes(size, end, amount) ?? bandOf(size)[end] > amount;

/** A figure without doubt. */
export const exactly = (figure: number): Band => ({ low: figure, likely: figure, high: figure });

export const noTokens = (basis: Basis): TokenEstimate => ({ ...exactly(0), basis });

/** Both together, as obtained for `a`; misjudged in the same direction, so that the doubts add up too. */
export const plus = <B extends Band>(a: B, b: Band): B => ({
  ...a,
  low: a.low + b.low,
  likely: a.likely + b.likely,
  high: a.high + b.high,
});

/** A number of times, or a share; `factor` is not negative. */
export const times = <B extends Band>(band: B, factor: number): B => ({
  ...band,
  low: band.low * factor,
  likely: band.likely * factor,
  high: band.high * factor,
});

/** Less sure by so much at either end. */
export const widen = <B extends Band>(band: B, by: number): B => ({ ...band, low: Math.max(0, band.low - by), high: band.high + by });

/**
 * What of a whole stands behind its beginning. Both are counted from one text and misjudged in the same way, so the doubt of the rest is that of
 * the whole, by size, and not the sum of two doubts. All of it where nothing is taken away.
 */
export const minus = <B extends Band>(whole: B, beginning: Band | undefined): B => {
  if (beginning === undefined) return whole;
  const likely = Math.max(0, whole.likely - beginning.likely);
  return { ...whole, ...around(likely, times(whole, whole.likely > 0 ? likely / whole.likely : 0)) };
};

/** A figure with the doubt of another one. */
const around = (likely: number, { low, likely: middle, high }: Band): Band => ({
  low: Math.max(0, likely - (middle - low)),
  likely,
  high: likely + (high - middle),
});

/** Half the width of a band as a share of its figure; 0 for nothing. */
export const relativeBand = ({ low, likely, high }: TokenEstimate): number =>
  likely > 0 ? Math.max(likely - low, high - likely) / likely : 0;
