import { chunks } from '../text/chunks';
import { memoByChunks } from '../text/chunkMemo';
import { prepare } from './prepare';
import { scanRuns, shapes } from './textRuns';
import { addTally, emptyTally } from './tally';
import type { Tally } from './tally';
import { vocabularyOf } from './vocabulary';
import type { VocabularyName } from './vocabulary';

const measurePiece =
  (name: VocabularyName) =>
  (piece: string): Tally => {
    const tally = emptyTally();
    const runs = vocabularyOf(name).into(tally);
    const { text, quotes } = prepare(piece);
    if (quotes > 0) runs.shape(shapes.quote, quotes);
    scanRuns(text, runs);
    return tally;
  };

/** Enough for about ten megabytes of prompts kept open; each entry holds a piece of text and about a kilobyte. */
const remembered = 6000;

const memos = {
  old: memoByChunks(measurePiece('old'), remembered),
  new: memoByChunks(measurePiece('new'), remembered),
} as const;

/** What `text` costs by one of the two vocabularies: the sum over its `chunks`, each remembered, so that an edit re-measures little. */
export const measureText = (text: string, name: VocabularyName): Tally => {
  const sum = emptyTally();
  for (const tally of memos[name](text).results) addTally(sum, tally);
  return sum;
};

/** The same without remembering any piece, for measuring speed. */
export const measureAfresh = (text: string, name: VocabularyName): Tally => {
  const sum = emptyTally();
  const measure = measurePiece(name);
  for (const piece of chunks(text)) addTally(sum, measure(piece));
  return sum;
};
