import { analyze, analyzeWith, type AnalysisOptions, type DocumentAnalysis } from './analysis';
import { mayHoldPrompt } from './formats/codeText';
import { noPrompts, type Reading } from './formats/format';
import { cellsIn, isNotebook, joinCells, type JoinedCells } from './formats/notebook';
import type { FileSource } from './prompt/files';
import type { PromptOrigin } from './prompt/model';
import type { Settings } from './settings';

/** A file that is read from a disk. */
export interface FileDocument {
  /** As reports name it. */
  readonly name: string;
  /** Of a notebook the text of its cells. */
  readonly text: string;
  readonly cells?: JoinedCells;
  readonly files: FileSource;
  readonly settings: Settings;
}

/** Reads code: the bundle for it is loaded with the first that may hold a prompt. */
export type CodeReader = (text: string, path: string, files: FileSource) => Reading;

/** The document that a file's text is; a notebook's is what its cells say. */
export const openFile = <D extends FileDocument>(document: D): D & FileDocument => {
  if (!isNotebook(document.name)) return document;
  const cells = joinCells(cellsIn(document.text));
  return { ...document, text: cells.text, cells };
};

/** Analyzes a document that was opened; `readCode` is asked for code alone. */
export const analyzeFile = (
  { name, text, cells, files, settings }: FileDocument,
  format: PromptOrigin,
  readCode: CodeReader,
  options: AnalysisOptions,
): DocumentAnalysis => {
  if (format !== 'code') return analyze(text, format, files, settings, options);
  const path = cells === undefined ? name : `${name}.py`;
  const read = (next: string): Reading => (mayHoldPrompt(path, next) ? readCode(next, path, files) : noPrompts);
  return analyzeWith(read, text, format, settings, options);
};
