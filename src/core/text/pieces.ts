import { chunks, chunksSince } from './chunks';
import { detached, forgetTexts, onForget } from './memo';
import { recent } from './recent';

/** A piece of a text, and what was found in it. One object stands for all equal pieces that are remembered. */
interface Piece {
  readonly text: string;
  /** By the number of who asked. */
  readonly found: unknown[];
}

/** A text that is not worth remembering: to look it up takes as long as to read it. */
const shortText = 128;
/** Shorter texts are looked up piece by piece at no cost worth saving. */
const longText = 16_384;
/** Long texts remembered as a whole, for their next edit. */
const rememberedTexts = 6;
/** A long text is known by its beginning, which is in its first piece. */
const headLength = 1024;

/** What all pieces together may hold: characters, and about so many bytes that each piece's results take. */
const capacity = 8_000_000;
const resultsOfPiece = 1000;

let young = new Map<string, Piece>();
let old = new Map<string, Piece>();
let size = 0;

const pieceOf = (text: string): Piece => {
  const known = young.get(text);
  if (known !== undefined) return known;
  const piece = old.get(text) ?? { text: detached(text), found: [] };
  if (size > capacity / 2) {
    old = young;
    young = new Map();
    size = 0;
  }
  size += text.length + resultsOfPiece;
  young.set(piece.text, piece);
  return piece;
};

/** A version of a text: its pieces, and their texts beside them. */
interface Known {
  readonly length: number;
  readonly pieces: readonly Piece[];
  readonly texts: readonly string[];
}

/** Pushes, here and below: of a list that `map` makes, the kind changes once the function with it is compiled, and all that read it are compiled again. */
const knownBy = (pieces: readonly Piece[], length: number): Known => {
  const texts: string[] = [];
  for (const piece of pieces) texts.push(piece.text);
  return { length, pieces, texts };
};

const longTexts = recent<string, readonly Known[]>(rememberedTexts);
/** Texts with one beginning: a block as it is sent, and its text up to the first variable. */
const mostVersions = 3;
/** An edit changes the length of a text by less. */
const mostEdited = 16_384;
/** Several ask about one text, one after the other. */
const nothing = { text: '', known: knownBy([], 0) };
let latest = nothing;

/** The pieces of a long text, most of them those of its former version, which are not looked up one by one. */
const piecesOfLong = (text: string): Known => {
  if (latest.text === text) return latest.known;
  const head = text.slice(0, headLength);
  const versions = longTexts.get(head) ?? [];
  const apart = ({ length }: Known): number => Math.abs(length - text.length);
  const [former] = [...versions].sort((a, b) => apart(a) - apart(b));
  const { front, fresh, back } = chunksSince(text, former?.texts ?? []);
  const all = former?.pieces ?? [];
  const known = knownBy([...all.slice(0, front), ...fresh.map(pieceOf), ...all.slice(all.length - back)], text.length);
  const others = versions.filter((one) => one !== former || apart(one) > mostEdited);
  longTexts.set(detached(head), [known, ...others].slice(0, mostVersions));
  latest = { text, known };
  return known;
};

onForget(() => {
  young = new Map();
  old = new Map();
  size = 0;
  longTexts.clear();
  latest = nothing;
});

/** A text in pieces, as `chunks` cuts it, with one result for each. */
export interface Found<T> {
  readonly pieces: readonly string[];
  readonly results: readonly T[];
}

/**
 * What is remembered: `pieces` for whoever reads a text again after an edit of it; `texts` as they are, all of them, for whoever reads a document again
 * with most of its texts unchanged; `nothing` for whoever reads it once.
 */
export type Remembered = 'pieces' | 'texts' | 'nothing';

let remembered: Remembered = 'pieces';

/** Forgets all texts, and says what is remembered of those that follow. */
export const remember = (wanted: Remembered): void => {
  remembered = wanted;
  forgetTexts();
};

/** Is it worth while to find out something for a text in a form that can be kept? */
export const isRemembered = (text: string): boolean => remembered !== 'nothing' && text.length >= shortText;

let askers = 0;

/**
 * Remembers `compute` for the pieces of texts, so that an edit computes little again; all that is remembered of equal pieces shares one memory, which
 * is bounded by bytes. Results must not be changed.
 */
export const memoByPiece = <T>(compute: (piece: string) => T): ((text: string) => Found<T>) => {
  const asker = askers;
  askers += 1;
  const resultOf = ({ text, found }: Piece): T => {
    const known = found[asker] as T | undefined; // nobody else writes at this number
    if (known !== undefined) return known;
    const result = compute(text);
    found[asker] = result;
    return result;
  };
  const resultsOf = (pieces: readonly Piece[]): readonly T[] => {
    const results: T[] = [];
    for (const piece of pieces) results.push(resultOf(piece));
    return results;
  };
  const computeAll = (text: string): Found<T> => {
    const cut = chunks(text);
    return { pieces: cut, results: cut.map(compute) };
  };
  const wholes = new Map<string, Found<T>>();
  onForget(() => wholes.clear());
  const foundOfWhole = (text: string): Found<T> => {
    const found = wholes.get(text) ?? computeAll(text);
    wholes.set(text, found);
    return found;
  };
  return (text) => {
    if (!isRemembered(text)) return computeAll(text);
    if (remembered === 'texts') return foundOfWhole(text);
    const { pieces, texts } = text.length < longText ? knownBy(chunks(text).map(pieceOf), text.length) : piecesOfLong(text);
    return { pieces: texts, results: resultsOf(pieces) };
  };
};
