import { analyze, candidatesOf, fixesOf, type DocumentAnalysis, type DocumentProblem } from '../../core/analysis';
import { detectFormat } from '../../core/formats/index';
import type { FileSource } from '../../core/prompt/files';
import type { FormatId } from '../../core/prompt/model';
import type { Fix } from '../../core/rules/types';
import type { Settings } from '../../core/settings';

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

/** JSON that is named by itself is a request, whatever it holds; in a folder it must look like one. */
export const formatOf = ({ name, text, named }: Pick<Document, 'name' | 'text' | 'named'>): FormatId | undefined =>
  detectFormat(name, text) ?? (named && /\.jsonc?$/i.test(name) ? 'converse-json' : undefined);

/** Reads and checks a document. */
export const readDocument = ({ text, files, settings }: Document, format: FormatId): DocumentAnalysis =>
  analyze(text, format, files, settings);

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
