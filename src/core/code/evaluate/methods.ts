import type { CallExpr, Expr } from '../form';
import { cut, flat, join, made, mapText, replace, split, strip, wholeFile } from '../values/pieces';
import { fillBraces } from '../values/templates';
import {
  knownText,
  memberOf,
  textValue,
  type Frame,
  type ListItem,
  type ListValue,
  type Piece,
  type Spot,
  type TextValue,
  type Value,
} from '../values/value';
import { argumentAt, gapOf, holeAt, spotAt, unknownAt, unknownOf, type Evaluator } from './evaluator';
import { spreadItems } from './growth';
import { tableItems } from './iterate';
import { asPath, joinPaths, parentOf } from './paths';
import { piecesOf } from './pieces';
import { constantOf, isAmong, saysOf } from './questions';

/** A call of a method, taken apart. */
interface Called {
  readonly ev: Evaluator;
  readonly expr: CallExpr;
  readonly frame: Frame;
  readonly first: Value | undefined;
  readonly spot: Spot;
}

const numberOf = (value: Value | undefined): number | undefined =>
  value?.kind === 'constant' && typeof value.value === 'number' ? value.value : undefined;

/** The items of a list as texts with another between them; `undefined` for what is no list. */
export const joined = (value: Value, between: readonly Piece[], spot: Spot): Value => {
  // Only Python joins a table: its keys.
  const list = value.kind === 'object' ? tableItems(value, 'keys', spot) : value;
  if (list.kind !== 'list')
    return unknownAt(
      spot,
      list.kind === 'unknown' ? { end: list.hole.end, cause: list.hole.cause, roots: list.hole.roots, isGiven: list.hole.isGiven } : {},
    );
  if (list.sort === 'set') return unknownAt(spot, { end: list.spot, cause: 'unordered' });
  const parts = list.items.map(({ gap, value, item }) => (gap === undefined ? piecesOf(value(), item ?? spot) : [gap]));
  return textValue(join(parts, between));
};

const formatted = ({ ev, expr, frame, spot }: Called, value: TextValue): Value => {
  const named = new Map(expr.args.flatMap((one) => (one.name === undefined ? [] : [[one.name, one.value] as const])));
  const plain = expr.args.filter(({ name, spread }) => name === undefined && spread === undefined);
  const isMap = expr.callee.kind === 'member' && expr.callee.name === 'format_map';
  const objects = expr.args.filter(({ spread }) => isMap || spread === 'object').map((one) => ev.valueOf(one.value, frame));
  const fill = (name: string): readonly Piece[] | undefined => {
    const given = named.get(name) ?? (/^\d+$/.test(name) ? plain[Number(name)]?.value : undefined);
    if (given !== undefined) return piecesOf(ev.valueOf(given, frame), spotAt(given, frame));
    const entry = objects.map((one) => memberOf(one, name)).find((one) => one !== undefined);
    return entry && piecesOf(entry.value(), entry.spot);
  };
  return textValue(fillBraces(value.pieces, fill, spot));
};

const cased: Readonly<Record<string, (text: string) => string>> = {
  lower: (text) => text.toLowerCase(),
  upper: (text) => text.toUpperCase(),
  toLowerCase: (text) => text.toLowerCase(),
  toUpperCase: (text) => text.toUpperCase(),
};

const sides: Readonly<Record<string, 'both' | 'start' | 'end'>> = {
  strip: 'both',
  lstrip: 'start',
  rstrip: 'end',
  trim: 'both',
  trimStart: 'start',
  trimEnd: 'end',
};

/** Characters or items between two places, as slices count them. */
export const sliced = (value: Value, from: number | undefined, to: number | undefined): Value | undefined => {
  if (value.kind === 'list') {
    if (value.items.some(({ gap }) => gap !== undefined)) return undefined;
    return { ...value, items: value.items.slice(from, to) };
  }
  if (value.kind !== 'text' || value.pieces.some(({ kind }) => kind === 'hole')) return undefined;
  const { length } = flat(value.pieces);
  const place = (at: number | undefined, otherwise: number): number =>
    at === undefined ? otherwise : at < 0 ? Math.max(0, length + at) : Math.min(at, length);
  return textValue(cut(value.pieces, place(from, 0), place(to, length)));
};

const ofText = (called: Called, value: TextValue, name: string): Value | undefined => {
  const { ev, expr, frame, first, spot } = called;
  const { pieces } = value;
  const side = sides[name];
  if (side !== undefined)
    return first === undefined || knownText(first) !== undefined ? textValue(strip(pieces, side, knownText(first))) : undefined;
  const change = cased[name];
  if (change !== undefined) return textValue(mapText(pieces, change));
  switch (name) {
    case 'format':
    case 'format_map':
      return formatted(called, value);
    case 'join':
      return first && joined(first, pieces, spot);
    case 'replace':
    case 'replaceAll': {
      const [wanted, by] = [knownText(first), argumentAt(expr, 1)];
      if (wanted === undefined || by === undefined) return undefined;
      return textValue(
        replace(
          pieces,
          wanted,
          piecesOf(ev.valueOf(by, frame), spotAt(by, frame)),
          name === 'replaceAll' || frame.module.language === 'python',
        ),
      );
    }
    case 'split': {
      const by = knownText(first);
      if (by === undefined) return undefined;
      const items = split(pieces, by).map((part): ListItem => ({ value: () => textValue(part), gap: undefined, item: undefined }));
      return { kind: 'list', sort: 'list', items, spot };
    }
    case 'concat':
      return textValue([...pieces, ...expr.args.flatMap(({ value: one }) => piecesOf(ev.valueOf(one, frame), spotAt(one, frame)))]);
    case 'slice':
    case 'substring': {
      const to = argumentAt(expr, 1);
      return sliced(value, numberOf(first), to === undefined ? undefined : numberOf(ev.valueOf(to, frame)));
    }
    case 'repeat': {
      const times = numberOf(first);
      return times === undefined || times < 0 || times > 1000 ? undefined : textValue(Array.from({ length: times }, () => pieces).flat());
    }
    case 'encode':
    case 'toString':
    case 'valueOf':
    case 'normalize':
      return value;
    default:
      return constantOf(saysOf(name, knownText(value), first), spot);
  }
};

/** A function of the program on each item of a list. */
export const mapped = (
  ev: Evaluator,
  list: ListValue,
  by: Value,
  spot: Spot,
  given: (item: ListItem, index: number) => readonly (() => Value)[] = (item, index) => [
    item.value,
    () => ({ kind: 'constant', value: index, spot }),
  ],
): Value | undefined => {
  if (by.kind !== 'function' || list.items.some(({ gap }) => gap !== undefined)) return undefined;
  const [result] = by.scope.returns;
  if (result === undefined || by.scope.returns.length > 1) return undefined;
  const items = list.items.map((item, index): ListItem => {
    const values = given(item, index);
    const named = new Map(by.scope.parameters.map(({ name }, at) => [name, values[at] ?? (() => unknownAt(spot))]));
    const frame: Frame = {
      scope: by.scope,
      module: by.frame.module,
      given: named,
      self: by.self,
      parent: by.frame,
      probes: by.frame.probes,
      memo: new Map(),
    };
    return { value: () => ev.follow(result, frame, () => ev.valueOf(result, frame)), gap: undefined, item: undefined };
  });
  return { ...list, items, spot };
};

const ofList = ({ ev, expr, frame, first, spot }: Called, value: ListValue, name: string): Value | undefined => {
  switch (name) {
    case 'join':
      return joined(value, first?.kind === 'text' ? first.pieces : first === undefined ? [made(',', spot)] : [holeAt(spot)], spot);
    case 'copy':
    case 'flat':
    case 'values':
      return value;
    case 'slice': {
      const to = argumentAt(expr, 1);
      return sliced(value, numberOf(first), to === undefined ? undefined : numberOf(ev.valueOf(to, frame)));
    }
    case 'concat':
      return {
        ...value,
        items: [...value.items, ...expr.args.flatMap(({ value: one }) => spreadItems(ev.valueOf(one, frame), spotAt(one, frame)))],
      };
    case 'map':
      return (first && mapped(ev, value, first, spot)) ?? { ...value, items: [gapOf(unknownOf(expr, frame, [value]))] };
    case 'includes': {
      const wanted = knownText(first);
      return wanted === undefined ? undefined : constantOf(isAmong(value, wanted), spot);
    }
    case 'filter':
      return { ...value, items: [gapOf(unknownOf(expr, frame, [value]))] };
    default:
      return undefined;
  }
};

const tableParts: Readonly<Record<string, 'keys' | 'values' | 'pairs'>> = { keys: 'keys', values: 'values', items: 'pairs' };

/** A method of a text, a list, an object or a path; `undefined` for what is none of theirs. */
export const methodOf = (ev: Evaluator, object: Value, name: string, expr: CallExpr, frame: Frame): Value | undefined => {
  const argument: Expr | undefined = argumentAt(expr, 0);
  const spot = spotAt(expr, frame);
  const called: Called = { ev, expr, frame, first: argument && ev.valueOf(argument, frame), spot };
  switch (object.kind) {
    case 'text':
      return ofText(called, object, name) ?? unknownOf(expr, frame, [object]);
    case 'list':
      return ofList(called, object, name) ?? unknownOf(expr, frame, [object]);
    case 'object': {
      const own = memberOf(object, name);
      if (own !== undefined && frame.module.language === 'typescript') return undefined;
      if (name === 'copy') return object;
      const part = frame.module.language === 'python' && expr.args.length === 0 ? tableParts[name] : undefined;
      if (part !== undefined) return tableItems(object, part, spot);
      const key = knownText(called.first);
      if (name !== 'get' && name !== 'pop') return unknownOf(expr, frame, [object]);
      const entry = key === undefined ? undefined : memberOf(object, key);
      if (entry !== undefined && !entry.maybe) return entry.value();
      const otherwise = argumentAt(expr, 1);
      if (key !== undefined && entry === undefined && object.open === undefined)
        return otherwise === undefined ? { kind: 'constant', value: null, spot } : ev.valueOf(otherwise, frame);
      return unknownOf(
        expr,
        frame,
        [object, ...(called.first === undefined ? [] : [called.first])],
        [...object.entries.slice(0, 20).map((one) => one.value()), ...(otherwise === undefined ? [] : [ev.valueOf(otherwise, frame)])],
      );
    }
    case 'dumped':
      return name === 'encode' || name === 'toString' ? object : unknownOf(expr, frame, [object]);
    case 'path': {
      if (/^(?:resolve|absolute|expanduser|as_posix|toString)$/.test(name)) return object;
      if (name === 'joinpath')
        return joinPaths([object, ...expr.args.map(({ value }) => ev.valueOf(value, frame))], spot) ?? unknownOf(expr, frame, []);
      if (name === 'with_name' && called.first !== undefined)
        return joinPaths([parentOf(object, 1), called.first], spot) ?? unknownOf(expr, frame, []);
      if (name === 'open')
        return {
          kind: 'symbol',
          name: 'open()',
          call: {
            expr: {
              ...expr,
              args: [
                {
                  name: undefined,
                  spread: undefined,
                  value: expr.callee.kind === 'member' ? expr.callee.object : expr.callee,
                  at: expr.at,
                },
              ],
            },
            frame,
          },
          object: undefined,
          spot,
        };
      if (name === 'read_text') return textOfFile(ev, object, expr, frame);
      return unknownOf(expr, frame, []);
    }
    default:
      return undefined;
  }
};

/** What a file says, or a hole where it is none of the workspace. */
export const textOfFile = (ev: Evaluator, path: Value | undefined, expr: CallExpr, frame: Frame, opened = expr): Value => {
  const target = asPath(path, spotAt(expr, frame));
  const source = target && ev.program.textAt(target, frame.module, opened.at);
  return source === undefined ? unknownOf(expr, frame, path === undefined ? [] : [path]) : textValue([wholeFile(source)]);
};
