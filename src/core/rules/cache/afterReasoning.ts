import type { Problem } from '../../prompt/problems';
import { checkpointAt, moveMarker, removeMarkerFix, takesMarker } from '../markers';
import { refusedFor } from '../refusedFor';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/after-reasoning': Record<never, never>;
  }
}

/** The titles of its fixes. */
const titles = {
  moveMarkerBeforeReasoning: 'Move the cache point before the reasoning',
} as const;

const isReasoning = ({ plan }: RuleInput, index: number): boolean => {
  const block = plan.blocks[index]?.block;
  return block?.kind === 'json' && block.member === 'reasoningContent';
};

function* moveBeforeReasoning(problem: Problem<'cache/after-reasoning'>, input: RuleInput): Generator<Fix> {
  const { plan } = input;
  const checkpoint = checkpointAt(input, problem.span);
  const { caching } = plan;
  if (checkpoint === undefined || caching?.kind !== 'explicit') return;
  const { index } = checkpoint;
  const target = plan.blocks.findLastIndex(({ block }, at) => at < index && block.kind !== 'cachePoint' && !isReasoning(input, at));
  if (target === -1 || !takesMarker(input, target, caching)) return;
  const edits = moveMarker(input, checkpoint, target);
  if (edits !== undefined) yield { title: titles.moveMarkerBeforeReasoning, kind: 'moves', edits, preferred: true };
}

/** Straight after a reasoning block, which cannot carry a marker. */
export const afterReasoning: Rule<'cache/after-reasoning'> = {
  code: 'cache/after-reasoning',
  severity: 'error',
  sources: [
    'Error reports anomalyco/opencode#36517 and 0xPlaygrounds/rig#1673, read 2026-11: "Cache point cannot be inserted after reasoning block.". One of them met it although a tool result stood last',
  ],
  says: () =>
    'A cache point must not follow a reasoning block, so the call fails (ValidationException). Before the reasoning it is accepted.',
  *check(input) {
    for (const { marker } of refusedFor(input, 'afterReasoning')) yield { code: 'cache/after-reasoning', span: marker.span, data: {} };
  },
  *fixes(problem, input) {
    const moved = [...moveBeforeReasoning(problem, input)];
    yield* moved;
    yield* removeMarkerFix(problem, input, moved.length === 0);
  },
};
