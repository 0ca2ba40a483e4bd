import { parseMarkdown, type References, type Token } from './parse';

/** What is drawn once and never again. A block of code is drawn in pieces, so that a long one need not be drawn again with each line. */
export type Piece =
  | { readonly kind: 'block'; readonly tokens: readonly Token[] }
  | { readonly kind: 'codeStart'; readonly info: string }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'codeEnd' };

/** Markdown that grows at its end, read block by block. */
export interface BlockReader {
  readonly push: (text: string) => void;
  /** Reads on by one stretch: what of it is final, or `undefined` where what is left may still change. */
  readonly step: () => readonly Piece[] | undefined;
  /** What is left, as it reads now. */
  readonly tail: () => readonly Token[];
  /** Was a link defined after text that may have used its name? */
  readonly late: () => boolean;
}

/** So much is read at once, in UTF-16 units: the bound of what is drawn again with each piece of a stream. */
export const stretch = 4096;
/** And so many lines: a short line of a list or a table takes as long to lay out as a long one. */
export const stretchLines = 128;

const fenceOpener = /^(?:[ \t]*\n)*( {0,3})(`{3,}|~{3,})([^\n]*)\n/;

interface Fence {
  readonly closer: RegExp;
  /** Could this beginning of a line become the closing one? */
  readonly mayClose: RegExp;
  /** So many spaces at most are taken from the beginning of each line. */
  readonly indent: RegExp;
}

const openFence = (indent: string, marker: string): Fence => {
  const sign = marker[0] ?? '`';
  return {
    closer: new RegExp(`^ {0,3}${sign}{${marker.length},}[ \\t]*$`),
    mayClose: new RegExp(`^ {0,3}${sign}*[ \\t]*$`),
    indent: new RegExp(`^ {0,${indent.length}}`),
  };
};

/** The place at which line `line` (from 0) begins; 0 where there are not so many. */
const placeOfLine = (text: string, line: number): number => {
  let place = 0;
  for (let at = 0; at < line; at += 1) {
    place = text.indexOf('\n', place) + 1;
    if (place === 0) break;
  }
  return place;
};

interface Group {
  readonly start: number;
  readonly tokens: Token[];
}

/** The blocks of a text, each with the line on which it begins. */
const groupsOf = (tokens: readonly Token[]): readonly Group[] => {
  const groups: Group[] = [];
  for (const token of tokens) {
    if (token.level === 0 && token.nesting >= 0) groups.push({ start: token.map?.[0] ?? 0, tokens: [token] });
    else groups.at(-1)?.tokens.push(token);
  }
  return groups;
};

/** Where a block that is longer than a stretch is parted: before the last item of a list, otherwise at the end of what was read. */
const partOf = ({ tokens }: Group, text: string): number => {
  const items = tokens.filter(({ type, level }) => type === 'list_item_open' && level === 1);
  const last = items.length > 1 ? items.at(-1)?.map?.[0] : undefined;
  return last === undefined ? text.length : placeOfLine(text, last);
};

/** A head of a table that is longer is not said again. */
const longestHead = stretch / 8;

/** The rows of a long table that are still to come stand under its head again. */
const headOf = ({ start, tokens }: Group, text: string): string => {
  if (tokens[0]?.type !== 'table_open') return '';
  const head = text.slice(placeOfLine(text, start), placeOfLine(text, start + 2));
  return head.length > longestHead ? '' : head;
};

/** The end of a stretch of one line; what stands as two units is not parted. */
const endOfStretch = (text: string): number => (/[\uD800-\uDBFF]/.test(text.charAt(stretch - 1)) ? stretch - 1 : stretch);

export const blockReader = (references: References = {}): BlockReader => {
  let pending = '';
  /** A carriage return at the end of a piece: the next may begin with its line feed. */
  let held = '';
  let fence: Fence | undefined;
  let midLine = false;
  let sealedAny = false;
  let late = false;

  const parse = (text: string): readonly Token[] => {
    const known = Object.keys(references).length;
    const tokens = parseMarkdown(text, references);
    late ||= sealedAny && Object.keys(references).length > known;
    return tokens;
  };

  const codeStep = ({ closer, mayClose, indent }: Fence): readonly Piece[] | undefined => {
    let code = '';
    let place = 0;
    let closed = false;
    while (place < pending.length && code.length < stretch && !closed) {
      const end = pending.indexOf('\n', place);
      const line = pending.slice(place, end === -1 ? undefined : end);
      if (!midLine && (end === -1 ? mayClose.test(line) : closer.test(line))) {
        if (end === -1) break;
        closed = true;
      } else {
        code += (midLine ? line : line.replace(indent, '')) + (end === -1 ? '' : '\n');
        midLine = end === -1;
      }
      place = end === -1 ? pending.length : end + 1;
    }
    if (place === 0) return undefined;
    pending = pending.slice(place);
    if (closed) fence = undefined;
    return [...(code === '' ? [] : [{ kind: 'code', text: code } as const]), ...(closed ? [{ kind: 'codeEnd' } as const] : [])];
  };

  /**
   * The part of what is pending that whole lines make up; a part of a line only where it is longer than a stretch. `full`: there is more than is read at
   * once.
   */
  const window = (): { readonly text: string; readonly full: boolean } => {
    const text = pending.slice(0, endOfStretch(pending));
    const lines = placeOfLine(text, stretchLines);
    if (lines > 0 && lines < pending.length) return { text: text.slice(0, lines), full: true };
    const full = pending.length > stretch;
    const end = text.lastIndexOf('\n') + 1;
    return { text: end === 0 && full ? text : text.slice(0, end), full };
  };

  const blockStep = (): readonly Piece[] | undefined => {
    const { text, full } = window();
    if (text === '') return undefined;
    const opener = fenceOpener.exec(text);
    if (opener !== null && (opener[2]?.startsWith('~') === true || opener[3]?.includes('`') === false)) {
      fence = openFence(opener[1] ?? '', opener[2] ?? '');
      midLine = false;
      pending = pending.slice(opener[0].length);
      return [{ kind: 'codeStart', info: opener[3]?.trim() ?? '' }];
    }
    const groups = groupsOf(parse(text));
    const last = groups.at(-1);
    if (last === undefined) {
      if (!full) return undefined;
      pending = pending.slice(text.length);
      return [];
    }
    const start = placeOfLine(text, last.start);
    if (groups.length > 1 && start > 0) {
      pending = pending.slice(start);
      return groups.slice(0, -1).map(({ tokens }) => ({ kind: 'block', tokens }));
    }
    if (!full) return undefined;
    const end = partOf(last, text);
    pending = headOf(last, text) + pending.slice(end);
    return [{ kind: 'block', tokens: end === text.length ? last.tokens : parse(text.slice(0, end)) }];
  };

  return {
    push: (text) => {
      const whole = held + text;
      held = whole.endsWith('\r') ? '\r' : '';
      pending += (held === '' ? whole : whole.slice(0, -1)).replace(/\r\n?/g, '\n');
    },
    step: () => {
      const pieces = fence === undefined ? blockStep() : codeStep(fence);
      sealedAny ||= pieces !== undefined;
      return pieces;
    },
    // What a line that has not ended defines is not kept: its end may be another.
    tail: () => (fence === undefined ? parseMarkdown(pending, Object.create(references) as References) : []),
    late: () => late,
  };
};
