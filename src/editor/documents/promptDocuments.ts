import type * as vscode from 'vscode';
import { codePath, mayHoldPrompt } from '../../core/formats/codeText';
import { isPlainPrompt, kindOf, mayBePromptFile, mayHoldRequest, mayHoldStored, namedFormat } from '../../core/formats/names';
import type { PromptOrigin } from '../../core/prompt/model';

/** What people said of files, by their addresses: that one is a prompt, or is none. */
const memory = 'cachepoint.promptFiles';
/** Where an earlier version kept those that are. */
const earlierMemory = 'cachepoint.treatedAsConverse';

/** Longer documents are prompts by their name or by command only: each change of one would be searched. */
const mostSearched = 5_000_000;

/** Which documents hold prompts, and in which format. */
export interface PromptDocuments {
  formatOf(document: vscode.TextDocument): PromptOrigin | undefined;
  /** Says that a file is a prompt, or that it is none, whatever it is called and holds. Remembered for the workspace. */
  treatAsPrompt(uri: vscode.Uri, isPrompt: boolean): Thenable<void>;
}

/** Languages of code that prompts are read from. */
const codeLanguages = ['python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'] as const;

/** Languages of files whose whole text can be one of a prompt. */
const textLanguages = ['markdown', 'plaintext', 'instructions'] as const;

/** Every language a prompt can be in, for providers. */
export const promptSelector: vscode.DocumentSelector = [
  { language: 'bedrock-prompt' },
  { language: 'json' },
  { language: 'jsonc' },
  { language: 'jsonl' },
  { language: 'yaml' },
  ...codeLanguages.map((language) => ({ language })),
  ...textLanguages.map((language) => ({ language })),
];

const kinds: ReadonlyMap<string, PromptOrigin> = new Map([
  ['json', 'json'],
  ['jsonc', 'json'],
  ['jsonl', 'json-lines'],
  ['yaml', 'yaml'],
  ...codeLanguages.map((language) => [language, 'code'] as const),
  ...textLanguages.map((language) => [language, 'plain-text'] as const),
]);

/** Schemes of documents that are views of something else, as diffs and our own previews. */
const shown = (scheme: string): boolean => !['git', 'output', requestScheme, proposalScheme].includes(scheme);

export const requestScheme = 'cachepoint-request';
/** What a document would become. */
export const proposalScheme = 'cachepoint-proposal';

const readMemory = (state: vscode.Memento): Map<string, boolean> =>
  new Map([
    ...state.get<string[]>(earlierMemory, []).map((uri) => [uri, true] as const),
    ...Object.entries(state.get<Readonly<Record<string, boolean>>>(memory, {})),
  ]);

/** Words alone tell, so that nothing is parsed of the many files that hold no prompt. */
const mayHold = ({ languageId, uri }: vscode.TextDocument, text: string): boolean => {
  const kind = kinds.get(languageId);
  if (kind === 'code') return mayHoldPrompt(codePath(uri.path, languageId), text);
  return mayHoldStored(text) || (kind === 'yaml' ? mayBePromptFile(text) : mayHoldRequest(text));
};

/** `pathOf`: a file's path in its workspace, by which files without any form are known. */
export const createPromptDocuments = (state: vscode.Memento, pathOf: (uri: vscode.Uri) => string): PromptDocuments => {
  const said = readMemory(state);
  /** What the texts of documents told at their versions. A document that held a prompt is looked at until it closes: half a word is not another file. */
  const looked = new WeakMap<vscode.TextDocument, { readonly version: number; readonly holds: boolean }>();
  const holds = (document: vscode.TextDocument): boolean => {
    const known = looked.get(document);
    if (known !== undefined && (known.holds || known.version === document.version)) return known.holds;
    const text = document.getText();
    const found = { version: document.version, holds: text.length <= mostSearched && mayHold(document, text) };
    looked.set(document, found);
    return found.holds;
  };
  return {
    formatOf(document) {
      const { uri, languageId } = document;
      if (!shown(uri.scheme)) return undefined;
      if (languageId === 'bedrock-prompt') return 'bedrock-prompt';
      // Lines that the editor takes for one JSON are told by their name.
      const kind = kindOf(uri.path) === 'json-lines' ? 'json-lines' : kinds.get(languageId);
      const isPrompt = said.get(uri.toString());
      if (kind === undefined || isPrompt === false) return undefined;
      const named = namedFormat(uri.path);
      const isJson = kind === 'json' || kind === 'json-lines';
      if (isJson && named !== undefined && named !== 'bedrock-prompt') return named;
      if (isPrompt === true) return kind === 'json' ? 'converse-json' : kind;
      return (kind === 'plain-text' ? isPlainPrompt(pathOf(uri)) : holds(document)) ? kind : undefined;
    },
    treatAsPrompt(uri, isPrompt) {
      said.set(uri.toString(), isPrompt);
      // The name of an untitled document is given to another one tomorrow.
      return state.update(memory, Object.fromEntries([...said].filter(([one]) => !one.startsWith('untitled:'))));
    },
  };
};
