import type { DocumentAnalysis } from '../../core/analysis';
import type { NumberFormats } from '../../core/figures/numbers';
import { problemReport } from '../../core/report/problemReport';
import type { CheckedFile } from '../checked';
import { candidatesIn, type Document } from './documents';
import { contextOf, reportOf } from './report';

const fixableOf = (analysis: DocumentAnalysis): CheckedFile['fixable'] => {
  const fixes = analysis.problems.flatMap((problem) => candidatesIn(analysis, problem).find(({ preferred }) => preferred) ?? []);
  const kinds = fixes.map(({ kind }) => kind);
  const safe = kinds.filter((kind) => kind === 'safe').length;
  return { safe, moves: safe + kinds.filter((kind) => kind === 'moves').length, changes: kinds.length };
};

/** Everything that is known of a document, which was read. */
export const checkFully = (document: Document, analysis: DocumentAnalysis, formats: NumberFormats): CheckedFile => {
  const context = contextOf(document, analysis, formats);
  const prompts = analysis.prompts.map((prompt) => reportOf(prompt, analysis, context));
  const outside = analysis.problems.filter(({ prompt }) => prompt === undefined);
  const problems = outside.map((problem) => problemReport(problem, context));
  return { report: { path: document.name, prompts, problems }, prompts: prompts.length, fixable: fixableOf(analysis) };
};

/** The problems of a document, and nothing that only a program would look at. */
export const checkBriefly = (document: Document, analysis: DocumentAnalysis, formats: NumberFormats): CheckedFile => {
  const context = { ...contextOf(document, analysis, formats), fixesOf: () => [] };
  const problems = analysis.problems.map((problem) => problemReport(problem, context));
  return { report: { path: document.name, prompts: [], problems }, prompts: analysis.prompts.length, fixable: fixableOf(analysis) };
};
