import type { CallExpr, Expr, Scope } from '../form';
import type { ClassValue, Frame, FunctionValue, ObjectEntry, Root, Value } from '../values/value';
import { constructorOf } from './classes';
import { gapOf, isNothing, renamed, spotAt, unknownAt, unknownOf, type Evaluator } from './evaluator';
import { isDisjoint, isSure, rootsOfTests, wayTo } from './steps';

/** Marks a value as given by a caller: it keeps the name that it has there. */
const asGiven = (value: Value, name: { readonly source: Frame['module']['source']; readonly at: CallExpr['at'] }): Value => {
  if (value.kind === 'unknown') return { ...value, keepsName: true };
  return value.kind === 'symbol' || value.kind === 'dumped' ? { ...value, keeps: value.keeps ?? name } : value;
};

/** What a call gives to the parameters of a function, each worked out when it is asked for. */
export const bind = (ev: Evaluator, scope: Scope, outer: Frame, self: Value | undefined, call: CallExpr, user: Frame): Frame => {
  const given = new Map<string, () => Value>();
  const [own, isMethod] = [scope.parameters, scope.language === 'python' && self !== undefined];
  const parameters = isMethod ? own.slice(1) : own;
  const values = call.args.filter(({ name, spread }) => name === undefined && spread === undefined);
  const firstSpread = call.args.findIndex(({ spread }) => spread === 'list');
  const before = firstSpread === -1 ? values.length : call.args.slice(0, firstSpread).filter(({ name }) => name === undefined).length;
  const objects = call.args.filter(({ spread }) => spread === 'object');
  const named = new Map(call.args.flatMap((one) => (one.name === undefined ? [] : [[one.name, one] as const])));
  const absent = (name: string): Value => unknownAt(spotAt(call, user), { roots: [], isGiven: name !== '' });
  const spread = (name: string): Value | undefined => {
    for (const { value } of objects) {
      const object = ev.valueOf(value, user);
      const entry = object.kind === 'object' ? object.entries.findLast(({ key }) => key === name) : undefined;
      if (entry !== undefined) return entry.value();
      if (object.kind !== 'object' || object.open !== undefined) return unknownOf(value, user, [object]);
    }
    return undefined;
  };
  parameters.forEach(({ name, fallback, takes }, index) => {
    const usual = (): Value => {
      const unpacked = spread(name);
      if (unpacked !== undefined) return unpacked;
      if (firstSpread !== -1 && index >= before) return unknownOf(call.args[firstSpread]?.value ?? call, user, []);
      if (fallback !== undefined) return ev.valueOf(fallback, outer);
      return scope.language === 'typescript' ? { kind: 'constant', value: null, spot: spotAt(call, user) } : absent(name);
    };
    if (takes === 'list') {
      const rest = values.slice(index, before);
      given.set(name, () => ({
        kind: 'list',
        sort: 'tuple',
        spot: spotAt(call, user),
        items: [
          ...rest.map(({ value }) => ({
            value: () => asGiven(ev.valueOf(value, user), spotAt(value, user)),
            gap: undefined,
            item: undefined,
          })),
          ...(firstSpread === -1 ? [] : [gapOf(unknownOf(call.args[firstSpread]?.value ?? call, user, []))]),
        ],
      }));
      return;
    }
    if (takes === 'object') {
      const names = new Set(parameters.map((one) => one.name));
      given.set(name, () => {
        const entries = [...named.values()].flatMap((one): readonly ObjectEntry[] =>
          one.name === undefined || names.has(one.name)
            ? []
            : [{ key: one.name, value: () => ev.valueOf(one.value, user), spot: spotAt(one, user), entry: undefined, maybe: false }],
        );
        const more = objects.map(({ value }) => ev.valueOf(value, user));
        const open = more.find((one) => one.kind !== 'object');
        return {
          kind: 'object',
          spot: spotAt(call, user),
          entries: [...more.flatMap((one) => (one.kind === 'object' ? one.entries.filter(({ key }) => !names.has(key)) : [])), ...entries],
          open:
            open === undefined
              ? more.map((one) => (one.kind === 'object' ? one.open : undefined)).find((one) => one !== undefined)
              : unknownOf(call, user, [open]).hole,
        };
      });
      return;
    }
    const argument = named.get(name) ?? (index < before ? values[index] : undefined);
    given.set(name, argument === undefined ? usual : () => asGiven(ev.valueOf(argument.value, user), spotAt(argument.value, user)));
  });
  return { scope, module: outer.module, given, self, parent: outer, probes: user.probes, memo: new Map() };
};

/**
 * The results of a function that may come, none that stands on a branch that is not taken or behind one that surely comes before it, and what callers
 * give to the tests between them.
 */
const reached = (ev: Evaluator, scope: Scope, frame: Frame): { readonly results: readonly Expr[]; readonly roots: readonly Root[] } => {
  const { returns } = scope;
  if (returns.length < 2) return { results: returns, roots: [] };
  const way = wayTo(ev, frame, Infinity, returns);
  const may = returns.filter((one) => !isDisjoint(scope, one, way));
  const end = may.findIndex((one) => isSure(scope, one, way));
  const results = may.slice(0, end === -1 ? may.length : end + 1);
  return { results, roots: rootsOfTests(ev, frame, results, way) };
};

/** What a function of the program gives back. */
export const apply = (ev: Evaluator, fn: FunctionValue, call: CallExpr, user: Frame): Value =>
  ev.follow(call, user, () => {
    const frame = bind(ev, fn.scope, fn.frame, fn.self, call, user);
    const { results, roots } = reached(ev, fn.scope, frame);
    const values = results.map((one) => ev.valueOf(one, frame));
    const [only] = values;
    const kept = values.filter((one) => !isNothing(one));
    if (only === undefined) return unknownAt(spotAt(call, user));
    if (values.length === 1) return only.kind === 'unknown' && !only.keepsName ? renamed(only, spotAt(call, user)) : only;
    const some = unknownOf(call, user, kept, kept);
    return { ...some, hole: { ...some.hole, roots: [...some.hole.roots, ...roots] } };
  });

/** An object of a class of the program. */
export const construct = (ev: Evaluator, of: ClassValue, call: CallExpr, user: Frame): Value => {
  const found = constructorOf(ev, of);
  const self: Value = { kind: 'instance', of, made: undefined, call: { expr: call, frame: user } };
  const made = found && bind(ev, found.scope, found.of.frame, self, call, user);
  return { kind: 'instance', of, made, call: { expr: call, frame: user } };
};
