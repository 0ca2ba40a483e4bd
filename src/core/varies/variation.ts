import type { Block, Piece, VariableDeclaration } from '../prompt/model';
import type { Varies } from '../prompt/words';
import { memoByChunks } from '../text/chunkMemo';
import { locate } from '../prompt/locate';
import type { Span } from '../text/span';
import { findVolatile, type VolatileText } from './volatile';
import { type VolatileKind } from '../prompt/problems';

/** Something that makes a block differ from request to request, or from session to session. */
export interface Break {
  readonly kind: VolatileKind;
  /** The variable's name, or the text that looks generated. */
  readonly text: string;
  readonly span: Span;
  readonly varies: 'session' | 'request';
}

export interface Variation {
  readonly varies: Varies;
  /** In order of the text; empty when nothing varies. */
  readonly breaks: readonly Break[];
}

export interface VariationOptions {
  /** Literal texts that a person has said to be always the same: a value found in one of them, or equal to one, is not reported. */
  readonly staticTexts?: readonly string[];
}

const volatileOf = memoByChunks(findVolatile, 2048);

/** Chunks are cut at line ends where there are any, and every pattern lies within one line. */
const volatileIn = (text: string): readonly VolatileText[] => {
  const found: VolatileText[] = [];
  let offset = 0;
  const { pieces, results } = volatileOf(text);
  for (const [at, piece] of pieces.entries()) {
    for (const item of results[at] ?? []) found.push({ kind: item.kind, start: item.start + offset, end: item.end + offset });
    offset += piece.length;
  }
  return found;
};

/** Is the value at `start` to `end` of a text equal to a listed text, or inside of one that stands around it? */
export const isListedAsStatic = (text: string, start: number, end: number, staticTexts: readonly string[]): boolean =>
  staticTexts.some((listed) => {
    const wanted = listed.trim();
    if (wanted.length < end - start) return false;
    // The only places where the listed text could stand around the value.
    const at = text.slice(Math.max(0, end - wanted.length), start + wanted.length);
    return at.includes(wanted);
  });

const breaksOfPiece = (piece: Piece, varies: ReadonlyMap<string, Varies>, source: string, options: VariationOptions): readonly Break[] => {
  if (piece.kind === 'variable') {
    // An undeclared variable is taken to change with each request: the careful assumption.
    const how = varies.get(piece.name) ?? 'request';
    return how === 'never' ? [] : [{ kind: 'variable', text: piece.name, span: piece.span, varies: how }];
  }
  const { staticTexts = [] } = options;
  return volatileIn(piece.text)
    .filter(({ start, end }) => !isListedAsStatic(piece.text, start, end, staticTexts))
    .map((item) => ({
      kind: item.kind,
      text: piece.text.slice(item.start, item.end),
      span: locate(source, piece, item.start, item.end),
      varies: 'request',
    }));
};

/** What of a block changes between requests, by its variables' declarations and by literals that look generated. */
export const variationOf = (
  block: Block,
  declarations: readonly VariableDeclaration[],
  source: string,
  options: VariationOptions = {},
): Variation => {
  const pieces = block.kind === 'text' ? block.pieces : block.kind === 'json' ? block.texts : [];
  if (pieces.length === 0) return { varies: 'never', breaks: [] };
  const varies = new Map(declarations.map((declaration) => [declaration.name, declaration.varies]));
  const breaks = pieces.flatMap((piece) => breaksOfPiece(piece, varies, source, options));
  const request = breaks.some((found) => found.varies === 'request');
  return { varies: request ? 'request' : breaks.length > 0 ? 'session' : 'never', breaks };
};
