import type { ReadPrompt } from '../../prompt/model';
import type { SyntaxProblem } from '../../prompt/problems';
import type { Tree } from '../../text/tree';
import type { PromptEntry } from '../format';

/** A document of JSON or YAML that may keep prompts for something else: a service, a tool, a test. */
export interface StoredDocument {
  readonly text: string;
  readonly tree: Tree;
  readonly isJson: boolean;
  /** What is wrong with the document as such: while there is something, nothing is written into it. */
  readonly problems: readonly SyntaxProblem[];
  readonly ignores: ReadPrompt['ignores'];
}

/** The prompts that a document of one kind keeps; `undefined`: it is of another kind. */
export type Finder = (document: StoredDocument) => readonly PromptEntry[] | undefined;
