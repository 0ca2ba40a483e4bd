/** What is asked of a plan: which of its cache points are written, and which later calls can read. */
import type { TokenEstimate } from '../figures/band';
import type { Fit } from './fit';
import type { CachePlan, Checkpoint } from './plan';

/** Is something of unknown size in it? Then its total is "at least". */
export const isPartlyKnown = ({ blocks }: Pick<CachePlan, 'blocks'>): boolean => blocks.at(-1)?.isOpen === true;

/** Could the service write this checkpoint, as far as can be told? */
export const mayBeWritten = ({ verdict }: Checkpoint): boolean =>
  verdict.kind === 'caches' || verdict.kind === 'unknownModel' || (verdict.kind === 'belowMinimum' && !verdict.certain);

/** Does the likeliest figure say that the service writes it? Near the minimum the word is "may", but all sums need one answer. */
export const isWritten = ({ verdict }: Checkpoint): boolean => verdict.kind === 'caches';

/** How sure it is that the service writes it. */
export const fitOf = ({ verdict }: Checkpoint): Fit => (verdict.kind !== 'caches' ? 'no' : verdict.sure ? 'surely' : 'likely');

/** What the next call reads of a checkpoint's prefix. */
export const readAgain = ({ known, prefix }: Checkpoint): TokenEstimate => known ?? prefix;

/** The last checkpoint that later requests with other values can read; `session` counts when `withinSession`. */
export const lastReadable = (plan: CachePlan, withinSession = true): Checkpoint | undefined =>
  plan.checkpoints.findLast(
    (point) => isWritten(point) && (point.reuse.kind === 'shared' || (withinSession && point.reuse.kind === 'session')),
  );
