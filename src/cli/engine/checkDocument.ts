import type { DocumentAnalysis } from '../../core/analysis';
import type { NumberFormats } from '../../core/figures/numbers';
import type { PromptOrigin } from '../../core/prompt/model';
import { problemReport } from '../../core/report/problemReport';
import type { CheckedFile } from '../checked';
import { candidatesIn, readDocument, type Document } from './documents';
import { contextOf, reportOf } from './report';

const fixableOf = (analysis: DocumentAnalysis): CheckedFile['fixable'] => {
  const fixes = analysis.problems.flatMap((problem) => candidatesIn(analysis, problem).find(({ preferred }) => preferred) ?? []);
  const kinds = fixes.map(({ kind }) => kind);
  const safe = kinds.filter((kind) => kind === 'safe').length;
  return { safe, moves: safe + kinds.filter((kind) => kind === 'moves').length, changes: kinds.length };
};

/** Everything that is known of a document. */
export const checkFully = (document: Document, format: PromptOrigin, formats: NumberFormats): CheckedFile => {
  const analysis = readDocument(document, format);
  const context = contextOf(document, analysis, formats);
  const prompts = analysis.prompts.map((prompt) => reportOf(prompt, analysis, context));
  const outside = analysis.problems.filter(({ prompt }) => prompt === undefined);
  const problems = outside.map((problem) => problemReport(problem, context));
  return { report: { path: document.name, prompts, problems }, prompts: prompts.length, fixable: fixableOf(analysis) };
};

/** The problems of a document, and nothing that only a program would look at. */
export const checkBriefly = (document: Document, format: PromptOrigin, formats: NumberFormats): CheckedFile => {
  const analysis = readDocument(document, format);
  const context = { ...contextOf(document, analysis, formats), fixesOf: () => [] };
  const problems = analysis.problems.map((problem) => problemReport(problem, context));
  return { report: { path: document.name, prompts: [], problems }, prompts: analysis.prompts.length, fixable: fixableOf(analysis) };
};
