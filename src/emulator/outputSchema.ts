import type { Json, JsonObject } from '../core/text/json';
import { modelRefuses } from './errors';
import { isDeeperThan, isObject, listOf, objectOf, parseJson, stringOf } from './json';
import type { RequestRule } from './requestRule';

/** What structured output takes of JSON Schema. Source: AWS user guide, structured output, 2026-10, and answers seen live. */

const limits = new Set(['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'maxItems']);
const ofSchemas = new Set(['items', 'prefixItems', 'anyOf', 'allOf', 'oneOf', 'not', 'if', 'then', 'else', 'additionalItems', 'contains']);
const byName = new Set(['properties', '$defs', 'definitions', 'patternProperties']);

const complaintOf = (schema: JsonObject): string | undefined => {
  const { type, additionalProperties, properties, minItems, $ref } = schema;
  const isObjectType = type === 'object' || (Array.isArray(type) && type.includes('object')) || isObject(properties);
  if (isObjectType && additionalProperties !== false) return "For 'object' type, 'additionalProperties' must be explicitly set to false";
  const limit = Object.keys(schema).find((name) => limits.has(name));
  if (limit !== undefined) return `property '${limit}' is not supported`;
  if (typeof minItems === 'number' && minItems > 1) return "For 'array' type, 'minItems' values other than 0 or 1 are not supported";
  return typeof $ref === 'string' && !$ref.startsWith('#') ? 'External $ref is not supported' : undefined;
};

/** Schemas directly below one. */
export const innerSchemas = (schema: JsonObject): readonly JsonObject[] =>
  Object.entries(schema)
    .flatMap(([name, value]): readonly Json[] => {
      if (byName.has(name)) return Object.values(objectOf(value));
      return ofSchemas.has(name) ? [value, ...listOf(value)] : [];
    })
    .filter(isObject);

const firstComplaint = (schema: JsonObject): string | undefined => {
  const own = complaintOf(schema);
  if (own !== undefined) return own;
  for (const inner of innerSchemas(schema)) {
    const found = firstComplaint(inner);
    if (found !== undefined) return found;
  }
  return undefined;
};

/** Local references of a value, definitions left out. */
const references = (value: Json): readonly string[] => {
  if (Array.isArray(value)) return listOf(value).flatMap(references);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    if (name === '$ref') return stringOf(inner)?.startsWith('#') === true ? [stringOf(inner) ?? ''] : [];
    return name === '$defs' || name === 'definitions' ? [] : references(inner);
  });
};

const resolve = (root: JsonObject, reference: string): Json =>
  reference
    .split('/')
    .slice(1)
    .reduce((value: Json, name) => (isObject(value) && Object.hasOwn(value, name) ? (value[name] ?? null) : null), root);

/** Removes references that lead nowhere new until none is left, or only those of a circle. */
const isRecursive = (root: JsonObject): boolean => {
  const edges = new Map<string, readonly string[]>();
  const queue = [...references(root)];
  if (queue.includes('#')) return true;
  for (let next = queue.pop(); next !== undefined; next = queue.pop()) {
    if (edges.has(next)) continue;
    const targets = references(resolve(root, next));
    if (targets.includes('#')) return true;
    edges.set(next, targets);
    for (const target of targets) queue.push(target);
  }
  const open = new Map([...edges].map(([name, targets]) => [name, new Set(targets).size]));
  const from = new Map<string, string[]>();
  for (const [name, targets] of edges)
    for (const target of new Set(targets)) {
      const users = from.get(target) ?? [];
      users.push(name);
      from.set(target, users);
    }
  const closed = [...open].flatMap(([name, count]) => (count === 0 ? [name] : []));
  for (let next = closed.pop(); next !== undefined; next = closed.pop()) {
    edges.delete(next);
    for (const name of from.get(next) ?? []) {
      const left = (open.get(name) ?? 0) - 1;
      open.set(name, left);
      if (left === 0) closed.push(name);
    }
  }
  return edges.size > 0;
};

/** The schema of structured output, in `outputConfig.textFormat` a text of JSON, is within what the service takes. */
export const outputSchemaIsTaken: RequestRule = ({ converse }) => {
  const text = stringOf(
    objectOf(objectOf(objectOf(objectOf(converse['outputConfig'])['textFormat'])['structure'])['jsonSchema'])['schema'],
  );
  const { output_config: config, output_format: format } = objectOf(converse['additionalModelRequestFields']);
  const schema = text === undefined ? (objectOf(objectOf(config)['format'])['schema'] ?? objectOf(format)['schema']) : parseJson(text);
  if (schema === undefined && text === undefined) return undefined;
  if (!isObject(schema) || isDeeperThan(schema, 199))
    return modelRefuses('output_config.format.schema: Input should be a valid JSON schema');
  const complaint = firstComplaint(schema) ?? (isRecursive(schema) ? 'Recursive schemas are not supported' : undefined);
  return complaint === undefined ? undefined : modelRefuses(`output_config.format.schema: ${complaint}`);
};
