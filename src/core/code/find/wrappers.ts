import { bind } from '../evaluate/apply';
import { classAround, constructorOf, isConstructor, isSuperCall, lineOf, methodsOf, type Constructor } from '../evaluate/classes';
import { handedOn } from '../apis/aws';
import { argumentNamed, type Evaluator } from '../evaluate/evaluator';
import { isReached } from '../evaluate/steps';
import type { CallExpr, Module, Scope, Step } from '../form';
import { callsInside, holdsAny, lastName } from '../parts';
import type { Sent } from '../apis/sent';
import type { ClassValue, Frame, InstanceValue, Value } from '../values/value';
import { mayBeSender, maySend, recognize, senders } from './recognize';
import { addsNothing, restsOn, restsOnMaking, saysOtherwise } from './rests';

/** How many functions a prompt may be handed through. */
const deepest = 3;

/** A request that a caller gives the text of. */
export interface Wrapped {
  readonly sent: Sent;
  /** The call that sends it, in the function that is called. */
  readonly inner: CallExpr;
  /** Is the call one of ours only by what this caller gives: a model, a client? */
  readonly isOnly?: true;
  /** Does the caller give the parts of a request of which nothing is known where it is sent? */
  readonly isParted?: boolean | undefined;
  /** Is it sent for what the caller gives? It may stand on a branch that is then not taken. */
  readonly isReached: boolean;
  /** Does the caller give nothing to be read, but perhaps the model? */
  readonly addsNothing?: boolean | undefined;
}

/** The frame of a function inside of one that has been called. */
const nested = (scope: Scope, outer: Frame): Frame =>
  scope === outer.scope || scope.parent === undefined
    ? outer
    : {
        scope,
        module: outer.module,
        given: new Map(),
        self: undefined,
        parent: nested(scope.parent, outer),
        probes: outer.probes,
        memo: new Map(),
      };

/** Is a method called on an object of a class made from its own? */
const isInherited = ({ scope, self }: Frame): boolean => self?.kind === 'instance' && self.of.scope !== scope.parent;

/** Of what may be several things, the one that it can be as far as is known: a method of an object that is told by its type. */
const only = (value: Value): Value => {
  const [one, ...others] = value.kind === 'unknown' ? value.alternatives : [];
  return one !== undefined && others.length === 0 ? one : value;
};

const importing = /\bimport\b|\brequire\b/;

const importsOf = ({ parts }: Module) => parts.flatMap((part) => (part.holds(importing) ? part.names.imports : []));

/** Finds what the callers of functions send through them. */
export const createWrapperFinder = (ev: Evaluator) => {
  const sending = new Map<Module, ReadonlySet<string>>();
  /** By how many files further on names are looked for. */
  const leading = Array.from({ length: deepest + 1 }, () => new Map<Module, ReadonlySet<string>>());
  /** Names of functions and classes of a file in which a prompt may be sent, by their names alone; those that call them, too. */
  const namesIn = (module: Module): ReadonlySet<string> => {
    const known = sending.get(module);
    if (known !== undefined) return known;
    const names = new Set<string>();
    sending.set(module, names);
    const add = (around: readonly string[]): boolean => {
      const before = names.size;
      for (const name of around) names.add(name);
      return names.size > before;
    };
    for (const { root, from } of importsOf(module)) {
      const other = module.parts.some((part) => part.calls(root)) ? ev.program.moduleFor(module, from.module) : undefined;
      if (other !== undefined && namesIn(other).has(from.name)) names.add(root);
    }
    for (const part of module.parts)
      if (part.holds(senders)) for (const { name, around } of part.names.calls) if (mayBeSender(name)) add(around);
    for (let round = 0, grew = true; grew && round < deepest; round += 1) {
      grew = false;
      for (const part of module.parts)
        if (holdsAny(part, names)) for (const { name, around } of part.names.calls) if (names.has(name) && add(around)) grew = true;
    }
    return names;
  };

  /** Names of that kind in a file and in those that it takes callees from, and names that are given what is got by one. */
  const leadingIn = (module: Module, depth = deepest): ReadonlySet<string> => {
    const known = leading[depth]?.get(module);
    if (known !== undefined) return known;
    const names = new Set(namesIn(module));
    leading[depth]?.set(module, names);
    for (const { root, from } of depth > 0 ? importsOf(module) : []) {
      const others = module.parts.some((part) => part.leads(root)) ? modulesOf(module, from) : [];
      for (const other of others) if (other !== module) for (const name of leadingIn(other, depth - 1)) names.add(name);
    }
    if (names.size === 0) return names;
    for (let round = 0, grew = true; grew && round < deepest; round += 1) {
      const before = names.size;
      for (const part of module.parts)
        if (part.holds(senders) || holdsAny(part, names))
          for (const { name, heads } of part.names.aliases) if (heads.some((head) => names.has(head) || mayBeSender(head))) names.add(name);
      grew = names.size > before;
    }
    // What has no name of its own may be any of them; a constructor behind is called by its own name.
    return names.add('').add('__init__').add('super').add('cls');
  };

  /** The files that an import may lead to: the one that it names, and one that is named in that. */
  const modulesOf = (module: Module, { module: path, name }: NonNullable<Step['from']>): readonly Module[] => {
    const own = ev.program.moduleFor(module, path);
    const below = name !== '' && module.language === 'python' ? `${path}${path.endsWith('.') ? '' : '.'}${name}` : undefined;
    const inside = below === undefined ? undefined : ev.program.moduleFor(module, below);
    return [own, inside].flatMap((one) => one ?? []);
  };

  /** Requests inside of a function that has been called, which rest on what it was given. */
  const through = (scope: Scope, bound: Frame, owner: Scope, probe: Frame, depth: number): readonly Wrapped[] =>
    callsInside(bound.module, scope).flatMap((site): readonly Wrapped[] => {
      // A function that calls itself goes on with what it was given.
      if (lastName(site.call) === scope.name && !maySend(site)) return [];
      const [frame, probeFrame] = [nested(site.scope, bound), nested(site.scope, probe)];
      const probed = maySend(site) ? recognize({ ev, site, frame: probeFrame }) : undefined;
      if (probed !== undefined) {
        const rests = restsOn(probed, owner);
        if (!rests && (!isInherited(bound) || restsOnMaking(probed))) return [];
        const sent = recognize({ ev, site, frame });
        const isParted = probed.open !== undefined && probed.messages === undefined && sent?.messages !== undefined;
        return sent === undefined || (!rests && !saysOtherwise(sent, probed))
          ? []
          : [
              {
                sent,
                inner: site.call,
                isParted,
                addsNothing: addsNothing(sent, probed),
                isReached: isReached(ev, site.call.at.start, frame),
              },
            ];
      }
      const given = maySend(site) ? recognize({ ev, site, frame }) : undefined;
      if (given !== undefined)
        return [{ sent: given, inner: site.call, isOnly: true, isReached: isReached(ev, site.call.at.start, frame) }];
      if (depth <= 1) return [];
      const inside = wrappedBy(site.call, probeFrame, depth - 1);
      if (!inside.some(({ sent }) => restsOn(sent, owner))) return [];
      return wrappedBy(site.call, frame, depth - 1).map(({ sent, isParted, isReached: isInner }) => ({
        sent,
        inner: site.call,
        isParted,
        isReached: isInner && isReached(ev, site.call.at.start, frame),
        addsNothing: inside.some((one) => addsNothing(sent, one.sent)),
      }));
    });

  const inFunction = (
    fn: Extract<Value, { kind: 'function' }>,
    call: CallExpr,
    frame: Frame,
    depth: number,
    isPrepared = false,
  ): readonly Wrapped[] => {
    const { scope } = fn;
    const gives = call.args.length > 0 || (fn.self?.kind === 'instance' && fn.self.of.scope !== scope.parent);
    if (!gives || !namesIn(fn.frame.module).has(scope.name)) return [];
    const probe: Frame = {
      scope,
      module: fn.frame.module,
      given: new Map(),
      self: fn.self?.kind === 'instance' && fn.self.of.scope !== scope.parent ? undefined : fn.self,
      parent: ev.frameOf(scope.parent ?? scope, fn.frame.module, true),
      probes: true,
      memo: new Map(),
    };
    const bound = bind(ev, scope, fn.frame, fn.self, call, frame);
    // What a later call gives is not known yet.
    const count = call.args.filter(({ name }) => name === undefined).length;
    const given = isPrepared ? new Map([...bound.given].filter(([name], at) => at < count || argumentNamed(call, name))) : bound.given;
    return through(scope, { ...bound, given }, scope, probe, depth);
  };

  /** Requests in the methods of an object that rest on what one of its constructors is given. */
  const inMethods = (of: ClassValue, made: Constructor, self: InstanceValue, user: Frame): readonly Wrapped[] => {
    const probeSelf: InstanceValue = {
      kind: 'instance',
      of: made.of,
      made: ev.frameOf(made.scope, made.of.frame.module, true),
      call: undefined,
    };
    const methods = methodsOf(of).filter((scope) => !isConstructor(scope));
    return methods.flatMap((scope) => {
      const bound: Frame = {
        scope,
        module: of.frame.module,
        given: new Map(),
        self,
        parent: of.frame,
        probes: user.probes,
        memo: new Map(),
      };
      return through(scope, bound, made.scope, { ...bound, self: probeSelf, probes: true, memo: new Map() }, 1);
    });
  };

  /** An object that is made with the text that its methods send. */
  const inClass = (of: ClassValue, call: CallExpr, user: Frame): readonly Wrapped[] => {
    const made = constructorOf(ev, of);
    const line = lineOf(ev, of);
    if (made === undefined || call.args.length === 0 || !line.some(({ scope, frame }) => namesIn(frame.module).has(scope.name))) return [];
    const before: InstanceValue = { kind: 'instance', of, made: undefined, call: undefined };
    const self: InstanceValue = {
      ...before,
      made: bind(ev, made.scope, made.of.frame, before, call, user),
      call: { expr: call, frame: user },
    };
    return line.flatMap((one) => inMethods(one, made, self, user));
  };

  /** What the constructor behind is given where a class is written. */
  const inSuper = (user: Frame): readonly Wrapped[] => {
    const scope = classAround(user.scope);
    if (scope === undefined || !isConstructor(user.scope)) return [];
    const of: ClassValue = { kind: 'class', scope, frame: ev.frameOf(scope.parent ?? scope, user.module, user.probes) };
    const [, ...behind] = lineOf(ev, of);
    const made = behind.flatMap((one) => constructorOf(ev, one) ?? [])[0];
    if (made === undefined || !behind.some((one) => namesIn(one.frame.module).has(one.scope.name))) return [];
    const self: InstanceValue = { kind: 'instance', of, made: user, call: undefined };
    return behind.flatMap((one) => inMethods(one, made, self, user));
  };

  const wrappedBy = (call: CallExpr, frame: Frame, depth = deepest): readonly Wrapped[] => {
    if (isSuperCall(call, frame.module.language)) return inSuper(frame);
    const handed = frame.module.language === 'python' ? handedOn(call) : undefined;
    const fn = handed === undefined ? undefined : only(ev.valueOf(handed.fn, frame));
    if (handed !== undefined && fn?.kind === 'function') return inFunction(fn, handed.call, frame, depth, handed.isPrepared);
    const callee = only(ev.valueOf(call.callee, frame));
    if (callee.kind === 'function') return inFunction(callee, call, frame, depth);
    return callee.kind === 'class' ? inClass(callee, call, frame) : [];
  };

  return { wrappedBy, leadingIn };
};
