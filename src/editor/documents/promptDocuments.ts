import type * as vscode from 'vscode';
import { mayHoldPrompt } from '../../core/formats/codeText';
import { isPlainPrompt, kindOf, mayBePromptFile, mayHoldRequest, mayHoldStored, namedFormat } from '../../core/formats/names';
import type { PromptOrigin } from '../../core/prompt/model';
import { documentPath, versionOf, type Whole } from './wholes';

/** What people said of files, by their addresses: that one is a prompt, or is none. */
const memory = 'cachepoint.promptFiles';
/** Where an earlier version kept those that are. */
const earlierMemory = 'cachepoint.treatedAsConverse';

/** Longer documents are prompts by their name or by command only: each change of one would be searched. */
const mostSearched = 5_000_000;

/** Which documents hold prompts, and in which format. */
export interface PromptDocuments {
  formatOf(document: vscode.TextDocument): PromptOrigin | undefined;
  /** Says that a file is a prompt, or that it is none, whatever it is called and holds; `undefined`: nothing is said of it. Remembered for the workspace. */
  treatAsPrompt(uri: vscode.Uri, isPrompt: boolean | undefined): Thenable<void>;
}

/** How a document of a language is read; `bedrock-prompt` has a language of its own. */
const kinds: Readonly<Record<string, PromptOrigin>> = {
  json: 'json',
  jsonc: 'json',
  jsonl: 'json-lines',
  yaml: 'yaml',
  python: 'code',
  typescript: 'code',
  typescriptreact: 'code',
  javascript: 'code',
  javascriptreact: 'code',
  markdown: 'plain-text',
  plaintext: 'plain-text',
  instructions: 'plain-text',
};

/** Every language a prompt can be in. */
export const promptLanguages = (): readonly string[] => ['bedrock-prompt', ...Object.keys(kinds)];

const kindOfLanguage = (id: string): PromptOrigin | undefined => (Object.hasOwn(kinds, id) ? kinds[id] : undefined);

/** Schemes of documents that are views of something else, as diffs and our own previews. */
const shown = (scheme: string): boolean => !['git', 'output', requestScheme, proposalScheme].includes(scheme);

export const requestScheme = 'cachepoint-request';
/** What a document would become. */
export const proposalScheme = 'cachepoint-proposal';

const readMemory = (state: vscode.Memento): Map<string, boolean | undefined> =>
  new Map([
    ...state.get<string[]>(earlierMemory, []).map((uri) => [uri, true] as const),
    ...Object.entries(state.get<Readonly<Record<string, boolean>>>(memory, {})),
  ]);

/** Words alone tell, so that nothing is parsed of the many files that hold no prompt. */
const mayHold = ({ languageId, uri }: vscode.TextDocument, text: string): boolean => {
  const kind = kindOfLanguage(languageId);
  if (kind === 'code') return mayHoldPrompt(documentPath(uri, languageId), text);
  return mayHoldStored(text) || (kind === 'yaml' ? mayBePromptFile(text) : mayHoldRequest(text));
};

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
  const said = readMemory(state);
  /** What the texts of documents told at their versions. A document that held a prompt is looked at until it closes: half a word is not another file. */
  const looked = new WeakMap<vscode.TextDocument, { readonly version: string; readonly holds: boolean }>();
  const holds = (document: vscode.TextDocument, whole: Whole): boolean => {
    const known = looked.get(document);
    const version = versionOf(whole);
    if (known !== undefined && (known.holds || known.version === version)) return known.holds;
    const text = whole.documents.map((one) => one.getText()).join('\n');
    const found = { version, holds: text.length <= mostSearched && mayHold(document, text) };
    looked.set(document, found);
    return found.holds;
  };
  return {
    formatOf(document) {
      const { uri, languageId } = document;
      if (!shown(uri.scheme)) return undefined;
      if (languageId === 'bedrock-prompt') return 'bedrock-prompt';
      // Lines that the editor takes for one JSON are told by their name.
      const kind = kindOf(uri.path) === 'json-lines' ? 'json-lines' : kindOfLanguage(languageId);
      const whole = wholeOf(document);
      const isPrompt = said.get(whole.uri.toString());
      if (kind === undefined || isPrompt === false) return undefined;
      const named = namedFormat(uri.path);
      const isJson = kind === 'json' || kind === 'json-lines';
      if (isJson && named !== undefined && named !== 'bedrock-prompt') return named;
      if (isPrompt === true) return kind === 'json' ? 'converse-json' : kind;
      return (kind === 'plain-text' ? isPlainPrompt(pathOf(uri)) || isListed(document) : holds(document, whole)) ? kind : undefined;
    },
    treatAsPrompt(uri, isPrompt) {
      said.set(uri.toString(), isPrompt);
      // The name of an untitled document is given to another one tomorrow.
      return state.update(memory, Object.fromEntries([...said].filter(([one]) => !one.startsWith('untitled:'))));
    },
  };
};
