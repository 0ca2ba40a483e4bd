import { mantleBody, messagesBody } from '../core/service/invokeShapes';
import type { Shape, Structure, Tagged } from '../core/service/shapes';
import type { JsonObject } from '../core/text/json';
import { isBase64 } from './checkShape';
import type { ServiceError } from './errors';
import { invalid } from './errors';
import { isObject } from './json';

/** A body's members, by the table of what Bedrock takes. */
const bodyOf = (members: Structure['members'], required: string, names: readonly string[]): Structure => ({
  kind: 'structure',
  name: 'MessagesBody',
  required: required.split(' '),
  members: Object.fromEntries(Object.entries(members).filter(([name]) => names.includes(name))),
});

const counted = ['messages', 'system', 'tools', 'tool_choice', 'thinking', 'output_config', 'output_format', 'context_management'];
const generated = ['max_tokens', 'temperature', 'top_p', 'top_k', 'stop_sequences', 'metadata'];
const { members } = mantleBody;

/** On bedrock-mantle, which has version and beta values in headers. */
export const mantleForm = bodyOf(members, 'model max_tokens messages', [
  ...['model', 'stream', 'cache_control', 'service_tier'],
  ...counted,
  ...generated,
]);
/** The same, to be counted. */
export const countForm = bodyOf(members, 'model messages', ['model', 'cache_control', ...counted]);

type Path = readonly (string | number)[];

const wrong = (path: Path, complaint: string): ServiceError => invalid(`${path.join('.')}: ${complaint}`);
const shouldBe = (path: Path, what: string): ServiceError => wrong(path, `Input should be ${what}`);
const isAbsent = (value: unknown): boolean => value === undefined || value === null;
const quoted = (values: readonly string[]): readonly string[] => values.map((value) => `'${value}'`);
const dictionary = 'a valid dictionary or object to extract fields from';

const inBounds = (value: number, { min, max }: { readonly min?: number; readonly max?: number }, path: Path): ServiceError | undefined => {
  if (min !== undefined && value < min) return shouldBe(path, `greater than or equal to ${min}`);
  return max !== undefined && value > max ? shouldBe(path, `less than or equal to ${max}`) : undefined;
};

const checkText = (value: unknown, shape: Extract<Shape, { kind: 'string' }>, path: Path): ServiceError | undefined => {
  if (typeof value !== 'string') return shouldBe(path, 'a valid string');
  if (shape.values !== undefined) return shape.values.includes(value) ? undefined : shouldBe(path, quoted(shape.values).join(' or '));
  if (value.length < (shape.min ?? 0)) return wrong(path, `String should have at least ${shape.min} characters`);
  if (value.length > (shape.max ?? Infinity)) return wrong(path, `String should have at most ${shape.max} characters`);
  return shape.pattern?.test(value) === false ? wrong(path, `String should match pattern '${shape.pattern.source}'`) : undefined;
};

const checkMembers = (value: unknown, shape: Structure, path: Path): ServiceError | undefined => {
  if (!isObject(value)) return shouldBe(path, dictionary);
  const missing = shape.required.find((name) => isAbsent(value[name]));
  if (missing !== undefined) return wrong([...path, missing], 'Field required');
  for (const [name, member] of Object.entries(value)) {
    const known = Object.hasOwn(shape.members, name) ? shape.members[name] : undefined;
    if (known === undefined) return wrong([...path, name], 'Extra inputs are not permitted');
    const error = isAbsent(member) ? undefined : check(member, known, [...path, name]);
    if (error !== undefined) return error;
  }
  return undefined;
};

const checkTagged = (value: unknown, { types, usual, open, doubtful }: Tagged, path: Path): ServiceError | undefined => {
  if (!isObject(value)) return shouldBe(path, dictionary);
  const type = value['type'] === undefined ? usual : value['type'];
  if (type === undefined) return wrong([...path, 'type'], 'Field required');
  const name = typeof type === 'string' ? type : JSON.stringify(type);
  const shape = Object.hasOwn(types, name) ? types[name] : undefined;
  const isOnlyText = name === 'text' && Object.keys(types).length === 1;
  if (shape !== undefined) return checkMembers(value, shape, isOnlyText ? path : [...path, name]);
  // What may be refused is answered, and what is not described is not judged.
  if (open?.test(name) === true || doubtful?.test(name) === true) return undefined;
  const expected = quoted(Object.keys(types)).join(', ');
  return wrong(path, `Input tag '${name}' found using 'type' does not match any of the expected tags: ${expected}`);
};

const checkList = (value: unknown, shape: Extract<Shape, { kind: 'list' }>, path: Path): ServiceError | undefined => {
  if (!Array.isArray(value)) return shouldBe(path, 'a valid list');
  if (value.length > (shape.max ?? Infinity)) return wrong(path, `List should have at most ${shape.max} items`);
  for (const [index, item] of value.entries()) {
    const error = check(item, shape.of, [...path, index]);
    if (error !== undefined) return error;
  }
  return undefined;
};

/** The first way in which a value departs from its shape, in the words of Anthropic's checks; undefined when it fits. */
const check = (value: unknown, shape: Shape, path: Path): ServiceError | undefined => {
  switch (shape.kind) {
    case 'document':
      return undefined;
    case 'string':
      return checkText(value, shape, path);
    case 'boolean':
      return typeof value === 'boolean' ? undefined : shouldBe(path, 'a valid boolean');
    case 'integer':
      return Number.isInteger(value) ? inBounds(Number(value), shape, path) : shouldBe(path, 'a valid integer');
    case 'float':
      return typeof value === 'number' ? inBounds(value, shape, path) : shouldBe(path, 'a valid number');
    case 'blob':
      if (typeof value !== 'string') return shouldBe(path, 'a valid string');
      return value !== '' && isBase64(value) ? undefined : wrong(path, 'Invalid base64 data');
    case 'map':
      return isObject(value) ? undefined : shouldBe(path, 'a valid dictionary');
    case 'list':
      return checkList(value, shape, path);
    case 'textOr':
      return typeof value === 'string' ? undefined : check(value, shape.of, path);
    case 'tagged':
      return checkTagged(value, shape, path);
    case 'structure':
    case 'union':
      return checkMembers(value, shape, shape.name === 'CacheControl' ? [...path, 'ephemeral'] : path);
  }
};

/** What the Messages API would find wrong with the form of a body, in its words; undefined when the form is right. */
export const checkMessagesBody = (body: JsonObject, form: Structure = messagesBody): ServiceError | undefined =>
  (body['system'] === null ? shouldBe(['system'], 'a valid list') : checkMembers(body, form, [])) ??
  (isObject(body['tool_choice']) && body['tools'] === undefined
    ? wrong(['tool_choice'], 'tool_choice may only be specified while providing tools')
    : undefined);
