/** Files as requests carry them, in base64: no more of each than a reader of headers looks at. */

const base64 = (...parts: readonly (string | readonly number[])[]): string =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part)))).toString('base64');

const big16 = (value: number): readonly number[] => [value >> 8, value & 255];
const big32 = (value: number): readonly number[] => [...big16(value >> 16), ...big16(value & 65535)];
const little16 = (value: number): readonly number[] => [value & 255, value >> 8];
const little24 = (value: number): readonly number[] => [...little16(value & 65535), value >> 16];

/** An image of each format that Bedrock names, of a width and a height. */
export const images = {
  png: (width: number, height: number) =>
    base64([0x89], 'PNG\r\n\x1a\n', [0, 0, 0, 13], 'IHDR', big32(width), big32(height), [8, 2, 0, 0, 0]),
  gif: (width: number, height: number) => base64('GIF89a', little16(width), little16(height), [0, 0, 0]),
  jpeg: (width: number, height: number) =>
    base64(
      [0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 17, 8],
      big16(height),
      big16(width),
      [3, 1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0],
    ),
  webp: (width: number, height: number) =>
    base64('RIFF', [22, 0, 0, 0], 'WEBPVP8X', [10, 0, 0, 0, 0, 0, 0, 0], little24(width - 1), little24(height - 1)),
} as const;

/** A PDF whose page tree names so many pages. */
export const pdf = (pages: number): string => base64(`%PDF-1.4\n1 0 obj<</Type/Pages/Kids[]/Count ${pages}>>endobj\n%%EOF\n`);

/** Bytes of a file that begins as another does and is so many bytes long. */
export const lengthened = (file: string, size: number): string => {
  const bytes = Buffer.alloc(size);
  Buffer.from(file, 'base64').copy(bytes);
  return bytes.toString('base64');
};
