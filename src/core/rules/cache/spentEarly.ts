import { carrierOf } from '../../cache/markerPlaces';
import type { CachePlan, Checkpoint } from '../../cache/plan';
import { isWritten } from '../../cache/written';
import { type TokenEstimate, minus } from '../../figures/band';
import { describeTokens } from '../../messages/tokensText';
import { type Block, segmentsOf } from '../../prompt/model';
import { shownSpan } from '../../text/segment';
import type { Span } from '../../text/span';
import { lastLine } from '../lines';
import { moveMarker, takesMarker } from '../markers';
import { awsCaching } from '../sources';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/spent-early': { readonly limit: number; readonly tokens: TokenEstimate };
  }
}

/** The titles of its fixes. */
const titles = {
  moveMarkerToNewest: 'Move this cache point to the newest turn',
} as const;

/** What is paid again and again must be this share of the input to be worth a word. */
const worthSaying = 0.1;

interface Spent {
  /** The point to do without: what it covers is found by the points after it. */
  readonly point: Checkpoint;
  /** Index of the last block that a later turn will send again: the newest user turn is not sure to be. */
  readonly again: number;
  readonly tokens: TokenEstimate;
}

/** The last block with content after the last cache point and before a turn. */
const lastAgain = ({ blocks, checkpoints }: CachePlan, newest: number): number => {
  const from = checkpoints.at(-1)?.index ?? blocks.length;
  return blocks.findLastIndex(
    ({ block, place }, at) => at > from && block.kind !== 'cachePoint' && (place.field !== 'messages' || place.message < newest),
  );
};

const spentIn = ({ plan, prompt }: RuleInput): Spent | undefined => {
  const { caching, checkpoints, blocks } = plan;
  if (caching?.kind !== 'explicit' || checkpoints.length < caching.maxCheckpoints || !checkpoints.every(isWritten)) return undefined;
  const last = checkpoints.at(-1);
  const point = checkpoints.find(({ place }) => place.field === 'messages') ?? last;
  const again = lastAgain(
    plan,
    prompt.messages.findLastIndex(({ role }) => role === 'user'),
  );
  const wire = blocks[again];
  if (last === undefined || point === undefined || wire === undefined || !prompt.messages.some(({ role }) => role === 'assistant'))
    return undefined;
  const tokens = minus(wire.prefix, last.prefix);
  return tokens.likely < plan.total.likely * worthSaying ? undefined : { point, again, tokens };
};

/** The last line of a block's text as the document writes it. */
const endOf = (block: Block, text: string): Span => {
  const last = segmentsOf(block).at(-1);
  return lastLine(text, block.kind === 'text' && last !== undefined ? shownSpan(last) : block.span);
};

/** All cache points that a request may hold stand in the first turns of a conversation: what has come since is paid in full with each call. */
export const spentEarly: Rule<'cache/spent-early'> = {
  code: 'cache/spent-early',
  severity: 'information',
  sources: [
    `${awsCaching} (four cache points, look-back)`,
    'Anthropic documentation, Prompt caching, 2026-08 (a moving one for conversations)',
  ],
  says: ({ limit, tokens }, formats) =>
    `All ${formats.tokens(limit)} cache points stand in earlier turns, so ${describeTokens(tokens, formats)} that have come since are paid in full with each call. Move the one after this turn to the newest turn: what it covers is found by the cache points after it.`,
  *check(input) {
    const { caching, blocks } = input.plan;
    const spent = spentIn(input);
    const closed = spent && blocks[carrierOf(blocks, spent.point.index) ?? -1];
    if (spent === undefined || closed === undefined || caching?.kind !== 'explicit') return;
    const data = { limit: caching.maxCheckpoints, tokens: spent.tokens };
    yield { code: 'cache/spent-early', span: endOf(closed.block, input.text), data };
  },
  *fixes(_problem, input) {
    const { caching, turns } = input.plan;
    const spent = spentIn(input);
    if (spent === undefined || caching?.kind !== 'explicit') return;
    // Where the newest turn varies, the point goes after what the next call surely sends again.
    for (const target of [turns.at(-1) ?? -1, spent.again]) {
      const edits = takesMarker(input, target, caching) ? moveMarker(input, spent.point, target) : undefined;
      if (edits !== undefined) yield { title: titles.moveMarkerToNewest, kind: 'moves', edits, preferred: true } satisfies Fix;
    }
  },
};
