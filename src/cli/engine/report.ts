import type { DocumentAnalysis, PromptAnalysis } from '../../core/analysis';
import type { NumberFormats } from '../../core/figures/numbers';
import { promptReport, type ReportContext } from '../../core/report/promptReport';
import type { PromptReport } from '../../core/report/types';
import { lineIndex } from '../../core/text/lines';
import { fixesIn, type Document } from './documents';

/** What the reports of one document are made with. */
export const contextOf = ({ name, text, cells }: Document, analysis: DocumentAnalysis, formats: NumberFormats): ReportContext => ({
  path: name,
  lines: cells ?? lineIndex(text),
  formats,
  fixesOf: (problem) => fixesIn(analysis, { prompt: undefined, ...problem }),
});

/** One prompt of a document, with the problems that are its own. */
export const reportOf = (prompt: PromptAnalysis, analysis: DocumentAnalysis, context: ReportContext): PromptReport => {
  const span = analysis.reading.prompts.find(({ id }) => id === prompt.id)?.span ?? prompt.head;
  const problems = analysis.problems.filter((problem) => problem.prompt === prompt.id);
  return promptReport({ ...prompt, span, problems }, context);
};
