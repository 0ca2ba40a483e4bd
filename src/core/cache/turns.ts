import { noTokens, type Sized, type TokenEstimate } from '../figures/band';
import type { Message } from '../prompt/model';
import type { PlacedBlock } from '../request/build';
import type { Break } from '../varies/variation';
import { fits } from './fit';
import type { ExplicitCaching } from './markerPlaces';

/** For each user message with content its last block, by index among all blocks: where the request of that turn ended. */
export const turnEnds = (messages: readonly Message[], blocks: readonly PlacedBlock[]): readonly number[] => {
  const ends = new Map<number, number>();
  blocks.forEach(({ place, block }, index) => {
    if (place.field === 'messages' && block.kind !== 'cachePoint' && messages[place.message]?.role === 'user')
      ends.set(place.message, index);
  });
  return [...ends.values()];
};

interface Turns {
  readonly blocks: readonly { readonly prefix: TokenEstimate; readonly upTo: Sized; readonly breaks: readonly Break[] }[];
  readonly turns: readonly number[];
}

/** Is this a conversation as it was sent, whose requests grow from turn to turn? A prompt file says by its variables what varies. */
export const isConversation = ({ blocks, turns }: Turns): boolean =>
  turns.length > 1 && blocks.some(({ breaks }) => breaks.some(({ kind }) => kind === 'turn'));

/**
 * What the call of the turn before wrote with a point that moves along, where block `index` closes the newest turn of a conversation: all up to the end
 * of that turn, if it was long enough. `undefined` at any other block.
 */
export const knownAt = (index: number | undefined, plan: Turns, caching: ExplicitCaching): TokenEstimate | undefined => {
  const { blocks, turns } = plan;
  const [before, newest] = turns.slice(-2);
  const earlier = before === undefined ? undefined : blocks[before];
  if (index === undefined || index !== newest || earlier === undefined || !isConversation(plan)) return undefined;
  return fits(earlier.upTo, caching) === 'no' ? noTokens('estimated') : earlier.prefix;
};
