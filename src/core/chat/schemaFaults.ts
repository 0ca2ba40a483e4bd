import { isRecord } from '../text/json';

/** Where a value does not fit a JSON schema, in a few words each: "order.id is missing". Keywords that tools use; what else a schema says is not looked at. */

const typeOf = (value: unknown): string =>
  value === null
    ? 'null'
    : Array.isArray(value)
      ? 'array'
      : typeof value === 'number' && Number.isInteger(value)
        ? 'integer'
        : typeof value;

const fits = (value: unknown, type: unknown): boolean => {
  const own = typeOf(value);
  return own === type || (type === 'number' && own === 'integer');
};

const asList = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

/** Deeper values are not looked at. */
const deepest = 20;

export const schemaFaults = (schema: unknown, value: unknown, path = 'input', depth = 0): readonly string[] => {
  if (!isRecord(schema) || depth > deepest) return [];
  const types = asList(schema['type']);
  if (types.length > 0 && !types.some((type) => fits(value, type)))
    return [`${path} is ${typeOf(value)}, and should be ${types.join(' or ')}`];
  const choices = schema['enum'];
  if (Array.isArray(choices) && !choices.some((one) => JSON.stringify(one) === JSON.stringify(value)))
    return [`${path} should be one of ${choices.map((one) => JSON.stringify(one)).join(', ')}`];
  if (Array.isArray(value)) return value.flatMap((one, at) => schemaFaults(schema['items'], one, `${path}[${at}]`, depth + 1));
  if (!isRecord(value)) return [];
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const missing = asList(schema['required']).filter((name): name is string => typeof name === 'string' && !Object.hasOwn(value, name));
  const extra = schema['additionalProperties'] === false ? Object.keys(value).filter((name) => !Object.hasOwn(properties, name)) : [];
  return [
    ...missing.map((name) => `${path}.${name} is missing`),
    ...extra.map((name) => `${path}.${name} is no member of the schema`),
    ...Object.entries(value).flatMap(([name, one]) =>
      Object.hasOwn(properties, name) ? schemaFaults(properties[name], one, `${path}.${name}`, depth + 1) : [],
    ),
  ];
};
