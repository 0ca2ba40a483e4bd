import { added, addsCode, alphabet, oneCharacter, pageBits, pageCount } from '../../src/core/tokens/pack';

/** Writes numbers as text, as the core reads them. */
export class PackWriter {
  #text = '';

  get text(): string {
    return this.#text;
  }

  /** Puts a number that is not negative. */
  put(value: number): void {
    let rest = value;
    for (; rest >= added; rest -= added) this.#text += alphabet[addsCode];
    const over = rest - oneCharacter;
    this.#text +=
      over < 0 ? alphabet[rest] : `${alphabet[oneCharacter + Math.floor(over / alphabet.length)]}${alphabet[over % alphabet.length]}`;
  }

  /** Puts what others have written behind what is written so far. */
  paste(texts: readonly string[]): void {
    this.#text += texts.join('');
  }
}

export const putWeights = (writer: PackWriter, weights: readonly number[]): void => {
  for (const weight of weights) writer.put(weight < 0 ? -2 * weight - 1 : 2 * weight);
};

/** Writes ascending keys. */
export const putKeys = (writer: PackWriter, keys: readonly number[]): void => {
  writer.put(keys.length);
  for (const [at, key] of keys.entries()) writer.put(key - (keys[at - 1] ?? 0));
};

/** Writes keys in ascending order, and then a symbol for each. */
export const putKeyed = (writer: PackWriter, entries: ReadonlyMap<number, number>): void => {
  const sorted = [...entries].sort((a, b) => a[0] - b[0]);
  putKeys(
    writer,
    sorted.map(([key]) => key),
  );
  for (const [, symbol] of sorted) writer.put(symbol);
};

/** Writes keys below 2^20, each with a symbol, in pages. */
export const putPages = (writer: PackWriter, entries: ReadonlyMap<number, number>): void => {
  const pages = Array.from({ length: pageCount }, (_, page) => {
    const own = new PackWriter();
    const within = [...entries].filter(([key]) => key >> pageBits === page);
    putKeyed(own, new Map(within.map(([key, symbol]) => [key % (1 << pageBits), symbol])));
    return own.text;
  });
  for (const page of pages) writer.put(page.length);
  writer.paste(pages);
};
