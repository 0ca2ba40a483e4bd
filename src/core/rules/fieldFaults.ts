import type { FieldFault } from '../prompt/problems';
import type { Json } from '../text/json';
import { nearestWord } from '../text/nearest';
import { mayHoldPlaceholder } from '../text/templateTokens';
import type { FieldMembers, FieldShape } from './converseFields';

type Path = readonly (string | number)[];

/** A member that the service does not know or would refuse, and where it stands in its value. */
export interface FoundFault {
  readonly path: Path;
  readonly fault: FieldFault;
  readonly nearest: string | undefined;
}

const isRecord = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const wrongType = (path: Path, expected: string): FoundFault => ({ path, fault: { kind: 'type', expected }, nearest: undefined });

function* inMembers(value: { readonly [key: string]: Json }, members: FieldMembers, path: Path): Generator<FoundFault> {
  for (const [name, member] of Object.entries(value)) {
    const shape = Object.hasOwn(members, name) ? members[name] : undefined;
    const at = [...path, name];
    if (shape === undefined) yield { path: at, fault: { kind: 'unknown' }, nearest: nearestWord(name, Object.keys(members)) };
    else if (member !== null) yield* findFaults(member, shape, at);
  }
}

/** Every fault of a value against its shape, in the order of the text. A string with a placeholder is not judged: its value is not known. */
export function* findFaults(value: Json, shape: FieldShape, path: Path = []): Generator<FoundFault> {
  switch (shape.kind) {
    case 'any':
      return;
    case 'boolean':
      if (typeof value !== 'boolean') yield wrongType(path, 'true or false');
      return;
    case 'string':
      if (typeof value !== 'string') yield wrongType(path, 'a text');
      else if (shape.values?.includes(value) === false && !mayHoldPlaceholder(value))
        yield { path, fault: { kind: 'value', expected: shape.values }, nearest: nearestWord(value, shape.values) };
      return;
    case 'number':
      if (typeof value !== 'number') yield wrongType(path, 'a number');
      else if (value < shape.least || value > shape.most)
        yield { path, fault: { kind: 'range', least: shape.least, most: shape.most }, nearest: undefined };
      return;
    case 'list':
      if (!Array.isArray(value)) yield wrongType(path, 'a list');
      else for (const [index, item] of value.entries()) yield* findFaults(item as Json, shape.of, [...path, index]); // entries of a Json list
      return;
    case 'map':
      if (!isRecord(value)) yield wrongType(path, 'a mapping');
      else for (const [name, item] of Object.entries(value)) yield* findFaults(item, shape.of, [...path, name]);
      return;
    case 'object':
      if (!isRecord(value)) yield wrongType(path, 'a mapping');
      else yield* inMembers(value, shape.members, path);
  }
}
