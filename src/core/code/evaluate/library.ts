import type { CallExpr } from '../form';
import { cleandoc, dedent, strip } from '../values/pieces';
import { fillDollars } from '../values/templates';
import {
  knownText,
  textValue,
  type DumpedValue,
  type Frame,
  type ListItem,
  type ObjectEntry,
  type Piece,
  type SymbolValue,
  type Value,
} from '../values/value';
import { argumentAt, argumentNamed, isNothing, spotAt, unknownOf, type Evaluator } from './evaluator';
import { gapOf, spreadItems } from './growth';
import { mapped, textOfFile } from './methods';
import { asPath, joinPaths, parentOf } from './paths';
import { piecesOf } from './pieces';

type Library = (ev: Evaluator, call: CallExpr, frame: Frame, symbol: SymbolValue) => Value | undefined;

const first = (ev: Evaluator, call: CallExpr, frame: Frame): Value | undefined => {
  const argument = argumentAt(call, 0);
  return argument && ev.valueOf(argument, frame);
};

/** The first argument as it is: a copy, a cast, a frozen one, bytes of a text. */
const same: Library = (ev, call, frame) => first(ev, call, frame);

/** As the packages of JavaScript do it: white space at both ends goes too. */
const dedentAll = (pieces: readonly Piece[]): readonly Piece[] => strip(dedent(pieces), 'both');

/** Bytes of a text are the text; of anything else they are not known. */
const bytesOf: Library = (ev, call, frame) => {
  const value = first(ev, call, frame);
  return value === undefined || value.kind === 'text' || value.kind === 'dumped' ? value : unknownOf(call, frame, [value]);
};

/** An object that a library makes of named arguments, and that is one on the wire. */
const cachePoint: Library = (_ev, call, frame) => {
  const spot = spotAt(call, frame);
  const point: Value = { kind: 'object', entries: [], open: undefined, spot };
  return {
    kind: 'object',
    entries: [{ key: 'cachePoint', value: () => point, spot, entry: undefined, maybe: false }],
    open: undefined,
    spot,
  };
};

const onText =
  (change: (pieces: readonly Piece[]) => readonly Piece[]): Library =>
  (ev, call, frame) => {
    const value = first(ev, call, frame);
    return value?.kind === 'text' ? textValue(change(value.pieces)) : value && unknownOf(call, frame, [value]);
  };

const asText: Library = (ev, call, frame) => {
  const argument = argumentAt(call, 0);
  const value = argument && ev.valueOf(argument, frame);
  if (value === undefined || value.kind === 'text' || value.kind === 'path') return value;
  return value.kind === 'constant' || value.kind === 'dumped'
    ? textValue(piecesOf(value, spotAt(argument ?? call, frame)))
    : unknownOf(call, frame, [value]);
};

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

const asObject: Library = (ev, call, frame) => {
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

/** What the options of `json.dumps` and `JSON.stringify` say of white space and letters, as far as they are known. */
const layoutOf = (ev: Evaluator, call: CallExpr, frame: Frame): DumpedValue['layout'] => {
  let [indent, ascii] = [0, true];
  const isPython = frame.module.language === 'python';
  for (const [at, { name, value: expr, spread }] of call.args.entries()) {
    if (at === 0 && name === undefined) continue;
    const value = ev.valueOf(expr, frame);
    const known = value.kind === 'constant' ? value.value : undefined;
    const isIndent = isPython ? name === 'indent' : at === 2;
    if (spread !== undefined || known === undefined) return undefined;
    if (isIndent && (known === null || typeof known === 'number')) indent = known ?? 0;
    else if (name === 'ensure_ascii') ascii = known !== false;
    else if (name !== 'sort_keys' && (isPython || at !== 1 || known !== null)) return undefined;
  }
  return { indent, ascii };
};

const dumps: Library = (ev, call, frame) => {
  const value = first(ev, call, frame);
  if (value === undefined) return undefined;
  const sort = argumentNamed(call, 'sort_keys');
  const { language } = frame.module;
  const isSorted = language === 'typescript' || (sort !== undefined && !isNothing(ev.valueOf(sort, frame)));
  const spot = spotAt(call, frame);
  const inner = unknownOf(call, frame, [value]).hole;
  const isRuntime = value.kind !== 'object' && value.kind !== 'list' && value.kind !== 'text' && value.kind !== 'constant';
  const cause = inner.cause ?? (!isSorted && (isRuntime || (value.kind === 'object' && value.open !== undefined)) ? 'unsorted' : undefined);
  const hole = { ...inner, ...spot, end: cause === inner.cause ? inner.end : spot, cause };
  return { kind: 'dumped', value, sorted: isSorted, layout: layoutOf(ev, call, frame), hole, language };
};

const environment: Library = (ev, call, frame) => {
  const otherwise = argumentAt(call, 1) ?? argumentNamed(call, 'default');
  return otherwise && ev.valueOf(otherwise, frame);
};

const joinAll: Library = (ev, call, frame) =>
  joinPaths(
    call.args.map(({ value }) => ev.valueOf(value, frame)),
    spotAt(call, frame),
  ) ?? undefined;

const onPath =
  (change: (path: NonNullable<ReturnType<typeof asPath>>) => Value): Library =>
  (ev, call, frame) => {
    const path = asPath(first(ev, call, frame), spotAt(call, frame));
    return path && change(path);
  };

const newPath: Library = (ev, call, frame) => {
  const parts = call.args.map(({ value }) => ev.valueOf(value, frame));
  return parts.length > 1 ? joinPaths(parts, spotAt(call, frame)) : asPath(parts[0], spotAt(call, frame));
};

const readFile: Library = (ev, call, frame) => textOfFile(ev, first(ev, call, frame), call, frame);

/** `open(…).read()` */
const readOpened: Library = (ev, call, frame, { object }) => {
  const opened = object?.object?.call ?? object?.call;
  return opened && textOfFile(ev, first(ev, opened.expr, opened.frame), call, frame);
};

const substituted: Library = (ev, call, frame, { object }) => {
  const template = object?.object?.call ?? object?.call;
  const text = template && first(ev, template.expr, template.frame);
  if (text?.kind !== 'text') return undefined;
  const fill = (name: string): readonly Piece[] | undefined => {
    const given = argumentNamed(call, name);
    return given && piecesOf(ev.valueOf(given, frame), spotAt(given, frame));
  };
  return textValue(fillDollars(text.pieces, fill, spotAt(call, frame)));
};

const mapAll: Library = (ev, call, frame) => {
  const [by, of] = [argumentAt(call, 0), argumentAt(call, 1)];
  const list = of && ev.valueOf(of, frame);
  return by !== undefined && list?.kind === 'list' ? mapped(ev, list, ev.valueOf(by, frame), spotAt(call, frame)) : undefined;
};

const required: Library = (ev, call, frame) => {
  const module = knownText(first(ev, call, frame));
  return module === undefined ? undefined : ev.imported({ module, name: '' }, spotAt(call, frame), frame);
};

const second: Library = (ev, call, frame) => {
  const argument = argumentAt(call, 1);
  return argument && ev.valueOf(argument, frame);
};

const chain: Library = (ev, call, frame) => {
  const items = call.args.flatMap(({ value }): readonly ListItem[] => spreadItems(ev.valueOf(value, frame), spotAt(value, frame)));
  return { kind: 'list', sort: 'list', items, spot: spotAt(call, frame) };
};

const table: Readonly<Record<string, Library>> = {
  str: asText,
  String: asText,
  list: asList('list'),
  tuple: asList('tuple'),
  set: asList('set'),
  frozenset: asList('set'),
  sorted,
  dict: asObject,
  map: mapAll,
  require: required,
  open: () => undefined,
  'typing.cast': second,
  'itertools.chain': chain,
  'textwrap.dedent': onText(dedent),
  'inspect.cleandoc': onText(cleandoc),
  'dedent.default': onText(dedentAll),
  'ts-dedent.dedent': onText(dedentAll),
  'ts-dedent.default': onText(dedentAll),
  'json.dumps': dumps,
  'JSON.stringify': dumps,
  'orjson.dumps': dumps,
  'os.environ.get': environment,
  'os.getenv': environment,
  'os.path.join': joinAll,
  'os.path.dirname': onPath((path) => parentOf(path, 1)),
  'os.path.abspath': onPath((path) => path),
  'os.path.realpath': onPath((path) => path),
  'os.path.normpath': onPath((path) => path),
  'pathlib.Path': newPath,
  'pathlib.PurePath': newPath,
  'open().read': readOpened,
  'string.Template().substitute': substituted,
  'string.Template().safe_substitute': substituted,
  'copy.deepcopy': same,
  'copy.copy': same,
  'Object.freeze': same,
  structuredClone: same,
  'Buffer.from': bytesOf,
  'TextEncoder().encode': bytesOf,
  'util.TextEncoder().encode': bytesOf,
  bytes: bytesOf,
  'Array.from': asList('list'),
  'Object.assign': merged,
  'fs.readFileSync': readFile,
  'fs.readFile': readFile,
  'fs.promises.readFile': readFile,
  'fs/promises.readFile': readFile,
  'path.join': joinAll,
  'path.resolve': joinAll,
  'path.dirname': onPath((path) => parentOf(path, 1)),
  'url.fileURLToPath': same,
};

const plainName = (name: string): string => name.replace(/^node:/, '').replace(/^(fs|path|url|util)\.default\./, '$1.');

/** What a library's function gives, where that is known without running it. */
export const libraryValue = (ev: Evaluator, symbol: SymbolValue, call: CallExpr, frame: Frame): Value | undefined => {
  const name = plainName(symbol.name);
  if (/(?:^|\.)(?:SystemContentBlock|ContentBlock|CachePoint)$/.test(name)) return asObject(ev, call, frame, symbol);
  if (/(?:^|\.)create_cache_point$/.test(name)) return cachePoint(ev, call, frame, symbol);
  return Object.hasOwn(table, name) ? table[name]?.(ev, call, frame, symbol) : undefined;
};
