import type { NumberFormats } from '../../core/figures/numbers';
import { fixKindOf } from '../../core/report/fixKind';
import { problemReport } from '../../core/report/problemReport';
import { promptReport, type ReportContext } from '../../core/report/promptReport';
import { lineIndex } from '../../core/text/lines';
import type { FormatId } from '../../core/prompt/model';
import type { CheckedFile } from '../checked';
import { readDocument, type Document, type ReadDocument } from './documents';

const contextOf = ({ name, text, settings }: Document, { fixesOf }: ReadDocument, formats: NumberFormats): ReportContext => ({
  path: name,
  lines: lineIndex(text),
  formats,
  defaultModelId: settings.defaultModelId,
  fixesOf,
});

const fixableOf = ({ prompts, fixesOf }: ReadDocument): CheckedFile['fixable'] => {
  const kinds = prompts.flatMap(({ analysis }) =>
    analysis.problems.flatMap((problem) => fixesOf(problem).find(({ preferred }) => preferred) ?? []).map(fixKindOf),
  );
  const upTo = (...wanted: readonly string[]): number => kinds.filter((kind) => wanted.includes(kind)).length;
  return { safe: upTo('safe'), moves: upTo('safe', 'moves'), changes: kinds.length };
};

/** Everything that is known of a document. */
export const checkFully = (document: Document, format: FormatId, formats: NumberFormats): CheckedFile => {
  const read = readDocument(document, format);
  const context = contextOf(document, read, formats);
  const prompts = read.prompts.map(({ analysis }) => promptReport(analysis, context));
  const problems = read.problems.map((problem) => problemReport(problem, context));
  return { report: { path: document.name, prompts, problems }, prompts: prompts.length, fixable: fixableOf(read) };
};

/** The problems of a document, and nothing that only a program would look at. */
export const checkBriefly = (document: Document, format: FormatId, formats: NumberFormats): CheckedFile => {
  const read = readDocument(document, format);
  const context = { ...contextOf(document, read, formats), fixesOf: () => [] };
  const all = [...read.problems, ...read.prompts.flatMap(({ analysis }) => analysis.problems)];
  const problems = all.map((problem) => problemReport(problem, context));
  return { report: { path: document.name, prompts: [], problems }, prompts: read.prompts.length, fixable: fixableOf(read) };
};
