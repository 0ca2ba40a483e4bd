import { baseName } from '../text/path';
import { isNotebook } from './notebook';

/** Whether a file of code may hold a prompt, by its name and text alone: small enough for activation, and quick enough for every file. */

const code = /\.(?:py|[cm]?[jt]sx?)$/i;

/** Is it a file of a programming language that prompts are read from? */
export const isCode = (path: string): boolean => code.test(path) && !/\.d\.[cm]?ts$/i.test(path);

/** Packages and models that code which sends prompts to Bedrock names. */
const names =
  /bedrock|anthropic|claude|amazon\.nova|ConverseCommand|converse_stream|\.converse\(|invoke_model|InvokeModel|strands|langchain_aws|litellm|amazon-bedrock/i;

/** A module whose name says that it sends prompts: what calls it need not name Bedrock. */
const sender = /(?:\bfrom|\brequire\()\s*['"]?[\w./@~-]*\bllm/i;

/** Texts in such a file are prompts, also where no call is in sight. */
const named = /prompt/i;

/** Longer files are generated. */
const longest = 1_000_000;

/** A bundle has few and long lines. */
const isPacked = (text: string): boolean => {
  if (text.length < 20_000) return false;
  let lines = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < 100_000; at = text.indexOf('\n', at + 1)) lines += 1;
  return Math.min(text.length, 100_000) / lines > 2_000;
};

/** Is it too long to be read, or packed by a program? */
export const isGenerated = (text: string): boolean => text.length > longest || isPacked(text);

/** Do texts of this file count as prompts by its name? */
export const isPromptFile = (path: string): boolean =>
  isCode(path) && named.test(baseName(path)) && !/(?:^|[._-])(?:test|spec)(?:[._-]|$)/i.test(baseName(path));

/** May a file of code hold a prompt? */
export const mayHoldPrompt = (path: string, text: string): boolean =>
  isCode(path) && !isGenerated(text) && (names.test(text) || sender.test(text) || isPromptFile(path));

/** May a notebook hold a prompt, by the text of its file? What its cells printed may be long and says nothing. */
export const mayNotebookHoldPrompt = (path: string, file: string): boolean => isNotebook(path) && names.test(file);

const endings: Readonly<Record<string, string>> = {
  python: '.py',
  typescript: '.ts',
  typescriptreact: '.tsx',
  javascript: '.js',
  javascriptreact: '.jsx',
};

/** The path of a document of code, with an ending that tells its language: one that was never saved has none. */
export const codePath = (path: string, languageId: string): string =>
  baseName(path).includes('.') ? path : `${path}${endings[languageId] ?? ''}`;
