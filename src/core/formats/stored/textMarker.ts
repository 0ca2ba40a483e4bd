import { theDocument } from '../../text/place';
import { placeOf, type TextSegment } from '../../text/segment';
import type { Span } from '../../text/span';
import { stringValue, type StringTree, type Tree } from '../../text/tree';
import { entryAt, objectOf, textBlockOf, wordAt } from '../converseTree';

/** A word in a text at which some tools cut it and put a cache point. */
const word = /<<CACHEPOINT>>/gi;

const pointAt = (at: Span): Tree => objectOf(at, [entryAt('cachePoint', at, objectOf(at, [entryAt('type', at, wordAt(at, 'default'))]))]);

/** A text as blocks: what stands before and after each such word, and a cache point for the word. */
export const cutAtMarkers = (source: string, text: Tree): readonly Tree[] => {
  const value = stringValue(text) ?? '';
  const found = [...value.matchAll(word)];
  if (found.length === 0) return [textBlockOf(text)];
  const whole = text as StringTree; // it has a text
  const segment: TextSegment = { kind: 'text', text: value, at: { source: theDocument, span: whole.inner }, notation: whole.notation };
  const placed = (from: number, to: number): Span => placeOf([{ path: '', text: source }], segment, from, to).span;
  const part = (from: number, to: number): readonly Tree[] => {
    const at = placed(from, to);
    return value.slice(from, to).trim() === ''
      ? []
      : [textBlockOf({ kind: 'scalar', span: at, inner: at, value: value.slice(from, to), notation: whole.notation })];
  };
  let done = 0;
  const blocks = found.flatMap(({ index, 0: { length } }) => {
    const before = part(done, index);
    done = index + length;
    return [...before, pointAt(placed(index, done))];
  });
  return [...blocks, ...part(done, value.length)];
};
