import type * as Code from '../../core/code/index';
import { analyze, analyzeWith, candidatesOf, fixesOf, type DocumentAnalysis, type DocumentProblem } from '../../core/analysis';
import { isCode, mayHoldPrompt, mayNotebookHoldPrompt } from '../../core/formats/codeText';
import { noPrompts, type Reading } from '../../core/formats/format';
import { detectFormat } from '../../core/formats/index';
import { kindOf } from '../../core/formats/names';
import { cellsIn, isNotebook, joinCells, type JoinedCells } from '../../core/formats/notebook';
import type { FileSource } from '../../core/prompt/files';
import type { PromptOrigin } from '../../core/prompt/model';
import type { Fix } from '../../core/rules/types';
import type { Settings } from '../../core/settings';
import { today } from '../today';

/** A document as a command is given it. */
export interface Document {
  /** As reports name it. */
  readonly name: string;
  /** Of a notebook the text of its cells. */
  readonly text: string;
  readonly cells?: JoinedCells;
  /** Named by itself: then it is read as what its ending says, whatever it holds. */
  readonly named: boolean;
  /** Its settings say that it is the text of a prompt. */
  readonly isText?: boolean;
  readonly files: FileSource;
  readonly settings: Settings;
}

/** The format of a file. One that is named by itself is read by its kind; in a folder its text must show that reading it is worth while. */
export const formatOf = ({ name, text, named, isText }: Pick<Document, 'name' | 'text' | 'named' | 'isText'>): PromptOrigin | undefined => {
  const detected = detectFormat(name, text);
  if (detected !== undefined) return detected;
  if (isCode(name)) return named || mayHoldPrompt(name, text) ? 'code' : undefined;
  if (isNotebook(name)) return named || mayNotebookHoldPrompt(name, text) ? 'code' : undefined;
  if (isText === true) return 'plain-text';
  return named ? kindOf(name) : undefined;
};

/** The document that a file's text is; a notebook's is what its cells say. */
export const openDocument = (document: Document): Document => {
  if (!isNotebook(document.name)) return document;
  const cells = joinCells(cellsIn(document.text));
  return { ...document, text: cells.text, cells };
};

/** Parsers of programming languages are loaded with the first file that may hold a prompt. */
const readCode = ({ name, files, cells }: Document, text: string): Reading => {
  const path = cells === undefined ? name : `${name}.py`;
  if (!mayHoldPrompt(path, text)) return noPrompts;
  const code = require('../../core/code/index') as typeof Code; // the bundle of exactly this module
  return code.readCode(text, path, files);
};

/** Reads and checks a document. */
export const readDocument = (document: Document, format: PromptOrigin): DocumentAnalysis => {
  const { text, files, settings } = document;
  const options = { today: today() };
  return format === 'code'
    ? analyzeWith((next) => readCode(document, next), text, format, settings, options)
    : analyze(text, format, files, settings, options);
};

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
