import { exactly, times, type Band } from '../figures/band';
import { memoByText } from '../text/memo';
import { firstBytes, textOfBytes } from './bytes';
import { readOffice, type OfficeFormat } from './files/office';
import { countPdfPages, pdfSearchBytes } from './files/pdfPages';
import { readPdfText, type PdfText } from './files/pdfText';
import { fieldOf, isLoose, listOf, textOf } from './json';
import { overheadsOf } from './overheads';
import type { TokenModel } from './tokenModel';
import type { CostSink } from './wordCost';

/** How a model is given documents over the API that a request goes to. */
export interface DocumentRules {
  /** The picture of a page of a PDF; `undefined` where it sees none. */
  readonly page: Band | undefined;
  /** The same where citations are asked for. */
  readonly citedPage: Band | undefined;
  readonly readsText: boolean;
  /** How often it is given the text where citations are asked for. */
  readonly citedTexts: number;
  /** Is a PDF left out where it is all that a tool result holds? */
  readonly needsCompany: boolean;
}

/** The rules for a model. Over the Messages API the pages of a PDF are always shown, over Converse since Claude 4.5 or where citations are asked for. */
export const documentRulesOf = ({ tokens, readsPdfAsText = false, api }: TokenModel): DocumentRules => {
  const { shows, page, conversePage, needsCompany } = overheadsOf(tokens).pdf;
  const shown = shows === 'text' ? undefined : api === 'messages' ? exactly(page) : conversePage;
  return {
    page: readsPdfAsText && api === undefined ? undefined : shown,
    citedPage: shown,
    readsText: shows !== 'pages',
    citedTexts: shows === 'pagesAndText' ? 2 : 1,
    needsCompany: needsCompany && api === undefined,
  };
};

/** Tokens of a page's text where it cannot be read: from near-empty to dense print (recorded: 310 a page, 2026). */
const pageText: Band = { low: 30, likely: 350, high: 1100 };
/** Bytes of a page of a PDF whose pages cannot be seen, roughly. */
const pageBytes = 60_000;
/** A document after an address: anything from a line to the service's limit of a hundred pages. */
const unseenDocument: Band = { low: 40, likely: 5000, high: 150_000 };
/** Longer documents are read as far as this. */
const mostBytes = 1 << 24;

interface Pdf extends PdfText {
  /** How many pages it has, as far as can be seen. */
  readonly pages: Band;
}

const readPdf = (source: unknown): Pdf => {
  const bytes = firstBytes(source, pdfSearchBytes);
  const read = readPdfText(bytes);
  const pages = countPdfPages(bytes, read.objects);
  const size = typeof source === 'string' ? source.length * 0.75 : bytes.length;
  const guess = Math.max(1, size / pageBytes);
  return { ...read, pages: pages === undefined ? { low: 1, likely: guess, high: guess * 6 } : exactly(pages) };
};

/** To unpack a file takes longer than a keystroke may. */
const readPdfOnce = memoByText<Pdf>(readPdf, 4);

const product = (a: Band, b: Band): Band => ({ low: a.low * b.low, likely: a.likely * b.likely, high: a.high * b.high });

/** How far off the text of a document is once it is read: the service reads its lines and columns in a way of its own. */
const asRead = (whole: Band): Band => ({ low: whole.low * 0.8, likely: whole.likely, high: whole.high * 1.25 });

/** What stands around the pages of a PDF (recorded 2026: 1,598 to 1,606 for a whole request with an empty page). */
const aroundPages = 10;

/** Codes of letters that no table tells, as tokens: words of English have about five letters and a half, spaces often no code. */
const tokensOfCode: Band = { low: 0.12, likely: 0.22, high: 0.6 };

const addPdf = (cost: CostSink, source: unknown, isCited: boolean, rules: DocumentRules): void => {
  const pdf = typeof source === 'string' ? readPdfOnce(source) : readPdf(source);
  const page = isCited ? rules.citedPage : rules.page;
  if (page !== undefined) cost.addRange(product(pdf.pages, { ...page, low: page.low * 0.97, high: page.high * 1.02 }));
  if (!rules.readsText) return;
  const often = isCited ? rules.citedTexts : 1;
  if (pdf.text === '' && pdf.unknownCodes === 0) {
    cost.addRange(times(product(pdf.pages, pdf.isWhole ? { low: 0, likely: 5, high: 60 } : pageText), often));
    return;
  }
  cost.addDoubtful(pdf.text, (whole) => times(asRead(whole), often));
  cost.addRange(times(tokensOfCode, pdf.unknownCodes * often));
  if (!pdf.isWhole) cost.addRange(times(product(pdf.pages, { low: 0, likely: 0, high: pageText.high }), often));
};

const officeFormats: ReadonlySet<string> = new Set<OfficeFormat>(['docx', 'xlsx']);
const olderFormats = new Set(['doc', 'xls']);

const addOffice = (cost: CostSink, source: unknown, format: OfficeFormat): void => {
  const text = readOffice(firstBytes(source, mostBytes), format);
  if (text === undefined) cost.addRange({ low: 5, likely: 500, high: 20_000 });
  else cost.addDoubtful(text, asRead);
};

const isOffice = (format: string): format is OfficeFormat => officeFormats.has(format);

/** Are citations asked for? */
export const isCited = (document: unknown): boolean => fieldOf(fieldOf(document, 'citations'), 'enabled') === true;

/** A document block of any format. */
export const addDocument = (cost: CostSink, document: unknown, rules: DocumentRules): void => {
  const source = fieldOf(document, 'source');
  const format = textOf(fieldOf(document, 'format'));
  const isPaged = format === 'pdf' && (isCited(document) ? rules.citedPage : rules.page) !== undefined;
  cost.addFixed(isPaged ? aroundPages : overheadsOf(cost.family).textDocument, 4);
  cost.addText(textOf(fieldOf(document, 'name')));
  cost.addText(textOf(fieldOf(document, 'context')));
  cost.addText(textOf(fieldOf(source, 'text')));
  for (const part of listOf(fieldOf(source, 'content'))) cost.addText(textOf(fieldOf(part, 'text')));
  const bytes = fieldOf(source, 'bytes');
  if (isLoose(fieldOf(source, 's3Location'))) cost.addRange(unseenDocument);
  if (bytes === undefined) return;
  if (format === 'pdf') addPdf(cost, bytes, isCited(document), rules);
  else if (isOffice(format)) addOffice(cost, bytes, format);
  else if (olderFormats.has(format)) cost.addRange(times({ low: 0.01, likely: 0.08, high: 0.6 }, firstBytes(bytes, mostBytes).length));
  else cost.addText(textOfBytes(firstBytes(bytes, mostBytes)));
};

/** Is all that a tool result holds a PDF? Four recorded calls with two files were charged as if it were not there (Sonnet 4.5 over Converse, 2026). */
export const holdsPdfAlone = (content: readonly unknown[]): boolean =>
  content.length > 0 && content.every((part) => fieldOf(fieldOf(part, 'document'), 'format') === 'pdf');
