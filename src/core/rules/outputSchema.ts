import type { ProblemData } from '../prompt/problems';
import { parseJsonTree } from '../text/jsonTree';
import { isRecord, type Json, type JsonObject } from '../text/json';
import { requestPlace } from './requestPlace';
import { itemsOf, recordOf, requestOf, valuesAt } from './requestValues';
import type { Rule } from './types';

type Code = 'request/output-schema';
type Fault = ProblemData[Code];

const path = ['outputConfig', 'textFormat', 'structure', 'jsonSchema', 'schema'] as const;

/** Keywords that an output schema must not have. Source: AWS, structured output, 2026-10; checked live by pydantic-ai and vercel/ai#17197. */
const refused = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'maxItems'];
/** Sources disagree on these. */
const doubted = ['minLength', 'maxLength'];

const fault = (reason: Fault['reason'], keyword = '', isSure = true): Fault => ({ reason, keyword, isSure });

/** Members of a schema that hold schemas by name, and those that hold a schema or a list of them. */
const named = ['properties', '$defs', 'definitions', 'patternProperties'];
const nested = ['items', 'prefixItems', 'anyOf', 'allOf', 'oneOf', 'not', 'if', 'then', 'else', 'additionalItems', 'contains'];

const isObjectSchema = (schema: JsonObject): boolean =>
  schema['type'] === 'object' || itemsOf(schema['type']).includes('object') || isRecord(schema['properties']);

/** Schemas directly below one. */
const below = (schema: JsonObject): readonly JsonObject[] => [
  ...named.flatMap((name) => Object.values(recordOf(schema[name])).filter((one) => isRecord(one))),
  ...nested.flatMap((name) => [schema[name], ...itemsOf(schema[name])].filter((one) => isRecord(one))),
];

function* inSchema(schema: JsonObject): Generator<Fault> {
  if (isObjectSchema(schema) && schema['additionalProperties'] !== false) yield fault('open', 'additionalProperties');
  for (const keyword of refused) if (Object.hasOwn(schema, keyword)) yield fault('keyword', keyword);
  for (const keyword of doubted) if (Object.hasOwn(schema, keyword)) yield fault('keyword', keyword, false);
  const { minItems, $ref } = schema;
  if (typeof minItems === 'number' && minItems > 1) yield fault('keyword', 'minItems above 1');
  if (typeof $ref === 'string' && !$ref.startsWith('#')) yield fault('reference', $ref);
  for (const inner of below(schema)) yield* inSchema(inner);
}

const targetOf = (root: JsonObject, ref: string): Json | undefined => {
  let value: Json | undefined = root;
  for (const step of ref.split('/').slice(1)) value = isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  return value;
};

/** References to parts of the same schema, those in definitions left out: they count where they are referred to. */
const refsIn = (value: Json): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap((item: Json) => refsIn(item));
  return Object.entries(recordOf(value)).flatMap(([name, inner]) => {
    if (name === '$ref' && typeof inner === 'string') return inner.startsWith('#') ? [inner] : [];
    return name === '$defs' || name === 'definitions' ? [] : refsIn(inner);
  });
};

/** Does a chain of references come back to where it was? */
const refersToItself = (root: JsonObject): boolean => {
  const done = new Set<string>();
  const visit = (ref: string, open: readonly string[]): boolean => {
    if (ref === '#' || open.includes(ref)) return true;
    if (done.has(ref)) return false;
    const target = targetOf(root, ref);
    const found = target !== undefined && refsIn(target).some((next) => visit(next, [...open, ref]));
    done.add(ref);
    return found;
  };
  return refsIn(root).some((ref) => visit(ref, []));
};

/** JSON without comments, and not nested without end. */
export const strictJson = (text: string): Json | undefined => {
  if (parseJsonTree(text).tooDeep) return undefined;
  try {
    return JSON.parse(text) as Json; // what JSON.parse gives
  } catch {
    return undefined;
  }
};

const faultOf = (text: string): Fault | undefined => {
  const schema = strictJson(text);
  if (!isRecord(schema)) return fault('notJson');
  const found = [...inSchema(schema)];
  return found.find(({ isSure }) => isSure) ?? (refersToItself(schema) ? fault('recursion') : found[0]);
};

/** The schema of structured output: a JSON text of which the service takes a part only. */
export const outputSchema: Rule<Code> = {
  severity: 'error',
  rate: ({ data }) => (data.isSure ? 'error' : 'warning'),
  *check(input) {
    for (const { value } of valuesAt(requestOf(input.prompt), path.join('.'))) {
      const data = typeof value === 'string' && !value.includes('{{') ? faultOf(value) : undefined;
      if (data !== undefined) yield { code: 'request/output-schema', span: requestPlace(input, path), data };
    }
  },
};
