import { fits } from '../cache/fit';
import { sharedEnd } from '../cache/sharedEnd';
import { catalog } from '../models/catalog';
import { profileKindOf } from '../models/resolve';
import type { ModelEntry } from '../models/types';
import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import { checkpointAt, moveMarker, removeMarkerFix, takesMarker, writtenTtl } from './markers';
import { placeBeforeLine } from '../advice/splitBlock';
import type { Fix, Rule, RuleInput } from './types';

type Code = 'cache/below-minimum';

function* check({ plan }: RuleInput): Generator<Problem<Code>> {
  for (const checkpoint of plan.checkpoints) {
    const { marker, verdict, index } = checkpoint;
    // More may stand before it than is known.
    if (plan.blocks[index]?.isOpen === true) continue;
    const sized = verdict.kind === 'belowMinimum' || (verdict.kind === 'caches' && !verdict.sure);
    if (!sized || plan.caching?.kind !== 'explicit') continue;
    const minimum = plan.caching.minimum.likely;
    const { prefix } = checkpoint;
    const certain = verdict.kind === 'belowMinimum' && verdict.certain;
    const missing = Math.max(0, minimum - prefix.likely);
    yield {
      code: 'cache/below-minimum',
      span: marker.span,
      data: { tokens: prefix, minimum, certain, model: plan.model?.name ?? '', missing },
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
  const by = end > checkpoint.index ? plan.blocks[end]?.breaks[0] : undefined;
  const { write } = input.prompt;
  const inside = by && placeBeforeLine(input, by.span)?.write(writtenTtl(checkpoint));
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
