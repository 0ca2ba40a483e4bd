/** One answer of the service, as far as it tells what the service adds to every request. */
export interface Answer {
  readonly estimated: number;
  readonly counted: number;
  /** Tokens of the estimate that come from texts. */
  readonly text: number;
  /** Half-width of the estimate's band as a share. */
  readonly band: number;
  readonly weight: number;
}

/** Only requests of different sizes tell tokens that are always added from texts that are misjudged: so many, the largest so much larger. */
const fewest = 3;
const leastApart = 1.5;
/** A hidden prompt that is reworded changes by some dozens of tokens, now and then by two hundred (recorded 2025 and 2026). */
const usualOffset = 60;
const mostOffset = 400;
/** Texts of a model may be misjudged by this in common, as a standard deviation; further ones by prior belief are of no use here. */
const commonError = 0.3;
/** Identical calls differ by some tokens; and the texts of one file are misjudged differently, by a part of what bands say, however wide they are. */
const jitter = 2;
const leastError = 0.005;
const mostError = 0.02;
const withinFile = 0.45;
/** Bands hold nine in ten: 1.645 standard deviations. */
const bandsPerError = 1.645;
/** Answers further off than this many deviations count less (Huber). */
const limit = 1.345;
const rounds = 10;

const errorOf = ({ band }: Answer): number => Math.min(mostError, Math.max(leastError, band / bandsPerError));

const deviationOf = (one: Answer): number => jitter + withinFile * errorOf(one) * one.text;

interface Fit {
  readonly offset: number;
  /** What all texts are misjudged by in common, as a share. */
  readonly error: number;
}

/** Weighted least squares of `counted - estimated` by an offset, an error that all texts share and one that those of each file share. */
const fit = (files: readonly (readonly Answer[])[], weightOf: (one: Answer) => number): Fit => {
  let [m00, m01, m11] = [1 / usualOffset ** 2, 0, 1 / commonError ** 2];
  let [b0, b1] = [0, 0];
  for (const list of files) {
    let [s0, s1, s2, r0, r1, error] = [0, 0, 0, 0, 0, 0];
    for (const one of list) {
      const weight = weightOf(one);
      const rest = one.counted - one.estimated;
      s0 += weight;
      s1 += weight * one.text;
      s2 += weight * one.text ** 2;
      r0 += weight * rest;
      r1 += weight * one.text * rest;
      error = Math.max(error, errorOf(one));
    }
    const own = 1 / (1 / error ** 2 + s2); // what the file's own error takes away
    m00 += s0 - own * s1 ** 2;
    m01 += s1 - own * s1 * s2;
    m11 += s2 - own * s2 ** 2;
    b0 += r0 - own * s1 * r1;
    b1 += r1 - own * s2 * r1;
  }
  const whole = m00 * m11 - m01 ** 2;
  return { offset: (b0 * m11 - b1 * m01) / whole, error: (b1 * m00 - b0 * m01) / whole };
};

/**
 * Tokens that the service adds to every request beyond those estimated, or fewer, apart from what texts are misjudged by; 0 where answers do not tell.
 * Answers are given by file.
 */
export const offsetOf = (files: readonly (readonly Answer[])[]): number => {
  const all = files.flat();
  const sizes = all.map(({ text }) => text);
  if (all.length < fewest || Math.max(...sizes) < leastApart * Math.max(1, Math.min(...sizes))) return 0;
  const plain = (one: Answer): number => one.weight / deviationOf(one) ** 2;
  let found = fit(files, plain);
  for (let round = 0; round < rounds; round += 1) {
    const { offset, error } = found;
    const strayOf = (one: Answer): number => Math.abs(one.counted - one.estimated - offset - error * one.text) / deviationOf(one);
    found = fit(files, (one) => plain(one) * Math.min(1, limit / Math.max(strayOf(one), 1e-9)));
  }
  const least = Math.min(...all.map(({ estimated }) => estimated));
  const most = Math.min(mostOffset, least / 2);
  return Number.isFinite(found.offset) ? Math.max(-most, Math.min(most, found.offset)) : 0;
};
