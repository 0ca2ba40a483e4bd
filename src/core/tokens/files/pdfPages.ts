import { latin1 } from './unpack';

/** Bytes of a PDF that are searched; longer files are judged by this part of them. */
export const pdfSearchBytes = 4 * 1024 * 1024;

/** `/Type /Pages … /Count n` within one dictionary, in either order. */
const pageTree = /\/Type\s*\/Pages\b[^>]{0,400}?\/Count\s+(\d{1,6})|\/Count\s+(\d{1,6})(?=[^>]{0,400}\/Type\s*\/Pages\b)/g;

const largestNamed = (text: string): number => {
  let named = 0;
  for (const [, after, before] of text.matchAll(pageTree)) named = Math.max(named, Number(after ?? before ?? 0));
  return named;
};

/** How many pages the page tree of a PDF names; 0 where none can be seen. A PDF that was saved again names them again, and they count once. */
export const namedPdfPages = (bytes: Uint8Array): number => {
  const text = latin1(bytes.subarray(0, pdfSearchBytes));
  return text.startsWith('%PDF-') ? largestNamed(text) : 0;
};

/**
 * How many pages a PDF seems to have: the largest count its page tree names, or the page objects seen; `unpacked` is what is written of
 * objects that it keeps packed. `undefined` if it is not a PDF or nothing can be seen.
 */
export const countPdfPages = (bytes: Uint8Array, unpacked = ''): number | undefined => {
  const file = latin1(bytes.subarray(0, pdfSearchBytes));
  if (!file.startsWith('%PDF-')) return undefined;
  const text = unpacked === '' ? file : unpacked;
  const named = largestNamed(text);
  const seen = [...text.matchAll(/\/Type\s*\/Page(?![a-zA-Z])/g)].length;
  const pages = Math.max(named, seen);
  return pages > 0 ? Math.min(pages, 10000) : undefined;
};
