import type { FieldFault } from '../prompt/problems';
import { largestInteger, type Shape, type Structure, type TextShape } from '../service/shapes';
import { nearestWord } from '../text/nearest';
import type { Span } from '../text/span';
import { mayHoldPlaceholder } from '../text/templateTokens';
import type { Tree, TreeEntry } from '../text/tree';
import { isMarkerBlock, isMarkerName } from '../formats/markerDialect';

type Path = readonly (string | number)[];
type ObjectTree = Extract<Tree, { readonly kind: 'object' }>;

/** A way in which a part of the request is not as the service model has it, and where it is written. */
export interface FoundFault {
  readonly path: Path;
  readonly span: Span;
  readonly fault: FieldFault;
  readonly nearest: string | undefined;
}

/** More unknown members of one object are not told: looking for their nearest word takes time. */
const maxTold = 50;

const isAbsent = (tree: Tree): boolean => tree.kind === 'scalar' && tree.value === null;

const found = (path: Path, span: Span, fault: FieldFault, nearest?: string): FoundFault => ({ path, span, fault, nearest });
const wrongType = (tree: Tree, path: Path, expected: string): FoundFault => found(path, tree.span, { kind: 'type', expected });

function* inLength(
  length: number,
  shape: { readonly min?: number; readonly max?: number },
  unit: 'characters' | 'entries',
  path: Path,
  span: Span,
) {
  const { min: least = 0, max: most = Infinity } = shape;
  if (length < least || length > most) yield found(path, span, { kind: 'length', least, most, unit });
}

/** A string with a placeholder is not judged: its value is not known. */
function* inText(value: string, shape: TextShape, path: Path, span: Span): Generator<FoundFault> {
  if (mayHoldPlaceholder(value)) return;
  const length = [...inLength(value.length, shape, 'characters', path, span)];
  yield* length;
  if (length.length === 0 && shape.pattern?.test(value) === false) yield found(path, span, { kind: 'pattern' });
}

const base64 = /^[A-Za-z0-9+/]*(={0,2})$/;

/** Base64 without its padding is read by some and refused by others. */
function* inBytes(
  value: string,
  shape: Shape & { readonly min?: number; readonly max?: number },
  path: Path,
  span: Span,
): Generator<FoundFault> {
  if (mayHoldPlaceholder(value)) return;
  const padding = base64.exec(value)?.[1];
  const letters = value.length - (padding?.length ?? 0);
  if (padding === undefined || letters % 4 === 1 || (padding !== '' && value.length % 4 !== 0))
    yield found(path, span, { kind: 'base64', padding: false });
  else if (value.length % 4 !== 0) yield found(path, span, { kind: 'base64', padding: true });
  else yield* inLength(Math.floor((letters * 3) / 4), shape, 'entries', path, span);
}

function* inNumber(
  value: number,
  shape: Extract<Shape, { readonly kind: 'integer' | 'float' }>,
  path: Path,
  tree: Tree,
): Generator<FoundFault> {
  const { min: least = -Infinity, max: most = Infinity } = shape;
  if (shape.kind === 'integer' && (!Number.isInteger(value) || Math.abs(value) > largestInteger))
    yield wrongType(tree, path, 'a whole number');
  else if (value < least || value > most) yield found(path, tree.span, { kind: 'range', least, most });
}

type ScalarShape = Extract<Shape, { readonly kind: 'boolean' | 'string' | 'blob' | 'integer' | 'float' }>;

/** Of values that are listed, few letters tell; where there is one only, it is meant. */
const nearestValue = (value: string, values: readonly string[]): string | undefined =>
  values.length === 1 ? values[0] : nearestWord(value, values, 2);

/** The value of a scalar judged by a shape that is one. */
function* inScalar(tree: Tree, shape: ScalarShape, path: Path): Generator<FoundFault> {
  const value = tree.kind === 'scalar' ? tree.value : undefined;
  switch (shape.kind) {
    case 'boolean':
      if (typeof value !== 'boolean') yield wrongType(tree, path, 'true or false');
      return;
    case 'string':
      if (shape.values !== undefined) {
        if (typeof value === 'string' && (shape.values.includes(value) || mayHoldPlaceholder(value))) return;
        const nearest = typeof value === 'string' ? nearestValue(value, shape.values) : undefined;
        yield found(path, tree.span, { kind: 'value', expected: shape.values }, nearest);
      } else if (typeof value !== 'string') yield wrongType(tree, path, 'a text');
      else yield* inText(value, shape, path, tree.span);
      return;
    case 'blob':
      if (typeof value !== 'string') yield wrongType(tree, path, 'bytes in base64');
      else yield* inBytes(value, shape, path, tree.span);
      return;
    case 'integer':
    case 'float':
      if (typeof value !== 'number') yield wrongType(tree, path, shape.kind === 'integer' ? 'a whole number' : 'a number');
      else yield* inNumber(value, shape, path, tree);
  }
}

/** A member of an object that its shape does not have. Cache points in another dialect are told as such. */
const unknownMember = (entry: TreeEntry, { members, kind }: Structure, free: readonly string[], path: Path): FoundFault => {
  const name = entry.key.value;
  const at = [...path, name];
  if (isMarkerName(name) || (kind === 'union' && isMarkerBlock(entry))) return found(at, entry.key.span, { kind: 'dialect' });
  return found(at, entry.key.span, { kind: 'unknown', known: Object.keys(members) }, nearestWord(name, free));
};

/** Of two members of one name the last one counts. */
const eachOnce = (entries: readonly TreeEntry[]): readonly TreeEntry[] => {
  const byName = new Map(entries.map((entry) => [entry.key.value, entry]));
  return byName.size === entries.length ? entries : [...byName.values()];
};

const unknownMembers = (
  unknown: readonly TreeEntry[],
  shape: Structure,
  entries: readonly TreeEntry[],
  path: Path,
): readonly FoundFault[] => {
  if (unknown.length === 0) return [];
  const names = new Set(entries.map(({ key }) => key.value));
  const free = Object.keys(shape.members).filter((name) => !names.has(name));
  return unknown.slice(0, maxTold).map((entry) => unknownMember(entry, shape, free, path));
};

function* inMembers(tree: ObjectTree, shape: Structure, path: Path, home: Span): Generator<FoundFault> {
  const entries = eachOnce(tree.entries);
  const isKnown = ({ key }: TreeEntry): boolean => Object.hasOwn(shape.members, key.value);
  const unknown = unknownMembers(
    entries.filter((entry) => !isKnown(entry)),
    shape,
    entries,
    path,
  );
  yield* unknown;
  const set = entries.filter((entry) => isKnown(entry) && !isAbsent(entry.value));
  // A member that is missing because its name is misspelled has been told.
  const isTold = (name: string): boolean => set.some(({ key }) => key.value === name) || unknown.some(({ nearest }) => nearest === name);
  const missing = shape.required.filter((name) => !isTold(name));
  if (missing.length > 0) yield found(path, home, { kind: 'missing', members: missing });
  if (shape.kind === 'union' && set.length === 0 && unknown.length === 0)
    yield found(path, home, { kind: 'noMember', expected: Object.keys(shape.members) });
  if (shape.kind === 'union' && set.length > 1) yield severalMembers(set, path);
  for (const { key, value } of set) yield* findFaults(value, shape.members[key.value] ?? shape, [...path, key.value], key.span);
}

/** A cache point that is merged with what it should follow is the usual case. */
const severalMembers = (set: readonly TreeEntry[], path: Path): FoundFault => {
  const marker = set.find(({ key }) => key.value === 'cachePoint');
  if (marker !== undefined) return found([...path, 'cachePoint'], marker.key.span, { kind: 'dialect' });
  const names = set.map(({ key }) => key.value);
  return found(path, { start: set[0]?.key.span.start ?? 0, end: set[1]?.key.span.end ?? 0 }, { kind: 'severalMembers', found: names });
};

/** Every fault of a written value against its shape, in the order of the text. `home` is where the value as a whole is shown. */
export function* findFaults(tree: Tree, shape: Shape, path: Path = [], home: Span = tree.span): Generator<FoundFault> {
  switch (shape.kind) {
    case 'document':
      return;
    case 'list':
      if (tree.kind !== 'array') yield wrongType(tree, path, 'a list');
      else {
        yield* inLength(tree.items.length, shape, 'entries', path, home);
        for (const [index, item] of tree.items.entries()) yield* findFaults(item, shape.of, [...path, index]);
      }
      return;
    case 'map':
      if (tree.kind !== 'object') yield wrongType(tree, path, 'an object');
      else {
        yield* inLength(tree.entries.length, shape, 'entries', path, home);
        for (const { key, value } of tree.entries) {
          yield* inText(key.value, shape.key, [...path, key.value], key.span);
          if (!isAbsent(value)) yield* findFaults(value, shape.value, [...path, key.value], key.span);
        }
      }
      return;
    case 'structure':
    case 'union':
      if (tree.kind !== 'object') yield wrongType(tree, path, 'an object');
      else yield* inMembers(tree, shape, path, home);
      return;
    default:
      yield* inScalar(tree, shape, path);
  }
}
