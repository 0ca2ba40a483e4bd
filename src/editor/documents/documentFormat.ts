import type * as vscode from 'vscode';
import { mayHoldPrompt } from '../../core/formats/codeText';
import { kindOf, mayBePromptFile, mayHoldRequest, mayHoldStored, namedFormat } from '../../core/formats/names';
import type { PromptOrigin } from '../../core/prompt/model';
import { documentPath } from './wholes';

/* By what a document is known to hold prompts. What VS Code wakes asks this of every file, so it is small. */

/** What people said of files, by their addresses: that one is a prompt, or is none. */
export const memory = 'cachepoint.promptFiles';
/** Where an earlier version kept those that are. */
const earlierMemory = 'cachepoint.treatedAsConverse';

export const readMemory = (state: vscode.Memento): readonly (readonly [string, boolean])[] => [
  ...state.get<string[]>(earlierMemory, []).map((uri) => [uri, true] as const),
  ...Object.entries(state.get<Readonly<Record<string, boolean>>>(memory, {})),
];

/** Longer documents are prompts by their name or by command only: each change of one would be searched. */
const mostSearched = 5_000_000;

/** How a document of a language is read; `bedrock-prompt` has a language of its own. */
export const kinds: Readonly<Record<string, PromptOrigin>> = {
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

const kindOfLanguage = (id: string): PromptOrigin | undefined => (Object.hasOwn(kinds, id) ? kinds[id] : undefined);

export const requestScheme = 'cachepoint-request';
/** What a document would become. */
export const proposalScheme = 'cachepoint-proposal';
/** What was sent and answered. */
export const runScheme = 'cachepoint-run';
/** Two texts beside each other. */
export const textScheme = 'cachepoint-text';

/** Schemes of documents that are views of something else, as diffs and our own previews: they cannot be run, and tints would look as differences do. */
const views: readonly string[] = ['git', 'output', requestScheme, proposalScheme, runScheme, textScheme];

/** Words alone tell, so that nothing is parsed of the many files that hold no prompt. */
export const mayHold = ({ languageId, uri }: vscode.TextDocument, text: string): boolean => {
  if (text.length > mostSearched) return false;
  const kind = kindOfLanguage(languageId);
  if (kind === 'code') return mayHoldPrompt(documentPath(uri, languageId), text);
  return mayHoldStored(text) || (kind === 'yaml' ? mayBePromptFile(text) : mayHoldRequest(text));
};

/** What is known of a document besides its name and language. */
export interface Known {
  /** What people said of it. */
  readonly isPrompt: boolean | undefined;
  /** Is it the text of a prompt by its place in the workspace, or by the settings? */
  readonly isPlain: () => boolean;
  /** Do words of its text tell of a prompt? */
  readonly holds: () => boolean;
}

/** The format of the prompts that a document holds; `undefined`: it holds none. */
export const formatOfDocument = (
  { uri, languageId }: vscode.TextDocument,
  { isPrompt, isPlain, holds }: Known,
): PromptOrigin | undefined => {
  if (views.includes(uri.scheme)) return undefined;
  if (languageId === 'bedrock-prompt') return 'bedrock-prompt';
  // Lines that the editor takes for one JSON are told by their name.
  const kind = kindOf(uri.path) === 'json-lines' ? 'json-lines' : kindOfLanguage(languageId);
  if (kind === undefined || isPrompt === false) return undefined;
  const named = namedFormat(uri.path);
  const isJson = kind === 'json' || kind === 'json-lines';
  if (isJson && named !== undefined && named !== 'bedrock-prompt') return named;
  if (isPrompt === true) return kind === 'json' ? 'converse-json' : kind;
  return (kind === 'plain-text' ? isPlain() : holds()) ? kind : undefined;
};
