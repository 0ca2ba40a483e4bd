import type { Expr, Scope } from '../form';
import { textValue, type Frame, type InstanceValue, type ListItem, type ObjectEntry, type Piece, type Value } from '../values/value';
import { call, index, member } from './access';
import { gapOf, isNothing, isSomething, spotAt, unknownAt, unknownOf, type Evaluator, type Program } from './evaluator';
import { spreadItems } from './growth';
import { iterated } from './iterate';
import { lookup } from './lookup';
import { mapped, sliced } from './methods';
import { imported } from './modules';
import { binary, choice, either } from './operators';
import { filePath } from './paths';
import { piecesOf } from './pieces';

/** Bounds of one reading: steps along names and calls, expressions inside of others, expressions in all; what a loop's name may be. */
const most = { follow: 40, nest: 700, all: 400_000, items: 20 };

const textOf = (ev: Evaluator, expr: Expr & { readonly kind: 'text' }, frame: Frame): Value => {
  const { source } = frame.module;
  return textValue(
    expr.parts.flatMap((part): readonly Piece[] => {
      if (part.kind === 'text')
        return part.text === '' ? [] : [{ kind: 'known', text: part.text, source, at: part.at, notation: part.notation }];
      const spot = { source, at: part.at };
      const pieces = piecesOf(ev.valueOf(part.value, frame), spot);
      if (!part.formatted) return pieces;
      const first = pieces.find(({ kind }) => kind === 'hole');
      // A format makes another text of what is known, too.
      const hole = first?.kind === 'hole' ? first : unknownAt(spot).hole;
      return [{ ...hole, ...spot, name: source.text.slice(part.at.start, part.at.end) }];
    }),
  );
};

const listOf = (ev: Evaluator, expr: Expr & { readonly kind: 'list' }, frame: Frame): Value => ({
  kind: 'list',
  sort: expr.sort,
  spot: spotAt(expr, frame),
  items: expr.items.flatMap(({ spread, value }): readonly ListItem[] =>
    spread
      ? spreadItems(ev.valueOf(value, frame), spotAt(value, frame))
      : [{ value: () => ev.valueOf(value, frame), gap: undefined, item: spotAt(value, frame) }],
  ),
});

/** What a spread adds: its members; those of each alternative may be missing. */
const spreadEntries = (value: Value): { readonly entries: readonly ObjectEntry[]; readonly isKnown: boolean } => {
  if (value.kind === 'object') return { entries: value.entries, isKnown: value.open === undefined };
  if (isNothing(value)) return { entries: [], isKnown: true };
  if (value.kind !== 'unknown' || value.alternatives.length === 0) return { entries: [], isKnown: false };
  const parts = value.alternatives.map(spreadEntries);
  return {
    entries: parts.flatMap(({ entries }) => entries.map((entry) => ({ ...entry, maybe: true }))),
    isKnown: parts.every(({ isKnown }) => isKnown),
  };
};

const objectOf = (ev: Evaluator, expr: Expr & { readonly kind: 'object' }, frame: Frame): Value => {
  const entries: ObjectEntry[] = [];
  let open: Extract<Value, { kind: 'object' }>['open'];
  const add = (entry: ObjectEntry): void => {
    const at = entries.findIndex(({ key }) => key === entry.key);
    if (at === -1) entries.push(entry);
    else
      entries[at] = entry.maybe
        ? { ...entry, maybe: entries[at]?.maybe ?? true, value: () => unknownOf(expr, frame, [entry.value()], [entry.value()]) }
        : entry;
  };
  for (const entry of expr.entries) {
    const { key, value, at } = entry;
    if (key === undefined) {
      const more = ev.valueOf(value, frame);
      const { entries: added, isKnown } = spreadEntries(more);
      for (const one of added) add(one);
      if (!isKnown) open ??= unknownOf(value, frame, [more]).hole;
      continue;
    }
    const name = piecesOf(ev.valueOf(key, frame), spotAt(key, frame));
    if (name.some(({ kind }) => kind === 'hole')) open ??= unknownAt(spotAt(key, frame)).hole;
    else
      add({
        key: name.map((piece) => (piece.kind === 'known' ? piece.text : '')).join(''),
        value: () => ev.valueOf(value, frame),
        spot: { source: frame.module.source, at },
        entry,
        maybe: false,
      });
  }
  return { kind: 'object', entries, open, spot: spotAt(expr, frame) };
};

const eachOf = (ev: Evaluator, expr: Expr & { readonly kind: 'each' }, frame: Frame): Value => {
  const spot = spotAt(expr, frame);
  const of = ev.valueOf(expr.of, frame);
  const list = expr.always && expr.sort === 'list' ? iterated(of, frame, spotAt(expr.of, frame)) : undefined;
  const several = expr.scope.parameters.length > 1;
  const parts = ({ value }: ListItem): readonly (() => Value)[] => {
    const tuple = several ? value() : undefined;
    return tuple?.kind === 'list' ? tuple.items.map((item) => item.value) : several ? [] : [value];
  };
  const made = list && mapped(ev, list, { kind: 'function', scope: expr.scope, frame, self: undefined }, spot, parts);
  if (made !== undefined) return made;
  const hole = unknownOf(expr, frame, [of]);
  if (expr.sort === 'object') return { kind: 'object', entries: [], open: hole.hole, spot };
  return { kind: 'list', sort: expr.sort === 'set' ? 'set' : 'list', items: [gapOf(hole)], spot };
};

/** What a method is called on: as its call says, else an object of its class that nobody has seen being made. */
const selfOf = (expr: Expr, frame: Frame): Value => {
  for (let at: Frame | undefined = frame; at !== undefined; at = at.parent) {
    if (at.self !== undefined) return at.self;
    const { parent } = at.scope;
    if (at.scope.sort === 'function' && parent?.sort === 'class') {
      const owner = at.parent?.scope === parent ? at.parent : undefined;
      const outer = owner?.parent ?? at.parent ?? at;
      return {
        kind: 'instance',
        of: { kind: 'class', scope: parent, frame: outer },
        made: undefined,
        call: undefined,
      } satisfies InstanceValue;
    }
  }
  return unknownAt(spotAt(expr, frame));
};

const evaluate = (ev: Evaluator, expr: Expr, frame: Frame): Value => {
  const spot = spotAt(expr, frame);
  switch (expr.kind) {
    case 'text':
      return textOf(ev, expr, frame);
    case 'constant':
      return { kind: 'constant', value: expr.value, spot };
    case 'name':
      return filePath(expr.name, frame) ?? ev.follow(expr, frame, () => lookup(ev, expr, frame));
    case 'self':
      return selfOf(expr, frame);
    case 'member':
      return member(ev, expr, frame);
    case 'index':
      return index(ev, expr, frame);
    case 'slice': {
      const object = ev.valueOf(expr.object, frame);
      const bound = (one: Expr | undefined): number | undefined => {
        const value = one && ev.valueOf(one, frame);
        return value?.kind === 'constant' && typeof value.value === 'number' ? value.value : undefined;
      };
      const [from, to] = [bound(expr.from), bound(expr.to)];
      const isKnown = (expr.from === undefined || from !== undefined) && (expr.to === undefined || to !== undefined);
      return (isKnown ? sliced(object, from, to) : undefined) ?? unknownOf(expr, frame, [object]);
    }
    case 'call':
      return call(ev, expr, frame);
    case 'list':
      return listOf(ev, expr, frame);
    case 'object':
      return objectOf(ev, expr, frame);
    case 'function':
      return { kind: 'function', scope: expr.scope, frame, self: undefined };
    case 'class':
      return { kind: 'class', scope: expr.scope, frame };
    case 'binary':
      return binary(ev, expr, frame);
    case 'either':
      return either(expr, ev.valueOf(expr.left, frame), () => ev.valueOf(expr.right, frame), frame);
    case 'both': {
      const left = ev.valueOf(expr.left, frame);
      if (isNothing(left)) return left;
      const right = ev.valueOf(expr.right, frame);
      return isSomething(left) ? right : unknownOf(expr, frame, [left], [right, { kind: 'constant', value: null, spot }]);
    }
    case 'choice':
      return choice(ev, expr, frame);
    case 'item': {
      const own = frame.items?.get(expr.at.start);
      if (own !== undefined) return own();
      const list = iterated(ev.valueOf(expr.of, frame), frame, spot);
      const items = list?.items.every(({ gap }) => gap === undefined) === true ? list.items.slice(0, most.items) : [];
      return unknownAt(
        spot,
        {},
        items.map(({ value }) => value()),
      );
    }
    case 'each':
      return eachOf(ev, expr, frame);
    case 'other':
      return unknownAt(spot);
  }
};

/** An evaluator for one reading of a program. */
export const createEvaluator = (program: Program): Evaluator => {
  const frames = [new Map<Scope, Frame>(), new Map<Scope, Frame>()];
  let [follows, nested, all] = [0, 0, 0];
  const ev: Evaluator = {
    program,
    frameOf: (scope, module, probes) => {
      const known = frames[Number(probes)];
      const found = known?.get(scope);
      if (found !== undefined) return found;
      const parent = scope.parent && ev.frameOf(scope.parent, module, probes);
      const made: Frame = { scope, module, given: new Map(), self: undefined, parent, probes, memo: new Map() };
      known?.set(scope, made);
      return made;
    },
    valueOf: (expr, frame) => {
      const known = frame.memo.get(expr);
      if (known !== undefined) return known;
      all += 1;
      const unknown = unknownAt(spotAt(expr, frame));
      if (nested >= most.nest || all > most.all) return unknown;
      // Whoever asks for it again on the way to it goes in a circle.
      frame.memo.set(expr, unknown);
      nested += 1;
      const value = evaluate(ev, expr, frame);
      nested -= 1;
      frame.memo.set(expr, value);
      return value;
    },
    imported: (from, spot, frame) => imported(ev, from, spot, frame),
    follow: (at, frame, next) => {
      if (follows >= most.follow) return unknownAt(spotAt(at, frame));
      follows += 1;
      const value = next();
      follows -= 1;
      return value;
    },
  };
  return ev;
};
