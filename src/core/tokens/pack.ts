/**
 * Tables as text: numbers of one character each where they are small, as most are. Anything closer packed takes longer to unpack than to use, since that
 * runs once and cold, when a prompt is first opened.
 */

/** The 91 printable ASCII characters that need no escape in any kind of string literal. */
export const alphabet = Array.from({ length: 95 }, (_, at) => String.fromCharCode(0x20 + at))
  .filter((char) => !'"\'`\\'.includes(char))
  .join('');

/** Numbers below this are one character, as nearly all steps between slots and two in five between listed keys are. */
export const oneCharacter = 82;
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

const readNumbers = (reader: PackReader, count: number, form: Form): Int32Array => {
  const { text } = reader;
  const out = new Int32Array(count);
  let { next } = reader;
  let last = 0;
  for (let at = 0; at < count; at += 1) {
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
export const readPlain = (reader: PackReader, count: number): Int32Array => readNumbers(reader, count, 'plain');

/** Reads the next number. */
export const readNumber = (reader: PackReader): number => readPlain(reader, 1)[0] ?? 0;

/** Reads `count` weights: numbers of both signs, near 0. */
export const readWeights = (reader: PackReader, count: number): Int32Array => readNumbers(reader, count, 'signed');

/** Reads ascending keys, after how many they are. */
export const readKeys = (reader: PackReader): Int32Array => readNumbers(reader, readNumber(reader), 'ascending');

/** Opens the next section, whose length stands before it, and goes on behind it. */
export const openSection = (reader: PackReader): PackReader => {
  const size = readNumber(reader);
  const section = { text: reader.text, next: reader.next };
  reader.next += size;
  return section;
};

/** Weights of slots stand in pairs. Nine in ten of these are one character, as both are so small either way; the others are `widePair` and a character each. */
export const smallWeight = 4;
export const smallWeights = 2 * smallWeight + 1;
export const widePair = smallWeights ** 2;
export const mostWeight = (alphabet.length >> 1) - 1;

/** Reads ascending slots after how many they are, and for each its weight, which stands in another text from `at` on, into a table of all slots. */
export const readSlotWeights = (slots: PackReader, weights: string, at: number, allSlots: number): Int8Array => {
  const { text } = slots;
  const out = new Int8Array(allSlots);
  const count = readNumber(slots);
  let { next } = slots;
  let slot = 0;
  let from = at;
  let weight = 0;
  let second = 0;
  for (let i = 0; i < count; i += 1) {
    let code = codes[text.charCodeAt(next++)] ?? 0;
    while (code === addsCode) {
      slot += added;
      code = codes[text.charCodeAt(next++)] ?? 0;
    }
    slot += code < oneCharacter ? code : oneCharacter + (code - oneCharacter) * alphabet.length + (codes[text.charCodeAt(next++)] ?? 0);
    if ((i & 1) === 1) weight = second;
    else {
      const pair = codes[weights.charCodeAt(from++)] ?? 0;
      if (pair < widePair) {
        weight = ((pair / smallWeights) | 0) - smallWeight;
        second = (pair % smallWeights) - smallWeight;
      } else {
        const one = codes[weights.charCodeAt(from++)] ?? 0;
        const other = codes[weights.charCodeAt(from++)] ?? 0;
        weight = (one >>> 1) ^ -(one & 1);
        second = (other >>> 1) ^ -(other & 1);
      }
    }
    out[slot] = weight;
  }
  slots.next = next;
  return out;
};

/** Ascending keys, each with a symbol below 256. */
export interface KeyedSymbols {
  readonly keys: Int32Array;
  readonly symbols: Int32Array;
}

/** Reads ascending keys and then a symbol for each. */
export const readKeyed = (reader: PackReader): KeyedSymbols => {
  const keys = readKeys(reader);
  return { keys, symbols: readPlain(reader, keys.length) };
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

/** What is found of a key that has no symbol. */
export const listedAlone = -1;
export const unlisted = -2;

/**
 * Opens keys below 2^20 in pages, some with a symbol, others only listed; the function it gives says the symbol of a key, `listedAlone` or `unlisted`. Who does not
 * ask for those only listed has them unlisted.
 */
export const openPages = (reader: PackReader): ((key: number, asksForListed: boolean) => number) => {
  const sections = Array.from({ length: pageCount }, () => openSection(reader));
  const pages: KeyedSymbols[] = [];
  const lists: Int32Array[] = [];
  return (key, asksForListed) => {
    const number = key >>> pageBits;
    const section = sections[number] ?? reader;
    const { keys, symbols } = (pages[number] ??= readKeyed(section));
    const within = key & ((1 << pageBits) - 1);
    const at = findKey(keys, within);
    if (at >= 0) return symbols[at] ?? unlisted;
    if (!asksForListed) return unlisted;
    return findKey((lists[number] ??= readKeys(section)), within) < 0 ? unlisted : listedAlone;
  };
};
