import type * as vscode from 'vscode';
import { isPlainPrompt } from '../../core/formats/names';
import type { PromptOrigin } from '../../core/prompt/model';
import { formatOfDocument, kinds, mayHold, memory, readMemory } from './documentFormat';
import { versionOf, type Whole } from './wholes';

/** Which documents hold prompts, and in which format. */
export interface PromptDocuments {
  formatOf(document: vscode.TextDocument): PromptOrigin | undefined;
  /** Says that a file is a prompt, or that it is none, whatever it is called and holds; `undefined`: nothing is said of it. Remembered for the workspace. */
  treatAsPrompt(uri: vscode.Uri, isPrompt: boolean | undefined): Thenable<void>;
}

/** Every language a prompt can be in. */
export const promptLanguages = (): readonly string[] => ['bedrock-prompt', ...Object.keys(kinds)];

/** What the editor knows of documents. */
export interface Surroundings {
  /** A file's path in its workspace, by which files without any form are known. */
  pathOf(uri: vscode.Uri): string;
  /** What a document is read with: it holds a prompt where all of that does. */
  wholeOf(document: vscode.TextDocument): Whole;
  /** Do the settings say that it is the text of a prompt? */
  isListed(document: vscode.TextDocument): boolean;
}

export const createPromptDocuments = (state: vscode.Memento, { pathOf, wholeOf, isListed }: Surroundings): PromptDocuments => {
  const said = new Map<string, boolean | undefined>(readMemory(state));
  /** What the texts of documents told at their versions. A document that held a prompt is looked at until it closes: half a word is not another file. */
  const looked = new WeakMap<vscode.TextDocument, { readonly version: string; readonly holds: boolean }>();
  const holds = (document: vscode.TextDocument, whole: Whole): boolean => {
    const known = looked.get(document);
    const version = versionOf(whole);
    if (known !== undefined && (known.holds || known.version === version)) return known.holds;
    const text = whole.documents.map((one) => one.getText()).join('\n');
    const found = { version, holds: mayHold(document, text) };
    looked.set(document, found);
    return found.holds;
  };
  return {
    formatOf: (document) => {
      const whole = wholeOf(document);
      return formatOfDocument(document, {
        isPrompt: said.get(whole.uri.toString()),
        isPlain: () => isPlainPrompt(pathOf(document.uri)) || isListed(document),
        holds: () => holds(document, whole),
      });
    },
    treatAsPrompt(uri, isPrompt) {
      said.set(uri.toString(), isPrompt);
      // The name of an untitled document is given to another one tomorrow.
      return state.update(memory, Object.fromEntries([...said].filter(([one]) => !one.startsWith('untitled:'))));
    },
  };
};
