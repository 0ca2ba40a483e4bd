import type { ProblemData } from '../../prompt/problems';
import { type Json, type JsonObject, isRecord } from '../../text/json';
import { requestPlace } from '../requestPlace';
import { itemsOf, recordOf, requestOf, valuesAt } from '../requestValues';
import { refusedKeywords, schemasBelow } from '../schemas';
import { strictJson } from '../strictJson';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `keyword`: of the schema, where one is meant. */
    'request/output-schema': {
      readonly reason: 'notJson' | 'open' | 'keyword' | 'recursion' | 'reference';
      readonly keyword: string;
      readonly isSure: boolean;
    };
  }
}

type Code = 'request/output-schema';
type Fault = ProblemData[Code];

/** Where Converse has the schema, as a text. */
const asText = 'outputConfig.textFormat.structure.jsonSchema.schema';
/** Where bodies of InvokeModel and additional fields have it, as an object. */
const asObject = ['additionalModelRequestFields.output_config.format.schema', 'additionalModelRequestFields.output_format.schema'];

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

const faultOfText = (text: string): Fault | undefined => {
  const schema = strictJson(text);
  return isRecord(schema) ? faultOf(schema) : fault('notJson');
};

/** The schema of structured output, of which the service takes a part only: a JSON text in Converse, an object elsewhere. */
export const outputSchema: Rule<Code> = {
  code: 'request/output-schema',
  severity: 'error',
  sources: [
    'AWS user guide, Structured output, 2026-10. Answers seen live: vercel/ai#17197, litellm#29624. On lengths of texts sources disagree',
  ],
  says: ({ reason, keyword, isSure }) => {
    const fails = isSure ? 'The call fails' : 'The call may fail';
    switch (reason) {
      case 'notJson':
        return `${fails}, because this schema is not the text of a JSON object (ValidationException). Write the JSON of an object.`;
      case 'open':
        return `${fails}, because each object of an output schema needs "additionalProperties": false (ValidationException). Add it to each.`;
      case 'keyword':
        return `${fails}, because an output schema takes no ${keyword} here (ValidationException). Say it in a description instead.`;
      case 'recursion':
        return `${fails}, because an output schema must not refer to itself (ValidationException). Write it out as deep as you need it.`;
      case 'reference':
        return `${fails}, because an output schema refers to its own $defs only (ValidationException). Put what it refers to there.`;
    }
  },
  rate: ({ data }) => (data.isSure ? 'error' : 'warning'),
  *check(input) {
    const request = requestOf(input.prompt);
    for (const { path, value } of [asText, ...asObject].flatMap((at) => valuesAt(request, at))) {
      const data = isRecord(value) ? faultOf(value) : typeof value === 'string' && !value.includes('{{') ? faultOfText(value) : undefined;
      if (data !== undefined) yield { code: 'request/output-schema', span: requestPlace(input, path), data };
    }
  },
};
