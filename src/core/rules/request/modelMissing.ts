import type { InvokeApi } from '../../prompt/api';
import { invokeApiOf } from '../../prompt/model';
import { headPlace } from '../lines';
import { ownFormat } from '../sources';
import type { Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `api`: of a body that has no place for a model. */
    'request/model-missing': { readonly api?: InvokeApi };
  }
}

/** A key written wrongly, or a text that cannot be read, is the cause then, and has been said. */
const idMayBeThere = ({ prompt }: RuleInput): boolean =>
  prompt.problems.some(
    (problem) =>
      problem.code === 'syntax/front-matter' ||
      problem.code === 'syntax/too-deep' ||
      problem.code === 'syntax/json' ||
      problem.code === 'syntax/not-converse' ||
      (problem.code === 'syntax/value' && problem.data.key === 'modelId') ||
      (problem.code === 'syntax/unknown-key' && problem.data.nearest === 'modelId'),
  );

/** Neither the prompt nor a setting names a model: nothing can be said about minimums and prices. */
export const modelMissing: Rule<'request/model-missing'> = {
  code: 'request/model-missing',
  severity: 'information',
  sources: [ownFormat],
  says: ({ api }) =>
    api !== undefined
      ? 'A body of InvokeModel names no model, so minimums, limits and prices are not known. Name one in the setting cachepoint.defaultModelId.'
      : 'No modelId is given, so minimums, limits and prices are not known. Name one here or in the setting cachepoint.defaultModelId.',
  *check(input) {
    const { plan, prompt, text } = input;
    // One of many records: the job names the model, or a setting does, and not each of them.
    if (prompt.head !== undefined || prompt.api === 'text') return;
    if (plan.resolution.kind !== 'empty' || text.trim() === '' || idMayBeThere(input)) return;
    yield { code: 'request/model-missing', span: headPlace(text, prompt), data: invokeApiOf(prompt.api) };
  },
};
