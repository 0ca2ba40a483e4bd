import { type LinePlace, placeBeforeLine } from '../../advice/splitBlock';
import { fits } from '../../cache/fit';
import { type ExplicitCaching, refusalAfter } from '../../cache/markerPlaces';
import { sharedEnd } from '../../cache/sharedEnd';
import type { TokenEstimate } from '../../figures/band';
import { describeTokens } from '../../messages/tokensText';
import { catalog } from '../../models/catalog';
import { profileKindOf } from '../../models/resolve';
import type { ModelEntry } from '../../models/types';
import type { Problem } from '../../prompt/problems';
import { checkpointAt, moveMarker, removeMarkerFix, takesMarker, writtenTtl } from '../markers';
import { awsCaching } from '../sources';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/below-minimum': {
      readonly tokens: TokenEstimate;
      readonly minimum: number;
      readonly certain: boolean;
      readonly model: string;
      readonly missing: number;
      /** Is there a place in the part that every call shares where a cache point would work? */
      readonly reachable: boolean;
    };
  }
}

/** The titles of its fixes. */
const titles = {
  moveMarkerDown: 'Move the cache point to where the prefix is long enough',
  useModelThatCaches: (id: string) => `Change to ${id}, which caches a prefix of this size`,
} as const;

type Code = 'cache/below-minimum';

/** The place inside the first block that varies, before the part that does. */
const placeInside = (input: RuleInput, end: number): LinePlace | undefined => {
  const by = input.plan.blocks[end]?.breaks[0];
  return by && placeBeforeLine(input, by.span);
};

/** Is what every call shares long enough for sure anywhere that the model takes a cache point? */
const hasPlace = (input: RuleInput, caching: ExplicitCaching): boolean => {
  const { blocks } = input.plan;
  const end = sharedEnd(input.plan);
  const fit = blocks.findIndex(
    ({ block, upTo }, index) =>
      block.kind !== 'cachePoint' && fits(upTo, caching) === 'surely' && refusalAfter(blocks, index, caching) === undefined,
  );
  return (fit !== -1 && fit < end) || placeInside(input, end) !== undefined;
};

function* check(input: RuleInput): Generator<Problem<Code>> {
  const { blocks, caching, checkpoints, model } = input.plan;
  if (caching?.kind !== 'explicit') return;
  let reachable: boolean | undefined;
  for (const checkpoint of checkpoints) {
    const { marker, verdict, index } = checkpoint;
    // More may stand before it than is known.
    if (blocks[index]?.isOpen === true) continue;
    if (verdict.kind !== 'belowMinimum' && (verdict.kind !== 'caches' || verdict.sure)) continue;
    const minimum = caching.minimum.likely;
    const { prefix } = checkpoint;
    const certain = verdict.kind === 'belowMinimum' && verdict.certain;
    const missing = Math.max(0, minimum - prefix.likely);
    reachable ??= hasPlace(input, caching);
    yield {
      code: 'cache/below-minimum',
      span: marker.span,
      data: { tokens: prefix, minimum, certain, model: model?.name ?? '', missing, reachable },
    };
  }
}

/** The last place after the marker up to which every call shares a prefix that is long enough for sure: after a block, or inside the one that varies. */
function* moveDown(problem: Problem<Code>, input: RuleInput): Generator<Fix> {
  const { plan } = input;
  const { caching } = plan;
  const checkpoint = checkpointAt(input, problem.span);
  if (checkpoint === undefined || caching?.kind !== 'explicit') return;
  const end = sharedEnd(plan);
  const { write } = input.prompt;
  const inside = end > checkpoint.index ? placeInside(input, end)?.write(writtenTtl(checkpoint)) : undefined;
  const target = plan.blocks.findLastIndex(
    ({ upTo }, index) => index > checkpoint.index && index < end && fits(upTo, caching) === 'surely' && takesMarker(input, index, caching),
  );
  const split = inside && write.together([write.removeMarker(checkpoint.marker), inside]);
  const edits = split ?? (target === -1 ? undefined : moveMarker(input, checkpoint, target));
  if (edits !== undefined) yield { title: titles.moveMarkerDown, kind: 'moves', edits, preferred: true };
}

const caches = (entry: ModelEntry, problem: Problem<Code>): boolean =>
  entry.caching.kind === 'explicit' && entry.lifecycle.kind === 'active' && fits(problem.data.tokens, entry.caching) === 'surely';

/** The cheapest model of the same vendor that would cache this prefix and can be reached in the same way. */
function* otherModel(problem: Problem<Code>, { plan, prompt }: RuleInput): Generator<Fix> {
  const { model, resolution, prices } = plan;
  if (model === undefined || prices === undefined || (resolution.kind !== 'profile' && resolution.kind !== 'bare')) return;
  const prefix = resolution.kind === 'profile' ? resolution.prefix : undefined;
  const kind = profileKindOf(resolution) ?? 'default';
  const priceOf = ({ prices: table }: ModelEntry): number => (table[kind] ?? table['geo'] ?? table['default'])?.input ?? Infinity;
  const reachable = (entry: ModelEntry) => (prefix === undefined ? entry.onDemand === true : entry.profiles.includes(prefix));
  const [best] = catalog
    .filter((entry) => entry.provider === model.provider && caches(entry, problem) && reachable(entry) && priceOf(entry) < Infinity)
    .sort((a, b) => Math.abs(priceOf(a) - prices.input) - Math.abs(priceOf(b) - prices.input));
  if (best === undefined) return;
  const id = prefix === undefined ? best.id : `${prefix}.${best.id}`;
  const edits = prompt.write.setModelId(id);
  if (edits !== undefined) yield { title: titles.useModelThatCaches(id), kind: 'changes', edits, preferred: false };
}

/** A marker before which the whole prefix is shorter than the model's minimum: it does nothing, silently. */
export const belowMinimum: Rule<Code> = {
  code: 'cache/below-minimum',
  severity: 'warning',
  sources: [
    `${awsCaching} (minimums, cumulative count)`,
    'Sonnet 4.6: a sweep by AWS of 2026-09 found 1,024, measurements of 2026-02 to 2026-04 2,048. Opus 4.7: AWS says 4,096, Anthropic 2,048. Nova: about 1,000 documented, writes of 240, 355 and 734 tokens recorded',
  ],
  says: ({ tokens, minimum, certain, model, missing, reachable }, formats) =>
    certain
      ? `This cache point does nothing: ${model} caches from ${formats.tokens(minimum)} tokens, and ${describeTokens(tokens, formats)} stand before it, ${formats.tokens(missing)} too few. Nothing is written or read, and there is no error.${reachable ? '' : ' No place in this prompt reaches that: what every call shares is too short.'}`
      : `This cache point may do nothing: ${model} caches from ${formats.tokens(minimum)} tokens, and ${describeTokens(tokens, formats)} stand before it, too close to tell.`,
  check,
  *fixes(problem, input) {
    yield* moveDown(problem, input);
    yield* removeMarkerFix(problem, input, false, problem.data.certain ? 'safe' : 'moves');
    yield* otherModel(problem, input);
  },
};
