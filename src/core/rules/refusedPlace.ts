import { carrierOf, documentFormat } from '../cache/markerPlaces';
import type { Checkpoint } from '../cache/plan';
import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import { checkpointAt, moveMarker, ownMarkers, removeAllMarkersFix, removeMarkerFix, takesMarker } from './markers';
import type { Fix, Rule, RuleInput } from './types';

/** Markers that the service refuses for what stands right before them, or for the latency asked for. */

const refusedFor = ({ plan }: RuleInput, reason: 'afterReasoning' | 'afterDocument' | 'latency'): readonly Checkpoint[] =>
  plan.checkpoints.filter(({ verdict }) => verdict.kind === 'refused' && verdict.reason === reason);

function* moveBeforeReasoning(problem: Problem<'cache/after-reasoning'>, input: RuleInput): Generator<Fix> {
  const { plan } = input;
  const checkpoint = checkpointAt(input, problem.span);
  const { caching } = plan;
  if (checkpoint === undefined || caching?.kind !== 'explicit') return;
  const { index } = checkpoint;
  const target = plan.blocks.findLastIndex(({ block }, at) => at < index && block.kind !== 'cachePoint' && !isReasoning(input, at));
  if (target === -1 || !takesMarker(input, target, caching)) return;
  const edits = moveMarker(input, checkpoint, target);
  if (edits !== undefined) yield { title: fixTitles.moveMarkerBeforeReasoning, kind: 'moves', edits, preferred: true };
}

const isReasoning = ({ plan }: RuleInput, index: number): boolean => {
  const block = plan.blocks[index]?.block;
  return block?.kind === 'json' && block.member === 'reasoningContent';
};

/** Straight after a reasoning block, which cannot carry a marker. */
export const afterReasoning: Rule<'cache/after-reasoning'> = {
  severity: 'error',
  *check(input) {
    for (const { marker } of refusedFor(input, 'afterReasoning')) yield { code: 'cache/after-reasoning', span: marker.span, data: {} };
  },
  *fixes(problem, input) {
    const moved = [...moveBeforeReasoning(problem, input)];
    yield* moved;
    yield* removeMarkerFix(problem, input, moved.length === 0);
  },
};

const closingText = 'End of the document.';

function* textBetween(problem: Problem<'cache/after-document'>, input: RuleInput): Generator<Fix> {
  const checkpoint = checkpointAt(input, problem.span);
  const edits = checkpoint && input.prompt.write.insertText(checkpoint.marker, closingText);
  if (edits !== undefined) yield { title: fixTitles.putTextBetween, kind: 'changes', edits, preferred: true };
}

/** Straight after a document that is not a PDF: Claude's adapter cannot place the marker there. */
export const afterDocument: Rule<'cache/after-document'> = {
  severity: 'error',
  *check(input) {
    for (const { marker, index } of refusedFor(input, 'afterDocument')) {
      const block = input.plan.blocks[carrierOf(input.plan.blocks, index) ?? -1]?.block;
      const format = (block && documentFormat(block)) ?? '';
      yield { code: 'cache/after-document', span: marker.span, data: { model: input.plan.model?.name ?? '', format } };
    }
  },
  *fixes(problem, input) {
    yield* textBetween(problem, input);
    yield* removeMarkerFix(problem, input, false);
  },
};

/** Latency-optimized inference together with a marker, where the model takes only one of them. Shown at the setting. */
export const latencyOptimized: Rule<'cache/latency-optimized'> = {
  severity: 'error',
  *check(input) {
    const refused = refusedFor(input, 'latency');
    const at = input.prompt.header.fields['performanceConfig']?.span;
    if (refused.length === 0 || at === undefined) return;
    yield { code: 'cache/latency-optimized', span: at, data: { model: input.plan.model?.name ?? '', count: refused.length } };
  },
  *fixes(_problem, input) {
    const edits = input.prompt.write.setMember('request', ['performanceConfig', 'latency'], 'standard');
    if (edits !== undefined) yield { title: fixTitles.standardLatency, kind: 'changes', edits, preferred: true };
    yield* removeAllMarkersFix(input, ownMarkers(input), false);
  },
};
