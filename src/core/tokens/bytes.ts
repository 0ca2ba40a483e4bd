const value = (code: number): number => {
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  if (code >= 0x61 && code <= 0x7a) return code - 0x47;
  if (code >= 0x30 && code <= 0x39) return code + 4;
  if (code === 0x2b || code === 0x2d) return 62;
  return code === 0x2f || code === 0x5f ? 63 : -1;
};

/** Decodes base64 (either alphabet; line ends and other strangers are skipped) up to `most` bytes. */
const decodeBase64 = (text: string, most: number): Uint8Array => {
  const out = new Uint8Array(Math.max(0, Math.min(most, Math.floor((text.length * 3) / 4))));
  let held = 0;
  let bits = 0;
  let at = 0;
  for (let i = 0; i < text.length && at < out.length; i += 1) {
    const six = value(text.charCodeAt(i));
    if (six < 0) continue;
    held = ((held << 6) | six) & 0xffff;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    out[at++] = (held >> bits) & 0xff;
  }
  return out.subarray(0, at);
};

/** The first `most` bytes of what a request carries as raw bytes or as base64 text; empty for anything else. */
export const firstBytes = (source: unknown, most: number): Uint8Array => {
  if (source instanceof Uint8Array) return source.subarray(0, most);
  return typeof source === 'string' ? decodeBase64(source, most) : new Uint8Array(0);
};

const replacement = '\ufffd';

/** UTF-8 bytes as text; what is not UTF-8 becomes U+FFFD. */
export const textOfBytes = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  let piece = '';
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at] ?? 0;
    const size = first < 0x80 ? 1 : first >= 0xf0 && first < 0xf5 ? 4 : first >= 0xe0 ? 3 : first >= 0xc2 ? 2 : 0;
    let code = size === 1 ? first : first & (0x7f >> size);
    let valid = size > 0 && first < 0xf5;
    for (let i = 1; i < size && valid; i += 1) {
      const next = bytes[at + i] ?? 0;
      valid = (next & 0xc0) === 0x80;
      code = code * 64 + (next & 0x3f);
    }
    valid &&= code <= 0x10ffff;
    piece += valid ? String.fromCodePoint(code) : replacement;
    at += valid ? size : 1;
    if (piece.length > 4096) {
      parts.push(piece);
      piece = '';
    }
  }
  return parts.join('') + piece;
};
