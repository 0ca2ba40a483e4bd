import { nextOf, type Notation, type Unit } from '../../text/notation';

/** How a Python literal is written. */
export interface PythonStyle {
  /** `"`, `'`, `"""` or `'''`. */
  readonly quote: string;
  readonly raw: boolean;
  /** In an f-string braces are doubled. */
  readonly format: boolean;
}

const named: Readonly<Record<string, string>> = {
  '\\': '\\',
  "'": "'",
  '"': '"',
  a: '\u0007',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

const code = (length: number, digits: string, base = 16): Unit => {
  const point = Number.parseInt(digits, base);
  return { length, text: point <= 0x10ffff ? String.fromCodePoint(point) : '\ufffd' };
};

const hexes: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

/** What an escape that begins at `at` says; an unknown one says itself, its backslash included. */
const escapeAt = (source: string, at: number, end: number): Unit => {
  const sign = source.charAt(at + 1);
  if (at + 1 >= end) return { length: 1, text: '\\' };
  if (sign === '\n') return { length: 2, text: '' };
  if (sign === '\r') return { length: source[at + 2] === '\n' && at + 2 < end ? 3 : 2, text: '' };
  const plain = named[sign];
  if (plain !== undefined) return { length: 2, text: plain };
  const octal = /^[0-7]{1,3}/.exec(source.slice(at + 1, Math.min(end, at + 4)))?.[0];
  if (octal !== undefined) return code(1 + octal.length, octal, 8);
  const count = hexes[sign];
  const digits = count === undefined ? '' : source.slice(at + 2, Math.min(end, at + 2 + count));
  if (count !== undefined && digits.length === count && /^[\da-f]+$/i.test(digits)) return code(2 + count, digits);
  const name = sign === 'N' ? /^\{[A-Z0-9 -]+\}/.exec(source.slice(at + 2, Math.min(end, at + 90)))?.[0] : undefined;
  // The names of all characters are a megabyte of their own: it is one character, which one is left open.
  return name === undefined ? { length: 1, text: '\\' } : { length: 2 + name.length, text: '\ufffd' };
};

const lineFeed: Unit = { length: 2, text: '\n' };

const unitsOf = ({ raw, format }: PythonStyle): RegExp => {
  if (raw) return format ? /\r\n|\{\{|\}\}/ : /\r\n/;
  return format ? /\\|\r\n|\{\{|\}\}/ : /\\|\r\n/;
};

const unitAt = (source: string, at: number, end: number): Unit => {
  const sign = source.charAt(at);
  if (sign === '\\') return escapeAt(source, at, end);
  return sign === '\r' ? lineFeed : { length: 2, text: sign };
};

const escaped = (text: string, { quote, format }: PythonStyle): string => {
  const long = quote.length === 3;
  let written = text.replaceAll('\\', '\\\\').replaceAll('\r', '\\r');
  written = long ? written.replaceAll(quote, `\\${quote}`) : written.replaceAll(quote, `\\${quote}`).replaceAll('\n', '\\n');
  if (long && written.endsWith(quote.charAt(0))) written = `${written.slice(0, -1)}\\${quote.charAt(0)}`;
  return format ? written.replace(/[{}]/g, '$&$&') : written;
};

/** A raw literal says its characters as they stand: what would end it cannot be written. */
const rawText = (text: string, { quote, format }: PythonStyle): string | undefined => {
  const ends = text.includes(quote.charAt(0)) || text.endsWith('\\') || text.includes('\r') || (quote.length === 1 && text.includes('\n'));
  return ends ? undefined : format ? text.replace(/[{}]/g, '$&$&') : text;
};

const create = (style: PythonStyle): Notation => ({
  name: 'python',
  keepsLines: style.quote.length === 3,
  next: nextOf(unitsOf(style)),
  unit: unitAt,
  write: (text) => (style.raw ? rawText(text, style) : escaped(text, style)),
});

const known = new Map<string, Notation>();

/** The inside of a Python literal: escapes, doubled braces of an f-string, and line ends, which are sent as line feeds. */
export const python = (style: PythonStyle): Notation => {
  const key = `${style.quote}${style.raw}${style.format}`;
  const found = known.get(key) ?? create(style);
  known.set(key, found);
  return found;
};
