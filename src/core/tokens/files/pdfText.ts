import { readFonts, type PdfFont } from './pdfFonts';
import { readPdfObjects, type PdfObject } from './pdfObjects';

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
/** Stands for a step to the right of a single letter until it is known what such steps mean: no PDF writes this character. */
const step = '\uffff';
/** Between letters of Chinese and Japanese a step is never a space. */
const stepBetweenIdeographs = /(?<=[\u2e80-\u9fff\uff00-\uffef])\uffff(?=[\u2e80-\u9fff\uff00-\uffef])/g;
/** Words are shorter than this on average, so where spaces are written there are more of them. */
const leastLettersOfSpace = 20;
const escapes: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '', f: '' };

const token = /\((?:\\[\s\S]|[^\\()])*\)|<<|>>|<[\da-fA-F\s]*>|\/[^\s/<>[\]()]*|[-+.\d]+|[A-Za-z'"*]+\d?|\(/g;

/** Reads the operators of one content stream. */
class TextReader {
  readonly #fonts: ReadonlyMap<string, PdfFont>;
  readonly #parts: string[] = [];
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

  /** Many programs place each letter by a step of its own; such steps part words only where no letter is a space. */
  get text(): string {
    const written = this.#parts.join('').replace(stepBetweenIdeographs, '');
    const spaces = written.match(/[^\S\n]/g)?.length ?? 0;
    return written.replaceAll(step, spaces * leastLettersOfSpace < written.length ? ' ' : '');
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
    else if (operator === 'Tj' || operator === 'TJ') this.#parts.push(...this.#waiting);
    else if (operator === "'" || operator === '"') this.#parts.push('\n', ...this.#waiting);
    else if (operator === 'T*') this.#break('\n');
    else if (operator === 'Td' || operator === 'TD') this.#break(this.#last === 0 ? step : '\n');
    else if (operator === 'Tm') {
      this.#break(this.#last === this.#height ? step : '\n');
      this.#height = this.#last;
    }
    this.#waiting = [];
  }

  #break(sign: string): void {
    const before = this.#parts.at(-1);
    if (before === undefined || /[\s\uffff]$/.test(before)) return;
    this.#parts.push(sign === step && before.length > 1 ? ' ' : sign);
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

const references = (list: string): readonly number[] => Array.from(list.matchAll(/(\d+)\s+\d+\s+R/g), ([, number]) => Number(number));

/** Where the streams of a page are named: one of them, a list, or an object that is the list. */
const contentsEntry = /\/Contents\s*(\[[^\]]*\]|\d+\s+\d+\s+R)/;

/** What is drawn with letters: the streams of each page in a row, as a text may begin in one and end in another, then what pages draw by name. */
const contentsOf = (objects: ReadonlyMap<number, PdfObject>): readonly string[] => {
  const ofPages = new Set<number>();
  const contents: string[] = [];
  for (const { written } of objects.values()) {
    const named = references(contentsEntry.exec(written)?.[1] ?? '').flatMap((number) => {
      const object = objects.get(number);
      return object !== undefined && object.stream === undefined ? references(object.written) : [number];
    });
    const streams = named.flatMap((number) => (ofPages.has(number) ? [] : [objects.get(number)?.stream ?? '']));
    for (const number of named) ofPages.add(number);
    contents.push(streams.join('\n'));
  }
  for (const [number, { stream }] of objects) if (stream !== undefined && !ofPages.has(number)) contents.push(stream);
  return contents.filter((content) => /\bBT\b/.test(content) && /\bT[jJ]\b|['"]\s/.test(content));
};

/** The text of a PDF of which at least the beginning is given; nothing of what is no PDF. */
export const readPdfText = (bytes: Uint8Array): PdfText => {
  if (!(bytes[0] === 0x25 && bytes[1] === 0x50 && bytes[2] === 0x44 && bytes[3] === 0x46)) return nothing;
  const { byNumber, isWhole } = readPdfObjects(bytes);
  const fonts = readFonts(byNumber);
  const read = contentsOf(byNumber).map((content) => {
    const reader = new TextReader(fonts);
    reader.read(content);
    return reader;
  });
  return {
    text: read
      .map(({ text }) => text)
      .join('\n')
      .trim(),
    unknownCodes: read.reduce((sum, { unknownCodes }) => sum + unknownCodes, 0),
    isWhole,
    objects: Array.from(byNumber.values(), ({ written }) => written).join('\n'),
  };
};
