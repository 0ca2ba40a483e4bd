import type { Json } from '../core/text/json';
import { isObject, listOf, objectOf, parseJson, stringOf } from './json';

const deepest = 6;

const typeOf = (schema: { readonly [key: string]: Json }): string | undefined => {
  const { type } = schema;
  return (
    stringOf(type) ?? listOf(type).flatMap((one) => stringOf(one) ?? [])[0] ?? (schema['properties'] === undefined ? undefined : 'object')
  );
};

const sample = (schema: Json | undefined, depth: number): Json => {
  if (!isObject(schema) || depth > deepest) return null;
  const [first] = [...listOf(schema['enum']), ...(schema['const'] === undefined ? [] : [schema['const']])];
  if (first !== undefined) return first;
  switch (typeOf(schema)) {
    case 'string':
      return 'simulated';
    case 'integer':
    case 'number':
      return 0;
    case 'boolean':
      return false;
    case 'array':
      return [];
    case 'object': {
      const properties = objectOf(schema['properties']);
      // A name that stands twice is one member: the work is bounded by the size of what comes out.
      const names = new Set(listOf(schema['required']).flatMap((name) => stringOf(name) ?? []));
      return Object.fromEntries([...names].map((name) => [name, sample(properties[name], depth + 1)]));
    }
    default:
      return null;
  }
};

/** The plainest value that a JSON schema (or its text) asks for: required members only, first values of enumerations; never throws. */
export const sampleJson = (schema: Json | undefined): Json => sample(typeof schema === 'string' ? parseJson(schema) : schema, 0);
