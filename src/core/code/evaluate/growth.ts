import { argumentAt, gapOf, isNothing, spotAt, unknownAt, unknownOf, type Evaluator } from './evaluator';
import type { Arm, CallExpr, Expr, PathKey, Step } from '../form';
import type { Span } from '../../text/span';
import { iterated } from './iterate';
import {
  knownText,
  memberOf,
  type Frame,
  type Hole,
  type ListItem,
  type ListValue,
  type ObjectEntry,
  type ObjectValue,
  type Root,
  type Spot,
  type Value,
} from '../values/value';
import { piecesOf } from './pieces';
import { isCarried, isDisjoint, isSure, loopsAround, rootsOfTests, stepsOf, wayTo } from './steps';

type Change = (value: Value) => Value;

const gapAt = (spot: Spot): ListItem => gapOf(unknownAt(spot));

/** A list in which something unknown may be. */
const openList = (value: ListValue, spot: Spot): ListValue => ({ ...value, items: [...value.items, gapAt(spot)] });

const openObject = (value: ObjectValue, spot: Spot): ObjectValue => ({ ...value, open: value.open ?? unknownAt(spot).hole });

export const openAny = (value: Value, spot: Spot): Value => {
  if (value.kind === 'list') return openList(value, spot);
  if (value.kind === 'object') return openObject(value, spot);
  return value.kind === 'text' ? unknownAt(spot) : value;
};

/** The items of a list that is spread into another one; one gap for what is no list. */
export const spreadItems = (value: Value, spot: Spot): readonly ListItem[] => {
  if (value.kind === 'list' && value.sort !== 'set') return value.items;
  if (isNothing(value)) return [];
  if (value.kind === 'unknown') return [{ value: () => value, gap: value.hole, item: undefined }];
  // Where a caller gave it, it is called what it is called there.
  return [gapAt((value.kind === 'symbol' ? value.keeps : undefined) ?? spot)];
};

/** The position in a list that an index means, where nothing unknown stands on the way to it. */
export const positionOf = (items: readonly ListItem[], index: number): number | undefined => {
  const at = index < 0 ? items.length + index : index;
  const way = index < 0 ? items.slice(Math.max(0, at)) : items.slice(0, at + 1);
  return at < 0 || at >= items.length || way.some(({ gap }) => gap !== undefined) ? undefined : at;
};

/** Where a value is changed: by which way, in which frame, what is said of it, and whether it happens in each run. */
interface Place {
  readonly frame: Frame;
  readonly spot: Spot;
  readonly sure: boolean;
}

const changeAt = (ev: Evaluator, value: Value, path: readonly PathKey[], place: Place, change: Change): Value => {
  const { frame, spot, sure } = place;
  const [key, ...rest] = path;
  if (key === undefined) return change(value);
  const index = typeof key === 'string' ? undefined : ev.valueOf(key, frame);
  const name = typeof key === 'string' ? key : knownText(index);
  if (value.kind === 'object' && name !== undefined) {
    const at = value.entries.findLastIndex((entry) => entry.key === name);
    const old = value.entries[at];
    const absent = unknownAt(spot);
    const fresh = {
      key: name,
      value: () => changeAt(ev, old?.value() ?? absent, rest, place, change),
      spot: old?.spot ?? spot,
      entry: old?.entry,
      maybe: old?.maybe ?? !sure,
    };
    if (old === undefined && rest.length > 0) return openObject(value, spot);
    return { ...value, entries: old === undefined ? [...value.entries, fresh] : value.entries.with(at, fresh) };
  }
  if (value.kind === 'list' && index?.kind === 'constant' && typeof index.value === 'number') {
    const at = positionOf(value.items, index.value);
    const item = at === undefined ? undefined : value.items[at];
    if (at === undefined || item === undefined) return openList(value, spot);
    return { ...value, items: value.items.with(at, { ...item, value: () => changeAt(ev, item.value(), rest, place, change) }) };
  }
  return openAny(value, spot);
};

const added = (ev: Evaluator, step: Step, frame: Frame, spot: Spot, sure: boolean): Change => {
  const { method, value: source } = step;
  if (source === undefined) return (value) => openAny(value, spot);
  if (method === '+=') {
    const more = ev.valueOf(source, frame);
    return (value) => plusEquals(value, more, spotAt(source, frame), sure);
  }
  if (method === '|=') {
    const more = ev.valueOf(source, frame);
    return (value) => (value.kind === 'object' && more.kind === 'object' ? withEntries(value, more, sure) : openAny(value, spot));
  }
  // Another operator, as `-=` or `??=`: what becomes of it is not known.
  if (source.kind !== 'call' || method.endsWith('=')) return (value) => openAny(value, spot);
  return (value) => byMethod(ev, value, method, source, frame, spot, sure);
};

const plusEquals = (value: Value, more: Value, spot: Spot, sure: boolean): Value => {
  if (value.kind === 'list') return { ...value, items: [...value.items, ...(sure ? spreadItems(more, spot) : [gapAt(spot)])] };
  if (value.kind !== 'text') return value.kind === 'unknown' ? value : unknownAt(spot);
  const pieces = piecesOf(more, spot);
  return { kind: 'text', pieces: [...value.pieces, ...(sure ? pieces : piecesOf(unknownAt(spot), spot))] };
};

/** An object with entries of another one, which may be there only sometimes. */
const withEntries = (value: ObjectValue, more: Pick<ObjectValue, 'entries' | 'open'>, sure: boolean): ObjectValue => {
  const entries = sure ? more.entries : more.entries.map((entry) => ({ ...entry, maybe: true }));
  const kept = value.entries.filter(({ key }) => !entries.some((entry) => entry.key === key));
  return { ...value, entries: [...kept, ...entries], open: value.open ?? more.open };
};

const byMethod = (ev: Evaluator, value: Value, method: string, call: CallExpr, frame: Frame, spot: Spot, sure: boolean): Value => {
  const first = argumentAt(call, 0);
  if (value.kind === 'object') {
    const more = first && ev.valueOf(first, frame);
    const entryOf = (key: string, expr: Expr, at: { readonly at: Span } = expr): ObjectEntry => ({
      key,
      value: () => ev.valueOf(expr, frame),
      spot: spotAt(at, frame),
      entry: undefined,
      maybe: false,
    });
    if (method === 'setdefault') {
      const key = knownText(more) ?? '';
      const fresh = argumentAt(call, 1);
      if (memberOf(value, key) !== undefined) return value;
      if (key !== '' && fresh !== undefined) return withEntries(value, { ...value, entries: [entryOf(key, fresh)] }, sure);
    }
    if (method !== 'update' || (more !== undefined && more.kind !== 'object') || call.args.some(({ spread }) => spread !== undefined))
      return openObject(value, spot);
    const named = call.args.flatMap((one) => (one.name === undefined ? [] : [entryOf(one.name, one.value, one)]));
    return withEntries(value, { entries: [...(more?.entries ?? []), ...named], open: more?.open }, sure);
  }
  if (value.kind !== 'list') return value;
  const { items } = value;
  if (method === 'pop' && call.args.length === 0 && sure && items.at(-1)?.gap === undefined) return { ...value, items: items.slice(0, -1) };
  if (method === 'clear' && sure) return { ...value, items: [] };
  const all = method === 'push' || method === 'unshift' ? call.args : method === 'insert' ? call.args.slice(1) : call.args;
  const fresh = all.flatMap(({ value: expr, spread }): readonly ListItem[] => {
    const own = spotAt(expr, frame);
    if (!sure) return [gapAt(own)];
    const item = ev.valueOf(expr, frame);
    return spread !== undefined || method === 'extend' ? spreadItems(item, own) : [{ value: () => item, gap: undefined, item: undefined }];
  });
  if (/^(?:append|push|extend|add)$/.test(method)) return { ...value, items: [...items, ...fresh] };
  if (method === 'unshift' || method === 'appendleft') return { ...value, items: [...fresh, ...items] };
  const place = method === 'insert' && first !== undefined ? ev.valueOf(first, frame) : undefined;
  if (
    place?.kind === 'constant' &&
    typeof place.value === 'number' &&
    place.value >= 0 &&
    (place.value === 0 || items.slice(0, place.value).every(({ gap }) => gap === undefined))
  )
    return { ...value, items: [...items.slice(0, place.value), ...fresh, ...items.slice(place.value)] };
  // Sorted, cut or filled in a way that is not followed: all of it may be another.
  return { ...value, items: [gapAt(spot)] };
};

const given = (ev: Evaluator, step: Step, frame: Frame, spot: Spot, sure: boolean): Change => {
  const { value: source } = step;
  if (source === undefined) return () => unknownAt(spot);
  if (sure) return () => ev.valueOf(source, frame);
  return (old) => {
    const next = ev.valueOf(source, frame);
    return unknownOf(source, frame, [old, next], [old, next]);
  };
};

/** A function that is given a list and changes it makes it another list. */
const mayChange = (ev: Evaluator, step: Step, frame: Frame): boolean => {
  const call = step.value;
  if (call?.kind !== 'call') return false;
  const callee = ev.valueOf(call.callee, frame);
  if (callee.kind !== 'function') return false;
  const at = call.args.findIndex(({ value }) => value.kind === 'name' && value.name === step.root);
  const shift = callee.self === undefined ? 0 : 1;
  const argument = call.args[at];
  const parameter = argument?.name ?? callee.scope.parameters[at + shift]?.name;
  return (
    parameter !== undefined &&
    stepsOf(callee.scope, parameter).some(({ kind, path }) => kind === 'grow' || (kind === 'set' && path.length > 0))
  );
};

/** What happens to a value: which steps, after which one, up to where; `within`: the loops in a round of which that is. */
interface Growth {
  readonly steps: readonly Step[];
  readonly base: Step | undefined;
  readonly use: number;
  readonly spot: Spot;
  readonly within: readonly Arm[];
}

/** Rounds of a loop that are gone through. */
const mostRounds = 60;

/** A value after all rounds of a loop over what is known; `undefined` where that is not known, or too much. */
const afterRounds = (ev: Evaluator, start: Value, loop: Arm, growth: Growth, frame: Frame): Value | undefined => {
  const { over, at } = loop;
  if (over === undefined) return undefined;
  const list = iterated(ev.valueOf(over.of, frame), frame, growth.spot);
  if (list === undefined || list.items.length > mostRounds || list.items.some(({ gap }) => gap !== undefined)) return undefined;
  const inside: Growth = { ...growth, use: at.end, within: [...growth.within, loop] };
  return list.items.reduce<Value>((value, item) => {
    const items = new Map([...(frame.items ?? []), [over.at.start, item.value] as const]);
    return grownBy(ev, value, inside, { ...frame, memo: new Map(), items });
  }, start);
};

const grownBy = (ev: Evaluator, start: Value, growth: Growth, frame: Frame): Value => {
  const { steps, base, use, spot, within } = growth;
  const { scope } = frame;
  const told = wayTo(ev, frame, use, steps);
  const way = { ...told, arms: [...told.arms, ...within] };
  let value = start;
  const doubtful: Step[] = [];
  let done = -1;
  for (const [index, step] of steps.entries()) {
    if (index <= done || step === base || step.at.start < (base?.at.start ?? -1) || (step.kind === 'set' && step.path.length === 0))
      continue;
    const isBefore = step.at.end <= use;
    const carried = use !== Infinity && !isBefore && isCarried(scope, step, way, base);
    if ((!isBefore && !carried) || isDisjoint(scope, step, way)) continue;
    const loops = loopsAround(scope, step, base, within);
    const [loop] = loops;
    if (loop?.over !== undefined && loop.at.end <= use && isSure(scope, loop, { ...way, arms: [...way.arms, loop] })) {
      const own = steps.slice(index).filter(({ at }) => at.start < loop.at.end);
      const after = afterRounds(ev, value, loop, { ...growth, steps: own, base: undefined }, frame);
      if (after !== undefined) {
        value = after;
        done = index + own.length - 1;
        continue;
      }
    }
    if (step.kind === 'hand') {
      if (isBefore && mayChange(ev, step, frame)) value = openAny(value, spot);
      continue;
    }
    const sure = isBefore && isSure(scope, step, way) && !(step.kind === 'grow' && loops.length > 0);
    if (!sure) doubtful.push(step);
    const own: Spot = { source: frame.module.source, at: step.value?.at ?? step.at };
    const change = step.kind === 'grow' ? added(ev, step, frame, growthSpot(step, frame), sure) : given(ev, step, frame, own, sure);
    value = changeAt(ev, value, step.path, { frame, spot: growthSpot(step, frame), sure }, change);
  }
  return restingOn(value, doubtful.length === 0 ? [] : rootsOfTests(ev, frame, doubtful, way));
};

/** A value after all that happens to it between where a name was given it and where it is used. */
export const grown = (
  ev: Evaluator,
  start: Value,
  steps: readonly Step[],
  base: Step | undefined,
  use: number,
  frame: Frame,
  spot: Spot,
): Value => grownBy(ev, start, { steps, base, use, spot, within: [] }, frame);

/** What is not known of a text or a list rests on what decides of it, too. */
const restingOn = (value: Value, more: readonly Root[]): Value => {
  if (more.length === 0) return value;
  const add = <H extends Hole>(hole: H): H => ({ ...hole, roots: [...hole.roots, ...more] });
  switch (value.kind) {
    case 'text':
      return { ...value, pieces: value.pieces.map((piece) => (piece.kind === 'hole' ? add(piece) : piece)) };
    case 'list':
      return { ...value, items: value.items.map((item) => (item.gap === undefined ? item : { ...item, gap: add(item.gap) })) };
    case 'unknown':
      return { ...value, hole: add(value.hole) };
    default:
      return value;
  }
};

/** What is told of a change: what it adds. */
const growthSpot = (step: Step, frame: Frame): Spot => {
  const call = step.kind === 'grow' && step.method !== '+=' && step.value?.kind === 'call' ? step.value : undefined;
  const added = call?.args.at(-1)?.value ?? step.value;
  return { source: frame.module.source, at: added?.at ?? step.at };
};
