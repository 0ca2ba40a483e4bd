import { opaque, plain, plainAt } from '../../text/notation';
import { placeOf } from '../../text/segment';
import { span } from '../../text/span';
import type { Hole, KnownPiece, Piece, Spot } from './value';

/*
 * Texts are changed piece by piece, so that each character still knows where it is written. A text is looked at as one string in which a hole is
 * one private character, and what is found there is cut out of the pieces.
 */

const mark = '\ue000';

const lengthOf = (piece: Piece): number => (piece.kind === 'hole' ? 1 : piece.text.length);

/** The text with one private character for each hole. */
export const flat = (pieces: readonly Piece[]): string => pieces.map((piece) => (piece.kind === 'hole' ? mark : piece.text)).join('');

const cutPiece = (piece: KnownPiece, from: number, to: number): KnownPiece => {
  if (from === 0 && to === piece.text.length) return piece;
  const { source, notation, text } = piece;
  const place = placeOf([source], { kind: 'text', text, notation, at: { source: 0, span: piece.at } }, from, to);
  return { ...piece, text: text.slice(from, to), at: place.span };
};

/** Characters `from` to `to` of a text. */
export const cut = (pieces: readonly Piece[], from: number, to: number): readonly Piece[] => {
  const found: Piece[] = [];
  let at = 0;
  for (const piece of pieces) {
    const end = at + lengthOf(piece);
    const [start, stop] = [Math.max(from, at), Math.min(to, end)];
    if (start < stop) found.push(piece.kind === 'hole' ? piece : cutPiece(piece, start - at, stop - at));
    at = end;
    if (at >= to) break;
  }
  return found;
};

/** Text that stands nowhere as it is: a figure, what a function makes. */
export const made = (text: string, spot: Spot): KnownPiece => ({ kind: 'known', text, source: spot.source, at: spot.at, notation: opaque });

/** A text as it stands in its file. */
export const writtenAs = (text: string, spot: Spot): KnownPiece => {
  const isPlain = spot.source.text.slice(spot.at.start, spot.at.end) === text;
  return isPlain ? { kind: 'known', text, source: spot.source, at: spot.at, notation: plain } : made(text, spot);
};

/** All of a text file, whose lines are sent with line feeds. */
export const wholeFile = (source: Spot['source']): KnownPiece => {
  const start = source.text.startsWith('\ufeff') ? 1 : 0;
  const at = span(start, source.text.length);
  return { kind: 'known', text: source.text.slice(start).replaceAll('\r\n', '\n'), source, at, notation: plainAt(source.text, at) };
};

type Range = readonly [from: number, to: number];

const keepRanges = (pieces: readonly Piece[], ranges: readonly Range[]): readonly Piece[] =>
  ranges.flatMap(([from, to]) => cut(pieces, from, to));

export const strip = (pieces: readonly Piece[], sides: 'both' | 'start' | 'end', signs?: string): readonly Piece[] => {
  const text = flat(pieces);
  const isCut = (sign: string): boolean => (signs === undefined ? /\s/.test(sign) : signs.includes(sign));
  let [from, to] = [0, text.length];
  if (sides !== 'end') while (from < to && isCut(text.charAt(from))) from += 1;
  if (sides !== 'start') while (to > from && isCut(text.charAt(to - 1))) to -= 1;
  return cut(pieces, from, to);
};

const linesOf = (text: string): readonly Range[] => {
  const found: Range[] = [];
  for (let from = 0; from <= text.length;) {
    const newline = text.indexOf('\n', from);
    const to = newline === -1 ? text.length + 1 : newline + 1;
    found.push([from, to]);
    from = to;
  }
  return found;
};

const commonStart = (a: string, b: string): string => {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return a.slice(0, at);
};

/** `textwrap.dedent`: the white space that all lines begin with goes, and all of lines that have nothing else. */
export const dedent = (pieces: readonly Piece[]): readonly Piece[] => {
  const text = flat(pieces);
  const lines = linesOf(text);
  const bodies = lines.map(([from, to]) => text.slice(from, to).replace(/\n$/, ''));
  const indents = bodies.filter((line) => line.trim() !== '').map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
  const indent = indents.length === 0 ? '' : indents.reduce(commonStart);
  const ranges = lines.map(([from, to], index): Range => {
    const body = bodies[index] ?? '';
    return /^[ \t]*$/.test(body) ? [from + body.length, to] : [from + indent.length, to];
  });
  return keepRanges(pieces, ranges);
};

/** `inspect.cleandoc`: as `dedent`, but for the first line, and without blank lines at both ends. */
export const cleandoc = (pieces: readonly Piece[]): readonly Piece[] => {
  const text = flat(pieces);
  const lines = linesOf(text);
  const bodies = lines.map(([from, to]) => text.slice(from, to).replace(/\n$/, ''));
  const indents = bodies.slice(1).flatMap((line) => (line.trim() === '' ? [] : [line.length - line.trimStart().length]));
  const indent = indents.length === 0 ? 0 : Math.min(...indents);
  const ranges = lines.map(([from, to], index): Range => {
    const body = bodies[index] ?? '';
    if (body.trim() === '') return [from + body.length, to];
    return [from + (index === 0 ? body.length - body.trimStart().length : indent), to];
  });
  const kept = keepRanges(pieces, ranges);
  const after = flat(kept);
  const from = /^\n*/.exec(after)?.[0].length ?? 0;
  const trailing = /[\n]*$/.exec(after)?.[0].length ?? 0;
  return cut(kept, from, Math.max(from, after.length - trailing));
};

/** The pieces with those of another text between them. */
export const join = (parts: readonly (readonly Piece[])[], between: readonly Piece[]): readonly Piece[] =>
  parts.flatMap((part, index) => (index === 0 ? part : [...between, ...part]));

/** Every place of a text, or the first one, replaced. */
export const replace = (pieces: readonly Piece[], wanted: string, by: readonly Piece[], all: boolean): readonly Piece[] => {
  if (wanted === '') return pieces;
  const text = flat(pieces);
  const found: Piece[] = [];
  let done = 0;
  for (let at = text.indexOf(wanted); at !== -1; at = all ? text.indexOf(wanted, done) : -1) {
    found.push(...cut(pieces, done, at), ...by);
    done = at + wanted.length;
  }
  return [...found, ...cut(pieces, done, text.length)];
};

/** The parts of a text between the places of another one. */
export const split = (pieces: readonly Piece[], by: string): readonly (readonly Piece[])[] => {
  const text = flat(pieces);
  const found: (readonly Piece[])[] = [];
  let done = 0;
  for (let at = text.indexOf(by); at !== -1 && by !== ''; at = text.indexOf(by, done)) {
    found.push(cut(pieces, done, at));
    done = at + by.length;
  }
  return [...found, cut(pieces, done, text.length)];
};

/** Each known piece changed as a whole; its characters then stand nowhere by themselves. */
export const mapText = (pieces: readonly Piece[], change: (text: string) => string): readonly Piece[] =>
  pieces.map((piece) => {
    if (piece.kind === 'hole') return piece;
    const text = change(piece.text);
    return text === piece.text ? piece : made(text, piece);
  });

/** A placeholder of a template as a hole with its name. */
export const templateHole = (name: string, spot: Spot): Hole => ({
  kind: 'hole',
  name,
  source: spot.source,
  at: spot.at,
  end: spot,
  cause: undefined,
  roots: [],
  isGiven: true,
});

/** Where characters of a text stand. */
export const spotOf = (pieces: readonly Piece[], from: number, to: number, fallback: Spot): Spot => {
  const [first] = cut(pieces, from, to);
  return first === undefined ? fallback : { source: first.source, at: first.at };
};
