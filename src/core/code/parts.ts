import type { Span } from '../text/span';
import { encloses, span } from '../text/span';
import type { Arm, CallExpr, CallSite, Chain, Expr, Module, OpenScope, Part, PartContent, Scope, Step } from './form';
import { movePart } from './move';
import type { Reader } from './reader';
import { typePart, type Typed } from './typed';

/*
 * A file is read statement by statement. What a statement at the top of it says is kept, so that a file in which one of them changed is not read
 * again as a whole: the others are moved to where they stand now, and only when somebody asks for what is in them.
 */

/** What a call is called by: the last name of its callee; empty for what has none. */
export const lastName = ({ callee }: CallExpr): string => (callee.kind === 'member' || callee.kind === 'name' ? callee.name : '');

/** Names of the functions and classes around a scope, the nearest first. */
export const namesAround = (scope: Scope): readonly string[] => {
  const names: string[] = [];
  for (let at: Scope | undefined = scope; at !== undefined && at.sort !== 'module'; at = at.parent) if (at.name !== '') names.push(at.name);
  return names;
};

/** A statement at the top of a file, as it was read when it stood at `at`. */
export interface ReadPart extends PartContent {
  /** Where it stands in the last version. */
  readonly at: Span;
  /** Where it stood when it was read. */
  readonly readAt: number;
  /** The kind of the node that it was read from. */
  readonly node: string;
  readonly top: Scope;
  readonly steps: readonly Step[];
  readonly arms: readonly Arm[];
  readonly stars: readonly string[];
  readonly names: Part['names'];
}

const rootOf = (expr: Expr): string => {
  let at = expr;
  while (at.kind === 'member' || at.kind === 'index' || at.kind === 'call') at = at.kind === 'call' ? at.callee : at.object;
  return at.kind === 'name' ? at.name : '';
};

/** The names by which a value is got: of a call, a name, a member, or of what it may be. */
const headsOf = (expr: Expr | undefined, depth = 0): readonly string[] => {
  if (expr === undefined || depth > 4) return [];
  switch (expr.kind) {
    case 'call':
      return [lastName(expr), ...headsOf(expr.callee, depth + 1)];
    case 'name':
      return [expr.name];
    case 'member':
      return [expr.name, ...headsOf(expr.object, depth + 1)];
    case 'either':
    case 'both':
      return [...headsOf(expr.left, depth + 1), ...headsOf(expr.right, depth + 1)];
    case 'choice':
      return [...headsOf(expr.then, depth + 1), ...headsOf(expr.otherwise, depth + 1)];
    default:
      return [];
  }
};

const takesName = (scope: Scope, name: string): boolean =>
  scope.parameters.some((one) => one.name === name) ||
  scope.steps.some(({ kind, path, root }) => root === name && kind === 'set' && path.length === 0);

/** Each name that is called, once for each place. */
const callNames = (calls: readonly CallSite[]): Part['names']['calls'] => {
  const known = new Map<Scope, Set<string>>();
  return calls.flatMap(({ call, scope }) => {
    const own = known.get(scope) ?? new Set();
    known.set(scope, own);
    const name = lastName(call);
    return own.has(name) || !own.add(name) ? [] : [{ name, around: namesAround(scope) }];
  });
};

/** Words of a type that name no class. */
const typeWords = /^(?:Optional|Union|Annotated|None|null|undefined|readonly|Readonly|Partial|Required|Final|ClassVar)$/;

/** The name of the class that a type as written begins with. */
export const classNamed = (type: string | undefined): string | undefined =>
  type?.match(/[A-Za-z_$][\w$]*/g)?.find((word) => !typeWords.test(word));

const namesOf = (content: PartContent, scopes: readonly Scope[], steps: readonly Step[]): Part['names'] => {
  const all = [...steps, ...scopes.flatMap((scope) => scope.steps)];
  return {
    hasChains: content.chains.length > 0,
    calls: callNames(content.calls),
    roots: new Set([
      ...content.calls.map(({ call }) => rootOf(call.callee)),
      ...scopes.flatMap(({ bases, parameters }) => [...bases.map(rootOf), ...parameters.flatMap(({ type }) => classNamed(type) ?? [])]),
    ]),
    imports: all.flatMap(({ root, from }) => (from === undefined ? [] : [{ root, from }])),
    aliases: [
      ...all.flatMap(({ kind, root, path, value }) => {
        const last = path.at(-1);
        const heads = kind === 'set' ? headsOf(value) : [];
        return heads.length === 0 ? [] : [{ name: typeof last === 'string' ? last : root, heads }];
      }),
      ...scopes.flatMap(({ parameters }) =>
        parameters.flatMap(({ name, fallback }) => (fallback?.kind === 'name' ? [{ name, heads: [fallback.name] }] : [])),
      ),
    ],
    changes: new Set(
      scopes.flatMap((scope) =>
        scope.sort !== 'function'
          ? []
          : scope.steps.flatMap(({ kind, path, root }) =>
              (kind === 'grow' || (kind === 'set' && path.length > 0)) && !takesName(scope, root) ? [root] : [],
            ),
      ),
    ),
  };
};

/** Reads one statement at the top of a file into its scope. */
export const readPart = (reader: Reader, at: Span, node: string, top: OpenScope, read: () => void): ReadPart => {
  const before = [top.steps.length, top.arms.length, reader.calls.length, reader.chains.length, reader.figures.length] as const;
  const [scopes, stars] = [reader.scopes.length, reader.stars.length];
  read();
  const content = {
    calls: reader.calls.slice(before[2]).sort((a, b) => a.call.at.start - b.call.at.start),
    chains: reader.chains.slice(before[3]),
    figures: reader.figures.slice(before[4]),
  };
  const steps = top.steps.slice(before[0]);
  return {
    ...content,
    at,
    readAt: at.start,
    node,
    top,
    steps,
    arms: top.arms.slice(before[1]),
    stars: reader.stars.slice(stars),
    names: namesOf(content, reader.scopes.slice(scopes), steps),
  };
};

/** A statement as it stands in a version of its file. */
class PlacedPart implements Part {
  readonly at: Span;
  readonly isDeferred = false;
  readonly names: Part['names'];
  readonly stars: readonly string[];
  readonly #content: { content(): PartContent };

  constructor({ at, names, stars }: Pick<Part, 'at' | 'names' | 'stars'>, content: { content(): PartContent }) {
    this.at = at;
    this.names = names;
    this.stars = stars;
    this.#content = content;
  }

  holds(): boolean {
    return true;
  }

  calls(name: string): boolean {
    return this.names.calls.some((call) => call.name === name);
  }

  leads(name: string): boolean {
    return this.names.roots.has(name);
  }

  content(): PartContent {
    return this.#content.content();
  }
}

/** A statement as it stands in the file that it was read in. */
export const ownPart = (part: ReadPart): Part => new PlacedPart(part, { content: () => part });

/** A statement that was read in an earlier version of a file, where it stands now; its steps and arms go into the scope of the file. */
export const movedPart = (part: ReadPart, start: number, top: OpenScope): Part => {
  const { at, readAt, names, stars } = part;
  const moved = movePart(part, start - readAt, top);
  top.steps.push(...moved.steps);
  top.arms.push(...moved.arms);
  return new PlacedPart({ at: span(start, start + at.end - at.start), names, stars }, moved);
};

/** May one of these names stand in a statement? */
export const holdsAny = (part: Part, names: ReadonlySet<string>): boolean => {
  if (!part.isDeferred) return true;
  for (const name of names) if (name !== '' && part.holds(name)) return true;
  return false;
};

/** A statement that stood at `start` in the version before and in which something was typed; `undefined` where it has to be read again. */
export const typedPart = (part: ReadPart, start: number, top: OpenScope, typed: Typed): ReadPart | undefined => {
  const { at, readAt, node, stars, names } = part;
  const fresh = typePart(part, start - readAt, top, typed);
  const end = start + at.end - at.start + typed.by;
  return fresh && { ...fresh, at: span(start, end), readAt: start, node, stars, names };
};

/** The calls of a file whose last names are of interest, in the order of the text; `mayHold`: may one stand there, by what else is known? */
export const callsNamed = ({ parts }: Module, isWanted: (name: string) => boolean, mayHold: (part: Part) => boolean): readonly CallSite[] =>
  parts.flatMap((part) =>
    mayHold(part) && part.names.calls.some(({ name }) => isWanted(name))
      ? part.content().calls.filter(({ call }) => isWanted(lastName(call)))
      : [],
  );

/** The calls in a function or a class of a file. */
export const callsInside = ({ parts }: Module, scope: Scope): readonly CallSite[] => {
  const isWithin = (inner: Scope): boolean => {
    for (let at: Scope | undefined = inner; at !== undefined; at = at.parent) if (at === scope) return true;
    return false;
  };
  return parts.flatMap((part) =>
    scope.sort === 'module' || encloses(part.at, scope.at) ? part.content().calls.filter((site) => isWithin(site.scope)) : [],
  );
};

/** What steps of a chain stand between; a type that may be one of several is none. */
const chaining = {
  python: /\|(?![|=])(?!\s*(?:None|str|int|float|bool|dict|list|set|tuple|bytes|Any)\b)/,
  typescript: /\.pipe\b/,
} as const;

export const chainsOf = ({ parts, language }: Module): readonly Chain[] =>
  parts.flatMap((part) => (part.holds(chaining[language]) && part.names.hasChains ? part.content().chains : []));
