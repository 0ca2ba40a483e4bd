/** How words are estimated in scripts of which no counted word was met. */

type Stretch = readonly [from: number, to: number];

/** Scripts that weights were fitted for. */
const met: readonly Stretch[] = [
  [0x80, 0x52f],
  [0x590, 0x6ff],
  [0x750, 0x77f],
  [0x8a0, 0x97f],
  [0xa00, 0xa7f],
  [0xb80, 0xcff],
  [0xe00, 0xfff],
  [0x1200, 0x139f],
  [0x1780, 0x17ff],
  [0x1c80, 0x1c8f],
  [0x1d00, 0x1fff],
  [0x2c60, 0x2c7f],
  [0x2de0, 0x2dff],
  [0x3040, 0x30ff],
  [0x31f0, 0x31ff],
  [0xa640, 0xa69f],
  [0xa720, 0xa7ff],
  [0xfb00, 0xfdff],
  [0xfe70, 0xfeff],
  [0xff66, 0xff9f],
];

/**
 * Scripts with a living web, of whose letters vocabularies have some: tokens a byte. The geometric mean of what met scripts cost (.38) and 1.54
 * times what o200k makes of public word lists, 2026-11; no text in them was counted.
 */
const living: readonly (readonly [...Stretch, number])[] = [
  [0x531, 0x58f, 0.393],
  [0x780, 0x7bf, 0.5],
  [0x980, 0x9ff, 0.307],
  [0xa80, 0xaff, 0.333],
  [0xb00, 0xb7f, 0.469],
  [0xd00, 0xd7f, 0.33],
  [0xd80, 0xdff, 0.365],
  [0x1000, 0x109f, 0.367],
  [0x10a0, 0x10ff, 0.31],
];

/** What a word of a script adds to its bytes where no letter has a token: exactly so in 2,132 counted words of five scripts, 2026-11. */
const bareWord = 2;

const bytesOf = (code: number): number => (code < 0x800 ? 2 : 3);

const unmetTokensOf = (code: number): number => {
  if (code < 0x80 || met.some(([from, to]) => code >= from && code <= to)) return 0;
  const rate = living.find(([from, to]) => code >= from && code <= to)?.[2];
  return rate === undefined ? -bytesOf(code) : rate * bytesOf(code);
};

/** What a letter costs: 0 where weights tell, less than nothing where none of its script has a token. Looked up once for each letter that is met. */
const lettersMet = new Map<number, number>();

const letterCost = (code: number): number => {
  let cost = lettersMet.get(code);
  if (cost === undefined) lettersMet.set(code, (cost = unmetTokensOf(code)));
  return cost;
};

/** Tokens of a word of which more than half is in scripts without weights; `bare`: none of its letters has a token. `undefined` for other words. */
export const unmetTokens = (
  codes: Uint16Array,
  start: number,
  end: number,
): { readonly tokens: number; readonly bare: boolean } | undefined => {
  let tokens = 0;
  let letters = 0;
  let bare = false;
  for (let at = start; at < end; at += 1) {
    const cost = letterCost(codes[at] ?? 0);
    if (cost === 0) continue;
    letters += 1;
    bare ||= cost < 0;
    tokens += Math.abs(cost);
  }
  return 2 * letters > end - start ? { tokens: tokens + (bare ? bareWord : 0), bare } : undefined;
};
