import type { Json } from '../../text/json';
import type { Piece, Value } from '../values/value';
import { holeAt, holeOf } from '../evaluate/evaluator';
import { piecesOf } from '../evaluate/pieces';
import type { Spot } from '../values/value';

const textOf = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => (piece.kind === 'hole' ? `\u27e6${piece.name}\u27e7` : piece.text)).join('');

/** What is found in a value on the way. */
export interface JsonParts {
  /** Every text in it, in its order. */
  readonly texts: (readonly Piece[])[];
  /** May there be more members or items than are seen? */
  hasMore: boolean;
}

/** A value as JSON, in which what is unknown stands as its source in brackets. */
export const jsonWithHoles = (value: Value, spot: Spot, parts: JsonParts, depth = 0): Json => {
  const { texts } = parts;
  if (depth > 60) return null;
  switch (value.kind) {
    case 'constant':
      return value.value;
    case 'list':
      return value.items.map((item): Json => {
        if (item.gap === undefined) return jsonWithHoles(item.value(), item.item ?? spot, parts, depth + 1);
        parts.hasMore = true;
        texts.push([item.gap]);
        return textOf([item.gap]);
      });
    case 'object': {
      const entries = value.entries.map((entry) => {
        const at = entry.entry === undefined ? entry.spot : { source: entry.spot.source, at: entry.entry.value.at };
        return [entry.key, jsonWithHoles(entry.value(), at, parts, depth + 1)] as const;
      });
      if (value.open !== undefined) {
        parts.hasMore = true;
        texts.push([value.open]);
      }
      return Object.fromEntries(entries);
    }
    case 'dumped':
    case 'text':
    case 'symbol':
    case 'unknown':
    case 'path': {
      const pieces = piecesOf(value, spot);
      texts.push(pieces);
      return textOf(pieces);
    }
    default: {
      const hole = holeOf(value) ?? holeAt(spot);
      texts.push([hole]);
      return textOf([hole]);
    }
  }
};
