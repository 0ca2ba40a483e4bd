const alphabet = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/', (letter) => letter.charCodeAt(0));
const padding = '='.charCodeAt(0);

/** Bytes that are written at once: a multiple of three, and few enough for one call's arguments. */
const stretch = 6_000;

const letterOf = (sixBits: number): number => alphabet[sixBits & 63] ?? padding;

const writeStretch = (bytes: Uint8Array): string => {
  const letters: number[] = [];
  for (let at = 0; at < bytes.length; at += 3) {
    const [a = 0, b, c] = [bytes[at], bytes[at + 1], bytes[at + 2]];
    const group = (a << 16) | ((b ?? 0) << 8) | (c ?? 0);
    letters.push(letterOf(group >> 18), letterOf(group >> 12));
    letters.push(b === undefined ? padding : letterOf(group >> 6), c === undefined ? padding : letterOf(group));
  }
  return String.fromCharCode(...letters);
};

/** Bytes as base64 text, with padding (RFC 4648, section 4). */
export const base64 = (bytes: Uint8Array): string => {
  let text = '';
  for (let at = 0; at < bytes.length; at += stretch) text += writeStretch(bytes.subarray(at, at + stretch));
  return text;
};
