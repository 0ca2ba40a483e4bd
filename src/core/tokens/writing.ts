import * as writings from './writings';

/** Is it one of the capitals of ASCII? */
export const isCapital = (code: number): boolean => code >= 0x41 && code <= 0x5a;

/** How the word `codes[start, end)` is written, as one of the writings. */
export const styleOf = (codes: Uint16Array, start: number, end: number): number => {
  let upper = 0;
  let lower = 0;
  for (let at = start; at < end; at += 1) {
    const code = codes[at] ?? 0;
    if (code >= 0x61 && code <= 0x7a) lower += 1;
    else if (code >= 0x41 && code <= 0x5a) upper += 1;
    else return writings.beyondAscii;
  }
  if (upper === 0) return writings.lower;
  if (upper === 1 && isCapital(codes[start] ?? 0)) return writings.capitalised;
  return lower === 0 ? writings.capitals : writings.mixed;
};

/** Does a word beginning so use the weights that all vocabularies share? Latin letters are where vocabularies differ. */
export const isShared = (code: number): boolean =>
  code >= 0x370 && !(code >= 0x1e00 && code <= 0x1eff) && !(code >= 0x2c60 && code <= 0x2c7f);
