import type { ModelEntry } from '../models/types';
import type { TargetId } from './targetIds';

/** The languages that a client is written in. */
export type CodeLanguage = 'python' | 'typescript';

/** What a conversion is made with. */
export interface ConvertOptions {
  /** Where the request goes; empty where nothing tells. */
  readonly modelId: string;
  /** The model behind that id, where it is known. */
  readonly model: ModelEntry | undefined;
  /** What the result is called: the prompt's own name, or that of its file. */
  readonly name?: string;
  /** Of a client that exists in several; Python, where nothing is said. */
  readonly language?: CodeLanguage;
  /** Values of variables; the others stay variables where the target can hold them. */
  readonly values?: Readonly<Record<string, string>>;
}

/** What a person should know of a result. */
export type ConvertNote =
  /** The target holds no variables: these have their values or examples. */
  | { readonly code: 'filled'; readonly names: readonly string[] }
  /** The same, and there is no value: they stand as `{{name}}`. */
  | { readonly code: 'placeholders'; readonly names: readonly string[] }
  /** What only the program knows became variables. */
  | { readonly code: 'unknownParts'; readonly parts: readonly { readonly name: string; readonly source: string }[] }
  /** The program may send more, or some of it only sometimes. */
  | { readonly code: 'partly' }
  /** Defaults of variables have no place. */
  | { readonly code: 'defaults'; readonly names: readonly string[] }
  | { readonly code: 'renamed'; readonly pairs: readonly { readonly from: string; readonly to: string }[] }
  /** Settings that have no place; they are no part of what is cached. */
  | { readonly code: 'leftOut'; readonly members: readonly string[] }
  | { readonly code: 'lifetime'; readonly ttl: string }
  /** Cache points that have no place; what is sent stays the same. */
  | { readonly code: 'pointLeftOut'; readonly why: 'tools' | 'twice' }
  | { readonly code: 'maxTokens'; readonly value: number }
  | { readonly code: 'noModel' }
  /** A module that reads the prompt file, and the package that it needs. */
  | { readonly code: 'reader'; readonly fileName: string; readonly needs: string }
  /** There are no includes: the texts of these files are part of the result. */
  | { readonly code: 'included'; readonly paths: readonly string[] }
  | { readonly code: 'files'; readonly paths: readonly string[] };

/** Why there is no result. */
export type Refusal =
  | { readonly code: 'inDoubt' }
  | { readonly code: 'file'; readonly path: string }
  /** Tools, or parts of a block, that only the program knows. */
  | { readonly code: 'open'; readonly source: string }
  /** A part that the target has no place for, by its name. */
  | { readonly code: 'noPlace'; readonly what: string }
  /** A part that is not what its name says: a list that is none, say. */
  | { readonly code: 'malformed'; readonly what: string }
  | { readonly code: 'model'; readonly model: string }
  | { readonly code: 'novaBody' }
  | { readonly code: 'pointFirst' }
  | { readonly code: 'tooManyVariables'; readonly count: number; readonly most: number }
  /** All texts together have more characters than the target takes. */
  | { readonly code: 'tooLong'; readonly count: number; readonly most: number }
  /** A text that would be read as another one. */
  | { readonly code: 'text'; readonly text: string }
  | { readonly code: 'sameRole'; readonly role: string };

export type Converted =
  | {
      readonly kind: 'converted';
      readonly text: string;
      /** Of VS Code. */
      readonly languageId: string;
      readonly fileName: string;
      readonly notes: readonly ConvertNote[];
    }
  | { readonly kind: 'refused'; readonly target: TargetId; readonly reason: Refusal };

/** What a target has no place for, gathered while it is made: a result with a refusal is none. */
export interface Losses {
  readonly notes: ConvertNote[];
  readonly refusals: Refusal[];
}
