import { decodeJson, escapeAt } from './jsonString';
import type { Span } from './span';

/** A stretch of source that says something else than its own characters: how long it is, and what it says. */
export interface Unit {
  readonly length: number;
  /** Empty for what only joins: an escaped line end. */
  readonly text: string;
}

/**
 * How a stretch of source reads as text, and how text is written there: one object for each way of writing. Nobody else decodes, nobody else
 * encodes. Between its units a source says its own characters.
 */
export interface Notation {
  readonly name: 'plain' | 'crlf' | 'json' | 'nestedJson' | 'yamlFlow' | 'yamlBlock' | 'python' | 'typescript' | 'opaque';
  /** Is each line of the text a line of the source, so that an editor's habits with line ends and white space reach it? */
  readonly keepsLines: boolean;
  /** Where the first unit at or after `at` begins; `end` or more where there is none. */
  next(source: string, at: number, end: number): number;
  /** The unit that begins at `at`, which `next` gave. */
  unit(source: string, at: number, end: number): Unit;
  /** The source that says this text; `undefined` where it cannot be written. */
  write(text: string): string | undefined;
}

const orEnd = (at: number, end: number): number => (at === -1 ? end : at);

/** `next` of a notation whose units begin with a pattern: a long literal is searched far quicker than looked at character by character. */
export const nextOf =
  (unit: RegExp): Notation['next'] =>
  (source, at, end) => {
    // A unit that begins before the end may reach beyond it.
    const found = source.slice(at, end + 1).search(unit);
    return found === -1 ? end : at + found;
  };

/** Text as it stands. */
export const plain: Notation = {
  name: 'plain',
  keepsLines: true,
  next: (_source, _at, end) => end,
  unit: (source, at) => ({ length: 1, text: source.charAt(at) }),
  write: (text) => text,
};

const lineFeed: Unit = { length: 2, text: '\n' };

/** Text of a file whose lines end in CRLF, which are sent as LF. */
export const crlf: Notation = {
  name: 'crlf',
  keepsLines: true,
  next: (source, at, end) => orEnd(source.indexOf('\r\n', at), end),
  unit: () => lineFeed,
  write: (text) => text.replaceAll('\n', '\r\n'),
};

/** The inside of a JSON string. */
export const json: Notation = {
  name: 'json',
  keepsLines: false,
  next: (source, at, end) => orEnd(source.indexOf('\\', at), end),
  unit: (source, at) => escapeAt(source, at),
  write: (text) => JSON.stringify(text).slice(1, -1),
};

/** Source that stands for its text as a whole: an alias, a scalar that is written in an unusual way. */
export const opaque: Notation = {
  name: 'opaque',
  keepsLines: false,
  next: (_source, at) => at,
  unit: (source, at, end) => ({ length: end - at, text: source.slice(at, end) }),
  write: () => undefined,
};

/** What a stretch of source says. */
export const decode = (notation: Notation, source: string, { start, end }: Span): string => {
  if (notation === json) return decodeJson(source.slice(start, end));
  let text = '';
  for (let at = start; at < end;) {
    const next = notation.next(source, at, end);
    if (next >= end) return text + source.slice(at, end);
    const unit = notation.unit(source, next, end);
    text += source.slice(at, next) + unit.text;
    at = next + unit.length;
  }
  return text;
};

/** The notation of text as it stands at a place: with CRLF or without. Looks at the place alone: a source has many. */
export const plainAt = (source: string, { start, end }: Span): Notation => (source.slice(start, end).includes('\r\n') ? crlf : plain);
