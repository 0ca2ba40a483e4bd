import { Unzlib } from 'fflate';

/** Packed bytes are fed in pieces of this size, so that unpacking can stop in time. */
const step = 4096;

/** Unpacks zlib data (RFC 1950) to about `most` bytes; what is broken or cut off gives what came before. */
export const inflated = (bytes: Uint8Array, most: number): Uint8Array => {
  const parts: Uint8Array[] = [];
  let size = 0;
  const stream = new Unzlib((part) => {
    parts.push(part);
    size += part.length;
  });
  try {
    for (let at = 0; at < bytes.length && size < most; at += step) stream.push(bytes.subarray(at, at + step), at + step >= bytes.length);
  } catch {
    // Broken data: the rest cannot be read.
  }
  const all = new Uint8Array(size);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
};

const zero = '!'.charCodeAt(0);

/** Five characters of base 85 as four bytes. */
const fourBytes = (digits: readonly number[]): readonly number[] => {
  let value = 0;
  for (const digit of digits) value = value * 85 + digit;
  return [Math.floor(value / 2 ** 24) & 255, (value >> 16) & 255, (value >> 8) & 255, value & 255];
};

/** Bytes written as ASCII base 85 up to `~>`, as a PDF has it. */
export const fromAscii85 = (bytes: Uint8Array): Uint8Array => {
  const out: number[] = [];
  let digits: number[] = [];
  for (const byte of bytes) {
    if (byte === 0x7e) break;
    if (byte === 0x7a && digits.length === 0) out.push(0, 0, 0, 0);
    if (byte < zero || byte > zero + 84) continue;
    digits.push(byte - zero);
    if (digits.length < 5) continue;
    out.push(...fourBytes(digits));
    digits = [];
  }
  if (digits.length > 1) out.push(...fourBytes([...digits, 84, 84, 84, 84].slice(0, 5)).slice(0, digits.length - 1));
  return Uint8Array.from(out);
};

/** Each byte as the character of its number. */
export const latin1 = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('');
};
