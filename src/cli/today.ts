import type { Day } from '../core/models/lifecycle';

let day: Day | undefined;

/** The day of this call, by UTC: what has ended by then is told. */
export const today = (): Day => (day ??= new Date().toISOString().slice(0, 10));
