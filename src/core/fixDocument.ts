import { candidatesOf, fixesOf, type DocumentAnalysis, type DocumentProblem } from './analysis';
import { fixAll, type Fixable, type FixedText } from './rules/fixAll';
import { gaugeOf } from './rules/gate';
import type { Fix, FixKind } from './rules/types';
import { theDocument } from './text/place';
import { encloses, span, type Span } from './text/span';

/** A part of a text that keeps its place while it is edited: what stands before and after it stays. */
interface Part {
  readonly before: number;
  readonly after: number;
}

/** A document as far as its problems can be fixed within a part of it; what stands outside its prompts has no fixes. */
const fixableOf = (document: DocumentAnalysis, { before, after }: Part): Fixable<DocumentProblem> => {
  const part = span(before, document.text.length - after);
  const isInside = ({ edits }: Fix): boolean => edits.every(({ at }) => at.source !== theDocument || encloses(part, at.span));
  const inPrompt =
    (fixes: typeof fixesOf) =>
    (problem: DocumentProblem): readonly Fix[] => {
      const prompt = problem.prompt === undefined ? undefined : document.of(problem.prompt);
      return prompt === undefined ? [] : fixes(prompt, problem).filter(isInside);
    };
  return {
    text: document.text,
    problems: document.problems,
    fixesOf: inPrompt(fixesOf),
    candidatesOf: inPrompt(candidatesOf),
    gauges: document.prompts.map(gaugeOf),
  };
};

export interface FixedDocument extends FixedText {
  /** The document that has the text. */
  readonly document: DocumentAnalysis;
}

/** The document after the preferred fixes of these kinds; `within`: those that change nothing outside of this span. */
export const fixDocument = (
  document: DocumentAnalysis,
  kinds: readonly FixKind[],
  within: Span = span(0, document.text.length),
): FixedDocument => {
  const part: Part = { before: within.start, after: document.text.length - within.end };
  const read = new Map([[document.text, document]]);
  const analyzeAgain = (text: string): Fixable<DocumentProblem> => {
    const next = read.get(text) ?? document.again(text);
    read.set(text, next);
    return fixableOf(next, part);
  };
  const fixed = fixAll(document.text, analyzeAgain, kinds);
  return { ...fixed, document: read.get(fixed.text) ?? document };
};
