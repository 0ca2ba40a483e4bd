import { isRecord } from '../text/json';

/** Where a value does not fit a JSON schema. Keywords that tools use; what else a schema says is not looked at. */
export type SchemaFault =
  | { readonly kind: 'type'; readonly at: string; readonly is: string; readonly types: readonly string[] }
  /** Not one of these, as JSON. */
  | { readonly kind: 'choice'; readonly at: string; readonly choices: readonly string[] }
  | { readonly kind: 'missing'; readonly at: string }
  | { readonly kind: 'unknown'; readonly at: string };

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

export const schemaFaults = (schema: unknown, value: unknown, path = 'input', depth = 0): readonly SchemaFault[] => {
  if (!isRecord(schema) || depth > deepest) return [];
  const types = asList(schema['type']);
  if (types.length > 0 && !types.some((type) => fits(value, type)))
    return [{ kind: 'type', at: path, is: typeOf(value), types: types.map(String) }];
  const choices = schema['enum'];
  if (Array.isArray(choices) && !choices.some((one) => JSON.stringify(one) === JSON.stringify(value)))
    return [{ kind: 'choice', at: path, choices: choices.map((one) => JSON.stringify(one)) }];
  if (Array.isArray(value)) return value.flatMap((one, at) => schemaFaults(schema['items'], one, `${path}[${at}]`, depth + 1));
  if (!isRecord(value)) return [];
  const properties = isRecord(schema['properties']) ? schema['properties'] : {};
  const missing = asList(schema['required']).filter((name): name is string => typeof name === 'string' && !Object.hasOwn(value, name));
  const extra = schema['additionalProperties'] === false ? Object.keys(value).filter((name) => !Object.hasOwn(properties, name)) : [];
  return [
    ...missing.map((name): SchemaFault => ({ kind: 'missing', at: `${path}.${name}` })),
    ...extra.map((name): SchemaFault => ({ kind: 'unknown', at: `${path}.${name}` })),
    ...Object.entries(value).flatMap(([name, one]) =>
      Object.hasOwn(properties, name) ? schemaFaults(properties[name], one, `${path}.${name}`, depth + 1) : [],
    ),
  ];
};
