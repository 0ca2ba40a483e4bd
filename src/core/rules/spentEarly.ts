import { isWritten, type CachePlan } from '../cache/plan';
import { fits } from '../cache/fit';
import { minus } from '../figures/band';
import { lastLine } from './lines';
import type { Rule } from './types';

/** The last block with content behind the last cache point that a later turn will send again: the newest user turn is not one of them. */
const lastAgain = ({ blocks, checkpoints }: CachePlan, newest: number): number => {
  const from = checkpoints.at(-1)?.index ?? blocks.length;
  return blocks.findLastIndex(
    ({ block, place }, at) => at > from && block.kind !== 'cachePoint' && (place.field !== 'messages' || place.message < newest),
  );
};

/** All cache points that a request may hold stand in the first turns of a conversation: what has come since is paid in full with each call. */
export const spentEarly: Rule<'cache/spent-early'> = {
  severity: 'information',
  *check({ plan, prompt, text }) {
    const { caching, checkpoints, blocks } = plan;
    if (caching?.kind !== 'explicit' || checkpoints.length < caching.maxCheckpoints || !checkpoints.every(isWritten)) return;
    const last = checkpoints.at(-1);
    const newest = prompt.messages.findLastIndex(({ role }) => role === 'user');
    const again = blocks[lastAgain(plan, newest)];
    if (last === undefined || again === undefined || !prompt.messages.some(({ role }) => role === 'assistant')) return;
    const tokens = minus(again.prefix, last.prefix);
    if (fits(tokens, { minimum: caching.minimum }) === 'no') return;
    yield { code: 'cache/spent-early', span: lastLine(text, again.block.span), data: { limit: caching.maxCheckpoints, tokens } };
  },
};
