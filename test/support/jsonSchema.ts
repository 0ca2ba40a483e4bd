/** The part of JSON Schema (draft 7) that our schemas use. */
interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly minimum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly definitions?: Readonly<Record<string, Schema>>;
}

const typeOf = (value: unknown): readonly string[] => {
  if (value === null) return ['null'];
  if (Array.isArray(value)) return ['array'];
  return Number.isInteger(value) ? ['integer', 'number'] : [typeof value];
};

const memberFaults = (value: object, schema: Schema, root: Schema, at: string): readonly string[] => {
  const members = new Map(Object.entries(value));
  const missing = (schema.required ?? []).filter((key) => !members.has(key)).map((key) => `${at}.${key} is missing`);
  const wrong = [...members].flatMap(([key, member]) => {
    const own = schema.properties?.[key];
    if (own !== undefined) return faultsOf(member, own, root, `${at}.${key}`);
    if (typeof schema.additionalProperties === 'object') return faultsOf(member, schema.additionalProperties, root, `${at}.${key}`);
    return schema.additionalProperties === false ? [`${at}.${key} is not known`] : [];
  });
  return [...missing, ...wrong];
};

/** What of a value does not fit a schema, each with its place; empty where it fits. */
export const faultsOf = (value: unknown, schema: Schema, root: Schema = schema, at = '$'): readonly string[] => {
  if (schema.$ref !== undefined) {
    const target = root.definitions?.[schema.$ref.replace('#/definitions/', '')];
    if (target === undefined) throw new Error(`no definition: ${schema.$ref}`);
    return faultsOf(value, target, root, at);
  }
  const types = [schema.type ?? []].flat();
  if (types.length > 0 && !typeOf(value).some((type) => types.includes(type))) return [`${at} is no ${types.join(' or ')}`];
  if ('const' in schema && value !== schema.const) return [`${at} is not ${String(schema.const)}`];
  if (schema.enum !== undefined && !schema.enum.includes(value)) return [`${at} is none of ${schema.enum.join(', ')}`];
  if (schema.anyOf !== undefined && schema.anyOf.every((one) => faultsOf(value, one, root, at).length > 0))
    return [`${at} fits no variant`];
  if (schema.minimum !== undefined && typeof value === 'number' && value < schema.minimum) return [`${at} is below ${schema.minimum}`];
  if (Array.isArray(value)) {
    const { items } = schema;
    return items === undefined ? [] : value.flatMap((item, index) => faultsOf(item, items, root, `${at}[${index}]`));
  }
  return typeof value === 'object' && value !== null ? memberFaults(value, schema, root, at) : [];
};
