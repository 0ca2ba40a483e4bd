import { isRecord, type Json, type JsonObject } from '../text/json';
import { itemsOf, recordOf } from './requestValues';

/** JSON schemas, by their own structure: a property may be called as a keyword is. */

/** Keywords that an output schema must not have. Source: AWS, structured output, 2026-10; checked live by pydantic-ai and vercel/ai#17197. */
export const refusedKeywords = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'maxItems'];
/** Those that a strict tool may not have either, and those of which sources disagree. */
export const doubtedKeywords = [...refusedKeywords.slice(0, -1), 'minLength', 'maxLength'];

/** Members of a schema that hold schemas by name, and those that hold a schema or a list of them. */
const named = ['properties', '$defs', 'definitions', 'patternProperties'];
const nested = ['items', 'prefixItems', 'anyOf', 'allOf', 'oneOf', 'not', 'if', 'then', 'else', 'additionalItems', 'contains'];

/** Schemas directly below one. */
export const schemasBelow = (schema: JsonObject): readonly JsonObject[] => [
  ...named.flatMap((name) => Object.values(recordOf(schema[name])).filter((one) => isRecord(one))),
  ...nested.flatMap((name) => [schema[name], ...itemsOf(schema[name])].filter((one) => isRecord(one))),
];

/** Has a schema, or one in it, this keyword? */
export const schemaHas = (schema: Json | undefined, keyword: string): boolean =>
  isRecord(schema) && (Object.hasOwn(schema, keyword) || schemasBelow(schema).some((inner) => schemaHas(inner, keyword)));
