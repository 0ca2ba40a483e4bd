import type { Json } from '../text/json';

/**
 * What must be true of a request for a row of refusals to count, as data: the rules and the emulator each read it in their own way.
 * A path is written `messages.*.content.*.image`, with `*` for any entry of a list; of several paths one must lead to something.
 */
export interface Condition {
  readonly at: readonly string[];
  /** The value is one of these. */
  readonly is?: readonly Json[];
  /** The value is none of these. */
  readonly not?: readonly Json[];
  readonly below?: number;
  readonly above?: number;
  /** The object lacks this member. */
  readonly without?: string;
  /** The text has no character that shows. */
  readonly blank?: true;
  /** No value at all stands there that equals this one. */
  readonly lacks?: Json;
}

/** How sure a refusal is: seen or documented; reported or contradicted; known not to be. */
export type Level = 'error' | 'warning' | 'none';

/** What one model or many refuse. */
export interface Refusal {
  /** All must be true; absent where only code can say. */
  readonly when?: readonly Condition[];
  /** Models by level, as `opus-4-7 nova*`; `rest` for all others. Where lists overlap the milder level counts. */
  readonly models: { readonly [L in Level]?: string } & { readonly rest?: Level };
  /** Does it count for bodies of InvokeModel too? */
  readonly invoke?: true;
  /** Does it count for ConverseStream only? */
  readonly stream?: true;
  /** Another row that says more of the same. */
  readonly milderThan?: string;
  /** Where it was read, and how certain it is: S seen on the service, D documented, R reported once, I inferred. */
  readonly source: string;
}
