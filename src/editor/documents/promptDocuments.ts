import type * as vscode from 'vscode';
import { isNamed } from '../../core/formats/names';
import type { FormatId } from '../../core/prompt/model';

const memory = 'cachepoint.treatedAsConverse';

/** Which documents are prompts, and in which format. */
export interface PromptDocuments {
  formatOf(document: vscode.TextDocument): FormatId | undefined;
  /** Remembered for the workspace. */
  treatAsConverse(uri: vscode.Uri): Thenable<void>;
}

/** Every language a prompt can be in, for providers. */
export const promptSelector: vscode.DocumentSelector = [{ language: 'bedrock-prompt' }, { language: 'json' }, { language: 'jsonc' }];

const jsonLanguages: readonly string[] = ['json', 'jsonc'];

/** Schemes of documents that are views of something else, as diffs and our own previews. */
const shown = (scheme: string): boolean => !['git', 'output', requestScheme, proposalScheme].includes(scheme);

export const requestScheme = 'cachepoint-request';
/** What a document would become. */
export const proposalScheme = 'cachepoint-proposal';

export const createPromptDocuments = (state: vscode.Memento): PromptDocuments => {
  const treated = new Set(state.get<string[]>(memory, []));
  return {
    formatOf(document) {
      if (!shown(document.uri.scheme)) return undefined;
      if (document.languageId === 'bedrock-prompt') return 'bedrock-prompt';
      if (!jsonLanguages.includes(document.languageId)) return undefined;
      if (treated.has(document.uri.toString())) return 'converse-json';
      // The name alone decides: other JSON files are somebody else's until a command says otherwise.
      return isNamed('converse-json', document.uri.path) ? 'converse-json' : undefined;
    },
    treatAsConverse(uri) {
      treated.add(uri.toString());
      // The name of an untitled document is given to another one tomorrow.
      return state.update(
        memory,
        [...treated].filter((one) => !one.startsWith('untitled:')),
      );
    },
  };
};
