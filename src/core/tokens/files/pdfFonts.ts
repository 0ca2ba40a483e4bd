import type { PdfObject } from './pdfObjects';

/** How the codes of a font are read. */
export interface PdfFont {
  /** Bytes of a code. */
  readonly bytes: 1 | 2;
  /** Texts by code; `undefined` where no table says them. */
  readonly texts: ReadonlyMap<number, string> | undefined;
}

/** UTF-16 in hexadecimal digits. */
const fromHex = (digits: string): string =>
  (digits.replace(/\s/g, '').match(/.{1,4}/g) ?? []).map((unit) => String.fromCharCode(parseInt(unit, 16))).join('');

/** No table of a real font has more. */
const mostCodes = 0x10000;

const addRange = (texts: Map<number, string>, first: string, last: string, to: string): void => {
  const from = parseInt(first, 16);
  const listed = [...to.matchAll(/<([\da-fA-F\s]+)>/g)].map(([, digits = '']) => fromHex(digits));
  const start = listed[0] ?? '';
  const isList = to.startsWith('[');
  for (let code = from; code <= parseInt(last, 16) && texts.size < mostCodes; code += 1) {
    const text = isList
      ? (listed[code - from] ?? '')
      : start.slice(0, -1) + String.fromCharCode(start.charCodeAt(start.length - 1) + code - from);
    texts.set(code, text);
  }
};

/** Reads a table from codes to texts (a ToUnicode CMap). */
export const readTexts = (table: string): ReadonlyMap<number, string> => {
  const texts = new Map<number, string>();
  for (const [, block = ''] of table.matchAll(/beginbfchar([\s\S]*?)endbfchar/g))
    for (const [, code = '', to = ''] of block.matchAll(/<([\da-fA-F]+)>\s*<([\da-fA-F\s]*)>/g)) texts.set(parseInt(code, 16), fromHex(to));
  for (const [, block = ''] of table.matchAll(/beginbfrange([\s\S]*?)endbfrange/g))
    for (const [, first = '', last = '', to = ''] of block.matchAll(/<([\da-fA-F]+)>\s*<([\da-fA-F]+)>\s*(<[^>]*>|\[[^\]]*\])/g))
      addRange(texts, first, last, to);
  return texts;
};

/** The fonts of a PDF by the names under which pages use them; two fonts of one name are taken for the last of them. */
export const readFonts = (objects: ReadonlyMap<number, PdfObject>): ReadonlyMap<string, PdfFont> => {
  const fonts = new Map<string, PdfFont>();
  const fontOf = (number: number): PdfFont => {
    const written = objects.get(number)?.written ?? '';
    const table = objects.get(Number(/\/ToUnicode\s+(\d+)\s+\d+\s+R/.exec(written)?.[1] ?? NaN))?.stream;
    return { bytes: /\/Subtype\s*\/Type0\b/.test(written) ? 2 : 1, texts: table === undefined ? undefined : readTexts(table) };
  };
  const known = new Map<number, PdfFont>();
  for (const { written } of objects.values())
    for (const [, direct, indirect] of written.matchAll(/\/Font\s*(?:<<([^>]*)>>|(\d+)\s+\d+\s+R)/g)) {
      const names = direct ?? objects.get(Number(indirect))?.written ?? '';
      for (const [, name = '', number = ''] of names.matchAll(/\/([^\s/<>[\]()]+)\s+(\d+)\s+\d+\s+R/g)) {
        const font = known.get(Number(number)) ?? fontOf(Number(number));
        known.set(Number(number), font);
        fonts.set(name, font);
      }
    }
  return fonts;
};
