import { fits } from '../cache/fit';
import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import { checkpointAt, moveMarker, removeMarkerFix, takesMarker } from './markers';
import type { Fix, Rule, RuleInput } from './types';

type Code = 'cache/unsupported-field';

/** The nearest legal place that saves something: behind the tools the end of the static system text, from a tool turn the message before. */
const nextPlace = (problem: Problem<Code>, input: RuleInput): number | undefined => {
  const { plan } = input;
  const { caching } = plan;
  const from = checkpointAt(input, problem.span)?.index;
  if (caching?.kind !== 'explicit' || from === undefined) return undefined;
  const field = problem.data.withTools ? undefined : 'system';
  const index = plan.blocks.findLastIndex(
    ({ place, upTo }, at) =>
      (field === undefined ? at < from : place.field === field) &&
      at < plan.firstVarying &&
      fits(upTo, caching) === 'surely' &&
      takesMarker(input, at, caching),
  );
  return index === -1 ? undefined : index;
};

function* moveOver(problem: Problem<Code>, input: RuleInput): Generator<Fix> {
  const checkpoint = checkpointAt(input, problem.span);
  const index = nextPlace(problem, input);
  if (checkpoint === undefined || index === undefined) return;
  const edits = moveMarker(input, checkpoint, index);
  const title = problem.data.withTools ? fixTitles.moveMarkerBeforeTools : fixTitles.moveMarkerToSystem;
  if (edits !== undefined) yield { title, kind: 'moves', edits, preferred: true };
}

/** A marker in a list in which the model takes none, as Nova in its tools: the call fails. */
export const unsupportedField: Rule<Code> = {
  severity: 'error',
  *check({ plan }) {
    for (const { marker, verdict, place } of plan.checkpoints) {
      if (verdict.kind !== 'unsupportedField') continue;
      const data = { model: plan.model?.name ?? '', field: place.field, withTools: verdict.withTools };
      yield { code: 'cache/unsupported-field', span: marker.span, data };
    }
  },
  *fixes(problem, input) {
    const moved = [...moveOver(problem, input)];
    yield* moved;
    yield* removeMarkerFix(problem, input, moved.length === 0);
  },
};
