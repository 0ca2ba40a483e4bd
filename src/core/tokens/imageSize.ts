/** Width and height in pixels, as the file's header says. */
export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** Bytes of a file that are enough to find its size in nearly every image: JPEG may carry a long profile before it. */
export const imageHeaderBytes = 262144;

const byte = (bytes: Uint8Array, at: number): number => bytes[at] ?? 0;
const big16 = (bytes: Uint8Array, at: number): number => byte(bytes, at) * 256 + byte(bytes, at + 1);
const big32 = (bytes: Uint8Array, at: number): number => big16(bytes, at) * 65536 + big16(bytes, at + 2);
const little16 = (bytes: Uint8Array, at: number): number => byte(bytes, at) + byte(bytes, at + 1) * 256;
const little24 = (bytes: Uint8Array, at: number): number => little16(bytes, at) + byte(bytes, at + 2) * 65536;
const ascii = (bytes: Uint8Array, at: number, length: number): string => String.fromCharCode(...bytes.subarray(at, at + length));

const jpegSize = (bytes: Uint8Array): ImageSize | undefined => {
  let at = 2;
  while (at + 9 < bytes.length) {
    if (byte(bytes, at) !== 0xff) return undefined;
    const marker = byte(bytes, at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
    if (isFrame) return { width: big16(bytes, at + 7), height: big16(bytes, at + 5) };
    const hasLength = marker !== 0x01 && !(marker >= 0xd0 && marker <= 0xd9);
    at += hasLength ? 2 + Math.max(2, big16(bytes, at + 2)) : 2;
  }
  return undefined;
};

const webpSize = (bytes: Uint8Array): ImageSize | undefined => {
  const kind = ascii(bytes, 12, 4);
  if (kind === 'VP8X') return { width: little24(bytes, 24) + 1, height: little24(bytes, 27) + 1 };
  if (kind === 'VP8 ') return { width: little16(bytes, 26) & 0x3fff, height: little16(bytes, 28) & 0x3fff };
  if (kind !== 'VP8L') return undefined;
  const bits = little16(bytes, 21) + little16(bytes, 23) * 65536;
  return { width: (bits & 0x3fff) + 1, height: (Math.floor(bits / 16384) & 0x3fff) + 1 };
};

/** Formats of images that Bedrock names. */
const imageFormats = ['png', 'jpeg', 'gif', 'webp'] as const;
export type ImageFormat = (typeof imageFormats)[number];

/** Is it the name of one of them? */
export const isImageFormat = (value: unknown): value is ImageFormat => imageFormats.some((format) => format === value);

/** What a file's first twelve bytes say that it is; `undefined` where they begin no image of these formats. */
export const imageFormatOf = (bytes: Uint8Array): ImageFormat | undefined => {
  if (big32(bytes, 0) === 0x89504e47) return 'png';
  if (ascii(bytes, 0, 3) === 'GIF') return 'gif';
  if (big16(bytes, 0) === 0xffd8) return 'jpeg';
  return ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP' ? 'webp' : undefined;
};

const sizeIn = (bytes: Uint8Array): ImageSize | undefined => {
  if (bytes.length < 10) return undefined;
  switch (imageFormatOf(bytes)) {
    case 'png':
      return { width: big32(bytes, 16), height: big32(bytes, 20) };
    case 'gif':
      return { width: little16(bytes, 6), height: little16(bytes, 8) };
    case 'jpeg':
      return jpegSize(bytes);
    case 'webp':
      return webpSize(bytes);
    default:
      return undefined;
  }
};

/** The size of a PNG, JPEG, GIF or WebP image from its first bytes, or `undefined` if they do not say one that can be. */
export const readImageSize = (bytes: Uint8Array): ImageSize | undefined => {
  const size = sizeIn(bytes);
  return size !== undefined && size.width > 0 && size.height > 0 && size.width < 65536 && size.height < 65536 ? size : undefined;
};
