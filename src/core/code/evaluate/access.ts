import type { CallExpr, Expr } from '../form';
import { knownText, memberOf, type Frame, type Spot, type SymbolValue, type Value } from '../values/value';
import { apply, construct } from './apply';
import { memberOfClass, memberOfInstance } from './attributes';
import { constructorOf } from './classes';
import { isNothing, isSomething, renamed, spotAt, unknownAt, unknownOf, type Evaluator } from './evaluator';
import { positionOf } from './growth';
import { libraryValue } from './library';
import { methodOf } from './methods';
import { moduleMember } from './modules';
import { filePath, parentOf } from './paths';
import { constantOf, lengthOf } from './questions';

type Member = Expr & { readonly kind: 'member' };
type Index = Expr & { readonly kind: 'index' };

/** A table whose key is not known has one of its values. */
const most = 20;

const ofSymbol = (ev: Evaluator, symbol: SymbolValue, name: string, spot: Spot, frame: Frame): Value => {
  const path = `${symbol.name}.${name}`;
  const own = symbol.name === 'import.meta' ? filePath(path, frame) : undefined;
  if (own !== undefined) return own;
  const isModule = frame.module.language === 'python' && symbol.call === undefined && /^[\w.]+$/.test(symbol.name);
  const module = isModule ? ev.program.moduleFor(frame.module, path) : undefined;
  return module === undefined ? { kind: 'symbol', name: path, call: undefined, object: symbol, spot } : { kind: 'module', module, spot };
};

const memberOfValue = (ev: Evaluator, object: Value, expr: Member, frame: Frame): Value => {
  const { name } = expr;
  const spot = spotAt(expr, frame);
  switch (object.kind) {
    case 'module':
      return renamed(moduleMember(ev, object.module, name, spot, frame), spot);
    case 'instance':
      return memberOfInstance(ev, object, name, spot, frame);
    case 'class':
      return memberOfClass(ev, object, name, spot, frame);
    case 'symbol':
      return ofSymbol(ev, object, name, spot, frame);
    case 'path':
      return name === 'parent' ? parentOf(object, 1) : name === 'parents' ? { ...object, spot } : unknownAt(spot);
    case 'object': {
      const entry = memberOf(object, name);
      if (entry !== undefined) return entry.maybe ? unknownOf(expr, frame, [entry.value()], [entry.value()]) : entry.value();
      return object.open === undefined
        ? { kind: 'constant', value: null, spot }
        : unknownAt(spot, { roots: object.open.roots, isGiven: object.open.isGiven, end: object.open.end });
    }
    case 'unknown': {
      const inside = object.alternatives
        .filter((one) => one.kind !== 'unknown' && !isNothing(one))
        .map((one) => memberOfValue(ev, one, expr, frame));
      // Settings that are told by their type alone are what its class says of them.
      const [one] = object.alternatives;
      const isSetting = one?.kind === 'instance' && one.call === undefined && constructorOf(ev, one.of) === undefined;
      if (isSetting && inside.length === 1 && inside[0]?.kind === 'text' && isSomething(inside[0])) return inside[0];
      return unknownOf(expr, frame, [object], inside);
    }
    case 'text':
    case 'list': {
      // A member of an enumeration is its text.
      if (name === 'value' && object.kind === 'text') return object;
      return (name === 'length' ? constantOf(lengthOf(object), spot) : undefined) ?? unknownOf(expr, frame, [object]);
    }
    default:
      // `options?.system` of nothing is nothing.
      return isNothing(object) && frame.module.language === 'typescript' ? object : unknownOf(expr, frame, [object]);
  }
};

export const member = (ev: Evaluator, expr: Member, frame: Frame): Value => memberOfValue(ev, ev.valueOf(expr.object, frame), expr, frame);

export const index = (ev: Evaluator, expr: Index, frame: Frame): Value =>
  indexed(ev.valueOf(expr.object, frame), ev.valueOf(expr.index, frame), expr, frame);

const indexed = (object: Value, key: Value, expr: Index, frame: Frame): Value => {
  const spot = spotAt(expr, frame);
  const name = key.kind === 'constant' && typeof key.value === 'number' ? String(key.value) : knownText(key);
  if (object.kind === 'path' && key.kind === 'constant' && typeof key.value === 'number') return parentOf(object, key.value + 1);
  if (object.kind === 'list' && key.kind === 'constant' && typeof key.value === 'number') {
    const at = positionOf(object.items, key.value);
    return (at === undefined ? undefined : object.items[at]?.value()) ?? unknownOf(expr, frame, [object]);
  }
  if (object.kind === 'object' && name !== undefined) {
    const entry = memberOf(object, name);
    if (entry === undefined) return unknownOf(expr, frame, [object]);
    return entry.maybe ? unknownOf(expr, frame, [entry.value()], [entry.value()]) : entry.value();
  }
  if (object.kind === 'symbol') return { kind: 'symbol', name: `${object.name}[]`, call: undefined, object, spot };
  return unknownOf(expr, frame, [object, key], someAt(object, key, expr, frame));
};

/** What may stand at a place of which nothing is sure. */
const someAt = (object: Value, key: Value, expr: Index, frame: Frame): readonly Value[] => {
  if (object.kind === 'object') return object.entries.slice(0, most).map((entry) => entry.value());
  if (object.kind !== 'unknown') return [];
  return object.alternatives.flatMap((one) => (one.kind === 'object' || one.kind === 'list' ? indexed(one, key, expr, frame) : []));
};

/** What a call gives: of a method, a function or class of the program, or of a library. */
export const call = (ev: Evaluator, expr: CallExpr, frame: Frame): Value => {
  const { callee } = expr;
  if (callee.kind === 'member') {
    const object = ev.valueOf(callee.object, frame);
    const result = methodOf(ev, object, callee.name, expr, frame);
    if (result !== undefined) return result;
  }
  const fn = ev.valueOf(callee, frame);
  switch (fn.kind) {
    case 'function':
      return apply(ev, fn, expr, frame);
    case 'class':
      return construct(ev, fn, expr, frame);
    case 'symbol': {
      const known = libraryValue(ev, fn, expr, frame);
      return known ?? { kind: 'symbol', name: `${fn.name}()`, call: { expr, frame }, object: fn, spot: spotAt(expr, frame) };
    }
    default:
      return unknownOf(expr, frame, [fn]);
  }
};
