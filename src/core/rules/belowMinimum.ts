import { fits } from '../cache/fit';
import { refusalAfter, type ExplicitCaching } from '../cache/markerPlaces';
import { sharedEnd } from '../cache/sharedEnd';
import { catalog } from '../models/catalog';
import { profileKindOf } from '../models/resolve';
import type { ModelEntry } from '../models/types';
import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import { checkpointAt, moveMarker, removeMarkerFix, takesMarker, writtenTtl } from './markers';
import { placeBeforeLine, type LinePlace } from '../advice/splitBlock';
import type { Fix, Rule, RuleInput } from './types';

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

/** The last place behind the marker up to which every call shares a prefix that is long enough for sure: behind a block, or inside the one that varies. */
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
  if (edits !== undefined) yield { title: fixTitles.moveMarkerDown, kind: 'moves', edits, preferred: true };
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
  if (edits !== undefined) yield { title: fixTitles.useModelThatCaches(id), kind: 'changes', edits, preferred: false };
}

/** A marker before which the whole prefix is shorter than the model's minimum: it does nothing, silently. */
export const belowMinimum: Rule<Code> = {
  severity: 'warning',
  check,
  *fixes(problem, input) {
    yield* moveDown(problem, input);
    yield* removeMarkerFix(problem, input, false, problem.data.certain ? 'safe' : 'moves');
    yield* otherModel(problem, input);
  },
};
