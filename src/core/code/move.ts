import { once } from '../text/once';
import { span, type Span } from '../text/span';
import type {
  Argument,
  Arm,
  CallExpr,
  CallSite,
  Chain,
  Entry,
  Expr,
  HolePart,
  Item,
  LiteralPart,
  OpenScope,
  Parameter,
  PartContent,
  PathKey,
  Scope,
  Step,
} from './form';

/*
 * What was read of a statement, as if it had been read where the statement stands now. Everything that has a place is made again; calls and scopes
 * stay what they are to each other.
 */

/** What is moved: by how much, and what has been so far. */
interface Move {
  readonly by: number;
  readonly scopes: Map<Scope, Scope>;
  readonly calls: Map<CallExpr, CallExpr>;
}

const spanBy = ({ start, end }: Span, by: number): Span => span(start + by, end + by);

const partBy = (move: Move, part: LiteralPart | HolePart): LiteralPart | HolePart =>
  part.kind === 'text'
    ? { kind: 'text', text: part.text, at: spanBy(part.at, move.by), notation: part.notation }
    : { kind: 'hole', value: exprBy(move, part.value), at: spanBy(part.at, move.by), formatted: part.formatted };

const argumentBy = (move: Move, { name, spread, value, at }: Argument): Argument => ({
  name,
  spread,
  value: exprBy(move, value),
  at: spanBy(at, move.by),
});

const entryBy = (move: Move, { key, value, at }: Entry): Entry => ({
  key: key && exprBy(move, key),
  value: exprBy(move, value),
  at: spanBy(at, move.by),
});

const itemBy = (move: Move, { spread, value }: Item): Item => ({ spread, value: exprBy(move, value) });

const callBy = (move: Move, call: CallExpr): CallExpr => {
  const known = move.calls.get(call);
  if (known !== undefined) return known;
  const { at, callee, args, isNew } = call;
  const moved: CallExpr = {
    kind: 'call',
    at: spanBy(at, move.by),
    callee: exprBy(move, callee),
    args: args.map((one) => argumentBy(move, one)),
    isNew,
  };
  move.calls.set(call, moved);
  return moved;
};

const exprBy = (move: Move, expr: Expr): Expr => {
  const at = spanBy(expr.at, move.by);
  switch (expr.kind) {
    case 'text':
      return { kind: 'text', at, parts: expr.parts.map((part) => partBy(move, part)) };
    case 'name':
      return { kind: 'name', at, name: expr.name };
    case 'constant':
      return { kind: 'constant', at, value: expr.value };
    case 'self':
    case 'other':
      return { kind: expr.kind, at };
    case 'member':
      return { kind: 'member', at, object: exprBy(move, expr.object), name: expr.name, nameAt: spanBy(expr.nameAt, move.by) };
    case 'index':
      return { kind: 'index', at, object: exprBy(move, expr.object), index: exprBy(move, expr.index) };
    case 'slice':
      return {
        kind: 'slice',
        at,
        object: exprBy(move, expr.object),
        from: expr.from && exprBy(move, expr.from),
        to: expr.to && exprBy(move, expr.to),
      };
    case 'call':
      return callBy(move, expr);
    case 'list':
      return { kind: 'list', at, items: expr.items.map((one) => itemBy(move, one)), sort: expr.sort };
    case 'object':
      return { kind: 'object', at, entries: expr.entries.map((one) => entryBy(move, one)) };
    case 'function':
    case 'class':
      return { kind: expr.kind, at, scope: scopeBy(move, expr.scope) };
    case 'binary':
      return { kind: 'binary', at, operator: expr.operator, left: exprBy(move, expr.left), right: exprBy(move, expr.right) };
    case 'either':
    case 'both':
      return { kind: expr.kind, at, left: exprBy(move, expr.left), right: exprBy(move, expr.right) };
    case 'choice':
      return { kind: 'choice', at, test: exprBy(move, expr.test), then: exprBy(move, expr.then), otherwise: exprBy(move, expr.otherwise) };
    case 'each':
      return {
        kind: 'each',
        at,
        scope: scopeBy(move, expr.scope),
        of: exprBy(move, expr.of),
        always: expr.always,
        sort: expr.sort,
      };
  }
};

const keyBy = (move: Move, key: PathKey): PathKey => (typeof key === 'string' ? key : exprBy(move, key));

const stepBy = (move: Move, step: Step): Step => ({
  ...step,
  at: spanBy(step.at, move.by),
  path: step.path.map((key) => keyBy(move, key)),
  value: step.value && exprBy(move, step.value),
});

const armBy = ({ at, statement, isLoop }: Arm, by: number): Arm => ({ at: spanBy(at, by), statement: statement + by, isLoop });

const parameterBy = (move: Move, { name, fallback, takes, type }: Parameter): Parameter => ({
  name,
  fallback: fallback && exprBy(move, fallback),
  takes,
  type,
});

const scopeBy = (move: Move, scope: Scope): Scope => {
  const known = move.scopes.get(scope);
  if (known !== undefined) return known;
  const { sort, name, at, parent, language, marks, docAt } = scope;
  const moved: { -readonly [K in keyof OpenScope]: OpenScope[K] } = {
    sort,
    name,
    at: spanBy(at, move.by),
    parent: parent && scopeBy(move, parent),
    language,
    parameters: [],
    steps: [],
    arms: scope.arms.map((arm) => armBy(arm, move.by)),
    returns: [],
    bases: [],
    marks,
    ...(docAt === undefined ? {} : { docAt: spanBy(docAt, move.by) }),
  };
  move.scopes.set(scope, moved);
  moved.parameters.push(...scope.parameters.map((one) => parameterBy(move, one)));
  moved.steps.push(...scope.steps.map((step) => stepBy(move, step)));
  moved.returns.push(...scope.returns.map((one) => exprBy(move, one)));
  moved.bases = scope.bases.map((base) => exprBy(move, base));
  return moved;
};

const siteBy = (move: Move, { call, scope }: CallSite): CallSite => ({ call: callBy(move, call), scope: scopeBy(move, scope) });

const chainBy = (move: Move, { expr, scope }: Chain): Chain => ({ expr: exprBy(move, expr), scope: scopeBy(move, scope) });

/** What a statement adds to the scope of its file, and what is in it. */
interface Movable extends PartContent {
  readonly top: Scope;
  readonly steps: readonly Step[];
  readonly arms: readonly Arm[];
}

interface Moved {
  readonly steps: readonly Step[];
  readonly arms: readonly Arm[];
  readonly content: () => PartContent;
}

/** A step whose value is moved when somebody asks for it. */
const laterStep = (step: Step, by: number, moved: () => Step): Step => {
  const { value, path, ...plain } = step;
  const at = spanBy(step.at, by);
  if (value === undefined && path.every((key) => typeof key === 'string')) return { ...step, at };
  const isPlain = path.every((key) => typeof key === 'string');
  return {
    ...plain,
    at,
    get path() {
      return isPlain ? path : moved().path;
    },
    get value() {
      return value === undefined ? undefined : moved().value;
    },
  };
};

/** Moves what was read of a statement into the scope of a file. */
export const movePart = (part: Movable, by: number, top: Scope): Moved => {
  const whole = once(() => {
    const move: Move = { by, scopes: new Map([[part.top, top]]), calls: new Map() };
    return {
      steps: part.steps.map((step) => stepBy(move, step)),
      calls: part.calls.map((site) => siteBy(move, site)),
      chains: part.chains.map((chain) => chainBy(move, chain)),
      figures: part.figures.map((chain) => chainBy(move, chain)),
    };
  });
  return {
    steps: part.steps.map((step, index) => laterStep(step, by, () => whole().steps[index] ?? step)),
    arms: part.arms.map((arm) => armBy(arm, by)),
    content: whole,
  };
};
