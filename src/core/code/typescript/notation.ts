import { nextOf, type Notation, type Unit } from '../../text/notation';

/** How a literal of TypeScript or JavaScript is quoted; `raw`: a template of `String.raw`. */
export type TypeScriptQuote = "'" | '"' | '`' | 'raw';

const named: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

const code = (length: number, digits: string): Unit => {
  const point = Number.parseInt(digits, 16);
  return { length, text: point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd' };
};

const coded = /^(?:x([\da-f]{2})|u([\da-f]{4})|u\{([\da-f]{1,6})\})/i;

/** What an escape that begins at `at` says: an unknown one says the character behind the backslash. */
const escapeAt = (source: string, at: number, end: number): Unit => {
  const sign = source.charAt(at + 1);
  if (at + 1 >= end) return { length: 1, text: '' };
  if (sign === '\n' || sign === '\u2028' || sign === '\u2029') return { length: 2, text: '' };
  if (sign === '\r') return { length: source[at + 2] === '\n' && at + 2 < end ? 3 : 2, text: '' };
  const plain = named[sign];
  if (plain !== undefined) return { length: 2, text: plain };
  if (sign === '0' && !/\d/.test(source.charAt(at + 2))) return { length: 2, text: '\0' };
  const found = coded.exec(source.slice(at + 1, Math.min(end, at + 11)));
  return found === null ? { length: 2, text: sign } : code(1 + found[0].length, found[1] ?? found[2] ?? found[3] ?? '');
};

const lineFeed: Unit = { length: 2, text: '\n' };

const escaped = (text: string, quote: TypeScriptQuote): string => {
  const written = text.replaceAll('\\', '\\\\').replaceAll('\r', '\\r').replaceAll(quote, `\\${quote}`);
  return quote === '`' ? written.replaceAll('${', '\\${') : written.replaceAll('\n', '\\n');
};

const rawText = (text: string): string | undefined => (/[`\r]|\$\{|\\$/.test(text) ? undefined : text);

const create = (quote: TypeScriptQuote): Notation => ({
  name: 'typescript',
  keepsLines: quote === '`' || quote === 'raw',
  next: nextOf(quote === 'raw' ? /\r\n/ : /\\|\r\n/),
  unit: (source, at, end) => (source.charAt(at) === '\r' ? lineFeed : escapeAt(source, at, end)),
  write: (text) => (quote === 'raw' ? rawText(text) : escaped(text, quote)),
});

const known = new Map<TypeScriptQuote, Notation>();

/** The inside of a literal of TypeScript or JavaScript: escapes, and line ends, which templates send as line feeds. */
export const typescript = (quote: TypeScriptQuote): Notation => {
  const found = known.get(quote) ?? create(quote);
  known.set(quote, found);
  return found;
};
