import type { Notation } from '../../text/notation';
import type { Source } from '../../text/place';
import type { UnknownCause } from '../../text/segment';
import type { Span } from '../../text/span';
import type { CallExpr, Entry, Expr, Module, Scope } from '../form';

/** A stretch of a file. */
export interface Spot {
  readonly source: Source;
  readonly at: Span;
}

/** Something that a caller gives: of which function, and by which name. */
export interface Root {
  readonly scope: Scope;
  readonly name: string;
}

export type Cause = UnknownCause;

/** Text that is known, and where it is written. */
export interface KnownPiece extends Spot {
  readonly kind: 'known';
  readonly text: string;
  readonly notation: Notation;
  /** Is it what a parameter is worth when nobody gives it, where no call is in sight? */
  readonly isUsual?: true;
}

/** A part of a text that cannot be known. */
export interface Hole extends Spot {
  readonly kind: 'hole';
  /** What it is called: its source where the text is built. */
  readonly name: string;
  /** Where following ended. */
  readonly end: Spot;
  readonly cause: Cause | undefined;
  readonly roots: readonly Root[];
  /** Does its value come with a call, so that it can be another one each time? */
  readonly isGiven: boolean;
}

export type Piece = KnownPiece | Hole;

/** Where a call of a function runs: its parameters with what callers gave. */
export interface Frame {
  readonly scope: Scope;
  readonly module: Module;
  /** By name; absent for what nobody gave. */
  readonly given: ReadonlyMap<string, () => Value>;
  /** Of a method: what it is called on. */
  readonly self: Value | undefined;
  readonly parent: Frame | undefined;
  /** Are parameters that nobody gave roots, whatever their defaults? */
  readonly probes: boolean;
  readonly memo: Map<Expr, Value>;
  /** In one round of loops: what they have come to, by where they begin. */
  readonly items?: ReadonlyMap<number, () => Value>;
}

export interface TextValue {
  readonly kind: 'text';
  readonly pieces: readonly Piece[];
}

export interface ListItem {
  /** A part of the list that is not known, when `gap` is there. */
  readonly value: () => Value;
  readonly gap: Hole | undefined;
  /** Where the item stands as written, in a list of its own. */
  readonly item: Spot | undefined;
}

export interface ListValue {
  readonly kind: 'list';
  readonly items: readonly ListItem[];
  readonly sort: 'list' | 'tuple' | 'set';
  readonly spot: Spot;
}

export interface ObjectEntry {
  readonly key: string;
  readonly value: () => Value;
  /** As written: the entry and its value. */
  readonly spot: Spot;
  readonly entry: Entry | undefined;
  /** May it be missing? */
  readonly maybe: boolean;
}

export interface ObjectValue {
  readonly kind: 'object';
  readonly entries: readonly ObjectEntry[];
  /** What else may be in it. */
  readonly open: Hole | undefined;
  readonly spot: Spot;
}

export interface FunctionValue {
  readonly kind: 'function';
  readonly scope: Scope;
  readonly frame: Frame;
  readonly self: Value | undefined;
}

export interface ClassValue {
  readonly kind: 'class';
  readonly scope: Scope;
  readonly frame: Frame;
}

export interface InstanceValue {
  readonly kind: 'instance';
  readonly of: ClassValue;
  /** In which its constructor ran. */
  readonly made: Frame | undefined;
  readonly call: { readonly expr: CallExpr; readonly frame: Frame } | undefined;
}

/** Something of a library, by the way to it: `boto3.client()`. */
export interface SymbolValue {
  readonly kind: 'symbol';
  readonly name: string;
  readonly call: { readonly expr: CallExpr; readonly frame: Frame } | undefined;
  /** What it is a member of. */
  readonly object: SymbolValue | undefined;
  readonly spot: Spot;
  /** Where a caller gave it: then it is called what it is called there. */
  readonly keeps?: Spot;
}

/** JSON of a value, as `json.dumps` and `JSON.stringify` write it. */
export interface DumpedValue {
  readonly kind: 'dumped';
  readonly value: Value;
  readonly sorted: boolean;
  /** How its white space and its letters are written; absent where options are not known. */
  readonly layout: { readonly indent: number; readonly ascii: boolean } | undefined;
  readonly hole: Hole;
  readonly language: Scope['language'];
  /** Where a caller gave it. */
  readonly keeps?: Spot;
}

export interface PathValue {
  readonly kind: 'path';
  /** Relative to the document's folder, or to where the program starts. */
  readonly path: string;
  readonly from: 'document' | 'start';
  readonly spot: Spot;
  readonly isOpen?: boolean;
}

export interface UnknownValue {
  readonly kind: 'unknown';
  readonly hole: Hole;
  /** What it may be. */
  readonly alternatives: readonly Value[];
  /** Does it keep its name where another name stands for it? */
  readonly keepsName: boolean;
}

export type Value =
  | TextValue
  | ListValue
  | ObjectValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | SymbolValue
  | DumpedValue
  | PathValue
  | UnknownValue
  | { readonly kind: 'constant'; readonly value: number | boolean | null; readonly spot: Spot }
  | { readonly kind: 'module'; readonly module: Module; readonly spot: Spot };

export const textValue = (pieces: readonly Piece[]): TextValue => ({ kind: 'text', pieces });

/** The whole text of a value, where all of it is known. */
export const knownText = (value: Value | undefined): string | undefined => {
  if (value?.kind !== 'text') return undefined;
  let text = '';
  for (const piece of value.pieces) {
    if (piece.kind === 'hole') return undefined;
    text += piece.text;
  }
  return text;
};

export const memberOf = (value: Value | undefined, key: string): ObjectEntry | undefined =>
  value?.kind === 'object' ? value.entries.findLast((entry) => entry.key === key) : undefined;

/** The value of a member, whether or not it may be missing. */
export const valueAt = (value: Value | undefined, key: string): Value | undefined => memberOf(value, key)?.value();

export const rootsOf = (pieces: readonly Piece[]): readonly Root[] => pieces.flatMap((piece) => (piece.kind === 'hole' ? piece.roots : []));
