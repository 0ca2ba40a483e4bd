import * as groups from './groups';

/**
 * What a text costs before it is decided for which model family, in units of 1/64 token: additive, so that a long text is
 * the sum of its pieces.
 */
export interface Tally {
  /** By groups. */
  readonly units: Float64Array;
  /** A signed sketch: its sum of squares estimates the variance that uncertain words bring, repeated words counted in full. */
  readonly doubt: Float64Array;
}

/** Units in one token: a shape such as a word after a space is met so often that eighths would round a hundredth of a text away. */
export const unitsPerToken = 64;
/** Units in one step of the weights of features, which are many and each seldom met. */
export const unitsPerStep = 8;
export const doubtBuckets = 64;

export const emptyTally = (): Tally => ({ units: new Float64Array(groups.count), doubt: new Float64Array(doubtBuckets) });

/** Adds `more`, so many times, to `sum` in place. */
export const addTally = (sum: Tally, more: Tally, factor = 1): void => {
  for (let i = 0; i < groups.count; i += 1) sum.units[i] = (sum.units[i] ?? 0) + (more.units[i] ?? 0) * factor;
  for (let i = 0; i < doubtBuckets; i += 1) sum.doubt[i] = (sum.doubt[i] ?? 0) + (more.doubt[i] ?? 0) * factor;
};

/** Makes a tally that of no text again. */
export const clearTally = ({ units, doubt }: Tally): void => {
  units.fill(0);
  doubt.fill(0);
};

/** The root of the sum of two squares: `Math.hypot` takes any number of them, and ten times as long. */
export const hypotenuse = (a: number, b: number): number => Math.sqrt(a * a + b * b);

/** The script group of a letter or a character that stands alone. */
export const groupOf = (code: number): number => {
  if (code < 0x80) return groups.word;
  if (code < 0x370 || (code >= 0x1e00 && code <= 0x1eff) || (code >= 0x2c60 && code <= 0x2c7f)) return groups.latin;
  if (code < 0x590 || (code >= 0x10a0 && code <= 0x10ff) || (code >= 0x1f00 && code <= 0x1fff)) return groups.european;
  if (code < 0x900 || (code >= 0xfb1d && code <= 0xfdff) || (code >= 0xfe70 && code <= 0xfefe)) return groups.semitic;
  if (code < 0x1100 || (code >= 0x1780 && code <= 0x17ff)) return groups.indic;
  if ((code >= 0x3040 && code <= 0x30ff) || (code >= 0x31f0 && code <= 0x31ff)) return groups.kana;
  if ((code >= 0x1100 && code <= 0x11ff) || (code >= 0x3130 && code <= 0x318f) || (code >= 0xac00 && code <= 0xd7ff)) return groups.hangul;
  if ((code >= 0x2e80 && code <= 0x303f) || (code >= 0x3400 && code <= 0x9fff) || (code >= 0xf900 && code <= 0xfaff)) return groups.han;
  if ((code >= 0xff00 && code <= 0xff60) || (code >= 0x20000 && code <= 0x3ffff)) return groups.han;
  return code < 0x1100 || (code >= 0x1200 && code < 0x2000) ? groups.indic : groups.symbol;
};
