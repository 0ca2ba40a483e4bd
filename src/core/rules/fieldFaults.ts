import type { FieldFault } from '../prompt/problems';
import { largestInteger, type Shape, type Structure, type Tagged, type TextShape } from '../service/shapes';
import { nearestWord } from '../text/nearest';
import type { Place } from '../text/place';
import type { Span } from '../text/span';
import { mayHoldPlaceholder } from '../text/templateTokens';
import { entryOf, stringValue, type Tree, type TreeEntry } from '../text/tree';
import { isMarkerBlock, isMarkerName } from '../formats/markerDialect';

type Path = readonly (string | number)[];
/** Where a walk through a tree stands: one list for all of it, copied into what is found. */
type Way = (string | number)[];
type ObjectTree = Extract<Tree, { readonly kind: 'object' }>;

/** A way in which a part of the request is not as the service model has it, and where it is written. */
export interface FoundFault {
  readonly path: Path;
  readonly span: Span;
  /** Where it is truly written when another file holds it. */
  readonly foreign?: Place;
  readonly fault: FieldFault;
  readonly nearest: string | undefined;
}

/** More unknown members of one object are not told: looking for their nearest word takes time. */
const maxTold = 50;

const none: readonly FoundFault[] = [];

const isAbsent = (tree: Tree): boolean => tree.kind === 'scalar' && tree.value === null;

const found = (way: Path, span: Span, fault: FieldFault, nearest?: string): FoundFault => ({ path: [...way], span, fault, nearest });
const wrongType = (tree: Tree, path: Path, expected: string): FoundFault => found(path, tree.span, { kind: 'type', expected });

const inLength = (
  length: number,
  { min: least = 0, max: most = Infinity }: { readonly min?: number; readonly max?: number },
  unit: 'characters' | 'entries',
  path: Path,
  span: Span,
): readonly FoundFault[] => (length < least || length > most ? [found(path, span, { kind: 'length', least, most, unit })] : none);

/** A string with a placeholder is not judged: its value is not known. */
const inText = (value: string, shape: TextShape, path: Path, span: Span): readonly FoundFault[] => {
  if (mayHoldPlaceholder(value)) return none;
  const length = inLength(value.length, shape, 'characters', path, span);
  return length.length === 0 && shape.pattern?.test(value) === false ? [found(path, span, { kind: 'pattern' })] : length;
};

const base64 = /^[A-Za-z0-9+/]*(={0,2})$/;

/** Base64 without its padding is read by some and refused by others. */
const inBytes = (
  value: string,
  shape: Shape & { readonly min?: number; readonly max?: number },
  path: Path,
  span: Span,
): readonly FoundFault[] => {
  if (mayHoldPlaceholder(value)) return none;
  const padding = base64.exec(value)?.[1];
  const letters = value.length - (padding?.length ?? 0);
  if (padding === undefined || letters % 4 === 1 || (padding !== '' && value.length % 4 !== 0))
    return [found(path, span, { kind: 'base64', padding: false })];
  if (value.length % 4 !== 0) return [found(path, span, { kind: 'base64', padding: true })];
  return inLength(Math.floor((letters * 3) / 4), shape, 'entries', path, span);
};

const inNumber = (
  value: number,
  shape: Extract<Shape, { readonly kind: 'integer' | 'float' }>,
  path: Path,
  tree: Tree,
): readonly FoundFault[] => {
  const { min: least = -Infinity, max: most = Infinity } = shape;
  if (shape.kind === 'integer' && (!Number.isInteger(value) || Math.abs(value) > largestInteger))
    return [wrongType(tree, path, 'a whole number')];
  return value < least || value > most ? [found(path, tree.span, { kind: 'range', least, most })] : none;
};

type ScalarShape = Extract<Shape, { readonly kind: 'boolean' | 'string' | 'blob' | 'integer' | 'float' }>;

const lifetime = /^(\d{1,5}) ?(?:(s|sec|seconds?)|(m|mins?|minutes?)|(h|hrs?|hours?))?$/i;

/** "1 hour", "60m" and 3600 are one lifetime: its seconds, which a number alone counts. */
const secondsOf = (written: string): number | undefined => {
  const [, count, , minutes, hours] = lifetime.exec(written) ?? [];
  return count === undefined ? undefined : Number(count) * (hours !== undefined ? 3600 : minutes !== undefined ? 60 : 1);
};

/** Of values that are listed, few letters tell; where there is one only, it is meant. */
const nearestValue = (value: string, values: readonly string[]): string | undefined => {
  if (values.length === 1) return values[0];
  const seconds = secondsOf(value);
  const same = seconds === undefined ? undefined : values.find((known) => secondsOf(known) === seconds);
  return same ?? nearestWord(value, values, 2);
};

/** The value of a scalar judged by a shape that is one. */
const inScalar = (tree: Tree, shape: ScalarShape, path: Path): readonly FoundFault[] => {
  const value = tree.kind === 'scalar' ? tree.value : undefined;
  switch (shape.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? none : [wrongType(tree, path, 'true or false')];
    case 'string':
      if (shape.values !== undefined) {
        if (typeof value === 'string' && (shape.values.includes(value) || mayHoldPlaceholder(value))) return none;
        const nearest = typeof value === 'string' || typeof value === 'number' ? nearestValue(String(value), shape.values) : undefined;
        const isSure = typeof value !== 'string' || shape.taken?.includes(value) !== true;
        return [found(path, tree.span, { kind: 'value', expected: shape.values, isSure }, nearest)];
      }
      return typeof value === 'string' ? inText(value, shape, path, tree.span) : [wrongType(tree, path, 'a text')];
    case 'blob':
      return typeof value === 'string' ? inBytes(value, shape, path, tree.span) : [wrongType(tree, path, 'bytes in base64')];
    case 'integer':
    case 'float':
      if (typeof value === 'number') return inNumber(value, shape, path, tree);
      return [wrongType(tree, path, shape.kind === 'integer' ? 'a whole number' : 'a number')];
  }
};

const namesKnown = new WeakMap<Structure, readonly string[]>();

/** The names of a shape's members: one list for all faults that tell of them. */
const namesOf = (shape: Structure): readonly string[] => {
  const names = namesKnown.get(shape) ?? Object.keys(shape.members);
  namesKnown.set(shape, names);
  return names;
};

/** A member of an object that its shape does not have. Cache points in another dialect are told as such. */
const unknownMember = (entry: TreeEntry, shape: Structure, free: readonly string[], path: Path): FoundFault => {
  const name = entry.name;
  const at = [...path, name];
  if (isMarkerName(name) || (shape.kind === 'union' && isMarkerBlock(entry))) return found(at, entry.key.span, { kind: 'dialect' });
  return found(at, entry.key.span, { kind: 'unknown', known: namesOf(shape) }, nearestWord(name, free));
};

/** Of two members of one name the last one counts. */
const eachOnce = (entries: readonly TreeEntry[]): readonly TreeEntry[] => {
  if (entries.length === 1) return entries;
  const last = new Map(entries.map((entry) => [entry.name, entry]));
  return last.size === entries.length ? entries : [...last.values()];
};

/** Names that must be there and are not. One that is missing because its name is misspelled has been told. */
const missingOf = ({ required }: Structure, set: readonly TreeEntry[], unknown: readonly FoundFault[]): readonly string[] =>
  required.length === 0
    ? required
    : required.filter((name) => !set.some((entry) => entry.name === name) && !unknown.some(({ nearest }) => nearest === name));

const addInMembers = (tree: ObjectTree, shape: Structure, way: Way, home: Span, all: FoundFault[]): void => {
  const entries = eachOnce(tree.entries);
  const set: TreeEntry[] = [];
  const strange: TreeEntry[] = [];
  for (const entry of entries) {
    if (!Object.hasOwn(shape.members, entry.name)) strange.push(entry);
    else if (!isAbsent(entry.value)) set.push(entry);
  }
  const unknown = strange.length === 0 ? none : unknownMembers(strange.slice(0, maxTold), entries, shape, way);
  all.push(...unknown);
  const missing = missingOf(shape, set, unknown);
  if (missing.length > 0) {
    // One that is null stands there, and counts as absent.
    const empty = entries.find(({ name }) => name === missing[0]);
    all.push(found(way, empty?.key.span ?? home, { kind: 'missing', members: missing }));
  }
  if (shape.kind === 'union' && set.length === 0 && unknown.length === 0)
    all.push(found(way, home, { kind: 'noMember', expected: Object.keys(shape.members) }));
  if (shape.kind === 'union' && set.length > 1) {
    const own = shape.beside === undefined ? set : set.filter(({ name }) => name !== shape.beside);
    if (own.length > 1) all.push(severalMembers(own, way));
  }
  for (const { key, value } of set) addBelow(key.value, value, shape.members[key.value] ?? shape, way, key.span, all);
};

const unknownMembers = (
  strange: readonly TreeEntry[],
  entries: readonly TreeEntry[],
  shape: Structure,
  path: Path,
): readonly FoundFault[] => {
  const names = new Set(entries.map(({ name }) => name));
  const free = Object.keys(shape.members).filter((name) => !names.has(name));
  return strange.map((entry) => unknownMember(entry, shape, free, path));
};

/** A cache point that is merged with what it should follow is the usual case. */
const severalMembers = (set: readonly TreeEntry[], path: Path): FoundFault => {
  const marker = set.find(({ name }) => name === 'cachePoint');
  if (marker !== undefined) return found([...path, 'cachePoint'], marker.key.span, { kind: 'dialect' });
  const names = set.map(({ name }) => name);
  return found(path, { start: set[0]?.key.span.start ?? 0, end: set[1]?.key.span.end ?? 0 }, { kind: 'severalMembers', found: names });
};

/** A block by its own type; what no shape describes is told where the type is a slip. */
const addInTagged = (tree: Tree, { types, usual, open, doubtful }: Tagged, way: Way, all: FoundFault[]): void => {
  if (tree.kind !== 'object') return void all.push(wrongType(tree, way, 'an object'));
  const written = entryOf(tree, 'type');
  const type = written ? stringValue(written.value) : usual;
  const shape = type !== undefined && Object.hasOwn(types, type) ? types[type] : undefined;
  if (shape !== undefined) return addInMembers(tree, shape, way, tree.span, all);
  if (type !== undefined && (open?.test(type) === true || mayHoldPlaceholder(type))) return;
  const marker = written ? (isMarkerName(type ?? '') ? written : undefined) : tree.entries.find(({ name }) => isMarkerName(name));
  if (marker !== undefined) return void all.push(found([...way, marker.name], marker.key.span, { kind: 'dialect' }));
  if (written === undefined) return void all.push(found(way, tree.span, { kind: 'missing', members: ['type'] }));
  const expected = Object.keys(types);
  const nearest = type === undefined ? undefined : nearestValue(type, expected);
  const isSure = type === undefined || doubtful?.test(type) !== true;
  all.push(found([...way, 'type'], written.value.span, { kind: 'value', expected, isSure }, isSure ? nearest : undefined));
};

/** What is wrong in a member or item, one step further on the way. */
const addBelow = (step: string | number, tree: Tree, shape: Shape, way: Way, home: Span, all: FoundFault[]): void => {
  way.push(step);
  addFaults(tree, shape, way, home, all);
  way.pop();
};

const addFaults = (tree: Tree, shape: Shape, way: Way, home: Span, all: FoundFault[]): void => {
  switch (shape.kind) {
    case 'document':
      return;
    case 'textOr':
      if (stringValue(tree) !== undefined) return;
      if (tree.kind !== 'array') all.push(wrongType(tree, way, 'a text or a list of blocks'));
      else addFaults(tree, shape.of, way, home, all);
      return;
    case 'tagged':
      return addInTagged(tree, shape, way, all);
    case 'list':
      if (tree.kind !== 'array') all.push(wrongType(tree, way, 'a list'));
      else {
        all.push(...inLength(tree.items.length, shape, 'entries', way, home));
        tree.items.forEach((item, index) => addBelow(index, item, shape.of, way, item.span, all));
      }
      return;
    case 'map':
      if (tree.kind !== 'object') all.push(wrongType(tree, way, 'an object'));
      else {
        all.push(...inLength(tree.entries.length, shape, 'entries', way, home));
        for (const { key, value } of tree.entries) {
          all.push(...inText(key.value, shape.key, [...way, key.value], key.span));
          if (!isAbsent(value)) addBelow(key.value, value, shape.value, way, key.span, all);
        }
      }
      return;
    case 'structure':
    case 'union':
      if (tree.kind !== 'object') all.push(wrongType(tree, way, 'an object'));
      else addInMembers(tree, shape, way, home, all);
      return;
    default:
      all.push(...inScalar(tree, shape, way));
  }
};

/** Every fault of a written value against its shape, in the order of the text. */
export const findFaults = (tree: Tree, shape: Shape, path: Path): readonly FoundFault[] => {
  const all: FoundFault[] = [];
  addFaults(tree, shape, [...path], tree.span, all);
  return all;
};
