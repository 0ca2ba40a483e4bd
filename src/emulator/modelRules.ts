import type { Condition, Refusal } from '../core/service/condition';
import { levelOf, refusalRows, type RefusalId } from '../core/service/refusals';
import type { Json, JsonObject } from '../core/text/json';
import { isObject, stringOf } from './json';
import { refusalOf } from './modelWording';
import type { RequestRule, RuleContext } from './requestRule';
import type { SentRequest } from './request';

/** What the table of refusals says of the model that answers; a row that is only a warning is answered. */

/** Does the model refuse what a row describes, for sure and through this API? */
export const isRefused = (id: RefusalId, row: Refusal, request: SentRequest, { target, streamed }: RuleContext): boolean =>
  (target.isNamed || target.lacking !== undefined) &&
  (request.api !== 'messages' || row.invoke === true) &&
  (row.stream !== true || streamed) &&
  levelOf(id, target.lacking ?? target.entry.id, target.isNamed) === 'error';

/** The values at the end of a path; `*` branches. */
const reach = (root: Json, path: string): readonly Json[] => {
  let values: readonly Json[] = [root];
  for (const name of path.split('.'))
    values = values
      .flatMap((value): readonly (Json | undefined)[] => {
        if (name === '*') return Array.isArray(value) ? (value as readonly Json[]) : []; // the entries of a Json list
        return isObject(value) && Object.hasOwn(value, name) ? [value[name]] : [];
      })
      .filter((value) => value !== undefined && value !== null);
  return values;
};

const tests: readonly ((value: Json, condition: Condition) => boolean)[] = [
  (value, { is }) => is === undefined || is.some((one) => one === value),
  (value, { not }) => not === undefined || !not.some((one) => one === value),
  (value, { below }) => below === undefined || (typeof value === 'number' && value < below),
  (value, { above }) => above === undefined || (typeof value === 'number' && value > above),
  (value, { without }) => without === undefined || (isObject(value) && (value[without] === undefined || value[without] === null)),
  (value, { blank }) => blank === undefined || stringOf(value)?.trim() === '',
];

const holds = (body: JsonObject, condition: Condition): boolean => {
  const values = condition.at.flatMap((path) => reach(body, path));
  if (condition.lacks !== undefined) return values.every((value) => value !== condition.lacks);
  return values.some((value) => tests.every((test) => test(value, condition)));
};

/** Every row that conditions can tell, in the order of the table. */
export const modelTakesRequest: RequestRule = (request, context) => {
  for (const [id, row] of refusalRows)
    if (row.when !== undefined && isRefused(id, row, request, context) && row.when.every((condition) => holds(request.converse, condition)))
      return refusalOf(id);
  return undefined;
};
