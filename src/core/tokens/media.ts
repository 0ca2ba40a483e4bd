import { firstBytes, textOfBytes } from './bytes';
import { exactly, times, type Band } from '../figures/band';
import type { CostSink } from './wordCost';
import { imageHeaderBytes, readImageSize } from './imageSize';
import type { ImageSize } from './imageSize';
import { fieldOf, isLoose, listOf, textOf } from './json';
import type { ImageRule, Overheads } from './overheads';
import { countPdfPages, pdfSearchBytes } from './pdfPages';

const patchEdge = 28;

/** Shrinks a picture until its longest edge and its patches are allowed, keeping its shape. */
const fitted = (size: ImageSize, rule: { readonly longestEdge: number; readonly most: number }): number => {
  const patches = (scale: number): number => Math.ceil((size.width * scale) / patchEdge) * Math.ceil((size.height * scale) / patchEdge);
  let scale = Math.min(1, rule.longestEdge / Math.max(size.width, size.height));
  for (let round = 0; round < 40 && patches(scale) > rule.most; round += 1)
    scale *= Math.max(0.9, Math.sqrt(rule.most / patches(scale)) * 0.999);
  return Math.min(rule.most, patches(scale));
};

/** Tokens of a picture of this size, or of one of unknown size. */
export const imageTokens = (size: ImageSize | undefined, rule: ImageRule): Band => {
  if (rule.kind === 'fixed') return exactly(rule.tokens);
  if (size === undefined) return { low: 4, likely: Math.min(1500, rule.most), high: rule.most + 3 };
  const likely = rule.kind === 'patches' ? fitted(size, rule) + 3 : Math.min(rule.most, (size.width * size.height) / rule.pixelsPerToken);
  return { low: likely * (rule.kind === 'patches' ? 0.98 : 0.8), likely, high: likely * (rule.kind === 'patches' ? 1.02 : 1.25) };
};

/** Tokens of a page's text when a PDF is read as text: from near-empty to dense print (recorded: 310 a page, 2026). */
const pageText: Band = { low: 30, likely: 350, high: 1100 };
/** Bytes of a page of a PDF whose pages cannot be seen, roughly. */
const pageBytes = 60_000;
/** A document behind an address: anything from a line to the service's limit of a hundred pages. */
const unseenDocument: Band = { low: 40, likely: 5000, high: 150_000 };
/** Sound or film: nothing in the request says how long it is. */
export const unseenFilm: Band = { low: 100, likely: 10_000, high: 300_000 };

export const addImage = (cost: CostSink, image: unknown, overheads: Overheads): void => {
  const bytes = firstBytes(fieldOf(fieldOf(image, 'source'), 'bytes'), imageHeaderBytes);
  cost.addRange(imageTokens(readImageSize(bytes), overheads.image));
};

const addPdf = (cost: CostSink, source: unknown, cited: boolean, overheads: Overheads): void => {
  const bytes = firstBytes(source, pdfSearchBytes);
  const pages = countPdfPages(bytes);
  const size = typeof source === 'string' ? source.length * 0.75 : source instanceof Uint8Array ? source.length : 0;
  const guess = Math.max(1, size / pageBytes);
  const count: Band = pages === undefined ? { low: 1, likely: guess, high: guess * 6 } : exactly(pages);
  const page: Band = cited
    ? { low: overheads.pdfPage * 0.95, likely: overheads.pdfPage + pageText.likely, high: overheads.pdfPage + pageText.high }
    : pageText;
  cost.addRange({ low: count.low * page.low, likely: count.likely * page.likely, high: count.high * page.high });
};

const packed = new Set(['docx', 'doc', 'xlsx', 'xls']);

/** Is this document a PDF that is shown to the model, or anything else for which citations were asked? */
export const isCited = (document: unknown): boolean => fieldOf(fieldOf(document, 'citations'), 'enabled') === true;

export const addDocument = (cost: CostSink, document: unknown, overheads: Overheads): void => {
  const source = fieldOf(document, 'source');
  const format = textOf(fieldOf(document, 'format'));
  cost.addFixed(overheads.textDocument, 4);
  cost.addText(textOf(fieldOf(document, 'name')));
  cost.addText(textOf(fieldOf(document, 'context')));
  cost.addText(textOf(fieldOf(source, 'text')));
  for (const part of listOf(fieldOf(source, 'content'))) cost.addText(textOf(fieldOf(part, 'text')));
  const bytes = fieldOf(source, 'bytes');
  if (isLoose(fieldOf(source, 's3Location'))) cost.addRange(unseenDocument);
  if (bytes === undefined) return;
  if (format === 'pdf') addPdf(cost, bytes, isCited(document), overheads);
  else if (packed.has(format)) cost.addRange(times({ low: 0.01, likely: 0.08, high: 0.6 }, firstBytes(bytes, 1 << 24).length));
  else cost.addText(textOfBytes(firstBytes(bytes, 1 << 24)));
};
