import { made, writtenAs } from '../values/pieces';
import type { Piece, Spot, Value } from '../values/value';
import { holeAt, holeOf, sourceAt, symbolHole } from './evaluator';
import { jsonText } from './json';

/** A value as the text that a program makes of it where it stands in one. */
export const piecesOf = (value: Value, spot: Spot): readonly Piece[] => {
  switch (value.kind) {
    case 'text':
      return value.pieces;
    case 'constant': {
      // The words for true and nothing are those of the source: each language has its own.
      const written = sourceAt(value.spot);
      const known = typeof value.value === 'number' ? String(value.value) : /^(?:True|False|None|true|false|null)$/.exec(written)?.[0];
      return [known === undefined ? holeAt(spot) : writtenAs(known, value.spot)];
    }
    case 'symbol':
      return [symbolHole(value, value.keeps ?? spot)];
    case 'unknown':
      return [value.hole];
    case 'dumped': {
      const text = jsonText(value);
      const named = value.keeps ?? spot;
      return text === undefined ? [{ ...value.hole, ...named, name: sourceAt(named) }] : [made(text, spot)];
    }
    case 'path':
      return value.isOpen === true ? [holeAt(spot)] : [made(value.path, spot)];
    case 'list':
      return [holeAt(spot, { end: holeOf(value)?.end ?? value.spot, cause: value.sort === 'set' ? 'unordered' : undefined })];
    default:
      return [holeAt(spot)];
  }
};
