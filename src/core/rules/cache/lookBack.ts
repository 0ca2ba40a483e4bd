import { fits } from '../../cache/fit';
import { carrierOf } from '../../cache/markerPlaces';
import type { CachePlan, Checkpoint } from '../../cache/plan';
import { type TokenEstimate, minus } from '../../figures/band';
import { describeTokens } from '../../messages/tokensText';
import { firstLine } from '../lines';
import { takesMarker } from '../markers';
import { anthropicCaching, awsCaching } from '../sources';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/look-back': { readonly blocks: number; readonly limit: number; readonly tokens: TokenEstimate };
  }
}

/** The titles of its fixes. */
const titles = {
  secondMarker: 'Insert a second cache point where the previous call wrote',
} as const;

type Code = 'cache/look-back';

interface Gap {
  readonly moving: Checkpoint;
  /** Index of the block at which the call before this one wrote. */
  readonly from: number;
  readonly blocks: number;
}

const isContent = ({ blocks }: CachePlan, index: number): boolean => blocks[index]?.block.kind !== 'cachePoint';

/** The last block of the user message before the last message: where a marker that moves along stood at the call before. */
const previousWrite = ({ plan, prompt }: RuleInput): number | undefined => {
  const last = prompt.messages.length - 1;
  const before = prompt.messages.findLastIndex(({ role }, at) => at < last && role === 'user');
  if (before === -1) return undefined;
  const index = plan.blocks.findLastIndex(({ place }, at) => place.field === 'messages' && place.message === before && isContent(plan, at));
  return index === -1 ? undefined : index;
};

/** Content blocks from one index, left out, to another. */
const distance = (plan: CachePlan, from: number, to: number): number => {
  let count = 0;
  for (let at = from + 1; at <= to; at += 1) if (isContent(plan, at)) count += 1;
  return count;
};

const positionOf = (plan: CachePlan, { index }: Checkpoint): number => carrierOf(plan.blocks, index) ?? index;

const findGap = (input: RuleInput): Gap | undefined => {
  const { plan, prompt } = input;
  const limit = plan.caching?.kind === 'explicit' ? plan.caching.lookBack : undefined;
  const working = plan.checkpoints.filter(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind !== 'never');
  const moving = working.at(-1);
  if (limit === undefined || moving?.place.field !== 'messages' || moving.place.message !== prompt.messages.length - 1) return undefined;
  const from = previousWrite(input);
  if (from === undefined || plan.caching?.kind !== 'explicit') return undefined;
  // The checkpoint's own block is the first of the positions that are looked at.
  const seen = working.some((point) => {
    const at = positionOf(plan, point);
    return at >= from && distance(plan, from, at) < limit;
  });
  const written = plan.blocks[from]?.upTo;
  if (seen || written === undefined || fits(written, plan.caching) === 'no') return undefined;
  return { moving, from, blocks: distance(plan, from, positionOf(plan, moving)) };
};

/** More blocks between a moving marker and the place of its last write than the service looks back over. */
export const lookBack: Rule<Code> = {
  code: 'cache/look-back',
  severity: 'warning',
  sources: [
    `${awsCaching} ("about 20 content blocks")`,
    `${anthropicCaching} (20 positions for each breakpoint, its own the first)`,
    'UKGovernmentBEIS/inspect_ai#5131, read 2026-11',
  ],
  says: ({ blocks, limit, tokens }, formats) =>
    `This cache point will not find what the previous call wrote, so ${describeTokens(tokens, formats)} are written again instead of read: ${formats.tokens(blocks)} blocks have come since, and Bedrock looks back over fewer than ${formats.tokens(limit)}. Insert a second cache point in between.`,
  *check(input) {
    const { plan } = input;
    const gap = findGap(input);
    const limit = plan.caching?.kind === 'explicit' ? plan.caching.lookBack : undefined;
    const written = gap && plan.blocks[gap.from]?.prefix;
    if (gap === undefined || limit === undefined || written === undefined) return;
    const earlier = plan.checkpoints.findLast((point) => point.verdict.kind === 'caches' && positionOf(plan, point) <= gap.from)?.prefix;
    const tokens = minus(written, earlier);
    if (tokens.likely > 0) yield { code: 'cache/look-back', span: gap.moving.marker.span, data: { blocks: gap.blocks, limit, tokens } };
  },
  *related(_problem, input) {
    const gap = findGap(input);
    const written = gap && input.plan.blocks[gap.from]?.block;
    if (written !== undefined)
      yield { span: firstLine(input.text, written.span), text: 'The previous call wrote up to the end of this block.' };
  },
  *fixes(_problem, input) {
    const { plan, prompt } = input;
    const gap = findGap(input);
    const wire = gap && plan.blocks[gap.from];
    if (gap === undefined || wire === undefined || plan.caching?.kind !== 'explicit') return;
    if (plan.checkpoints.length >= plan.caching.maxCheckpoints || !takesMarker(input, gap.from, plan.caching)) return;
    const ttl = gap.moving.ttl === '1h' ? '1h' : undefined;
    const edits = prompt.write.insertMarker(wire.block, ttl);
    if (edits !== undefined) yield { title: titles.secondMarker, kind: 'moves', edits, preferred: true };
  },
};
