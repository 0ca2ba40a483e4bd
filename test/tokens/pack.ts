import { added, addsCode, alphabet, mostWeight, oneCharacter, pageBits, pageCount } from '../../src/core/tokens/pack';

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

/** Writes weights of one character each. */
export const putSlotWeights = (writer: PackWriter, weights: readonly number[]): void =>
  putWeights(
    writer,
    weights.map((weight) => Math.max(-mostWeight - 1, Math.min(mostWeight, weight))),
  );

/** Writes what `fill` writes behind its length. */
export const putSection = (writer: PackWriter, fill: (section: PackWriter) => void): void => {
  const section = new PackWriter();
  fill(section);
  writer.put(section.text.length);
  writer.paste([section.text]);
};

/** Writes keys below 2^20 in pages, some with a symbol, others only listed. */
export const putPages = (writer: PackWriter, entries: ReadonlyMap<number, number>, listed: readonly number[]): void => {
  const within = (key: number): number => key % (1 << pageBits);
  for (let page = 0; page < pageCount; page += 1)
    putSection(writer, (section) => {
      const isIn = (key: number): boolean => key >> pageBits === page;
      putKeyed(section, new Map([...entries].flatMap(([key, symbol]) => (isIn(key) ? [[within(key), symbol]] : []))));
      putKeys(section, listed.filter(isIn).map(within));
    });
};
