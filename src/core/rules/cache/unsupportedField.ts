import { fits } from '../../cache/fit';
import { inField } from '../../messages/phrases';
import type { CacheField } from '../../models/types';
import type { Problem } from '../../prompt/problems';
import { checkpointAt, moveMarker, removeMarkerFix, takesMarker } from '../markers';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/unsupported-field': { readonly model: string; readonly field: CacheField; readonly withTools: boolean };
  }
}

/** The titles of its fixes. */
const titles = {
  moveMarkerBeforeTools: 'Move the cache point before the tool calls',
  moveMarkerToSystem: 'Move the cache point after the system text',
} as const;

type Code = 'cache/unsupported-field';

/** The nearest legal place that saves something: after the tools the end of the static system text, from a tool turn the message before. */
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
  const title = problem.data.withTools ? titles.moveMarkerBeforeTools : titles.moveMarkerToSystem;
  if (edits !== undefined) yield { title, kind: 'moves', edits, preferred: true };
}

/** A marker in a list in which the model takes none, as Nova in its tools: the call fails. */
export const unsupportedField: Rule<Code> = {
  code: 'cache/unsupported-field',
  severity: 'error',
  sources: [
    'AWS user guide, Prompt caching, as of 2026-01 (fields by model)',
    'Error reports NousResearch/hermes-agent#97281, danny-avila/LibreChat#13838 and earendil-works/pi#2053, read 2026-11: "extraneous key [cachePoint] is not permitted"',
  ],
  says: ({ model, field, withTools }) =>
    withTools
      ? `${model} refuses a cache point in a message with tool calls or results, so the call fails (ValidationException: extraneous key [cachePoint]).`
      : `${model} takes no cache point ${inField[field]}, so the call fails (ValidationException: extraneous key [cachePoint]).`,
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
