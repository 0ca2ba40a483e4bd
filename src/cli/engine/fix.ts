import type { DocumentAnalysis } from '../../core/analysis';
import { fixKindOf } from '../../core/report/fixKind';
import type { FixKind } from '../../core/report/types';
import type { FormatId } from '../../core/prompt/model';
import { applyEdits, type TextEdit } from '../../core/text/edit';
import { lineIndex } from '../../core/text/lines';
import { fixesIn, readDocument, type Document } from './documents';

/** A fix that was applied, and the line, from 1, where its problem stood then. */
export interface AppliedFix {
  readonly line: number;
  readonly title: string;
}

export interface FixedText {
  readonly text: string;
  readonly applied: readonly AppliedFix[];
}

/** From the most harmless on: each step takes the ones before it. */
const kinds: readonly FixKind[] = ['safe', 'moves', 'changes'];

/** Fixes may make room for others; a text that is not settled by then is left as it came out. */
const maxRounds = 10;

const isFree = (edits: readonly TextEdit[], taken: readonly TextEdit[]): boolean =>
  edits.every((edit) => taken.every((other) => edit.span.end < other.span.start || other.span.end < edit.span.start));

/** The preferred fixes of all problems up to a kind, first come first served, without overlaps. */
const oneRound = (document: DocumentAnalysis, upTo: FixKind): FixedText => {
  const { text } = document;
  const lines = lineIndex(text);
  const taken: TextEdit[] = [];
  const applied: AppliedFix[] = [];
  for (const problem of document.problems) {
    const fix = fixesIn(document, problem).find(({ preferred }) => preferred);
    if (fix === undefined || kinds.indexOf(fixKindOf(fix)) > kinds.indexOf(upTo) || !isFree(fix.edits, taken)) continue;
    taken.push(...fix.edits);
    applied.push({ line: lines.positionOf(problem.span.start).line, title: fix.title });
  }
  return { text: applyEdits(text, taken), applied };
};

/** Applies fixes until none is left. */
export const fixText = (document: Document, format: FormatId, upTo: FixKind): FixedText => {
  const applied: AppliedFix[] = [];
  const seen = new Set([document.text]);
  let { text } = document;
  for (let round = 0; round < maxRounds; round += 1) {
    const next = oneRound(readDocument({ ...document, text }, format), upTo);
    // Two fixes that undo each other would go on for ever.
    if (seen.has(next.text)) break;
    seen.add(next.text);
    ({ text } = next);
    applied.push(...next.applied);
  }
  return { text, applied };
};
