import type * as Code from '../../core/code/index';
import { analyze, analyzeReading, candidatesOf, fixesOf, type DocumentAnalysis, type DocumentProblem } from '../../core/analysis';
import { isCode, mayHoldPrompt } from '../../core/formats/codeText';
import type { Reading } from '../../core/formats/format';
import { detectFormat } from '../../core/formats/index';
import type { FileSource } from '../../core/prompt/files';
import type { PromptOrigin } from '../../core/prompt/model';
import type { Fix } from '../../core/rules/types';
import type { Settings } from '../../core/settings';
import { today } from '../today';

/** A document as a command is given it. */
export interface Document {
  /** As reports name it. */
  readonly name: string;
  readonly text: string;
  /** Named by itself: then it is read as what its ending says, whatever it holds. */
  readonly named: boolean;
  readonly files: FileSource;
  readonly settings: Settings;
}

/** JSON and code that is named by itself is read, whatever it holds; in a folder it must look like what holds a prompt. */
export const formatOf = ({ name, text, named }: Pick<Document, 'name' | 'text' | 'named'>): PromptOrigin | undefined => {
  const detected = detectFormat(name, text);
  if (detected !== undefined) return detected;
  if (isCode(name)) return named || mayHoldPrompt(name, text) ? 'code' : undefined;
  return named && /\.jsonc?$/i.test(name) ? 'converse-json' : undefined;
};

const noPrompts: Reading = { prompts: [], problems: [], files: [] };

/** Parsers of programming languages are loaded with the first file that may hold a prompt. */
const readCode = ({ name, files }: Document, text: string): Reading => {
  if (!mayHoldPrompt(name, text)) return noPrompts;
  const code = require('../../core/code/index') as typeof Code; // the bundle of exactly this module
  return code.readCode(text, name, files);
};

const readProgram = (document: Document, text: string): DocumentAnalysis =>
  analyzeReading(
    readCode(document, text),
    text,
    'code',
    document.settings,
    () => undefined,
    today(),
    (next) => readProgram(document, next),
  );

/** Reads and checks a document. */
export const readDocument = (document: Document, format: PromptOrigin): DocumentAnalysis =>
  format === 'code'
    ? readProgram(document, document.text)
    : analyze(document.text, format, document.files, document.settings, undefined, today());

/** The changes that would remove a problem of a document; what stands outside its prompts has none. */
export const fixesIn = (document: DocumentAnalysis, problem: DocumentProblem): readonly Fix[] => {
  const prompt = problem.prompt === undefined ? undefined : document.of(problem.prompt);
  return prompt === undefined ? [] : fixesOf(prompt, problem);
};

/** The same as the rules propose them, without a trial: enough to count them. */
export const candidatesIn = (document: DocumentAnalysis, problem: DocumentProblem): readonly Fix[] => {
  const prompt = problem.prompt === undefined ? undefined : document.of(problem.prompt);
  return prompt === undefined ? [] : candidatesOf(prompt, problem);
};
