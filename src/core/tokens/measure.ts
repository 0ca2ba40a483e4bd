import { chunks, chunksInTurn } from '../text/chunks';
import { isRemembered, memoByPiece } from '../text/pieces';
import { prepare } from './prepare';
import { scanRuns } from './textRuns';
import { addTally, emptyTally } from './tally';
import type { Tally } from './tally';
import { vocabularyOf } from './vocabulary';
import type { VocabularyName } from './tables';

const measureInto = (tally: Tally, piece: string, name: VocabularyName): void => {
  const { text, quotes } = prepare(piece);
  vocabularyOf(name).addTo(tally, scanRuns(text, quotes));
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
  public: memoByPiece(measurePiece('public')),
} as const;

/** It is asked after each of so many pieces, and then after so many more at a time: a long text has hundreds. */
const askedAt = 8;

const isAskedAt = (count: number): boolean => count <= askedAt || count % askedAt === 0;

/** Apart from what measures, which then is not compiled once more with this loop over many pieces. */
const addUntil = (sum: Tally, tallies: readonly Tally[], isEnough: () => boolean): boolean => {
  let count = 0;
  for (const tally of tallies) {
    addTally(sum, tally);
    if (isAskedAt((count += 1)) && isEnough()) return true;
  }
  return false;
};

const never = (): boolean => false;

/**
 * Adds what `text` costs by one of the vocabularies, the sum over its `chunks`, until it is enough; was it ever? A text worth it is remembered, so that
 * an edit re-measures little, and measured whole; of any other one, no more pieces are cut than it takes.
 */
export const addMeasured = (sum: Tally, text: string, name: VocabularyName, isEnough = never): boolean => {
  if (isRemembered(text)) return addUntil(sum, memos[name](text).results, isEnough);
  let count = 0;
  for (const piece of chunksInTurn(text)) {
    measureInto(sum, piece, name);
    if (isAskedAt((count += 1)) && isEnough()) return true;
  }
  return false;
};

/**
 * The same without remembering any piece, for measuring speed.
 * @public The bench asks for it by name.
 */
export const measureAfresh = (text: string, name: VocabularyName): Tally => {
  const sum = emptyTally();
  for (const piece of chunks(text)) measureInto(sum, piece, name);
  return sum;
};
