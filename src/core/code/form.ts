import type { Notation } from '../text/notation';
import type { Source } from '../text/place';
import type { Span } from '../text/span';

/**
 * What prompts need to know of a program, the same for every language: expressions, what names are given, and where. A front end makes it of a
 * parser's tree; nothing behind the front ends knows a language.
 */

export type LanguageId = 'python' | 'typescript';

/** A stretch of a literal that says a text. */
export interface LiteralPart {
  readonly kind: 'text';
  readonly text: string;
  readonly at: Span;
  readonly notation: Notation;
}

/** An expression inside a literal: of an f-string, of a template. */
export interface HolePart {
  readonly kind: 'hole';
  readonly value: Expr;
  /** What it is called: its source, with the format and the conversion. */
  readonly at: Span;
  /** Does a format or a conversion change what the value says? */
  readonly formatted: boolean;
}

export interface Argument {
  readonly name: string | undefined;
  /** `list`: `*args`, `...args`; `object`: `**kwargs`. */
  readonly spread: 'list' | 'object' | undefined;
  readonly value: Expr;
  /** With its name. */
  readonly at: Span;
}

export interface Item {
  readonly spread: boolean;
  readonly value: Expr;
}

export interface Entry {
  /** Absent for a spread. */
  readonly key: Expr | undefined;
  readonly value: Expr;
  /** From the key to the value. */
  readonly at: Span;
}

interface At {
  readonly at: Span;
}

export type TextExpr = At & { readonly kind: 'text'; readonly parts: readonly (LiteralPart | HolePart)[] };
export type NameExpr = At & { readonly kind: 'name'; readonly name: string };
export type CallExpr = At & { readonly kind: 'call'; readonly callee: Expr; readonly args: readonly Argument[]; readonly isNew: boolean };
export type ListExpr = At & { readonly kind: 'list'; readonly items: readonly Item[]; readonly sort: 'list' | 'tuple' | 'set' };
export type ObjectExpr = At & { readonly kind: 'object'; readonly entries: readonly Entry[] };
export type FunctionExpr = At & { readonly kind: 'function'; readonly scope: Scope };
export type ClassExpr = At & { readonly kind: 'class'; readonly scope: Scope };

export type Expr =
  | TextExpr
  | NameExpr
  | CallExpr
  | ListExpr
  | ObjectExpr
  | FunctionExpr
  | ClassExpr
  | (At & { readonly kind: 'constant'; readonly value: number | boolean | null })
  | (At & { readonly kind: 'self' })
  | (At & { readonly kind: 'member'; readonly object: Expr; readonly name: string; readonly nameAt: Span })
  | (At & { readonly kind: 'index'; readonly object: Expr; readonly index: Expr })
  | (At & { readonly kind: 'slice'; readonly object: Expr; readonly from: Expr | undefined; readonly to: Expr | undefined })
  | (At & { readonly kind: 'binary'; readonly operator: string; readonly left: Expr; readonly right: Expr })
  /** The left one, or the right one where that is nothing: `or`, `||`, `??`, a default. */
  | (At & { readonly kind: 'either'; readonly left: Expr; readonly right: Expr })
  /** The right one where the left one is something: `and`, `&&`. */
  | (At & { readonly kind: 'both'; readonly left: Expr; readonly right: Expr })
  | (At & { readonly kind: 'choice'; readonly test: Expr; readonly then: Expr; readonly otherwise: Expr })
  /** One of what a loop goes through. */
  | (At & { readonly kind: 'item'; readonly of: Expr })
  /** An element for each of a list; the names that it binds belong to its scope. */
  | (At & {
      readonly kind: 'each';
      readonly scope: Scope;
      readonly of: Expr;
      readonly always: boolean;
      readonly sort: 'list' | 'set' | 'object';
    })
  | (At & { readonly kind: 'other' });

export interface Parameter {
  readonly name: string;
  readonly fallback: Expr | undefined;
  /** What it takes: one value, the rest of the positional ones, the rest of the named ones. */
  readonly takes: 'one' | 'list' | 'object';
  /** Its type as written, where it has one. */
  readonly type: string | undefined;
}

/** On the way from a name to what is changed: a member's name, or an index. */
export type PathKey = string | Expr;

/** Something that happens to a name, in the order of the text. */
export interface Step {
  /** `set`: it is given a value; `grow`: something is added to it; `hand`: it is handed to a function that may change it. */
  readonly kind: 'set' | 'grow' | 'hand';
  readonly at: Span;
  readonly root: string;
  readonly path: readonly PathKey[];
  /** Absent for what cannot be known: a loop's variable. */
  readonly value: Expr | undefined;
  /** For `grow`: the method, or `+=`. */
  readonly method: string;
  /** Is it seen only inside the arm in which it stands, as `const` is? */
  readonly isLocal: boolean;
  /** Does a value that cannot be known keep the name that it came with? */
  readonly keepsName: boolean;
  /** An import: what is named of which module; an empty name stands for all of it. */
  readonly from?: { readonly module: string; readonly name: string };
}

/** What has to be so for an arm to run. */
export interface Condition {
  readonly test: Expr;
  readonly is: boolean;
}

/** A stretch that may not run, or more than once. */
export interface Arm {
  readonly at: Span;
  /** Of two arms with the same statement, one runs. */
  readonly statement: number;
  readonly isLoop: boolean;
  /** When it runs, where names and comparisons alone tell; empty where that is not followed. */
  readonly when: readonly Condition[];
  /** Of a loop that goes through all of a list, with nothing in it that leaves it earlier: one of what it goes through. */
  readonly over?: Expr & { readonly kind: 'item' };
}

export interface Scope {
  readonly sort: 'module' | 'function' | 'class';
  readonly name: string;
  readonly at: Span;
  readonly parent: Scope | undefined;
  readonly language: LanguageId;
  readonly parameters: readonly Parameter[];
  readonly steps: readonly Step[];
  readonly arms: readonly Arm[];
  readonly returns: readonly Expr[];
  /** Of a class. */
  readonly bases: readonly Expr[];
  /** Words before a function: `static`, names of decorators. */
  readonly marks: readonly string[];
  readonly docAt?: Span;
  /** Its steps by the names that they happen to, once somebody has asked. Kept here and not in a weak map, whose values outlive many versions of a file. */
  readonly index: { byName?: ReadonlyMap<string, readonly Step[]> };
}

export interface CallSite {
  readonly call: CallExpr;
  readonly scope: Scope;
}

/** An expression of interest, with the scope in which it stands: steps that are joined by `|`, figures that are put together. */
export interface Chain {
  readonly expr: Expr;
  readonly scope: Scope;
}

/** What is in a statement at the top of a file. */
export interface PartContent {
  /** Every call, with the scope in which it runs, in the order of the text. */
  readonly calls: readonly CallSite[];
  readonly chains: readonly Chain[];
  /** Sums, differences and quotients. */
  readonly figures: readonly Chain[];
}

/** A statement at the top of a file; what is in it is made when somebody asks for it. */
export interface Part {
  readonly at: Span;
  /** Functions and classes are read when somebody asks for their names or for what is in them. */
  readonly isDeferred: boolean;
  /** May this be said in it, a name as a word of its own? Of what is deferred its text alone tells, here and in the next two. */
  holds(words: string | RegExp): boolean;
  /** Is something called by this name, which may be the last one of several? */
  calls(name: string): boolean;
  /** Does a callee, a type or what a class is made of begin with this name? */
  leads(name: string): boolean;
  /** What can be told of it by names alone. */
  readonly names: {
    /** Of each call: its last name, and the functions and classes around it. */
    readonly calls: readonly { readonly name: string; readonly around: readonly string[] }[];
    /** With which names callees and the classes behind a class begin. */
    readonly roots: ReadonlySet<string>;
    readonly imports: readonly { readonly root: string; readonly from: NonNullable<Step['from']> }[];
    /** Names that are given what is got by other names. */
    readonly aliases: readonly { readonly name: string; readonly heads: readonly string[] }[];
    /** Names that its functions change and that are not their own. */
    readonly changes: ReadonlySet<string>;
    readonly hasChains: boolean;
  };
  readonly stars: readonly string[];
  content(): PartContent;
}

/** One file of a program. */
export interface Module {
  /** Relative to the document's folder; empty for the document itself. */
  readonly path: string;
  readonly source: Source;
  readonly language: LanguageId;
  readonly scope: Scope;
  /** Its statements, in the order of the text. */
  readonly parts: readonly Part[];
  /** Modules all of whose names are taken over. */
  readonly stars: readonly string[];
}

/** Scopes while they are made: what is read is added. */
export interface OpenScope extends Scope {
  readonly steps: Step[];
  readonly arms: Arm[];
  readonly returns: Expr[];
  readonly parameters: Parameter[];
}
