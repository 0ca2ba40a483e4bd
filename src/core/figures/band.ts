/** How a figure was obtained: by the service, from the service's past answers, or from the text alone. */
export type Basis = 'counted' | 'calibrated' | 'estimated';

/** A number of tokens that says how sure it is: about nine in ten true counts lie within `low` and `high`. */
export interface TokenEstimate {
  readonly low: number;
  readonly likely: number;
  readonly high: number;
  readonly basis: Basis;
}
