import type { FileSource } from '../prompt/files';
import type { FormatId, Prompt, PromptId } from '../prompt/model';
import type { SyntaxProblem } from '../prompt/problems';
import type { Located, Span } from '../text/span';

/** A prompt that a document holds: found cheaply, read when somebody looks at it. */
export interface PromptEntry {
  readonly id: PromptId;
  /** What people call it in a list of prompts. */
  readonly title: string;
  /** Where it begins: what is said about the prompt as a whole is said here. */
  readonly head: Span;
  /** All of the document that is about this prompt. */
  readonly span: Span;
  /** Total, as `Format.read` is. */
  read(): Prompt;
}

/** What a document holds. */
export interface Reading {
  /** In the order of the text. */
  readonly prompts: readonly PromptEntry[];
  /** What is wrong with the document outside its prompts; each prompt has its own. */
  readonly problems: readonly SyntaxProblem[];
  /** Files that the document refers to outside its prompts, relative to its folder. */
  readonly files: readonly Located<string>[];
}

/** Of a document that holds none. */
export const noPrompts: Reading = { prompts: [], problems: [], files: [] };

/** How one file format is read; each prompt brings its writer along. A new format is one object of this type and one line in `index.ts`. */
export interface Format {
  readonly id: FormatId;
  /** Would a file of this name and beginning be of this format? */
  detects(path: string, text: string): boolean;
  /** Total: any text gives prompts and problems, and every span lies inside the text. */
  read(text: string, files: FileSource): Reading;
}
