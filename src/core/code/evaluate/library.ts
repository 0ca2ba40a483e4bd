import type { CallExpr } from '../form';
import { cleandoc, dedent, strip } from '../values/pieces';
import { fillDollars, fillNames } from '../values/templates';
import { knownText, memberOf, textValue, type DumpedValue, type Frame, type Piece, type SymbolValue, type Value } from '../values/value';
import { apply } from './apply';
import { argumentAt, argumentNamed, isNothing, spotAt, unknownOf, type Evaluator } from './evaluator';
import { first, type Library } from './libraryCall';
import { fileFunctions } from './libraryFiles';
import { asObject, listFunctions } from './libraryLists';
import { piecesOf } from './pieces';

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

/** A template of Jinja that is made of a text. */
const rendered: Library = (ev, call, frame, { object }) => {
  const template = object?.object?.call ?? object?.call;
  const text = template && first(ev, template.expr, template.frame);
  if (text?.kind !== 'text' || template?.expr.args.length !== 1) return undefined;
  const objects = call.args.filter(({ name }) => name === undefined).map(({ value }) => ev.valueOf(value, frame));
  const fill = (name: string): readonly Piece[] | undefined => {
    const given = argumentNamed(call, name);
    if (given !== undefined) return piecesOf(ev.valueOf(given, frame), spotAt(given, frame));
    const entry = objects.map((one) => memberOf(one, name)).find((one) => one !== undefined);
    return entry && piecesOf(entry.value(), entry.spot);
  };
  const pieces = fillNames(text.pieces, fill, spotAt(call, frame));
  return pieces && textValue(pieces);
};

const required: Library = (ev, call, frame) => {
  const module = knownText(first(ev, call, frame));
  return module === undefined ? undefined : ev.imported({ module, name: '' }, spotAt(call, frame), frame);
};

const second: Library = (ev, call, frame) => {
  const argument = argumentAt(call, 1);
  return argument && ev.valueOf(argument, frame);
};

/** What a field of a class is when nobody says otherwise. */
const fieldDefault: Library = (ev, call, frame) => {
  const given = argumentNamed(call, 'default') ?? argumentAt(call, 0);
  if (given !== undefined) return ev.valueOf(given, frame);
  const factory = argumentNamed(call, 'default_factory') ?? argumentNamed(call, 'factory');
  const made = factory && ev.valueOf(factory, frame);
  const none: CallExpr = { ...call, args: [] };
  return made?.kind === 'function'
    ? apply(ev, made, none, frame)
    : made?.kind === 'symbol'
      ? libraryValue(ev, made, none, frame)
      : undefined;
};

const table: Readonly<Record<string, Library>> = {
  ...listFunctions,
  ...fileFunctions,
  str: asText,
  String: asText,
  require: required,
  open: () => undefined,
  'typing.cast': second,
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
  'string.Template().substitute': substituted,
  'string.Template().safe_substitute': substituted,
  'jinja2.Template().render': rendered,
  'types.SimpleNamespace': asObject,
  'argparse.Namespace': asObject,
  'copy.deepcopy': same,
  'copy.copy': same,
  'Object.freeze': same,
  structuredClone: same,
  'Promise.all': same,
  'Buffer.from': bytesOf,
  'TextEncoder().encode': bytesOf,
  'util.TextEncoder().encode': bytesOf,
  bytes: bytesOf,
  'decouple.config': environment,
};

const field = /^(?:pydantic(?:_settings)?|dataclasses|attrs?|sqlmodel)\.(?:fields\.)?(?:Field|field|ib)$/;

const plainName = (name: string): string => name.replace(/^node:/, '').replace(/^(fs|path|url|util)\.default\./, '$1.');

/** What a library's function gives, where that is known without running it. */
export const libraryValue = (ev: Evaluator, symbol: SymbolValue, call: CallExpr, frame: Frame): Value | undefined => {
  const name = plainName(symbol.name);
  if (/(?:^|\.)(?:SystemContentBlock|ContentBlock|CachePoint)$/.test(name)) return asObject(ev, call, frame, symbol);
  if (/(?:^|\.)create_cache_point$/.test(name)) return cachePoint(ev, call, frame, symbol);
  if (field.test(name)) return fieldDefault(ev, call, frame, symbol);
  return Object.hasOwn(table, name) ? table[name]?.(ev, call, frame, symbol) : undefined;
};
