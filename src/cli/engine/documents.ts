import { analyze, fixesOf, type Analysis } from '../../core/analysis';
import { detectFormat } from '../../core/formats/index';
import type { FileSource } from '../../core/prompt/files';
import type { FormatId } from '../../core/prompt/model';
import type { RatedProblem } from '../../core/rules/index';
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

/** One prompt of a document. */
export interface DocumentPrompt {
  readonly id: string;
  readonly analysis: Analysis;
}

export interface ReadDocument {
  readonly prompts: readonly DocumentPrompt[];
  /** Problems of no prompt. */
  readonly problems: readonly RatedProblem[];
  fixesOf(problem: RatedProblem): readonly Fix[];
}

/** JSON that is named by itself is a request, whatever it holds; in a folder it must look like one. */
export const formatOf = ({ name, text, named }: Pick<Document, 'name' | 'text' | 'named'>): FormatId | undefined =>
  detectFormat(name, text) ?? (named && /\.jsonc?$/i.test(name) ? 'converse-json' : undefined);

/** Reads and checks a document; `undefined` where it holds nothing of ours. */
export const readDocument = ({ text, files, settings }: Document, format: FormatId): ReadDocument => {
  const analysis = analyze(text, format, files, settings);
  return { prompts: [{ id: 'only', analysis }], problems: [], fixesOf: (problem) => fixesOf(analysis, problem) };
};
