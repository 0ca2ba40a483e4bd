import { sourceAt, spotAt, unknownOf } from '../evaluate/evaluator';
import { memberOf, type Hole, type ObjectValue, type Spot, type Value } from '../values/value';
import type { Asked, Slot } from './sent';

/** What a call was given by name, or in one object: the same thing to a request. */
export interface Given {
  readonly names: readonly string[];
  get(name: string): Slot | undefined;
  /** Where a name is written together with its value. */
  entry(name: string): Spot | undefined;
  readonly open: Hole | undefined;
}

/** The members of an object as what a call was given. */
export const givenByObject = (value: Value, spot: Spot): Given => {
  const object: ObjectValue | undefined = value.kind === 'object' ? value : undefined;
  const open = value.kind === 'object' ? value.open : value.kind === 'unknown' ? value.hole : undefined;
  return {
    names: object?.entries.map(({ key }) => key) ?? [],
    open,
    get: (name) => {
      const entry = memberOf(object, name);
      if (entry === undefined) return undefined;
      const at = entry.entry === undefined ? entry.spot : { source: entry.spot.source, at: entry.entry.value.at };
      const own = entry.value();
      // What is written as nothing is not sent.
      if (own.kind === 'symbol' && own.name === 'undefined') return undefined;
      const unsure: Value = entry.maybe && own.kind !== 'unknown' ? maybe(own, at) : own;
      return { value: unsure, spot: at };
    },
    entry: (name) => memberOf(object, name)?.spot ?? spot,
  };
};

/** A part that is there only sometimes. */
const maybe = (value: Value, spot: Spot): Value => ({
  kind: 'unknown',
  keepsName: false,
  alternatives: [value],
  hole: { kind: 'hole', name: sourceAt(spot), ...spot, end: spot, cause: undefined, roots: [], isGiven: false },
});

/** What a call was given: by name in Python, in one object elsewhere. */
export const givenTo = (asked: Asked, positional: readonly string[] = []): Given => {
  const { ev, frame, site } = asked;
  if (frame.module.language === 'python') return givenByName(asked, positional);
  const options = site.call.args[0];
  const value = options && ev.valueOf(options.value, frame);
  return options === undefined || value === undefined || options.spread !== undefined
    ? givenByName(asked, positional)
    : value.kind === 'object' || (value.kind === 'unknown' && positional.length === 0)
      ? givenByObject(value, spotAt(options.value, frame))
      : givenByName(asked, positional);
};

/** What a call of Python was given by name, `**kwargs` included; positional ones by the names that they have. */
export const givenByName = ({ ev, frame, site: { call } }: Asked, positional: readonly string[] = [], from = 0): Given => {
  const slots = new Map<string, Slot>();
  const spots = new Map<string, Spot>();
  let open: Hole | undefined;
  let count = 0;
  for (const argument of call.args) {
    const own = spotAt(argument, frame);
    const add = (name: string): void => {
      spots.set(name, own);
      slots.set(name, { value: ev.valueOf(argument.value, frame), spot: spotAt(argument.value, frame) });
    };
    if (argument.name !== undefined) add(argument.name);
    else if (argument.spread === 'object') {
      const value = ev.valueOf(argument.value, frame);
      const inside = givenByObject(value, own);
      for (const name of inside.names) {
        const slot = inside.get(name);
        if (slot !== undefined) slots.set(name, slot);
        const entry = inside.entry(name);
        if (entry !== undefined) spots.set(name, entry);
      }
      if (value.kind !== 'object' || inside.open !== undefined) open ??= inside.open ?? unknownOf(argument.value, frame, [value]).hole;
    } else if (argument.spread === 'list') open ??= unknownOf(argument.value, frame, []).hole;
    else {
      const name = count < from ? undefined : positional[count - from];
      count += 1;
      if (name !== undefined) add(name);
    }
  }
  return { names: [...slots.keys()], open, get: (name) => slots.get(name), entry: (name) => spots.get(name) };
};
