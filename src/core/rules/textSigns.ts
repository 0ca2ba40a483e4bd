import { type Found, memoByPiece } from '../text/pieces';
import { oncePer } from '../text/once';
import type { TextSegment } from '../text/segment';
import { findSecrets, type Secret } from '../prompt/secrets';
import { findTroubles, type Trouble } from './troubles';

/** What a text holds that rules ask about; offsets are in that text. */
export interface TextSigns {
  readonly secrets: readonly Secret[];
  readonly troubles: readonly Trouble[];
}

const signsOfPieces = memoByPiece((chunk): TextSigns => ({ secrets: findSecrets(chunk), troubles: findTroubles(chunk) }));

const addMoved = <T extends { readonly start: number; readonly end: number }>(to: T[], found: readonly T[], by: number): void => {
  for (const item of found) to.push({ ...item, start: item.start + by, end: item.end + by });
};

/** Pieces are cut before line ends, so that white space, up to `end`, may part from the line end after it. */
const addSpaceBefore = (to: Trouble[], chunk: string, next: string | undefined, end: number): void => {
  if (next?.startsWith('\n') === true && /[ \t]/.test(chunk.slice(-1)))
    to.push({ what: 'trailingSpace', start: end - (/[ \t]+$/.exec(chunk.slice(-200))?.[0].length ?? 0), end });
};

/** Apart from what finds them, which then is not compiled once more with this loop over many pieces. */
const together = ({ pieces, results }: Found<TextSigns>): TextSigns => {
  const secrets: Secret[] = [];
  const troubles: Trouble[] = [];
  let offset = 0;
  results.forEach((signs, at) => {
    const chunk = pieces[at] ?? '';
    addMoved(secrets, signs.secrets, offset);
    addMoved(troubles, signs.troubles, offset);
    offset += chunk.length;
    addSpaceBefore(troubles, chunk, pieces[at + 1], offset);
  });
  return { secrets, troubles };
};

/** The signs of one text of a prompt: found once for each part of it, and remembered while somebody types elsewhere. */
export const signsOf = oncePer(({ text }: TextSegment) => together(signsOfPieces(text)));
