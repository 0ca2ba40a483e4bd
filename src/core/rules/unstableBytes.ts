import type { CachePlan, Checkpoint } from '../cache/plan';
import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import { segmentsOf, type Prompt } from '../prompt/model';
import type { Edits } from '../text/edit';
import { opaque } from '../text/notation';
import { shownPlace, type Segment, type TextSegment } from '../text/segment';
import { signsOf } from './textSigns';
import { usualForm, type Trouble } from './troubles';
import type { Rule, RuleInput } from './types';

type Code = 'cache/unstable-bytes';
interface Found {
  readonly segment: TextSegment;
  readonly troubles: readonly Trouble[];
}

const lastWorking = (plan: CachePlan): Checkpoint | undefined =>
  plan.checkpoints.findLast(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind !== 'never');

/** Text of another file is put right there; where the source has no lines of its own, no editor cuts white space off. */
const inSegment = (segment: Segment): Found[] => {
  if (segment.kind !== 'text' || segment.via !== undefined || segment.notation === opaque) return [];
  const all = signsOf(segment).troubles;
  const troubles = segment.notation.keepsLines ? all : all.filter(({ what }) => what !== 'trailingSpace');
  return troubles.length === 0 ? [] : [{ segment, troubles }];
};

const findAll = ({ plan }: RuleInput): readonly Found[] =>
  plan.blocks.slice(0, lastWorking(plan)?.index ?? 0).flatMap(({ block }) => segmentsOf(block).flatMap(inSegment));

const editsOf = ({ write }: Prompt, { segment, troubles }: Found): Edits | undefined =>
  write.replaceText(
    segment,
    troubles.map(({ what, start, end }) => ({ from: start, to: end, text: usualForm(what, segment.text.slice(start, end)) })),
  );

/** Text before a working marker that another editor or machine would write with other bytes, which is another prefix. One hint for all. */
export const unstableBytes: Rule<Code> = {
  severity: 'hint',
  *check(input): Generator<Problem<Code>> {
    const found = findAll(input);
    const [first] = found;
    const trouble = first?.troubles[0];
    const working = lastWorking(input.plan);
    if (first === undefined || trouble === undefined || working === undefined) return;
    const count = found.reduce((sum, { troubles }) => sum + troubles.length, 0);
    yield {
      code: 'cache/unstable-bytes',
      span: shownPlace(input.prompt.sources, first.segment, trouble.start, trouble.end),
      data: { what: trouble.what, count, tokens: working.prefix },
    };
  },
  *fixes(_problem, input) {
    const { prompt } = input;
    const edits = prompt.write.together(findAll(input).map((found) => editsOf(prompt, found)));
    if (edits !== undefined) yield { title: fixTitles.normalise, kind: 'changes', edits, preferred: true };
  },
};
