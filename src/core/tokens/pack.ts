/** The 91 printable ASCII characters that need no escape in any kind of string literal; two of them carry 13 bits. */
export const alphabet = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at))
  .filter((char) => !'"\'`\\'.includes(char))
  .join('');

/** Longest code of a weight table, so that one look into a table of 4,096 places tells any symbol. */
export const longestCode = 12;
/** Weights beyond this, either way, are written out in `escapeBits` bits. */
export const widest = 40;
export const escapeBits = 12;
const escape = 2 * widest + 1;
/** Weights −40 … 40 and the escape. */
export const symbols = escape + 1;

/** Where reading stands in a packed string: the next two characters, and the bits taken from those before but not yet used, the oldest first. */
export interface BitReader {
  readonly text: string;
  next: number;
  held: number;
  count: number;
}

/** Opens a packed string. */
export const openBits = (text: string): BitReader => ({ text, next: 0, held: 0, count: 0 });

const values = new Uint8Array(128);
for (let i = 0; i < alphabet.length; i += 1) values[alphabet.charCodeAt(i)] = i;

/** The 13 bits that stand at `at`; none after the end. */
const bitsAt = (text: string, at: number): number => (values[text.charCodeAt(at)] ?? 0) * 91 + (values[text.charCodeAt(at + 1)] ?? 0);

/** Takes the next `count` bits (at most 16) as a number. */
export const takeBits = (reader: BitReader, count: number): number => {
  if (count > 13) return takeBits(reader, count - 13) * 8192 + takeBits(reader, 13);
  if (reader.count < count) {
    reader.held = ((reader.held << 13) | bitsAt(reader.text, reader.next)) & 0x3ffffff;
    reader.next += 2;
    reader.count += 13;
  }
  reader.count -= count;
  return (reader.held >>> reader.count) & ((1 << count) - 1);
};

/** For each 12-bit beginning: symbol × 16 + length of its code. */
export const decodingTable = (lengths: readonly number[]): Uint16Array => {
  const table = new Uint16Array(1 << longestCode);
  let at = 0;
  for (let length = 1; length <= longestCode; length += 1)
    for (let symbol = 0; symbol < lengths.length; symbol += 1)
      if (lengths[symbol] === length) {
        const next = at + (1 << (longestCode - length));
        table.fill(symbol * 16 + length, at, next);
        at = next;
      }
  return table;
};

const readLengths = (reader: BitReader, count: number): readonly number[] => Array.from({ length: count }, () => takeBits(reader, 4));

/** Reads `count` symbols, stopping early after one that is `stop`: one plain loop, because it runs cold when a prompt is first opened. */
const readSymbols = (reader: BitReader, table: Uint16Array, out: Int16Array | Uint8Array, from: number, stop: number): number => {
  const { text } = reader;
  let { next, held, count } = reader;
  let at = from;
  while (at < out.length) {
    if (count < longestCode) {
      held = ((held << 13) | bitsAt(text, next)) & 0x3ffffff;
      next += 2;
      count += 13;
    }
    const entry = table[(held >>> (count - longestCode)) & ((1 << longestCode) - 1)] ?? 0;
    count -= entry & 15;
    const symbol = entry >> 4;
    out[at] = symbol;
    at += 1;
    if (symbol === stop) break;
  }
  reader.next = next;
  reader.held = held;
  reader.count = count;
  return at;
};

/** Reads `count` weights with the code written before them. */
export const readWeights = (reader: BitReader, count: number): Int16Array => {
  const table = decodingTable(readLengths(reader, symbols));
  const weights = new Int16Array(count);
  for (let at = 0; at < count;) {
    const end = readSymbols(reader, table, weights, at, escape);
    for (; at < end; at += 1) weights[at] = (weights[at] ?? 0) - widest;
    if (weights[end - 1] === escape - widest) weights[end - 1] = takeBits(reader, escapeBits) - (1 << (escapeBits - 1));
  }
  return weights;
};

/** Ascending keys, each with a symbol below `kinds`. */
export interface KeyedSymbols {
  readonly keys: Int32Array;
  readonly symbols: Uint8Array;
}

/** Fills `keys` from a Rice code with `low` plain bits (below 13): ones for the high part, a zero, the low part. A plain loop, as above. */
const readSteps = (reader: BitReader, keys: Int32Array, low: number): Int32Array => {
  const { text } = reader;
  let { next, held, count } = reader;
  let key = 0;
  for (let at = 0; at < keys.length;) {
    if (count < 13) {
      held = ((held << 13) | bitsAt(text, next)) & 0x3ffffff;
      next += 2;
      count += 13;
    }
    const ones = Math.clz32(~(held << (32 - count)));
    key += ones << low;
    count -= ones;
    if (count === 0) continue;
    count -= 1;
    if (count < low) {
      held = ((held << 13) | bitsAt(text, next)) & 0x3ffffff;
      next += 2;
      count += 13;
    }
    count -= low;
    key += (held >>> count) & ((1 << low) - 1);
    keys[at] = key;
    at += 1;
  }
  reader.next = next;
  reader.held = held;
  reader.count = count;
  return keys;
};

/** Reads ascending keys, each as the step from the one before (Rice code). */
export const readKeys = (reader: BitReader): Int32Array => {
  const count = takeBits(reader, 16);
  const low = takeBits(reader, 4);
  return readSteps(reader, new Int32Array(count), low);
};

const symbolsFor = (reader: BitReader, keys: Int32Array, table: Uint16Array): Uint8Array => {
  const found = new Uint8Array(keys.length);
  readSymbols(reader, table, found, 0, -1);
  return found;
};

/** Reads ascending keys and then a symbol for each. */
export const readKeyed = (reader: BitReader, kinds: number): KeyedSymbols => {
  const keys = readKeys(reader);
  return { keys, symbols: symbolsFor(reader, keys, decodingTable(readLengths(reader, kinds))) };
};

/** Where `key` stands in ascending `keys`, or -1. */
export const findKey = (keys: Int32Array, key: number): number => {
  let low = 0;
  let high = keys.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const found = keys[middle] ?? 0;
    if (found === key) return middle;
    if (found < key) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
};

/** log2 of how many keys share a page: pages are unpacked one by one, when a key of theirs is asked for. */
export const pageBits = 14;
export const pageCount = 64;

/** Opens keys below 2^20, each with a symbol, in pages; the function it gives says the symbol of a key, or -1. */
export const openPages = (reader: BitReader, kinds: number): ((key: number) => number) => {
  const { text } = reader;
  const table = decodingTable(readLengths(reader, kinds));
  const sizes = Array.from({ length: pageCount }, () => takeBits(reader, 12));
  const starts: number[] = [];
  for (const size of sizes) {
    starts.push(reader.next);
    reader.next += 2 * size;
  }
  reader.count = 0; // pages begin at whole characters
  const pages: KeyedSymbols[] = [];
  const unpack = (page: number): KeyedSymbols => {
    const own: BitReader = { text, next: starts[page] ?? text.length, held: 0, count: 0 };
    const keys = readKeys(own);
    return { keys, symbols: symbolsFor(own, keys, table) };
  };
  return (key) => {
    const page = (pages[key >>> pageBits] ??= unpack(key >>> pageBits));
    const at = findKey(page.keys, key & ((1 << pageBits) - 1));
    return at < 0 ? -1 : (page.symbols[at] ?? -1);
  };
};
