import { alphabet, escapeBits, longestCode, pageBits, pageCount, symbols, widest } from '../../src/core/tokens/pack';

/** Collects bits, the most significant first, and writes them as text. */
export class BitWriter {
  #before = '';
  readonly #bits: number[] = [];

  put(value: number, count: number): void {
    for (let bit = count - 1; bit >= 0; bit -= 1) this.#bits.push(Math.floor(value / 2 ** bit) % 2);
  }

  /** Puts packed strings behind what is written so far, each at the start of a pair of characters. */
  paste(texts: readonly string[]): void {
    this.#before = this.text() + texts.join('');
    this.#bits.length = 0;
  }

  text(): string {
    while (this.#bits.length % 13 !== 0) this.#bits.push(0);
    let out = this.#before;
    for (let at = 0; at < this.#bits.length; at += 13) {
      const value = this.#bits.slice(at, at + 13).reduce((sum, bit) => sum * 2 + bit, 0);
      out += `${alphabet[Math.floor(value / 91)]}${alphabet[value % 91]}`;
    }
    return out;
  }
}

/** Lengths of a Huffman code, none above the longest allowed. */
const codeLengths = (counts: readonly number[]): readonly number[] => {
  let weights = counts.slice();
  for (;;) {
    const lengths = counts.map(() => 0);
    let nodes = weights.flatMap((weight, symbol) => (weight > 0 ? [{ weight, members: [symbol] }] : []));
    if (nodes.length === 1) return counts.map((count) => (count > 0 ? 1 : 0));
    while (nodes.length > 1) {
      nodes.sort((a, b) => a.weight - b.weight);
      const [first, second, ...rest] = nodes;
      const members = [...first!.members, ...second!.members];
      for (const symbol of members) lengths[symbol]! += 1;
      nodes = [{ weight: first!.weight + second!.weight, members }, ...rest];
    }
    if (Math.max(...lengths) <= longestCode) return lengths;
    weights = weights.map((weight) => (weight > 0 ? (weight >> 1) | 1 : 0));
  }
};

const codesOf = (lengths: readonly number[]): readonly number[] => {
  const codes = lengths.map(() => 0);
  let code = 0;
  for (let length = 1; length <= longestCode; length += 1) {
    for (let symbol = 0; symbol < lengths.length; symbol += 1) if (lengths[symbol] === length) codes[symbol] = code++;
    code *= 2;
  }
  return codes;
};

const makeCode = (kinds: number, used: readonly number[]) => {
  const counts = Array.from({ length: kinds }, () => 0);
  for (const symbol of used) counts[symbol]! += 1;
  const lengths = codeLengths(counts);
  return { lengths, codes: codesOf(lengths) };
};

const putCode = (writer: BitWriter, kinds: number, used: readonly number[]): ((symbol: number) => void) => {
  const { lengths, codes } = makeCode(kinds, used);
  for (const length of lengths) writer.put(length, 4);
  return (symbol) => writer.put(codes[symbol]!, lengths[symbol]!);
};

export const putWeights = (writer: BitWriter, weights: readonly number[]): void => {
  const escape = 2 * widest + 1;
  const symbolOf = (weight: number): number => (Math.abs(weight) > widest ? escape : weight + widest);
  const put = putCode(writer, symbols, weights.map(symbolOf));
  for (const weight of weights) {
    put(symbolOf(weight));
    if (Math.abs(weight) > widest) writer.put(weight + (1 << (escapeBits - 1)), escapeBits);
  }
};

/** Writes ascending keys. */
export const putKeys = (writer: BitWriter, keys: readonly number[]): void => {
  const mean = keys.length > 0 ? keys.at(-1)! / keys.length : 1;
  const low = Math.max(0, Math.min(12, Math.round(Math.log2(mean * 0.69))));
  writer.put(keys.length, 16);
  writer.put(low, 4);
  let last = 0;
  for (const key of keys) {
    const step = key - last;
    const high = Math.floor(step / 2 ** low);
    for (let i = 0; i < high; i += 1) writer.put(1, 1);
    writer.put(0, 1);
    writer.put(step % 2 ** low, low);
    last = key;
  }
};

/** Writes keys in ascending order, and then a symbol for each. */
export const putKeyed = (writer: BitWriter, entries: ReadonlyMap<number, number>, kinds: number): void => {
  const sorted = [...entries].sort((a, b) => a[0] - b[0]);
  putKeys(
    writer,
    sorted.map(([key]) => key),
  );
  const put = putCode(
    writer,
    kinds,
    sorted.map(([, symbol]) => symbol),
  );
  for (const [, symbol] of sorted) put(symbol);
};

/** Writes keys below 2^20, each with a symbol, in pages. */
export const putPages = (writer: BitWriter, entries: ReadonlyMap<number, number>, kinds: number): void => {
  const sorted = [...entries].sort((a, b) => a[0] - b[0]);
  const code = makeCode(
    kinds,
    sorted.map(([, symbol]) => symbol),
  );
  for (const length of code.lengths) writer.put(length, 4);
  const pages = Array.from({ length: pageCount }, (_, page) => {
    const own = new BitWriter();
    const within = sorted.filter(([key]) => key >> pageBits === page);
    putKeys(
      own,
      within.map(([key]) => key % (1 << pageBits)),
    );
    for (const [, symbol] of within) own.put(code.codes[symbol]!, code.lengths[symbol]!);
    return own.text();
  });
  for (const page of pages) writer.put(page.length / 2, 12);
  writer.paste(pages);
};
