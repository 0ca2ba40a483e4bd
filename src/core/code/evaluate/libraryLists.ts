import { knownText, type ListItem, type ObjectEntry } from '../values/value';
import { argumentAt, argumentNamed, gapOf, spotAt, unknownOf } from './evaluator';
import { spreadItems } from './growth';
import { iterated, numbered, tableItems, zipped } from './iterate';
import { first, type Library } from './libraryCall';
import { mapped } from './methods';
import { constantOf, lengthOf } from './questions';

/* Lists and tables that libraries make of others. */

const asList =
  (sort: 'list' | 'tuple' | 'set'): Library =>
  (ev, call, frame) => {
    const value = first(ev, call, frame);
    const spot = spotAt(call, frame);
    if (value === undefined) return { kind: 'list', sort, items: [], spot };
    if (value.kind === 'list' && (value.sort !== 'set' || sort === 'set')) return { ...value, sort };
    return sort === 'set' || value.kind !== 'list'
      ? { kind: 'list', sort, spot, items: [gapOf(unknownOf(call, frame, [value]))] }
      : { ...value, spot: value.spot };
  };

const sorted: Library = (ev, call, frame) => {
  const value = first(ev, call, frame);
  const spot = spotAt(call, frame);
  if (value?.kind !== 'list' || value.items.some(({ gap }) => gap !== undefined))
    return { kind: 'list', sort: 'list', spot, items: [gapOf(unknownOf(call, frame, []))] };
  const keyed = value.items.map((item) => ({ item, key: knownText(item.value()) }));
  if (call.args.length > 1 || keyed.some(({ key }) => key === undefined))
    return { kind: 'list', sort: 'list', spot, items: [gapOf(unknownOf(call, frame, []))] };
  const items = keyed.sort((a, b) => ((a.key ?? '') < (b.key ?? '') ? -1 : 1)).map(({ item }) => item);
  return { kind: 'list', sort: 'list', spot, items };
};

export const asObject: Library = (ev, call, frame) => {
  const base = first(ev, call, frame);
  const spot = spotAt(call, frame);
  const named = call.args.flatMap((one): readonly ObjectEntry[] =>
    one.name === undefined
      ? []
      : [{ key: one.name, value: () => ev.valueOf(one.value, frame), spot: spotAt(one, frame), entry: undefined, maybe: false }],
  );
  const more = call.args.filter(({ spread }) => spread === 'object').map(({ value }) => ev.valueOf(value, frame));
  const objects = [...(base === undefined ? [] : [base]), ...more];
  const open = objects.find((one) => one.kind !== 'object');
  const entries = [...objects.flatMap((one) => (one.kind === 'object' ? one.entries : [])), ...named];
  return { kind: 'object', entries, open: open && unknownOf(call, frame, [open]).hole, spot };
};

const merged: Library = (ev, call, frame) => {
  const values = call.args.map(({ value }) => ev.valueOf(value, frame));
  const open = values.find((one) => one.kind !== 'object');
  const entries = values.flatMap((one) => (one.kind === 'object' ? one.entries : []));
  const kept = entries.filter(({ key }, at) => entries.findLastIndex((one) => one.key === key) === at);
  return { kind: 'object', entries: kept, open: open && unknownOf(call, frame, [open]).hole, spot: spotAt(call, frame) };
};

const length: Library = (ev, call, frame) => constantOf(lengthOf(first(ev, call, frame)), spotAt(call, frame));

const mapAll: Library = (ev, call, frame) => {
  const [by, of] = [argumentAt(call, 0), argumentAt(call, 1)];
  const list = of && ev.valueOf(of, frame);
  return by !== undefined && list?.kind === 'list' ? mapped(ev, list, ev.valueOf(by, frame), spotAt(call, frame)) : undefined;
};

const chain: Library = (ev, call, frame) => {
  const items = call.args.flatMap(({ value }): readonly ListItem[] => spreadItems(ev.valueOf(value, frame), spotAt(value, frame)));
  return { kind: 'list', sort: 'list', items, spot: spotAt(call, frame) };
};

const enumerate: Library = (ev, call, frame) => {
  const value = first(ev, call, frame);
  const list = value && iterated(value, frame, spotAt(call, frame));
  const begin = argumentAt(call, 1) ?? argumentNamed(call, 'start');
  const start = begin && ev.valueOf(begin, frame);
  const number = start === undefined ? 0 : start.kind === 'constant' && typeof start.value === 'number' ? start.value : undefined;
  return list === undefined || number === undefined ? undefined : numbered(list, number, spotAt(call, frame));
};

const zip: Library = (ev, call, frame) => {
  const plain = call.args.filter(({ name }) => name === undefined);
  const lists = plain.flatMap(({ value }) => iterated(ev.valueOf(value, frame), frame, spotAt(value, frame)) ?? []);
  return lists.length === plain.length ? zipped(lists, spotAt(call, frame)) : undefined;
};

const tablePart =
  (what: 'keys' | 'values' | 'pairs'): Library =>
  (ev, call, frame) => {
    const value = first(ev, call, frame);
    return value?.kind === 'object' ? tableItems(value, what, spotAt(call, frame)) : undefined;
  };

/** By the names of their functions. */
export const listFunctions: Readonly<Record<string, Library>> = {
  list: asList('list'),
  tuple: asList('tuple'),
  set: asList('set'),
  frozenset: asList('set'),
  sorted,
  enumerate,
  len: length,
  zip,
  dict: asObject,
  map: mapAll,
  'itertools.chain': chain,
  'Array.from': asList('list'),
  'Object.assign': merged,
  'Object.keys': tablePart('keys'),
  'Object.values': tablePart('values'),
  'Object.entries': tablePart('pairs'),
};
