import { unzipSync } from 'fflate';
import { textOfBytes } from '../bytes';

export type OfficeFormat = 'docx' | 'xlsx';

/** Parts of real files are smaller; a part that claims more is left out, so that no file takes long. */
const mostPacked = 1_000_000;
const mostUnpacked = 16_000_000;

const wanted: Readonly<Record<OfficeFormat, RegExp>> = {
  docx: /^word\/(?:document|footnotes|endnotes)\.xml$/,
  xlsx: /^xl\/(?:sharedStrings|worksheets\/[^/]+)\.xml$/,
};

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' };

const plain = (xml: string): string =>
  xml
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:#(\d+)|#x([\da-fA-F]+)|(\w+));/g, (whole, decimal?: string, hex?: string, name = '') =>
      decimal === undefined && hex === undefined
        ? (entities[String(name)] ?? whole)
        : String.fromCodePoint(Math.min(0x10ffff, decimal === undefined ? parseInt(hex ?? '', 16) : Number(decimal))),
    );

const documentText = (xml: string): string =>
  plain(
    xml
      .replace(/<w:(?:tab|br)\b[^>]*>/g, ' ')
      .replace(/<\/w:tc>/g, '\t')
      .replace(/<\/w:p>/g, '\n'),
  );

const sheetText = (xml: string, shared: readonly string[]): string =>
  [...xml.matchAll(/<row\b[\s\S]*?<\/row>/g)]
    .map(([row]) =>
      [...row.matchAll(/<c\b([^>]*)>([\s\S]*?)<\/c>/g)]
        .map(([, about = '', cell = '']) => (/\bt="s"/.test(about) ? (shared[Number(plain(cell))] ?? '') : plain(cell)))
        .join('\t'),
    )
    .join('\n');

/** The text of a document or a workbook; `undefined` where it cannot be read. */
export const readOffice = (bytes: Uint8Array, format: OfficeFormat): string | undefined => {
  try {
    const files = unzipSync(bytes, {
      filter: ({ name, size, originalSize }) => wanted[format].test(name) && size <= mostPacked && originalSize <= mostUnpacked,
    });
    const parts = Object.entries(files).map(([name, part]) => ({ name, xml: textOfBytes(part) }));
    if (parts.length === 0) return undefined;
    if (format === 'docx') return parts.map(({ xml }) => documentText(xml)).join('\n');
    const strings = parts.find(({ name }) => name.endsWith('sharedStrings.xml'))?.xml ?? '';
    const shared = [...strings.matchAll(/<si\b[^>]*>([\s\S]*?)<\/si>/g)].map(([, item = '']) => plain(item));
    return parts.flatMap(({ name, xml }) => (name.includes('/worksheets/') ? [sheetText(xml, shared)] : [])).join('\n');
  } catch {
    return undefined; // not a packed file, or a broken one
  }
};
