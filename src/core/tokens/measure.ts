import { chunks, chunksInTurn } from '../text/chunks';
import { isRemembered, memoByPiece } from '../text/pieces';
import { prepare } from './prepare';
import { scanRuns, shapes } from './textRuns';
import { addTally, emptyTally } from './tally';
import type { Tally } from './tally';
import { vocabularyOf } from './vocabulary';
import type { VocabularyName } from './vocabulary';

const measureInto = (tally: Tally, piece: string, name: VocabularyName): void => {
  const runs = vocabularyOf(name).into(tally);
  const { text, quotes } = prepare(piece);
  if (quotes > 0) runs.shape(shapes.quote, quotes);
  scanRuns(text, runs);
};

const measurePiece =
  (name: VocabularyName) =>
  (piece: string): Tally => {
    const tally = emptyTally();
    measureInto(tally, piece, name);
    return tally;
  };

const memos = {
  old: memoByPiece(measurePiece('old')),
  new: memoByPiece(measurePiece('new')),
} as const;

/** Adds what `text` costs by one of the two vocabularies: the sum over its `chunks`, those worth it remembered, so that an edit re-measures little. */
export const addMeasured = (sum: Tally, text: string, name: VocabularyName): void => {
  if (isRemembered(text)) for (const tally of memos[name](text).results) addTally(sum, tally);
  else for (const piece of chunks(text)) measureInto(sum, piece, name);
};

/** Adds what `text` costs piece after piece until it is enough; was it ever? */
export const addMeasuredUntil = (sum: Tally, text: string, name: VocabularyName, isEnough: () => boolean): boolean => {
  for (const piece of chunksInTurn(text)) {
    addMeasured(sum, piece, name);
    if (isEnough()) return true;
  }
  return false;
};

/** The same without remembering any piece, for measuring speed. */
export const measureAfresh = (text: string, name: VocabularyName): Tally => {
  const sum = emptyTally();
  for (const piece of chunks(text)) measureInto(sum, piece, name);
  return sum;
};
