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

/** Adds what `text` costs by one of the vocabularies: the sum over its `chunks`. A text worth it is remembered, so that an edit re-measures little. */
export const addMeasured = (sum: Tally, text: string, name: VocabularyName): void => {
  if (isRemembered(text)) for (const tally of memos[name](text).results) addTally(sum, tally);
  else for (const piece of chunksInTurn(text)) measureInto(sum, piece, name);
};

/** What of a text is not measured yet. */
export interface Unmeasured {
  /** Adds what the next piece costs; was there one? */
  addNext(sum: Tally): boolean;
}

/** A text of which no more is measured than it takes; one that is worth remembering is measured whole. */
export const unmeasured = (text: string, name: VocabularyName): Unmeasured => {
  const known = isRemembered(text) ? memos[name](text).results.values() : undefined;
  const pieces = known === undefined ? chunksInTurn(text) : undefined;
  return {
    addNext(sum) {
      const tally = known?.next().value;
      const piece = pieces?.next().value;
      if (tally !== undefined) addTally(sum, tally);
      if (piece !== undefined) measureInto(sum, piece, name);
      return tally !== undefined || piece !== undefined;
    },
  };
};

/** It is asked after each of so many pieces, and then after so many more at a time: a long text has hundreds. */
const askedAt = 8;

const isAskedAt = (count: number): boolean => count <= askedAt || count % askedAt === 0;

/** Adds piece after piece until it is enough; was it ever? */
export const addUntil = (sum: Tally, rest: Unmeasured, isEnough: () => boolean): boolean => {
  for (let count = 1; rest.addNext(sum); count += 1) if (isAskedAt(count) && isEnough()) return true;
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
