import type { ProblemData } from '../prompt/problems';
import { type Json, type JsonObject, isRecord } from '../text/json';
import { itemsOf, recordOf } from './requestValues';
import { refusedKeywords, schemasBelow } from './schemas';
import { strictJson } from './strictJson';

/** What structured output does not take of a schema. */
type Fault = ProblemData['request/output-schema'];

/** Sources disagree on these. */
const doubted = ['minLength', 'maxLength'];

const fault = (reason: Fault['reason'], keyword = '', isSure = true): Fault => ({ reason, keyword, isSure });

const isObjectSchema = (schema: JsonObject): boolean =>
  schema['type'] === 'object' || itemsOf(schema['type']).includes('object') || isRecord(schema['properties']);

function* inSchema(schema: JsonObject): Generator<Fault> {
  if (isObjectSchema(schema) && schema['additionalProperties'] !== false) yield fault('open', 'additionalProperties');
  for (const keyword of refusedKeywords) if (Object.hasOwn(schema, keyword)) yield fault('keyword', keyword);
  for (const keyword of doubted) if (Object.hasOwn(schema, keyword)) yield fault('keyword', keyword, false);
  const { minItems, $ref } = schema;
  if (typeof minItems === 'number' && minItems > 1) yield fault('keyword', 'minItems above 1');
  if (typeof $ref === 'string' && !$ref.startsWith('#')) yield fault('reference', $ref);
  for (const inner of schemasBelow(schema)) yield* inSchema(inner);
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

const faultOf = (schema: JsonObject): Fault | undefined => {
  const found = [...inSchema(schema)];
  return found.find(({ isSure }) => isSure) ?? (refersToItself(schema) ? fault('recursion') : found[0]);
};

/** What is wrong with a schema, given as an object or as the text of one; one with a placeholder is not known. */
export const schemaFault = (value: Json): Fault | undefined => {
  if (isRecord(value)) return faultOf(value);
  if (typeof value !== 'string' || value.includes('{{')) return undefined;
  const schema = strictJson(value);
  return isRecord(schema) ? faultOf(schema) : fault('notJson');
};
