import type * as Code from '../../core/code/index';
import { candidatesOf, fixesOf, type DocumentAnalysis, type DocumentProblem } from '../../core/analysis';
import type { PromptOrigin } from '../../core/prompt/model';
import { analyzeFile, type FileDocument } from '../../core/readFile';
import type { Fix } from '../../core/rules/types';
import { today } from '../today';

export { formatOfFile as formatOf } from '../../core/formats/fileFormat';
export { openFile as openDocument } from '../../core/readFile';

/** A document as a command is given it. */
export interface Document extends FileDocument {
  /** Named by itself: then it is read as what its ending says, whatever it holds. */
  readonly named: boolean;
}

/** Parsers of programming languages are loaded with the first file that may hold a prompt. */
const code = (): typeof Code => require('../../core/code/index') as typeof Code; // the bundle of exactly this module

/** Reads and checks a document. `isChanged`: it will be read again with changes. */
export const readDocument = (document: Document, format: PromptOrigin, isChanged = true): DocumentAnalysis =>
  analyzeFile(document, format, (text, path, files) => code().readCode(text, path, files, isChanged), { today: today() });

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
