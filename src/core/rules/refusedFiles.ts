import { fileLimits } from '../service/fileRefusals';
import type { RefusalId } from '../service/refusals';
import type { JsonObject } from '../text/json';
import { mayHoldPlaceholder } from '../text/templateTokens';
import { firstBytes } from '../tokens/bytes';
import { imageFormatOf, imageHeaderBytes, isImageFormat, readImageSize, type ImageFormat } from '../tokens/imageSize';
import { namedPdfPages, pdfSearchBytes } from '../tokens/files/pdfPages';
import { filesIn, sizeOf, sourceOf, type SentFile } from './sentFiles';
import type { Special } from './specialRefusals';

type Source = string | Uint8Array;

const base64 = /^[A-Za-z0-9+/]+={0,2}$/;

/** Bytes can be judged unless a placeholder stands for them, or they are no base64, which another rule tells. */
const isBytes = (source: Source): boolean =>
  typeof source !== 'string' || (base64.test(source.slice(0, 64)) && !mayHoldPlaceholder(source));

const judged = (files: readonly SentFile[]): readonly (SentFile & { readonly source: Source })[] =>
  files.flatMap((file) => {
    const source = sourceOf(file);
    return source === undefined || !isBytes(source) ? [] : [{ ...file, source }];
  });

/** What the bytes of an image say. Only JPEG may have its size far after its beginning; without one it is no whole image, and only its beginning is known. */
const seenIn = (source: Source): { readonly format: ImageFormat | undefined; readonly edge: number | undefined } => {
  const head = firstBytes(source, 64);
  const format = imageFormatOf(head);
  const size = readImageSize(format === 'jpeg' ? firstBytes(source, imageHeaderBytes) : head);
  return { format, edge: size && Math.max(size.width, size.height) };
};

function* inImages(messages: readonly JsonObject[]): Generator<Special> {
  const images = filesIn(messages, 'image');
  const areMany = images.length > fileLimits.manyImages;
  for (const { file, path, source } of judged(images)) {
    const { format, edge = 0 } = seenIn(source);
    if (format === undefined) yield { id: 'image.unreadable', path: [...path, 'source', 'bytes'] };
    else if (edge > 0 && isImageFormat(file['format']) && file['format'] !== format)
      yield { id: 'image.otherFormat', path: [...path, 'format'] };
    if (sizeOf(source) > fileLimits.imageBytes) yield { id: 'image.bytes', path };
    if (edge > fileLimits.imageEdge) yield { id: 'image.edge', path };
    else if (areMany && edge > fileLimits.manyImagesEdge) yield { id: 'image.manyEdge', path };
  }
}

function* inCount(messages: readonly JsonObject[]): Generator<Special> {
  const images = filesIn(messages, 'image');
  const surplus = images[Math.max(0, fileLimits.manyImages - filesIn(messages, 'document').length)];
  if (surplus !== undefined) yield { id: 'image.count', path: surplus.path };
}

const sizeRows: { readonly [format: string]: RefusalId } = { pdf: 'document.bytes.pdf', docx: 'document.bytes.docx' };

function* inDocuments(messages: readonly JsonObject[]): Generator<Special> {
  let pages = 0;
  for (const { file, path, source } of judged(filesIn(messages, 'document'))) {
    const format = typeof file['format'] === 'string' ? file['format'] : '';
    if (sizeOf(source) > fileLimits.documentBytes) yield { id: sizeRows[format] ?? 'document.bytes', path };
    if (format !== 'pdf' || pages > fileLimits.pdfPages) continue;
    pages += namedPdfPages(firstBytes(source, pdfSearchBytes));
    if (pages > fileLimits.pdfPages) yield { id: 'document.pages', path };
  }
}

/** Images and documents as some models refuse them, by what stands in their bytes. */
export function* refusedFiles(messages: readonly JsonObject[]): Generator<Special> {
  yield* inImages(messages);
  yield* inCount(messages);
  yield* inDocuments(messages);
}
