import { readFonts, type PdfFont } from './pdfFonts';
import { readPdfObjects } from './pdfObjects';

/** What can be read of the text of a PDF, without laying out its pages. */
export interface PdfText {
  readonly text: string;
  /** Codes of letters for which the file has no table. */
  readonly unknownCodes: number;
  /** Could all be read that may hold text? */
  readonly isWhole: boolean;
  /** What is written of its objects, those that were packed too. */
  readonly objects: string;
}

const nothing: PdfText = { text: '', unknownCodes: 0, isWhole: false, objects: '' };

/** So far to the left, in thousandths of a letter's size, is a space. */
const spaceWidth = 180;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '', f: '' };

const token = /\((?:\\[\s\S]|[^\\()])*\)|<<|>>|<[\da-fA-F\s]*>|\/[^\s/<>[\]()]*|[-+.\d]+|[A-Za-z'"*]+\d?|\(/g;

/** Reads the operators of one content stream. */
class TextReader {
  readonly #fonts: ReadonlyMap<string, PdfFont>;
  readonly parts: string[] = [];
  unknownCodes = 0;
  #font: PdfFont | undefined;
  #name = '';
  #waiting: string[] = [];
  #last = 0;
  #height = NaN;

  constructor(fonts: ReadonlyMap<string, PdfFont>) {
    this.#fonts = fonts;
  }

  read(content: string): void {
    token.lastIndex = 0;
    for (let found = token.exec(content); found !== null; found = token.exec(content)) {
      const [word] = found;
      if (word === '(') this.#nested(content, found.index);
      else if (word.startsWith('(')) this.#waiting.push(this.#decoded(plain(word.slice(1, -1))));
      else if (word === 'ID')
        token.lastIndex = Math.max(token.lastIndex, content.indexOf('EI', token.lastIndex)); // a picture within
      else this.#take(word);
    }
  }

  /** A text with brackets within. */
  #nested(content: string, start: number): void {
    let depth = 0;
    let at = start;
    for (; at < content.length; at += 1) {
      const char = content[at];
      if (char === '\\') at += 1;
      else if (char === '(') depth += 1;
      else if (char === ')' && (depth -= 1) === 0) break;
    }
    this.#waiting.push(this.#decoded(plain(content.slice(start + 1, at))));
    token.lastIndex = at + 1;
  }

  #take(word: string): void {
    const first = word.charCodeAt(0);
    if (word.startsWith('<') && word !== '<<') this.#waiting.push(this.#decoded(fromHexBytes(word)));
    else if (word.startsWith('/')) this.#name = word.slice(1);
    else if ((first >= 0x30 && first <= 0x39) || first === 0x2d || first === 0x2b || first === 0x2e) this.#number(Number(word));
    else this.#operate(word);
  }

  #number(value: number): void {
    if (value < -spaceWidth && this.#waiting.length > 0) this.#waiting.push(' ');
    this.#last = value;
  }

  #operate(operator: string): void {
    if (operator === 'Tf') this.#font = this.#fonts.get(this.#name);
    else if (operator === 'Tj' || operator === 'TJ') this.parts.push(...this.#waiting);
    else if (operator === "'" || operator === '"') this.parts.push('\n', ...this.#waiting);
    else if (operator === 'T*') this.#break('\n');
    else if (operator === 'Td' || operator === 'TD') this.#break(this.#last === 0 ? ' ' : '\n');
    else if (operator === 'Tm') {
      this.#break(this.#last === this.#height ? ' ' : '\n');
      this.#height = this.#last;
    }
    this.#waiting = [];
  }

  #break(sign: string): void {
    const before = this.parts.at(-1);
    if (before !== undefined && !/\s$/.test(before)) this.parts.push(sign);
  }

  #decoded(codes: string): string {
    const { bytes = 1, texts } = this.#font ?? {};
    if (bytes === 1 && texts === undefined) return codes;
    let text = '';
    for (let at = 0; at + bytes <= codes.length; at += bytes) {
      const code = bytes === 1 ? codes.charCodeAt(at) : codes.charCodeAt(at) * 256 + codes.charCodeAt(at + 1);
      const found = texts?.get(code);
      if (found === undefined) this.unknownCodes += 1;
      text += found ?? '';
    }
    return text;
  }
}

const plain = (written: string): string =>
  written.replace(/\\(?:([0-7]{1,3})|\r?\n|([\s\S]))/g, (_, octal: string | undefined, char: string | undefined) =>
    octal === undefined ? (char === undefined ? '' : (escapes[char] ?? char)) : String.fromCharCode(parseInt(octal, 8) & 255),
  );

const fromHexBytes = (word: string): string =>
  (
    word
      .slice(1, -1)
      .replace(/\s/g, '')
      .match(/.{1,2}/g) ?? []
  )
    .map((pair) => String.fromCharCode(parseInt(pair.padEnd(2, '0'), 16)))
    .join('');

/** The text of a PDF of which at least the beginning is given; nothing of what is no PDF. */
export const readPdfText = (bytes: Uint8Array): PdfText => {
  if (!(bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44 && bytes[3] === 0x46)) return nothing;
  const { byNumber, isWhole } = readPdfObjects(bytes);
  const reader = new TextReader(readFonts(byNumber));
  const written: string[] = [];
  for (const object of byNumber.values()) {
    written.push(object.written);
    if (object.stream !== undefined && /\bBT\b/.test(object.stream) && /\bT[jJ]\b|['"]\s/.test(object.stream)) {
      reader.read(object.stream);
      reader.parts.push('\n');
    }
  }
  return { text: reader.parts.join('').trim(), unknownCodes: reader.unknownCodes, isWhole, objects: written.join('\n') };
};
