import type { Shape, Structure, TextShape } from '../core/service/shapes';
import { largestInteger } from '../core/service/shapes';
import type { ServiceError } from './errors';
import { invalid, malformed, serviceError } from './errors';
import { isObject } from './json';

type Path = readonly (string | number)[];
type Of<K extends Shape['kind']> = Extract<Shape, { readonly kind: K }>;
interface Limits {
  readonly min?: number;
  readonly max?: number;
}

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

const outside = (size: number, what: 'length' | 'value', { min, max }: Limits, path: Path, shown: string): ServiceError | undefined => {
  if (min !== undefined && size < min) return violates(path, shown, `Member must have ${what} greater than or equal to ${min}`);
  if (max !== undefined && size > max) return violates(path, shown, `Member must have ${what} less than or equal to ${max}`);
  return undefined;
};

const checkString = (value: unknown, shape: TextShape, path: Path): ServiceError | undefined => {
  if (typeof value !== 'string') return wrongType(value, 'a String');
  if (shape.values !== undefined && !shape.values.includes(value) && shape.taken?.includes(value) !== true)
    return violates(path, value, `Member must satisfy enum value set: [${shape.values.join(', ')}]`);
  const length = outside(value.length, 'length', shape, path, value);
  if (length !== undefined || shape.pattern === undefined || shape.pattern.test(value)) return length;
  return violates(
    path,
    value,
    `Member must satisfy regular expression pattern: ${shape.pattern.source.slice('^(?:'.length, -')$'.length)}`,
  );
};

const checkNumber = (value: unknown, shape: Of<'integer' | 'float'>, path: Path): ServiceError | undefined => {
  if (typeof value !== 'number') return wrongType(value, shape.kind === 'integer' ? 'an Integer' : 'a Float');
  if (shape.kind === 'integer' && (!Number.isInteger(value) || Math.abs(value) > largestInteger)) return wrongType(value, 'an Integer');
  return outside(value, 'value', shape, path, String(value));
};

/** Base64 as Java reads it: the standard alphabet, the padding whole or left out. */
export const isBase64 = (text: string): boolean => {
  const end = text.indexOf('=');
  const letters = end < 0 ? text : text.slice(0, end);
  if (!/^[A-Za-z0-9+/]*$/.test(letters) || letters.length % 4 === 1) return false;
  return end < 0 || (/^={1,2}$/.test(text.slice(end)) && text.length % 4 === 0);
};

const checkBlob = (value: unknown, shape: Of<'blob'>, path: Path): ServiceError | undefined => {
  if (typeof value !== 'string') return wrongType(value, 'a Blob');
  if (!isBase64(value)) return serviceError('SerializationException', 'The value cannot be decoded from base64.');
  return outside(Math.floor((value.replace(/=+$/, '').length * 3) / 4), 'length', shape, path, '');
};

const checkMembers = (value: { readonly [key: string]: unknown }, { members }: Structure, path: Path): ServiceError | undefined => {
  for (const [key, member] of Object.entries(value)) {
    const shape = Object.hasOwn(members, key) ? members[key] : undefined;
    if (shape === undefined) return malformed(pointer(path), `extraneous key [${key}] is not permitted`);
    if (isAbsent(member)) continue;
    const error = checkShape(member, shape, [...path, key]);
    if (error !== undefined) return error;
  }
  return undefined;
};

const checkStructure = (value: unknown, shape: Structure, path: Path): ServiceError | undefined => {
  if (!isObject(value)) return wrongType(value, 'a structure');
  const missing = shape.required.find((key) => isAbsent(value[key]));
  if (missing !== undefined) return violates([...path, missing], undefined, 'Member must not be null');
  const error = checkMembers(value, shape, path);
  if (error !== undefined || shape.kind === 'structure') return error;
  const set = Object.keys(value).filter((key) => !isAbsent(value[key]));
  if (set.filter((key) => key !== shape.beside || set.length === 1).length === 1) return undefined;
  const only = set.length === 0 ? 'one' : 'only one';
  return invalid(
    `${shape.name} object at ${dotted(path)} must set ${only} of the following keys: ${Object.keys(shape.members).join(', ')}.`,
  );
};

const checkList = (value: unknown, shape: Of<'list'>, path: Path): ServiceError | undefined => {
  if (!Array.isArray(value)) return wrongType(value, 'a list');
  const length = outside(value.length, 'length', shape, path, '[]');
  if (length !== undefined) return length;
  for (const [index, item] of value.entries()) {
    const at = [...path, index];
    const error = isAbsent(item) ? violates(at, undefined, 'Member must not be null') : checkShape(item, shape.of, at);
    if (error !== undefined) return error;
  }
  return undefined;
};

const checkMap = (value: unknown, shape: Of<'map'>, path: Path): ServiceError | undefined => {
  if (!isObject(value)) return wrongType(value, 'a map');
  const entries = Object.entries(value);
  const length = outside(entries.length, 'length', shape, path, '{}');
  if (length !== undefined) return length;
  for (const [key, item] of entries) {
    const error = checkString(key, shape.key, path) ?? (isAbsent(item) ? undefined : checkShape(item, shape.value, [...path, key]));
    if (error !== undefined) return error;
  }
  return undefined;
};

/** The first way in which a value departs from its shape, in the service's words; undefined when it fits. */
export const checkShape = (value: unknown, shape: Shape, path: Path = []): ServiceError | undefined => {
  switch (shape.kind) {
    case 'document':
    // Bodies of the Messages API are checked in words of its own.
    case 'tagged':
    case 'textOr':
      return undefined;
    case 'integer':
    case 'float':
      return checkNumber(value, shape, path);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : wrongType(value, 'a Boolean');
    case 'blob':
      return checkBlob(value, shape, path);
    case 'string':
      return checkString(value, shape, path);
    case 'list':
      return checkList(value, shape, path);
    case 'map':
      return checkMap(value, shape, path);
    case 'structure':
    case 'union':
      return checkStructure(value, shape, path);
  }
};
