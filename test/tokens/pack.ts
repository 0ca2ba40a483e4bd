import {
  added,
  addsCode,
  alphabet,
  mostWeight,
  oneCharacter,
  pageBits,
  pageCount,
  smallWeight,
  smallWeights,
  widePair,
} from '../../src/core/tokens/pack';

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

  /** Puts one character. */
  putCode(code: number): void {
    this.#text += alphabet[code];
  }

  /** Puts what others have written behind what is written so far. */
  paste(texts: readonly string[]): void {
    this.#text += texts.join('');
  }
}

const unsigned = (weight: number): number => (weight < 0 ? -2 * weight - 1 : 2 * weight);

export const putWeights = (writer: PackWriter, weights: readonly number[]): void => {
  for (const weight of weights) writer.put(unsigned(weight));
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

/** Writes weights in pairs. */
export const putSlotWeights = (writer: PackWriter, weights: readonly number[]): void => {
  for (let at = 0; at < weights.length; at += 2) {
    const [first = 0, second = 0] = [weights[at], weights[at + 1] ?? 0].map((weight = 0) =>
      Math.max(-mostWeight, Math.min(mostWeight, weight)),
    );
    if (Math.max(Math.abs(first), Math.abs(second)) <= smallWeight)
      writer.putCode((first + smallWeight) * smallWeights + second + smallWeight);
    else for (const code of [widePair, unsigned(first), unsigned(second)]) writer.putCode(code);
  }
};

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
