import type { SyntaxNode } from '@lezer/common';
import { encloses, span, type Span } from '../text/span';
import type { Arm, CallExpr, CallSite, Chain, Expr, LanguageId, OpenScope, Parameter, PathKey, Scope, Step } from './form';

/** What a front end works with while it reads one file. */
export interface Reader {
  readonly source: string;
  readonly language: LanguageId;
  readonly calls: CallSite[];
  readonly scopes: OpenScope[];
  readonly stars: string[];
  readonly chains: Chain[];
  readonly figures: Chain[];
  /** How deep the expression being read lies in others. */
  depth: number;
}

/** Expressions that lie deeper are not read: nobody writes them. */
export const deepest = 500;

/** A literal that is no longer, in signs of the source, may be a name as well: of a member, of a type. */
export const longestName = 80;

export const spanOf = ({ from, to }: SyntaxNode): Span => span(from, to);

export const sliceOf = ({ source }: Pick<Reader, 'source'>, { from, to }: SyntaxNode): string => source.slice(from, to);

export const childrenOf = (node: SyntaxNode): readonly SyntaxNode[] => {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) found.push(child);
  return found;
};

/** What is written in a node of several lines, the comments at their ends left out. */
export const withoutComments = (node: SyntaxNode): readonly SyntaxNode[] =>
  childrenOf(node).filter(({ name }) => !name.endsWith('Comment'));

export const other = (node: SyntaxNode): Expr => ({ kind: 'other', at: spanOf(node) });

interface ScopeHead {
  readonly sort: Scope['sort'];
  readonly name: string;
  readonly at: Span;
  readonly parent: Scope | undefined;
  readonly parameters?: Parameter[];
  readonly bases?: readonly Expr[];
  readonly marks?: readonly string[];
  readonly docAt?: Span;
}

export const openScope = (reader: Reader, head: ScopeHead): OpenScope => {
  const scope: OpenScope = {
    parameters: [],
    bases: [],
    marks: [],
    ...head,
    language: reader.language,
    steps: [],
    arms: [],
    returns: [],
    index: {},
  };
  reader.scopes.push(scope);
  return scope;
};

export const createReader = (source: string, language: LanguageId): Reader => ({
  source,
  language,
  calls: [],
  scopes: [],
  stars: [],
  chains: [],
  figures: [],
  depth: 0,
});

export const addCall = (reader: Reader, call: CallExpr, scope: Scope): CallExpr => {
  reader.calls.push({ call, scope });
  return call;
};

/** The opposite of a test. */
export const notOf = (test: Expr, at: Span): Expr => ({
  kind: 'choice',
  at,
  test,
  then: { kind: 'constant', at, value: false },
  otherwise: { kind: 'constant', at, value: true },
});

const comparing = /^(?:[-+]|[!=]==?|[<>]=?|is|is not|in|not in)$/;

/** Methods of texts and lists that a test may ask. */
const asking = /^(?:startswith|startsWith|endswith|endsWith|includes|lower|upper|toLowerCase|toUpperCase|strip|trim)$/;

const isLength = ({ callee }: CallExpr): boolean => callee.kind === 'name' && callee.name === 'len';

/** May a test be worked out from names, members and what is compared with them alone? */
const isPlainTest = (expr: Expr): boolean => {
  switch (expr.kind) {
    case 'name':
    case 'constant':
    case 'self':
      return true;
    case 'text':
      return expr.parts.every(({ kind }) => kind === 'text');
    case 'member':
      return isPlainTest(expr.object);
    case 'call':
      return (
        (expr.callee.kind === 'member' ? asking.test(expr.callee.name) && isPlainTest(expr.callee.object) : isLength(expr)) &&
        expr.args.every(({ value }) => isPlainTest(value))
      );
    case 'list':
      return expr.items.every(({ value }) => isPlainTest(value));
    case 'binary':
      return comparing.test(expr.operator) && isPlainTest(expr.left) && isPlainTest(expr.right);
    case 'either':
    case 'both':
      return isPlainTest(expr.left) && isPlainTest(expr.right);
    case 'choice':
      return isPlainTest(expr.test) && isPlainTest(expr.then) && isPlainTest(expr.otherwise);
    default:
      return false;
  }
};

/** A stretch of a statement that may not run: after tests that were not so, and one that is. */
export const addArm = (
  scope: OpenScope,
  at: Span,
  statement: number,
  {
    isLoop = false,
    not = [],
    then,
    over,
  }: Partial<Pick<Arm, 'isLoop' | 'over'>> & { readonly not?: readonly Expr[]; readonly then?: Expr } = {},
): void => {
  const when = [...not.map((test) => ({ test, is: false })), ...(then === undefined ? [] : [{ test: then, is: true }])];
  const known = when.every(({ test }) => isPlainTest(test)) ? when : [];
  scope.arms.push({ at, statement, isLoop, when: known, ...(over === undefined ? {} : { over }) });
};

const leaving = /^(?:Break|Continue|Return)Statement$/;

/** May a loop with this body end, or go on, before all of it has run? */
export const mayLeave = (body: SyntaxNode): boolean => {
  let found = false;
  body.cursor().iterate((node) => {
    found ||= leaving.test(node.name);
    return !found;
  });
  return found;
};

/** Notes an operation that may be one on numbers of tokens: a name may stand for one. */
export const noteFigure = (reader: Reader, expr: Expr, scope: Scope): void => {
  if (expr.kind === 'binary' && /^[-+/]$/.test(expr.operator)) reader.figures.push({ expr, scope });
};

/** A step with what most have. */
export const stepOf = (kind: Step['kind'], at: Span, root: string, more: Partial<Step> = {}): Step => ({
  kind,
  at,
  root,
  path: [],
  value: undefined,
  method: '',
  isLocal: false,
  keepsName: false,
  ...more,
});

/** The name that an expression begins with, and the way from it; `undefined` where it does not begin with a name. */
export const pathOf = (expr: Expr): { readonly root: string; readonly path: readonly PathKey[] } | undefined => {
  const path: PathKey[] = [];
  let at = expr;
  for (;;) {
    // What `setdefault` gives stands in the dictionary.
    if (at.kind === 'call' && at.callee.kind === 'member' && at.callee.name === 'setdefault' && at.args[0] !== undefined) {
      path.unshift(at.args[0].value);
      at = at.callee.object;
    } else if (at.kind === 'member' || at.kind === 'index') {
      path.unshift(at.kind === 'member' ? at.name : at.index);
      at = at.object;
    } else break;
  }
  if (at.kind === 'self') return { root: 'this', path };
  return at.kind === 'name' ? { root: at.name, path } : undefined;
};

/** Methods that change what they are called on. */
const growing: ReadonlySet<string> = new Set([
  ...['append', 'extend', 'insert', 'update', 'pop', 'remove', 'clear', 'setdefault', 'sort', 'reverse', 'add', 'appendleft'],
  ...['push', 'unshift', 'splice', 'fill', 'shift', 'set', 'delete'],
]);

/** What a call by itself does to names: it makes one grow, or may change those that it is given. */
export const stepsOfCall = (call: CallExpr): readonly Step[] => {
  const { callee, args, at } = call;
  const target = callee.kind === 'member' && growing.has(callee.name) ? pathOf(callee.object) : undefined;
  if (target !== undefined && callee.kind === 'member')
    return [stepOf('grow', at, target.root, { path: target.path, method: callee.name, value: call })];
  return args.flatMap(({ value }) => (value.kind === 'name' ? [stepOf('hand', at, value.name, { value: call })] : []));
};

/** A name, a member or an element that is given a value. */
export const stepOfTarget = (target: Expr, value: Expr | undefined, at: Span, more: Partial<Step> = {}): readonly Step[] => {
  // Of a list with some of it replaced, nothing is told.
  if (target.kind === 'slice') return stepOfTarget(target.object, undefined, at, more);
  const found = pathOf(target);
  return found === undefined ? [] : [stepOf('set', at, found.root, { path: found.path, value, ...more })];
};

/** A member or an element that is taken out is no longer told; one that perhaps is may still be there. */
export const stepOfRemoval = (target: Expr, at: Span, { arms }: OpenScope): readonly Step[] =>
  (target.kind === 'member' || target.kind === 'index') && !arms.some((arm) => encloses(arm.at, at))
    ? stepOfTarget(target, undefined, at)
    : [];

/** A function or class that is given a name takes it over. */
export const named = (expr: Expr, name: string): Expr => {
  if ((expr.kind !== 'function' && expr.kind !== 'class') || expr.scope.name !== '') return expr;
  // The scope is the same object for its steps and its frames: it is named, not copied.
  return { ...expr, scope: Object.assign(expr.scope, { name }) };
};
