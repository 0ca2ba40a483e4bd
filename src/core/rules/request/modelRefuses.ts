import { describeRefusal } from '../../messages/refusals';
import { invokeApiOf } from '../../prompt/api';
import type { Problem } from '../../prompt/problems';
import { type Refusal, type RefusalId, conditionsOf, refusals, rowsAskedOf } from '../../service/refusals';
import type { JsonObject } from '../../text/json';
import { calledModel, levelFor } from '../calledModel';
import { refusedFiles } from '../refusedFiles';
import { requestPlace } from '../requestPlace';
import { foundBy, itemsOf, recordOf, requestOf } from '../requestValues';
import { specialRefusals } from '../specialRefusals';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `refusal`: a row of the table of refusals. */
    'request/model-refuses': { readonly refusal: string; readonly model: string; readonly level: 'error' | 'warning' };
  }
}

type Code = 'request/model-refuses';

/** Where the conditions of a row hold: the place of the first one. */
const placeOfRow = (id: RefusalId, request: JsonObject): readonly (string | number)[] | undefined => {
  const conditions = conditionsOf(id);
  const found = conditions[0] && foundBy(request, conditions[0]);
  // Of most rows not even the first holds.
  return found !== undefined && conditions.every((condition) => foundBy(request, condition) !== undefined) ? found.path : undefined;
};

/** What the model that is called refuses: settings, turns, tools and content, by the table of refusals. */
export const modelRefuses: Rule<Code> = {
  code: 'request/model-refuses',
  severity: 'error',
  sources: [
    'The table in `src/core/service`, each row with its source and how certain it is, read 2026-11: seen on the service and documented is an error, reported once or contradicted a warning',
  ],
  says: ({ refusal, model, level }) => describeRefusal(refusal as RefusalId, model, level === 'error'), // made from the table's own keys
  rate: ({ data }) => data.level,
  *check(input) {
    const { prompt } = input;
    const model = calledModel(input);
    if (model === undefined) return;
    const reported = new Set<string>();
    const tell = (id: RefusalId, path: readonly (string | number)[]): Problem<Code> | undefined => {
      // Of bodies of Anthropic's form only some is known.
      const row: Refusal = refusals[id];
      const level = prompt.api === 'messages' && row.invoke !== true ? 'none' : levelFor(id, model);
      if (level === 'none' || (row.milderThan !== undefined && reported.has(row.milderThan))) return undefined;
      reported.add(id);
      return { code: 'request/model-refuses', span: requestPlace(input, path), data: { refusal: id, model: model.name, level } };
    };
    // What is called is written, and so is the form of the body, whatever else is not known.
    const { api } = invokeApiOf(prompt.api);
    if (api !== undefined && prompt.header.modelId !== undefined && prompt.open?.model !== true && prompt.open?.usualModel !== true) {
      const problem = tell(`body.${api}`, ['modelId']);
      if (problem !== undefined) return void (yield problem);
    }
    if (prompt.open?.partly === true) return;
    const request = requestOf(prompt);
    for (const id of rowsAskedOf(model.id, model.isKnown)) {
      const path = placeOfRow(id, request);
      const problem = path && tell(id, path);
      if (problem === undefined) continue;
      const row: Refusal = refusals[id];
      // Whether a request is streamed does not stand in it.
      yield row.stream === true ? { ...problem, data: { ...problem.data, level: 'warning' } } : problem;
    }
    const messages = itemsOf(request['messages']).map(recordOf);
    for (const { id, path } of [...specialRefusals(input), ...refusedFiles(messages)]) {
      const problem = tell(id, path);
      if (problem !== undefined) yield problem;
    }
  },
};
