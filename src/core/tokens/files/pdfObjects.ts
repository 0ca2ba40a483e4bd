import { fromAscii85, inflated, latin1 } from './unpack';

/** An object of a PDF: what is written of it, and what its stream unpacks to. */
export interface PdfObject {
  readonly written: string;
  /** Each byte as a character; `undefined` where it has no stream, or one that holds no text. */
  readonly stream: string | undefined;
}

export interface PdfObjects {
  readonly byNumber: ReadonlyMap<number, PdfObject>;
  /** Could every stream be read that may hold text? */
  readonly isWhole: boolean;
}

/** All streams of a file together unpack to at most about so many bytes. */
const mostUnpacked = 8_000_000;

/** Streams of pictures, fonts and the like. */
const noText = /\/Subtype\s*\/(?:Image|Type1C|CIDFontType0C|OpenType|XML)|\/Length1\b|\/Type\s*\/(?:XRef|Metadata)/;
const filters = /\/Filter\s*(\[[^\]]*\]|\/\w+)/;

const streamOf = (written: string, bytes: Uint8Array, most: number): Uint8Array | undefined => {
  let data = bytes;
  for (const [, name] of (filters.exec(written)?.[1] ?? '').matchAll(/\/(\w+)/g)) {
    if (name === 'FlateDecode' || name === 'Fl') data = inflated(data, most);
    else if (name === 'ASCII85Decode' || name === 'A85') data = fromAscii85(data);
    else return undefined;
  }
  return data;
};

/** The objects that a stream of objects holds: their numbers and places first, then they themselves. */
const objectsWithin = ({ written, stream = '' }: PdfObject): readonly (readonly [number: number, object: PdfObject])[] => {
  const first = Number(/\/First\s+(\d+)/.exec(written)?.[1] ?? 0);
  const numbers = stream.slice(0, first).match(/\d+/g) ?? [];
  return Array.from({ length: numbers.length >> 1 }, (_, at) => {
    const [number, place, next] = [numbers[2 * at], numbers[2 * at + 1], numbers[2 * at + 3]].map(Number);
    return [
      number ?? 0,
      { written: stream.slice(first + (place ?? 0), next === undefined || isNaN(next) ? undefined : first + next), stream: undefined },
    ];
  });
};

/** Where the data of a stream that begins at `start` ends: by its length where that is written and true, else by the word after it. */
const endOfStream = (text: string, written: string, start: number): number => {
  const length = /\/Length\s+(\d+)(?!\s+\d+\s+R)/.exec(written)?.[1];
  const end = start + Number(length ?? NaN);
  if (/^\s*endstream/.test(text.slice(end, end + 16))) return end;
  const found = text.indexOf('endstream', start);
  return found < 0 ? text.length : found;
};

/** Every object of a PDF of which at least the beginning is given; those that were written again stand as written last. */
export const readPdfObjects = (bytes: Uint8Array): PdfObjects => {
  const text = latin1(bytes);
  const byNumber = new Map<number, PdfObject>();
  let isWhole = !/\/Encrypt\s/.test(text);
  let left = mostUnpacked;
  const begin = /(\d+)\s+\d+\s+obj\b/g;
  for (let found = begin.exec(text); found !== null; found = begin.exec(text)) {
    const start = begin.lastIndex;
    const end = text.indexOf('endobj', start);
    const opening = /\bstream(?:\r?\n|\r)/.exec(text.slice(start, end < 0 ? start + 4096 : Math.min(end, start + 4096)));
    const written = text.slice(start, opening === null ? (end < 0 ? text.length : end) : start + opening.index);
    let stream: string | undefined;
    if (opening !== null) {
      const from = start + opening.index + opening[0].length;
      begin.lastIndex = endOfStream(text, written, from);
      const data = noText.test(written) || left <= 0 ? undefined : streamOf(written, bytes.subarray(from, begin.lastIndex), left);
      left -= data?.length ?? 0;
      isWhole &&= data !== undefined || noText.test(written);
      stream = data && latin1(data);
    }
    const object: PdfObject = { written, stream };
    byNumber.set(Number(found[1]), object);
    if (/\/Type\s*\/ObjStm/.test(written)) for (const [number, inner] of objectsWithin(object)) byNumber.set(number, inner);
  }
  return { byNumber, isWhole };
};
