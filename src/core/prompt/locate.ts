import type { Piece } from './model';
import { jsonStep } from '../text/jsonString';
import { span, type Span } from '../text/span';

/** The source offset of character `offset` of a piece's text. Walks the source, so it is for the few places that are shown. */
const sourceOffset = (source: string, piece: Extract<Piece, { kind: 'literal' }>, offset: number): number => {
  const { start, end } = piece.span;
  if (end - start === piece.text.length) return start + offset;
  let at = start;
  for (let done = 0; done < offset && at < end; done += 1) {
    if (piece.form === 'json') at += jsonStep(source, at);
    else at += source[at] === '\r' && source[at + 1] === '\n' ? 2 : 1;
  }
  return Math.min(at, end);
};

/** Where characters `from` to `to` of a piece's text stand in the source; the whole piece where it stands for other text. */
export const locate = (source: string, piece: Piece, from: number, to: number): Span => {
  if (piece.kind === 'variable' || piece.form === 'opaque') return piece.span;
  return span(sourceOffset(source, piece, from), sourceOffset(source, piece, to));
};
