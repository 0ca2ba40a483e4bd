import type { Expr } from '../form';
import { knownText, type Frame, type Piece, type Value } from '../values/value';
import { fillPercent } from '../values/templates';
import { isEmpty, isNothing, isSomething, orWhatIsGiven, sourceAt, spotAt, unknownOf, type Evaluator } from './evaluator';
import { spreadItems } from './growth';
import { piecesOf } from './pieces';
import { joinPaths } from './paths';
import { constantOf, isAmong } from './questions';

type Binary = Expr & { readonly kind: 'binary' };

const numbersOf = (left: Value, right: Value): readonly [number, number] | undefined =>
  left.kind === 'constant' && right.kind === 'constant' && typeof left.value === 'number' && typeof right.value === 'number'
    ? [left.value, right.value]
    : undefined;

const plus = (expr: Binary, frame: Frame, left: Value, right: Value): Value => {
  const [leftSpot, rightSpot] = [spotAt(expr.left, frame), spotAt(expr.right, frame)];
  if (left.kind === 'list' || right.kind === 'list') {
    const items = [...spreadItems(left, leftSpot), ...spreadItems(right, rightSpot)];
    return { kind: 'list', sort: 'list', items, spot: spotAt(expr, frame) };
  }
  const both = numbersOf(left, right);
  const sum = constantOf(both && both[0] + both[1], spotAt(expr, frame));
  if (sum !== undefined) return sum;
  if (left.kind === 'text' || right.kind === 'text')
    return { kind: 'text', pieces: [...piecesOf(left, leftSpot), ...piecesOf(right, rightSpot)] };
  return unknownOf(expr, frame, [left, right]);
};

const percent = (expr: Binary, frame: Frame, left: Value, right: Value): Value => {
  if (left.kind !== 'text') return unknownOf(expr, frame, [left, right]);
  const spot = spotAt(expr.right, frame);
  const fill = (name: string, index: number): readonly Piece[] | undefined => {
    if (right.kind === 'list') {
      const item = right.items[index];
      return item === undefined || item.gap !== undefined ? undefined : piecesOf(item.value(), item.item ?? spot);
    }
    if (right.kind === 'object') {
      const entry = right.entries.findLast(({ key }) => key === name);
      return entry && piecesOf(entry.value(), entry.spot);
    }
    return index === 0 ? piecesOf(right, spot) : undefined;
  };
  return { kind: 'text', pieces: fillPercent(left.pieces, fill, spotAt(expr.left, frame)) };
};

const times = (expr: Binary, frame: Frame, left: Value, right: Value): Value => {
  const [text, count] = left.kind === 'text' ? [left, right] : [right, left];
  if (text.kind === 'text' && count.kind === 'constant' && typeof count.value === 'number' && count.value >= 0 && count.value <= 1000)
    return { kind: 'text', pieces: Array.from({ length: count.value }, () => text.pieces).flat() };
  return unknownOf(expr, frame, [left, right]);
};

const isText = (value: Value, text: string): boolean => knownText(value) === text;

const isNull = (value: Value): boolean =>
  (value.kind === 'constant' && value.value === null) || (value.kind === 'symbol' && value.name === 'undefined');

/** Is a value there, whatever it is; `undefined` where that is not known? */
const isThere = (value: Value): boolean | undefined =>
  isNull(value) ? false : value.kind === 'unknown' || value.kind === 'symbol' ? undefined : true;

const compared = (expr: Binary, frame: Frame, left: Value, right: Value): Value => {
  const there = isNull(right) ? isThere(left) : isNull(left) ? isThere(right) : undefined;
  const [a, b] = [left.kind === 'constant' ? left.value : knownText(left), right.kind === 'constant' ? right.value : knownText(right)];
  const same = a === undefined || b === undefined ? undefined : a === b || (typeof a === 'string' && isText(right, a));
  const equal = there === undefined ? same : !there;
  if (equal === undefined || !/^(?:[!=]==?|is|is not)$/.test(expr.operator)) return unknownOf(expr, frame, [left, right]);
  return { kind: 'constant', value: /^(?:!|is not)/.test(expr.operator) ? !equal : equal, spot: spotAt(expr, frame) };
};

/** Is a text in another one, in a list of texts or among the names of a table; `undefined` where that is not known? */
const holds = (whole: Value, text: string, language: string): boolean | undefined => {
  if (whole.kind === 'object')
    return (
      whole.entries.some(({ key, maybe }) => key === text && !maybe) ||
      (whole.open === undefined && !whole.entries.some(({ key }) => key === text) ? false : undefined)
    );
  if (language !== 'python') return undefined;
  if (whole.kind === 'text') return knownText(whole)?.includes(text);
  return whole.kind === 'list' ? isAmong(whole, text) : undefined;
};

const orders: Readonly<Record<string, (a: number, b: number) => boolean>> = {
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};

/** What a test says of an order, or of a part in a whole; `undefined` where it is none of these, or not known. */
const tested = ({ operator }: Binary, left: Value, right: Value, frame: Frame): boolean | undefined => {
  const order = Object.hasOwn(orders, operator) ? orders[operator] : undefined;
  if (order !== undefined) {
    const both = numbersOf(left, right);
    return both && order(...both);
  }
  const text = /^(?:not )?in$/.test(operator) ? knownText(left) : undefined;
  const isIn = text === undefined ? undefined : holds(right, text, frame.module.language);
  return isIn === undefined ? undefined : isIn === (operator === 'in');
};

export const binary = (ev: Evaluator, expr: Binary, frame: Frame): Value => {
  const [left, right] = [ev.valueOf(expr.left, frame), ev.valueOf(expr.right, frame)];
  switch (expr.operator) {
    case '+':
      return plus(expr, frame, left, right);
    case '-': {
      const both = numbersOf(left, right);
      return constantOf(both && both[0] - both[1], spotAt(expr, frame)) ?? unknownOf(expr, frame, [left, right]);
    }
    case '%':
      return percent(expr, frame, left, right);
    case '*':
      return times(expr, frame, left, right);
    case '/':
      return joinPaths([left, right], spotAt(expr, frame)) ?? unknownOf(expr, frame, [left, right]);
    case '|': {
      const both = left.kind === 'object' && right.kind === 'object';
      if (both)
        return {
          ...left,
          entries: [...left.entries.filter(({ key }) => !right.entries.some((one) => one.key === key)), ...right.entries],
          open: left.open ?? right.open,
        };
      // A chain of steps of LangChain is known by what it is made of.
      return {
        kind: 'list',
        sort: 'tuple',
        spot: spotAt(expr, frame),
        items: [...spreadItems(chained(left), spotAt(expr.left, frame)), ...spreadItems(chained(right), spotAt(expr.right, frame))],
      };
    }
    default:
      return constantOf(tested(expr, left, right, frame), spotAt(expr, frame)) ?? compared(expr, frame, left, right);
  }
};

const chained = (value: Value): Value =>
  value.kind === 'list'
    ? value
    : {
        kind: 'list',
        sort: 'tuple',
        spot: { source: { path: '', text: '' }, at: { start: 0, end: 0 } },
        items: [{ value: () => value, gap: undefined, item: undefined }],
      };

/**
 * Is this what a person sets from outside, or what a caller may leave out? Then the default is what is meant. A part of what a caller gives comes
 * with the data of each call, so that nothing is known but where its default is empty.
 */
const hasDefault = (value: Value, other: Value, frame: Frame): boolean => {
  if (value.kind === 'symbol') return /^(?:process\.env|import\.meta\.env|os\.environ|os\.getenv\(\)|Deno\.env)/.test(value.name);
  if (value.kind !== 'unknown' || frame.probes || value.hole.roots.length === 0) return false;
  const { at, end } = value.hole;
  return end.at.start === at.start && (end.at.end === at.end || isEmpty(other));
};

export const either = (expr: Expr, left: Value, right: () => Value, frame: Frame): Value => {
  if (isSomething(left)) return left;
  if (isNothing(left)) return right();
  const other = right();
  if (hasDefault(left, other, frame)) return left.kind === 'unknown' && isEmpty(other) ? orWhatIsGiven(other, left) : other;
  return unknownOf(expr, frame, [left], [...(left.kind === 'unknown' ? left.alternatives : [left]), other]);
};

export const choice = (ev: Evaluator, expr: Expr & { readonly kind: 'choice' }, frame: Frame): Value => {
  const [test, then, otherwise] = [expr.test, expr.then, expr.otherwise];
  const shown = sourceAt(spotAt(then, frame));
  const asked = sourceAt(spotAt(test, frame));
  if (asked.startsWith(shown) && /^(?: is not None| !==? (?:undefined|null))?$/.test(asked.slice(shown.length)))
    return either(expr, ev.valueOf(then, frame), () => ev.valueOf(otherwise, frame), frame);
  const known = ev.valueOf(test, frame);
  if (known.kind !== 'symbol' && isNothing(known)) return ev.valueOf(otherwise, frame);
  if (isSomething(known)) return ev.valueOf(then, frame);
  return unknownOf(expr, frame, [known], [ev.valueOf(then, frame), ev.valueOf(otherwise, frame)]);
};
