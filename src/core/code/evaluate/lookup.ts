import type { Expr, Parameter, PathKey, Scope, Step } from '../form';
import { textValue, type Frame, type Value } from '../values/value';
import { isEmpty, orWhatIsGiven, renamed, spotAt, unknownAt, type Evaluator } from './evaluator';
import { encloses } from '../../text/span';
import { callsInside, callsNamed, classNamed } from '../parts';
import { bind } from './apply';
import { isConstructor } from './classes';
import { grown } from './growth';
import { isCarried, isSeen, isSure, rootsOfTests, stepWith, stepsOf, wayTo, type Way } from './steps';

/** What a name stands for at a place. */
interface Found {
  readonly value: Value;
  /** Did a caller give it? Then it is called what it is called there. */
  readonly keepsName: boolean;
}

const parameterOf = ({ parameters }: Scope, name: string): Parameter | undefined => parameters.find((one) => one.name === name);

/** An object of the class that a parameter's type names, where that is one of the program. */
export const ofType = (ev: Evaluator, type: string | undefined, { scope, module, probes }: Frame): readonly Value[] => {
  const name = classNamed(type);
  const top = ev.frameOf(module.scope, module, probes);
  if (name === undefined || !hasName(module.scope, name)) return [];
  const at: Expr = { kind: 'other', at: scope.at };
  const of = ev.follow(at, top, () => moduleName(ev, name, top, at, top));
  return of.kind === 'class' ? [{ kind: 'instance', of, made: undefined, call: undefined }] : [];
};

/** The class that a parameter without a type is named after, as `llm_client` is after `LlmClient`. */
const namedAfter = (name: string, scope: Scope): string | undefined => {
  const inWords = name.replace(/(?:^|_)([a-z])/g, (_, letter: string) => letter.toUpperCase());
  return [inWords, name.toUpperCase()].find((one) => one !== name && hasName(scope, one));
};

/** What a value is made by that may send prompts for others: its class, its function, the place of a table with such in it. */
const helps = (value: Value, depth = 0): unknown => {
  if (value.kind === 'instance') return value.of.scope;
  if (value.kind === 'function') return value.scope;
  return value.kind === 'object' && depth < 2 && value.entries.some((entry) => helps(entry.value(), depth + 1) !== undefined)
    ? value.spot.at
    : undefined;
};

/** Does a function keep what it is given: a constructor, or one around another that uses it, perhaps after it was taken apart? */
const isKeeping = ({ scope }: Frame, name: string, user: Frame): boolean =>
  isConstructor(scope) || (scope.name !== '' && (scope !== user.scope || name.startsWith('#')));

/** What such a function is given wherever its file calls it, if that is something of the program that helps, and the same everywhere. */
const whereCalled = (ev: Evaluator, name: string, { scope, module, parent }: Frame): readonly Value[] => {
  const [of, outer] = isConstructor(scope) ? [scope.parent, parent?.parent ?? parent] : [undefined, parent];
  if (parent === undefined || outer === undefined || (scope.parent?.sort === 'class') !== (of !== undefined)) return [];
  const self: Value | undefined = of && {
    kind: 'instance',
    of: { kind: 'class', scope: of, frame: outer },
    made: undefined,
    call: undefined,
  };
  const wanted = (of ?? scope).name;
  const sites = callsNamed(
    module,
    (called) => called === wanted,
    (part) => part.holds(wanted),
  );
  const values = sites.flatMap(
    (site) => bind(ev, scope, parent, self, site.call, ev.frameOf(site.scope, module, false)).given.get(name)?.() ?? [],
  );
  const [one, ...others] = values.filter((value) => helps(value) !== undefined);
  return one !== undefined && others.every((other) => helps(other) === helps(one)) ? [one] : [];
};

/** The value of a parameter: as a caller gave it, else its default, else unknown. */
export const valueOfParameter = (
  ev: Evaluator,
  { name, fallback, takes, type }: Parameter,
  frame: Frame,
  use: Expr,
  user: Frame,
): Value => {
  const given = frame.given.get(name);
  if (given !== undefined) return given();
  const { parent, marks, parameters } = frame.scope;
  if (parent?.sort === 'class' && marks.includes('classmethod') && parameters[0]?.name === name) {
    // A class that stands before it is the one that it is called on.
    const self = frame.self?.kind === 'instance' ? frame.self.of : frame.self;
    return self?.kind === 'class' ? self : { kind: 'class', scope: parent, frame: frame.parent?.parent ?? frame.parent ?? frame };
  }
  const root = { scope: frame.scope, name };
  const details = { roots: [root], isGiven: true };
  const spot = spotAt(use, user);
  const typed = frame.probes ? [] : ofType(ev, type ?? namedAfter(name, frame.module.scope), frame);
  const own = unknownAt(
    spot,
    details,
    typed.length > 0 || frame.probes || !isKeeping(frame, name, user) ? typed : whereCalled(ev, name, frame),
  );
  if (frame.scope.name === '' && fallback === undefined) return own;
  if (takes === 'list') return { kind: 'list', sort: 'tuple', spot, items: [{ value: () => own, gap: own.hole, item: undefined }] };
  if (takes === 'object') return { kind: 'object', entries: [], open: own.hole, spot };
  if (fallback === undefined) return own;
  const usual = ev.valueOf(fallback, frame.parent ?? frame);
  if (frame.probes) return unknownAt(spot, details, [usual]);
  // What a framework puts in is an object of the type.
  if (usual.kind === 'symbol' && own.alternatives.length > 0) return own;
  if (usual.kind === 'constant' && usual.value === null) return unknownAt(spot, details, [...own.alternatives, usual]);
  if (isEmpty(usual)) return orWhatIsGiven(usual, own);
  if (usual.kind !== 'text') return usual;
  return textValue(usual.pieces.map((piece) => (piece.kind === 'hole' ? piece : { ...piece, isUsual: true })));
};

const valueOfStep = (ev: Evaluator, step: Step, frame: Frame): Value => {
  if (step.from !== undefined) return ev.imported(step.from, { source: frame.module.source, at: step.at }, frame);
  return step.value === undefined ? unknownAt({ source: frame.module.source, at: step.at }) : ev.valueOf(step.value, frame);
};

const isSetToNothing = ({ value }: Step): boolean => value?.kind === 'constant' && value.value === null;

/** The last values that a name may have: from the last sure one on. */
const candidates = (
  scope: Scope,
  sets: readonly Step[],
  use: number,
  way: Way,
): { readonly last: readonly Step[]; readonly sure: boolean } => {
  const before = sets.filter((step) => (use === Infinity || step.at.end <= use || step.keepsName) && isSeen(scope, step, way));
  const counts = (step: Step): boolean => step.from !== undefined || isSure(scope, step, way);
  const from = before.findLastIndex(counts);
  const all = before.slice(Math.max(0, from));
  // What is nothing where a library is missing is what the library has: without it nothing is sent.
  const last = all[0]?.from !== undefined && all.slice(1).every(isSetToNothing) ? all.slice(0, 1) : all;
  const later = sets.some(
    (step) =>
      use !== Infinity && step.at.end > use && isCarried(scope, step, way, last.at(-1)) && isSeen(scope, step, way) && step.at.start > use,
  );
  return { last, sure: from !== -1 && last.length === 1 && !later };
};

/** Steps of a name that an object holds are steps of the object, from where it was put in until the name stands for something else. */
const aliasesOf = (scope: Scope, key: PathKey, value: Expr | undefined, after: Step, root: string): readonly Step[] => {
  if (value?.kind !== 'name') return [];
  const later = stepsOf(scope, value.name).filter(({ at }) => at.start >= after.at.end);
  const end = later.findIndex(({ kind, path }) => kind === 'set' && path.length === 0);
  return later
    .slice(0, end === -1 ? later.length : end)
    .flatMap((step) => (step.kind === 'hand' ? [] : [stepWith(step, { root, path: [key, ...step.path] })]));
};

const withAliases = (scope: Scope, steps: readonly Step[], base: Step): readonly Step[] => {
  const { value, root } = base;
  const named: readonly (readonly [PathKey | undefined, Expr])[] =
    value?.kind === 'object'
      ? value.entries.map((entry) => [entry.key, entry.value])
      : value?.kind === 'call' && value.callee.kind === 'name' && value.callee.name === 'dict'
        ? value.args.map((argument) => [argument.name, argument.value])
        : [];
  const put = steps.flatMap((step) =>
    step.kind === 'set' && step.path.length === 1 && step.path[0] !== undefined
      ? aliasesOf(scope, step.path[0], step.value, step, root)
      : [],
  );
  const more = [...named.flatMap(([key, own]) => (key === undefined ? [] : aliasesOf(scope, key, own, base, root))), ...put];
  return more.length === 0 ? steps : [...steps, ...more].sort((a, b) => a.at.start - b.at.start);
};

const inScope = (ev: Evaluator, name: string, frame: Frame, use: number, expr: Expr, user: Frame): Found | undefined => {
  const { scope } = frame;
  const steps = stepsOf(scope, name);
  const sets = steps.filter(({ kind, path }) => kind === 'set' && path.length === 0);
  const way = wayTo(ev, frame, use, sets);
  const { last, sure } = candidates(scope, sets, use, way);
  const parameter = parameterOf(scope, name);
  if (last.length === 0 && parameter === undefined) return undefined;
  const base = last.at(-1);
  const spot = spotAt(expr, user);
  if (base === undefined || (sure && last.length === 1)) {
    const start =
      base === undefined && parameter !== undefined
        ? valueOfParameter(ev, parameter, frame, expr, user)
        : base && valueOfStep(ev, base, frame);
    if (start === undefined) return undefined;
    const all = base === undefined ? steps : withAliases(scope, steps, base);
    return { value: grown(ev, start, all, base, use, frame, spot), keepsName: base === undefined || base.keepsName };
  }
  const earlier = isSure(scope, last[0] ?? base, way)
    ? []
    : parameter === undefined
      ? []
      : [valueOfParameter(ev, parameter, frame, expr, user)];
  const alternatives = [...last.map((step) => valueOfStep(ev, step, frame)), ...earlier];
  const holes = alternatives.flatMap((one) => (one.kind === 'unknown' ? [one.hole] : []));
  const roots = [...holes.flatMap((hole) => hole.roots), ...rootsOfTests(ev, frame, last, way)];
  const details = { roots, isGiven: holes.some(({ isGiven }) => isGiven) };
  return { value: unknownAt(spot, details, alternatives), keepsName: false };
};

/** What other functions do to something that stands outside of them cannot be put in order. */
const changedElsewhere = (name: string, frame: Frame): boolean =>
  frame.scope.sort === 'module' && frame.module.parts.some((part) => part.holds(name) && part.names.changes.has(name));

/** Is it a function inside of another one, at any depth? */
const isInside = (inner: Scope, outer: Scope): boolean => {
  for (let at: Scope | undefined = inner.parent; at !== undefined; at = at.parent) if (at === outer) return true;
  return false;
};

/** Does a function inside of one, which stands before a place, change what is its own: a callback that adds to a list? */
const changedInside = (name: string, { scope, module }: Frame, use: number): boolean => {
  const part = scope.sort === 'function' ? module.parts.find(({ at }) => encloses(at, scope.at)) : undefined;
  if (part?.names.changes.has(name) !== true) return false;
  const inner = new Set(
    callsInside(module, scope).flatMap((site) => [
      site.scope,
      ...site.call.args.flatMap(({ value }) => (value.kind === 'function' ? value.scope : [])),
    ]),
  );
  return [...inner].some(
    (one) =>
      one.at.start < use &&
      isInside(one, scope) &&
      !hasName(one, name) &&
      parameterOf(one, name) === undefined &&
      stepsOf(one, name).some(({ kind, path }) => kind === 'grow' || (kind === 'set' && path.length > 0)),
  );
};

const opened = (value: Value, expr: Expr, frame: Frame): Value => {
  const gap = unknownAt(spotAt(expr, frame));
  if (value.kind === 'list') return { ...value, items: [...value.items, { value: () => gap, gap: gap.hole, item: undefined }] };
  return value.kind === 'object' ? { ...value, open: value.open ?? gap.hole } : value;
};

/** What a name is worth where it stands. */
export const lookup = (ev: Evaluator, expr: Expr & { readonly kind: 'name' }, frame: Frame): Value => {
  const { name, at } = expr;
  for (let own: Frame | undefined = frame; own !== undefined; own = own.parent) {
    if (own.scope.sort === 'class' && own !== frame) continue;
    const here = own;
    // A comprehension runs where it stands; a function runs later.
    const isHere = own === frame || (own.scope.at.start <= at.start && runsAtOnce(frame, own));
    const found = inScope(ev, name, here, isHere ? at.start : Infinity, expr, frame);
    if (found === undefined) continue;
    const isChanged = (frame !== own && changedElsewhere(name, here)) || changedInside(name, here, at.start);
    const value = isChanged ? opened(found.value, expr, frame) : found.value;
    if (found.keepsName) return keeping(value);
    return withoutKept(renamed(value, spotAt(expr, frame)));
  }
  const star = frame.module.stars
    .map((module) => ev.program.moduleFor(frame.module, module))
    .find((one) => one !== undefined && hasName(one.scope, name));
  if (star !== undefined)
    return ev.follow(expr, frame, () => moduleName(ev, name, ev.frameOf(star.scope, star, frame.probes), expr, frame));
  return { kind: 'symbol', name, call: undefined, object: undefined, spot: spotAt(expr, frame) };
};

/** Do only comprehensions lie between a frame and one around it? */
const runsAtOnce = (frame: Frame, outer: Frame): boolean => {
  let at: Frame | undefined = frame;
  while (at !== undefined && at !== outer) {
    if (at.scope.name !== '' || at.scope.steps.length > 0 || at.scope.sort !== 'function') return false;
    at = at.parent;
  }
  return at === outer;
};

const keeping = (value: Value): Value => (value.kind === 'unknown' ? { ...value, keepsName: true } : value);

const withoutKept = (value: Value): Value => {
  if (value.kind !== 'symbol' || value.keeps === undefined) return value;
  const { keeps: _, ...rest } = value;
  return rest;
};

export const hasName = (scope: Scope, name: string): boolean =>
  stepsOf(scope, name).some(({ kind, path }) => kind === 'set' && path.length === 0);

/** What a module says of a name when all of it has run. */
export const moduleName = (ev: Evaluator, name: string, frame: Frame, expr: Expr, user: Frame): Value =>
  inScope(ev, name, frame, Infinity, expr, user)?.value ?? unknownAt(spotAt(expr, user));
