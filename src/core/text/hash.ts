/** What a byte array adds to a hash, remembered: pictures and documents are large and do not change. */
const known = new WeakMap<Uint8Array, number>();

/** cyrb53, a public-domain hash of 53 bits, fed piece by piece: enough to tell the requests of one person apart. */
class Hash {
  #high = 0xdeadbeef;
  #low = 0x41c6ce57;

  code(code: number): void {
    this.#high = Math.imul(this.#high ^ code, 2654435761);
    this.#low = Math.imul(this.#low ^ code, 1597334677);
  }

  text(text: string): void {
    this.code(text.length);
    for (let at = 0; at < text.length; at += 1) this.code(text.charCodeAt(at));
  }

  finish(): string {
    let { high, low } = { high: this.#high, low: this.#low };
    high = Math.imul(high ^ (high >>> 16), 2246822507) ^ Math.imul(low ^ (low >>> 13), 3266489909);
    low = Math.imul(low ^ (low >>> 16), 2246822507) ^ Math.imul(high ^ (high >>> 13), 3266489909);
    return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
  }
}

const digestOf = (bytes: Uint8Array): number => {
  const before = known.get(bytes);
  if (before !== undefined) return before;
  let digest = bytes.length;
  for (let at = 0; at < bytes.length; at += 1) digest = Math.imul(digest ^ (bytes[at] ?? 0), 2654435761);
  known.set(bytes, digest);
  return digest;
};

/** Marks that keep a list apart from an object and a text from a number of the same characters. */
const marks = { text: 1, number: 2, list: 3, object: 4, bytes: 5, other: 6, end: 7 } as const;
/** Towers deeper than this are told apart by what stands above. */
const deepest = 64;

/** Cache points are hints: they add no tokens, so a request with other ones counts the same (CountTokens answers, recorded 2026). */
export const isMarker = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'cachePoint' in value && Object.keys(value).length === 1;

const add = (hash: Hash, value: unknown, depth: number): void => {
  if (typeof value === 'string') {
    hash.code(marks.text);
    hash.text(value);
  } else if (value instanceof Uint8Array) {
    hash.code(marks.bytes);
    hash.code(digestOf(value));
  } else if (Array.isArray(value) && depth < deepest) {
    hash.code(marks.list);
    for (const item of value) if (!isMarker(item)) add(hash, item, depth + 1);
    hash.code(marks.end);
  } else if (typeof value === 'object' && value !== null && depth < deepest) {
    hash.code(marks.object);
    for (const [key, member] of Object.entries(value)) {
      hash.text(key);
      add(hash, member, depth + 1);
    }
    hash.code(marks.end);
  } else {
    hash.code(typeof value === 'number' ? marks.number : marks.other);
    hash.text(String(value));
  }
};

/** A short hash of any plain value: texts, lists and objects of them, bytes; equal values give equal hashes. Cache points do not count. */
export const hashOf = (value: unknown): string => {
  const hash = new Hash();
  add(hash, value, 0);
  return hash.finish();
};
