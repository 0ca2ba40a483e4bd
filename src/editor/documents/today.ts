import type { Day } from '../../core/models/lifecycle';

/** The day of this call, by UTC: what has ended by then is told. */
export const today = (): Day => new Date().toISOString().slice(0, 10);
