import type { ServiceError } from './errors';
import { invalid, malformed, serviceError } from './errors';
import { isObject } from './json';

/** What a value on the wire must look like; `json` takes anything. */
export type Shape =
  | { readonly kind: 'json' | 'number' | 'boolean' | 'blob' }
  | { readonly kind: 'string'; readonly values?: readonly string[]; readonly pattern?: RegExp; readonly longest?: number }
  | { readonly kind: 'list'; readonly of: () => Shape; readonly fewest: number }
  | { readonly kind: 'map'; readonly of: Shape }
  | { readonly kind: 'structure'; readonly required: Members; readonly optional: Members }
  | { readonly kind: 'union'; readonly name: string; readonly members: Members };

export type Members = { readonly [name: string]: Shape };
type Path = readonly (string | number)[];

const dotted = (path: Path): string => path.join('.');
const pointer = (path: Path): string => ['#', ...path].join('/');
/** The constraint checker counts list members from one and says so. */
const constraintPath = (path: Path): string => path.map((part) => (typeof part === 'number' ? `${part + 1}.member` : part)).join('.');
const violates = (path: Path, value: string | undefined, constraint: string): ServiceError =>
  invalid(
    `1 validation error detected: Value${value === undefined ? '' : ` '${value}'`} at '${constraintPath(path)}' failed to satisfy constraint: ${constraint}`,
  );

const describeKind = (value: unknown): string => {
  if (typeof value === 'string') return 'STRING_VALUE';
  if (typeof value === 'number') return 'NUMBER_VALUE';
  return value === true ? 'TRUE_VALUE' : 'FALSE_VALUE';
};
const wrongType = (value: unknown, wanted: string): ServiceError =>
  serviceError(
    'SerializationException',
    typeof value === 'object'
      ? 'Start of structure or map found where not expected.'
      : `${describeKind(value)} can not be converted to ${wanted}`,
  );

const isAbsent = (value: unknown): boolean => value === undefined || value === null;

const checkString = (value: unknown, shape: Extract<Shape, { kind: 'string' }>, path: Path): ServiceError | undefined => {
  if (typeof value !== 'string') return wrongType(value, 'a String');
  if (shape.values !== undefined && !shape.values.includes(value))
    return violates(path, value, `Member must satisfy enum value set: [${shape.values.join(', ')}]`);
  if (shape.pattern !== undefined && !new RegExp(`^(?:${shape.pattern.source})$`).test(value))
    return violates(path, value, `Member must satisfy regular expression pattern: ${shape.pattern.source}`);
  if (shape.longest !== undefined && value.length > shape.longest)
    return violates(path, value, `Member must have length less than or equal to ${shape.longest}`);
  return undefined;
};

const checkMembers = (value: { readonly [key: string]: unknown }, members: Members, path: Path): ServiceError | undefined => {
  for (const [key, member] of Object.entries(value)) {
    const shape = Object.hasOwn(members, key) ? members[key] : undefined;
    if (shape === undefined) return malformed(pointer(path), `extraneous key [${key}] is not permitted`);
    if (isAbsent(member)) continue;
    const error = checkShape(member, shape, [...path, key]);
    if (error !== undefined) return error;
  }
  return undefined;
};

const checkStructure = (value: unknown, shape: Extract<Shape, { kind: 'structure' }>, path: Path): ServiceError | undefined => {
  if (!isObject(value)) return wrongType(value, 'a structure');
  const missing = Object.keys(shape.required).find((key) => isAbsent(value[key]));
  if (missing !== undefined) return violates([...path, missing], undefined, 'Member must not be null');
  return checkMembers(value, { ...shape.required, ...shape.optional }, path);
};

const checkUnion = (value: unknown, shape: Extract<Shape, { kind: 'union' }>, path: Path): ServiceError | undefined => {
  if (!isObject(value)) return wrongType(value, 'a structure');
  const error = checkMembers(value, shape.members, path);
  if (error !== undefined) return error;
  const set = Object.keys(value).filter((key) => !isAbsent(value[key]));
  if (set.length === 1) return undefined;
  const only = set.length === 0 ? 'one' : 'only one';
  return invalid(
    `${shape.name} object at ${dotted(path)} must set ${only} of the following keys: ${Object.keys(shape.members).join(', ')}.`,
  );
};

const checkList = (value: unknown, shape: Extract<Shape, { kind: 'list' }>, path: Path): ServiceError | undefined => {
  if (!Array.isArray(value)) return wrongType(value, 'a list');
  if (value.length < shape.fewest) return violates(path, '[]', `Member must have length greater than or equal to ${shape.fewest}`);
  for (const [index, item] of value.entries()) {
    const at = [...path, index];
    const error = isAbsent(item) ? violates(at, undefined, 'Member must not be null') : checkShape(item, shape.of(), at);
    if (error !== undefined) return error;
  }
  return undefined;
};

const checkMap = (value: unknown, of: Shape, path: Path): ServiceError | undefined => {
  if (!isObject(value)) return wrongType(value, 'a map');
  for (const [key, item] of Object.entries(value)) {
    const error = isAbsent(item) ? undefined : checkShape(item, of, [...path, key]);
    if (error !== undefined) return error;
  }
  return undefined;
};

/** The first way in which a value departs from its shape, in the service's words; undefined when it fits. */
export const checkShape = (value: unknown, shape: Shape, path: Path = []): ServiceError | undefined => {
  switch (shape.kind) {
    case 'json':
      return undefined;
    case 'number':
      return typeof value === 'number' ? undefined : wrongType(value, 'a Number');
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType(value, 'a Boolean');
    case 'blob':
      return typeof value === 'string' ? undefined : wrongType(value, 'a Blob');
    case 'string':
      return checkString(value, shape, path);
    case 'list':
      return checkList(value, shape, path);
    case 'map':
      return checkMap(value, shape.of, path);
    case 'structure':
      return checkStructure(value, shape, path);
    case 'union':
      return checkUnion(value, shape, path);
  }
};
