/** Bytes of a PDF that are searched; longer files are judged by this part of them. */
export const pdfSearchBytes = 4 * 1024 * 1024;

const latin1 = (bytes: Uint8Array): string => {
  const parts: string[] = [];
  for (let at = 0; at < bytes.length; at += 8192) parts.push(String.fromCharCode(...bytes.subarray(at, at + 8192)));
  return parts.join('');
};

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
 * How many pages a PDF seems to have: the largest count its page tree names, or the page objects seen. `undefined` if it is not a PDF or
 * keeps its objects compressed, where nothing can be seen without unpacking them.
 */
export const countPdfPages = (bytes: Uint8Array): number | undefined => {
  const text = latin1(bytes.subarray(0, pdfSearchBytes));
  if (!text.startsWith('%PDF-')) return undefined;
  const named = largestNamed(text);
  const seen = [...text.matchAll(/\/Type\s*\/Page(?![a-zA-Z])/g)].length;
  const pages = Math.max(named, seen);
  return pages > 0 ? Math.min(pages, 10000) : undefined;
};
