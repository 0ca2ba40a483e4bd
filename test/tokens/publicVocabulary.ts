import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A byte-pair vocabulary that is public, by the rank of each token; tokens are bytes, a character each. */
export type Ranks = ReadonlyMap<string, number>;

/** Reads a file of lines `base64 rank`, as OpenAI publishes its vocabularies (MIT). */
export const readRanks = (folder: string, name: 'cl100k_base' | 'o200k_base'): Ranks =>
  new Map(
    readFileSync(join(folder, `${name}.tiktoken`), 'latin1')
      .trim()
      .split('\n')
      .map((line) => {
        const [token = '', rank] = line.split(' ');
        return [Buffer.from(token, 'base64').toString('latin1'), Number(rank)];
      }),
  );

/** How many of the first tokens are taken to be common, in lower case and with a capital. */
const common = 30_000;
const commonWithCapital = 20_000;

/** Words of three letters and more that stand with a space before them among the first tokens. */
export const commonWords = (ranks: Ranks): readonly string[] =>
  [...ranks].flatMap(([token, rank]) =>
    (rank < common && /^ [a-z]{3,}$/.test(token)) || (rank < commonWithCapital && /^ [A-Z][a-z]{2,}$/.test(token)) ? [token.slice(1)] : [],
  );

/** Words with a capital are looked for among so many tokens: those after them are seldom met, and each listed word may be taken for another. */
const withCapital = 70_000;

/**
 * Words of ASCII letters that are one token with a space before them. Words in capitals are left to be estimated: Nova 1 charges more for them than cl100k
 * (one recorded request, 2025).
 */
export const wordsOfOneToken = (ranks: Ranks): readonly string[] =>
  [...ranks].flatMap(([token, rank]) =>
    /^ [a-z]+$/.test(token) || (rank < withCapital && /^ [A-Z][a-z]*$/.test(token)) ? [token.slice(1)] : [],
  );

/** Tokens of one piece of text: the pair of neighbors with the lowest rank is joined again and again. */
export const tokensOf = (ranks: Ranks, piece: string): number => {
  const bytes = Buffer.from(piece).toString('latin1');
  if (ranks.has(bytes)) return 1;
  const parts = [...bytes];
  for (;;) {
    let best = -1;
    let lowest = Infinity;
    for (let at = 0; at + 1 < parts.length; at += 1) {
      const rank = ranks.get(parts[at]! + parts[at + 1]!);
      if (rank !== undefined && rank < lowest) [best, lowest] = [at, rank];
    }
    if (best < 0) return parts.length;
    parts.splice(best, 2, parts[best]! + parts[best + 1]!);
  }
};

/** How cl100k parts a text before it looks for tokens. */
const pieces = /'(?:[sdmt]|ll|ve|re)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+/giu;

/** Counts texts by cl100k. */
export const counterOf = (ranks: Ranks): ((text: string) => number) => {
  const known = new Map<string, number>();
  return (text) => {
    let sum = 0;
    for (const [piece] of text.matchAll(pieces)) {
      let tokens = known.get(piece);
      if (tokens === undefined) known.set(piece, (tokens = tokensOf(ranks, piece)));
      sum += tokens;
    }
    return sum;
  };
};
