/** One character of a JSON string: how many characters of the source stand for it, and what it is. */
export interface JsonCharacter {
  readonly length: number;
  readonly text: string;
  readonly valid: boolean;
}

const simple: ReadonlyMap<string, JsonCharacter> = new Map(
  Object.entries({ '"': '"', '\\': '\\', '/': '/', b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }).map(([letter, text]) => [
    letter,
    { length: 2, text, valid: true },
  ]),
);
const unknown: JsonCharacter = { length: 1, text: '\\', valid: false };

/** The escape that begins at the backslash at `at`. One that JSON does not know is taken for the backslash itself, so nothing is lost. */
export const escapeAt = (source: string, at: number): JsonCharacter => {
  const next = source.charAt(at + 1);
  const known = simple.get(next);
  if (known !== undefined) return known;
  const digits = next === 'u' ? source.slice(at + 2, at + 6) : '';
  if (!/^[0-9a-f]{4}$/i.test(digits)) return unknown;
  return { length: 6, text: String.fromCharCode(Number.parseInt(digits, 16)), valid: true };
};

/** The characters that the inside of a JSON string stands for; tolerates what JSON forbids. */
export const decodeJson = (inside: string): string => {
  let text = '';
  let at = 0;
  for (;;) {
    const backslash = inside.indexOf('\\', at);
    if (backslash === -1) return text + inside.slice(at);
    const escape = escapeAt(inside, backslash);
    text += inside.slice(at, backslash) + escape.text;
    at = backslash + escape.length;
  }
};

const afterQuote = /[ \t\r\n]*/y;
const upToQuote = /(?:[^"\\]|\\[^])*"/y;

/** Is a string that is broken by a line end closed further down? Then what follows its quote goes on as JSON does after a string. */
export const isClosedBelow = (text: string, at: number): boolean => {
  upToQuote.lastIndex = at;
  if (!upToQuote.test(text)) return false;
  afterQuote.lastIndex = upToQuote.lastIndex;
  afterQuote.test(text);
  const next = text[afterQuote.lastIndex];
  return next === undefined || ',:}]'.includes(next);
};

/** True, false and null as Python prints them. */
export const pythonWords: ReadonlyMap<string, boolean | null> = new Map([
  ['True', true],
  ['False', false],
  ['None', null],
]);
