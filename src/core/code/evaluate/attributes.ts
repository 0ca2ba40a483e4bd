import type { Scope, Step } from '../form';
import type { ClassValue, Frame, FunctionValue, InstanceValue, Spot, Value } from '../values/value';
import { callsInside } from '../parts';
import { apply, bind } from './apply';
import { constructorOf, constructorsOf, isConstructor, isProperty, isSetter, isSuperCall, lineOf, methodsOf } from './classes';
import { argumentAt, argumentNamed, isNothing, renamed, unknownAt, unknownOf, type Evaluator } from './evaluator';
import { grown, openAny } from './growth';
import { hasName, ofType } from './lookup';
import { stepWith, stepsOf } from './steps';

/** What a method does to an attribute of what it is called on. */
const touching = (scope: Scope, name: string): readonly Step[] => stepsOf(scope, 'this').filter(({ path }) => path[0] === name);

/** The same step as if the attribute were a name. */
const asName = (step: Step): Step => stepWith(step, { path: step.path.slice(1) });

/** Does a class that is made of this one, beside it, have a member of its own in place of it? */
const isReplaced = (ev: Evaluator, { scope, frame }: ClassValue, name: string): boolean =>
  frame.scope.steps.some(
    ({ value }) =>
      value?.kind === 'class' &&
      hasName(value.scope, name) &&
      value.scope.bases.some((base) => {
        const parent = ev.valueOf(base, frame);
        return parent.kind === 'class' && parent.scope === scope;
      }),
  );

/** Nobody has seen it being made: it may be of any class that is made of its own. */
const isSupposed = (self: Value | undefined): boolean => self?.kind === 'instance' && self.made === undefined && self.call === undefined;

const classMember = (ev: Evaluator, of: ClassValue, name: string, self: Value | undefined, user: Frame): Value | undefined => {
  const { scope, frame } = of;
  if (hasName(scope, name)) {
    if (isSupposed(self) && isReplaced(ev, of, name)) return undefined;
    const own: Frame = {
      scope,
      module: frame.module,
      given: new Map(),
      self: undefined,
      parent: frame,
      probes: user.probes,
      memo: new Map(),
    };
    const step = stepsOf(scope, name).findLast(
      ({ kind, path, value }) => kind === 'set' && path.length === 0 && value !== undefined && !isSetter(value),
    );
    if (step?.value !== undefined) {
      const { value: expr } = step;
      const value = ev.follow(expr, own, () => ev.valueOf(expr, own));
      if (value.kind !== 'function' || value.scope.marks.includes('staticmethod')) return value;
      const method: FunctionValue = { ...value, self: self ?? of };
      return self !== undefined && isProperty(value.scope)
        ? apply(ev, method, { kind: 'call', at: expr.at, callee: expr, args: [], isNew: false }, own)
        : method;
    }
  }
  for (const base of scope.bases) {
    const parent = ev.valueOf(base, frame);
    const found =
      parent.kind === 'class' && parent.scope !== scope
        ? ev.follow(base, frame, () => classMember(ev, parent, name, self, user) ?? unknownAt({ source: frame.module.source, at: base.at }))
        : undefined;
    if (found !== undefined && found.kind !== 'unknown') return found;
  }
  return undefined;
};

export const memberOfClass = (ev: Evaluator, of: ClassValue, name: string, spot: Spot, user: Frame): Value =>
  classMember(ev, of, name, undefined, user) ?? unknownAt(spot);

/** Names of the fields of a class, those of the classes behind it first: a library makes the constructor that takes them in this order. */
const fieldsOf = (ev: Evaluator, of: ClassValue): readonly string[] => [
  ...new Set(
    [...lineOf(ev, of)]
      .reverse()
      .flatMap(({ scope }) => scope.steps)
      .flatMap(({ kind, path, root, value }) =>
        kind === 'set' && path.length === 0 && root !== '__doc__' && value?.kind !== 'function' && value?.kind !== 'class' ? [root] : [],
      ),
  ),
];

/** What an instance was made with, for a class whose constructor is left to a library. */
const givenByName = (ev: Evaluator, { call, of }: InstanceValue, name: string): Value | undefined => {
  if (call === undefined || constructorOf(ev, of) !== undefined) return undefined;
  const argument = argumentNamed(call.expr, name) ?? argumentAt(call.expr, fieldsOf(ev, of).indexOf(name));
  return argument && ev.valueOf(argument, call.frame);
};

/** Methods of a class and of those behind it, without those that have another one before them. */
const allMethods = (ev: Evaluator, of: ClassValue): readonly Scope[] => {
  const found: Scope[] = [];
  for (const one of lineOf(ev, of))
    for (const scope of methodsOf(one)) if (isConstructor(scope) || !found.some(({ name }) => name === scope.name)) found.push(scope);
  return found;
};

/** In which a constructor of an instance ran: its own one, or one behind it, as the one before calls it. */
const madeIn = (ev: Evaluator, instance: InstanceValue, wanted: Scope): Frame | undefined => {
  let { made } = instance;
  for (const { scope, of } of constructorsOf(ev, instance.of)) {
    if (made === undefined) return undefined;
    if (made.scope !== scope) {
      const before = made;
      const site = callsInside(before.module, before.scope).find(
        (one) => one.scope === before.scope && isSuperCall(one.call, before.module.language),
      );
      made = site && bind(ev, scope, of.frame, instance, site.call, before);
    }
    if (scope === wanted) return made;
  }
  return undefined;
};

const moduleOf = (ev: Evaluator, of: ClassValue, method: Scope): Frame['module'] =>
  lineOf(ev, of).find(({ scope }) => scope === method.parent)?.frame.module ?? of.frame.module;

/** An object of the class that the type of a field names, where nothing else is said of it. */
const ofFieldType = (ev: Evaluator, of: ClassValue, name: string, { probes }: Frame): readonly Value[] =>
  probes
    ? []
    : lineOf(ev, of).flatMap(({ scope, frame }) =>
        ofType(ev, scope.parameters.find((field) => field.name === name)?.type, { ...frame, scope, probes }),
      );

/** An attribute of an instance: as its constructor and the method at hand set it, else of its class. */
export const memberOfInstance = (ev: Evaluator, instance: InstanceValue, name: string, spot: Spot, user: Frame): Value => {
  const { of } = instance;
  const touched = allMethods(ev, of).map((scope) => ({ scope, steps: touching(scope, name).map(asName) }));
  const setters = touched.filter(({ steps }) => steps.some(({ kind, path }) => kind === 'set' && path.length === 0));
  const here = touched.find(
    ({ scope, steps }) =>
      scope === user.scope && steps.some((step) => step.kind === 'set' && step.path.length === 0 && step.at.end <= spot.at.start),
  );
  const setter = here ?? (setters.length === 1 ? setters[0] : setters.find(({ scope }) => isConstructor(scope)));
  const base = setter?.steps.findLast(
    ({ kind, path, at }) => kind === 'set' && path.length === 0 && (here === undefined || at.end <= spot.at.start),
  );
  if (setter === undefined || base?.value === undefined) {
    const given = givenByName(ev, instance, name) ?? classMember(ev, of, name, instance, user);
    const changes = touched.some(({ steps }) => steps.length > 0);
    return given === undefined ? unknownAt(spot, {}, ofFieldType(ev, of, name, user)) : changes ? openAny(given, spot) : given;
  }
  const own =
    here !== undefined
      ? user
      : ((isConstructor(setter.scope) ? madeIn(ev, instance, setter.scope) : undefined) ??
        ev.frameOf(setter.scope, moduleOf(ev, of, setter.scope), user.probes));
  const value = base.value;
  const start = ev.follow(value, own, () =>
    grown(ev, ev.valueOf(value, own), setter.steps, base, here === undefined ? Infinity : spot.at.start, own, spot),
  );
  const others = touched.filter(({ scope, steps }) => scope !== setter.scope && steps.length > 0 && here === undefined);
  const replacing = others.flatMap(({ scope, steps }) => {
    const step = steps.findLast(({ kind, path }) => kind === 'set' && path.length === 0);
    return step === undefined ? [] : [{ scope, step }];
  });
  if (replacing.length > 0) {
    const [only] = replacing;
    // What is nothing until a method fills it is what that one makes of it.
    if (replacing.length === 1 && only?.step.value !== undefined && isNothing(start)) {
      const { scope, step } = only;
      const there = ev.frameOf(scope, moduleOf(ev, of, scope), user.probes);
      const filled = step.value;
      const made = filled && ev.follow(filled, there, () => ev.valueOf(filled, there));
      return unknownOf(
        { kind: 'other', at: spot.at },
        user,
        made === undefined ? [] : [made],
        made === undefined ? [start] : [start, made],
      );
    }
    return unknownOf({ kind: 'other', at: spot.at }, user, [start], [start]);
  }
  const result = others.length > 0 ? openAny(start, spot) : start;
  return start.kind === 'unknown' && start.keepsName ? result : renamed(result, spot);
};
