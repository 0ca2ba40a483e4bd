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

/** Where everything goes, and what has been moved so far. */
export interface Move {
  readonly to: (place: number) => number;
  /** What a literal says at its new place. */
  readonly says: (part: LiteralPart, at: Span) => string;
  readonly scopes: Map<Scope, Scope>;
  readonly calls: Map<CallExpr, CallExpr>;
}

const spanBy = ({ to }: Pick<Move, 'to'>, { start, end }: Span): Span => span(to(start), to(end));

const partBy = (move: Move, part: LiteralPart | HolePart): LiteralPart | HolePart => {
  const at = spanBy(move, part.at);
  return part.kind === 'text'
    ? { kind: 'text', text: move.says(part, at), at, notation: part.notation }
    : { kind: 'hole', value: exprBy(move, part.value), at, formatted: part.formatted };
};

const argumentBy = (move: Move, { name, spread, value, at }: Argument): Argument => ({
  name,
  spread,
  value: exprBy(move, value),
  at: spanBy(move, at),
});

const entryBy = (move: Move, { key, value, at }: Entry): Entry => ({
  key: key && exprBy(move, key),
  value: exprBy(move, value),
  at: spanBy(move, at),
});

const itemBy = (move: Move, { spread, value }: Item): Item => ({ spread, value: exprBy(move, value) });

const callBy = (move: Move, call: CallExpr): CallExpr => {
  const known = move.calls.get(call);
  if (known !== undefined) return known;
  const { at, callee, args, isNew } = call;
  const moved: CallExpr = {
    kind: 'call',
    at: spanBy(move, at),
    callee: exprBy(move, callee),
    args: args.map((one) => argumentBy(move, one)),
    isNew,
  };
  move.calls.set(call, moved);
  return moved;
};

const exprBy = (move: Move, expr: Expr): Expr => {
  const at = spanBy(move, expr.at);
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
      return { kind: 'member', at, object: exprBy(move, expr.object), name: expr.name, nameAt: spanBy(move, expr.nameAt) };
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
    case 'item':
      return { kind: 'item', at, of: exprBy(move, expr.of) };
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
  at: spanBy(move, step.at),
  path: step.path.map((key) => keyBy(move, key)),
  value: step.value && exprBy(move, step.value),
});

export const armBy = ({ at, statement, isLoop, when, over }: Arm, move: Move): Arm => ({
  at: spanBy(move, at),
  statement: move.to(statement),
  isLoop,
  when: when.map(({ test, is }) => ({ test: exprBy(move, test), is })),
  ...(over === undefined ? {} : { over: { kind: 'item' as const, at: spanBy(move, over.at), of: exprBy(move, over.of) } }),
});

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
    at: spanBy(move, at),
    parent: parent && scopeBy(move, parent),
    language,
    parameters: [],
    steps: [],
    arms: scope.arms.map((arm) => armBy(arm, move)),
    returns: [],
    bases: [],
    marks,
    index: {},
    ...(docAt === undefined ? {} : { docAt: spanBy(move, docAt) }),
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
export interface Movable extends PartContent {
  readonly top: Scope;
  readonly steps: readonly Step[];
  readonly arms: readonly Arm[];
}

type Content = PartContent & Pick<Movable, 'steps'>;

export interface Moved {
  readonly steps: readonly Step[];
  readonly arms: readonly Arm[];
  readonly content: () => PartContent;
}

export const moveBy = (by: number, known: readonly (readonly [Scope, Scope])[]): Move => ({
  to: (place) => place + by,
  says: ({ text }) => text,
  scopes: new Map(known),
  calls: new Map(),
});

export const contentBy = (move: Move, { steps, calls, chains, figures }: Movable): Content => ({
  steps: steps.map((step) => stepBy(move, step)),
  calls: calls.map((site) => siteBy(move, site)),
  chains: chains.map((chain) => chainBy(move, chain)),
  figures: figures.map((chain) => chainBy(move, chain)),
});

/** What is in a statement, moved as a whole when somebody asks for any of it. */
class MovedContent {
  readonly #part: Movable;
  readonly #by: number;
  readonly #top: Scope;
  #whole: Content | undefined;

  constructor(part: Movable, by: number, top: Scope) {
    this.#part = part;
    this.#by = by;
    this.#top = top;
  }

  get whole(): Content {
    return (this.#whole ??= contentBy(moveBy(this.#by, [[this.#part.top, this.#top]]), this.#part));
  }
}

const isPlain = ({ path, value }: Step): boolean => value === undefined && path.every((key) => typeof key === 'string');

/** A step with a value. A file has one for each of its functions and a key makes all of them again: nothing is made of it but its place. */
class MovedStep implements Step {
  readonly at: Span;
  readonly #step: Step;
  readonly #index: number;
  readonly #content: MovedContent;

  constructor(step: Step, at: Span, index: number, content: MovedContent) {
    this.at = at;
    this.#step = step;
    this.#index = index;
    this.#content = content;
  }

  get kind(): Step['kind'] {
    return this.#step.kind;
  }

  get root(): string {
    return this.#step.root;
  }

  get path(): readonly PathKey[] {
    return this.#step.path.length === 0 ? this.#step.path : this.#moved.path;
  }

  get value(): Expr | undefined {
    return this.#moved.value;
  }

  get method(): string {
    return this.#step.method;
  }

  get isLocal(): boolean {
    return this.#step.isLocal;
  }

  get keepsName(): boolean {
    return this.#step.keepsName;
  }

  get #moved(): Step {
    return this.#content.whole.steps[this.#index] ?? this.#step;
  }
}

/** Moves what was read of a statement into the scope of a file. */
export const movePart = (part: Movable, by: number, top: Scope): Moved => {
  const content = new MovedContent(part, by, top);
  const move = moveBy(by, []);
  return {
    steps: part.steps.map((step, index) => {
      const at = spanBy(move, step.at);
      return isPlain(step) ? { ...step, at } : new MovedStep(step, at, index, content);
    }),
    // A test calls nothing, so nothing of it is shared with what is moved later.
    arms: part.arms.map((arm) => armBy(arm, move)),
    content: () => content.whole,
  };
};
