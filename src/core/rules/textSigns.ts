import { memoByPiece } from '../text/pieces';
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

const moved = <T extends { readonly start: number; readonly end: number }>(found: readonly T[], by: number): readonly T[] =>
  found.map((item) => ({ ...item, start: item.start + by, end: item.end + by }));

/** Pieces are cut before line ends, so that white space may part from the line end after it. */
const spaceBefore = (chunk: string, next: string | undefined, offset: number): readonly Trouble[] => {
  const space =
    next?.startsWith('\n') === true && /[ \t]$/.test(chunk.slice(-1)) ? (/[ \t]+$/.exec(chunk.slice(-200))?.[0].length ?? 0) : 0;
  const end = offset + chunk.length;
  return space === 0 ? [] : [{ what: 'trailingSpace', start: end - space, end }];
};

/** The signs of one text of a prompt: found once for each part of it, and remembered while somebody types elsewhere. */
export const signsOf = oncePer(({ text }: TextSegment): TextSigns => {
  const secrets: Secret[] = [];
  const troubles: Trouble[] = [];
  let offset = 0;
  const { pieces, results } = signsOfPieces(text);
  for (const [at, chunk] of pieces.entries()) {
    const signs = results[at];
    // One by one: of many, no call takes all as its arguments.
    if (signs !== undefined) for (const secret of moved(signs.secrets, offset)) secrets.push(secret);
    if (signs !== undefined) for (const trouble of moved(signs.troubles, offset)) troubles.push(trouble);
    for (const trouble of spaceBefore(chunk, pieces[at + 1], offset)) troubles.push(trouble);
    offset += chunk.length;
  }
  return { secrets, troubles };
});
