import { isWritten } from '../cache/written';
import { fixTitles } from '../messages/fixes';
import type { Problem } from '../prompt/problems';
import type { Rule } from './types';

/** A marker that a client or the service makes no cache point of; the reader of the program finds it. */
export const lostMarker: Rule<'code/lost-marker'> = {
  severity: 'warning',
  rate: ({ data }) => (data.reason === 'deprecated' ? 'hint' : data.refused ? 'error' : 'warning'),
  *check({ prompt }): Generator<Problem<'code/lost-marker'>> {
    for (const problem of prompt.problems) if (problem.code === 'code/lost-marker') yield problem;
  },
  *fixes({ data, span }, { prompt }) {
    const edits = prompt.write.markerFromDialect(span);
    const title = data.reason === 'wholeBody' ? fixTitles.moveIntoBlock(data.found) : fixTitles.convertMarker;
    if (edits !== undefined) yield { title, kind: 'moves', edits, preferred: true };
  },
};

/** Many calls that are started at once over one prefix which no call has written: each pays for the write. */
export const coldFanOut: Rule<'code/cold-fan-out'> = {
  severity: 'information',
  *check({ plan, prompt, text }): Generator<Problem<'code/cold-fan-out'>> {
    const point = plan.checkpoints.findLast((one) => isWritten(one) && one.reuse.kind !== 'never');
    if (point === undefined) return;
    for (const span of prompt.open?.together ?? [])
      yield { code: 'code/cold-fan-out', span, data: { call: text.slice(span.start, span.end), tokens: point.prefix } };
  },
};

/** Figures of usage that are put together wrongly: found in the program, and told of the document. */
export const usageMisread: Rule<'code/usage-misread'> = {
  severity: 'warning',
  *check({ prompt }): Generator<Problem<'code/usage-misread'>> {
    for (const problem of prompt.problems) if (problem.code === 'code/usage-misread') yield problem;
  },
};
