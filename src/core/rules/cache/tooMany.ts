import type { Checkpoint } from '../../cache/plan';
import { ownMarkers, removeMarkers } from '../markers';
import { awsCaching } from '../sources';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/too-many': { readonly count: number; readonly limit: number; readonly model: string };
  }
}

/** The titles of its fixes. */
const titles = {
  removeLeastUseful: (numbers: readonly number[]) =>
    numbers.length === 1
      ? `Remove cache point ${numbers[0] ?? ''}, which saves least`
      : `Remove cache points ${numbers.join(', ')}, which save least`,
} as const;

/** The checkpoints that add least to what the one before covers: going without them costs least. */
const leastUseful = (input: RuleInput, surplus: number): readonly Checkpoint[] => {
  const { checkpoints } = input.plan;
  // Going without a point costs what the next one then has to write again, and the one before does not cover.
  const gain = ({ number, prefix, reuse }: Checkpoint): number =>
    reuse.kind === 'never' ? 0 : prefix.likely - (checkpoints[number - 2]?.prefix.likely ?? 0);
  // The last one moves along with a conversation: the next call reads what it wrote.
  const tail = checkpoints.at(-1);
  const isTail = (point: Checkpoint): boolean => point === tail && point.place.field === 'messages';
  const chosen = ownMarkers(input)
    .filter((point) => !isTail(point))
    .sort((a, b) => gain(a) - gain(b) || b.number - a.number)
    .slice(0, surplus);
  return chosen.sort((a, b) => a.number - b.number);
};

/** More markers than the model takes, counted over tools, system and messages: the call fails. */
export const tooMany: Rule<'cache/too-many'> = {
  code: 'cache/too-many',
  severity: 'error',
  sources: [awsCaching, 'Recorded error text, read 2026-11: "A maximum of 4 blocks with cache_control may be provided. Found 5."'],
  says: ({ count, limit, model }, formats) =>
    `${model} takes at most ${formats.tokens(limit)} cache points over tools, system text and messages; this prompt has ${formats.tokens(count)}, so the call fails (ValidationException).`,
  *check({ plan }) {
    const first = plan.checkpoints.find(({ verdict }) => verdict.kind === 'tooMany');
    if (first?.verdict.kind !== 'tooMany') return;
    const { limit } = first.verdict;
    yield {
      code: 'cache/too-many',
      span: first.marker.span,
      data: { count: plan.checkpoints.length, limit, model: plan.model?.name ?? 'A Messages body' },
    };
  },
  *fixes({ data }, input) {
    const removed = leastUseful(input, data.count - data.limit);
    if (removed.length < data.count - data.limit) return;
    const title = titles.removeLeastUseful(removed.map(({ number }) => number));
    const edits = removeMarkers(input, removed);
    if (edits !== undefined) yield { title, kind: 'moves', edits, preferred: true };
  },
};
