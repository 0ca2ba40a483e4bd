/**
 * Tables as text: numbers of one character each where they are small, as most are. Anything closer packed takes longer to unpack than to use, since that
 * runs once and cold, when a prompt is first opened.
 */

/** The 91 printable ASCII characters that need no escape in any kind of string literal. */
export const alphabet = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at))
  .filter((char) => !'"\'`\\'.includes(char))
  .join('');

/** Numbers below this are one character. */
export const oneCharacter = 64;
/** The last character says that so much is to be added to the number after it; those before it begin a number of two. */
export const addsCode = alphabet.length - 1;
export const added = oneCharacter + (addsCode - oneCharacter) * alphabet.length;

/** Where reading stands in a packed string. */
export interface PackReader {
  readonly text: string;
  next: number;
}

/** Opens a packed string. */
export const openPack = (text: string): PackReader => ({ text, next: 0 });

const codes = new Uint8Array(128);
for (let i = 0; i < alphabet.length; i += 1) codes[alphabet.charCodeAt(i)] = i;

/** The number that each number becomes, from the one that the one before became: one plain loop reads all tables. */
type Form = 'plain' | 'ascending' | 'signed';

const readNumbers = <T extends Int32Array | Int16Array | Uint8Array>(reader: PackReader, out: T, form: Form): T => {
  const { text } = reader;
  const { length } = out;
  let { next } = reader;
  let last = 0;
  for (let at = 0; at < length; at += 1) {
    let value = 0;
    let code = codes[text.charCodeAt(next++)] ?? 0;
    while (code === addsCode) {
      value += added;
      code = codes[text.charCodeAt(next++)] ?? 0;
    }
    value += code < oneCharacter ? code : oneCharacter + (code - oneCharacter) * alphabet.length + (codes[text.charCodeAt(next++)] ?? 0);
    if (form === 'signed') value = (value >>> 1) ^ -(value & 1);
    else if (form === 'ascending') value = last += value;
    out[at] = value;
  }
  reader.next = next;
  return out;
};

/** Reads numbers that are not negative. */
export const readPlain = (reader: PackReader, count: number): Int32Array => readNumbers(reader, new Int32Array(count), 'plain');

/** Reads the next number. */
export const readNumber = (reader: PackReader): number => readPlain(reader, 1)[0] ?? 0;

/** Reads `count` weights: numbers of both signs, near 0. */
export const readWeights = (reader: PackReader, count: number): Int16Array => readNumbers(reader, new Int16Array(count), 'signed');

/** Reads ascending keys, after how many they are. */
export const readKeys = (reader: PackReader): Int32Array => readNumbers(reader, new Int32Array(readNumber(reader)), 'ascending');

/** Ascending keys, each with a symbol below 256. */
export interface KeyedSymbols {
  readonly keys: Int32Array;
  readonly symbols: Uint8Array;
}

/** Reads ascending keys and then a symbol for each. */
export const readKeyed = (reader: PackReader): KeyedSymbols => {
  const keys = readKeys(reader);
  return { keys, symbols: readNumbers(reader, new Uint8Array(keys.length), 'plain') };
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
export const openPages = (reader: PackReader): ((key: number) => number) => {
  const { text } = reader;
  const starts: number[] = [];
  const sizes = readPlain(reader, pageCount);
  for (const size of sizes) {
    starts.push(reader.next);
    reader.next += size;
  }
  const pages: KeyedSymbols[] = [];
  return (key) => {
    const page = (pages[key >>> pageBits] ??= readKeyed({ text, next: starts[key >>> pageBits] ?? text.length }));
    const at = findKey(page.keys, key & ((1 << pageBits) - 1));
    return at < 0 ? -1 : (page.symbols[at] ?? -1);
  };
};
