import type { RuleCode } from '../prompt/problems';
import { applyEdits, type Edits } from '../text/edit';
import { lineIndex } from '../text/lines';
import type { Place } from '../text/place';
import type { Span } from '../text/span';
import type { RatedProblem } from './index';
import type { Fix, FixKind } from './types';

/** A document as far as its problems can be fixed. */
export interface Fixable<P extends RatedProblem = RatedProblem> {
  readonly text: string;
  readonly problems: readonly P[];
  readonly fixesOf: (problem: P) => readonly Fix[];
}

/** A fix that was applied, where its problem stood in the text of its round. */
export interface DoneFix {
  readonly code: RuleCode;
  readonly title: string;
  readonly at: Span;
  /** From 1. */
  readonly line: number;
}

export interface FixRound {
  readonly edits: Edits;
  readonly done: readonly DoneFix[];
}

export interface FixedText {
  readonly text: string;
  readonly done: readonly DoneFix[];
  /** How often the text was changed. */
  readonly rounds: number;
}

/** From the most harmless on. */
export const allKinds: readonly FixKind[] = ['safe', 'moves', 'changes'];

/** Rounds after which whatever is left is left: each fix ends its problem, so more are needed only where fixes call for one another. */
const maxRounds = 100;

/** Where a text cannot be read for sure, a fix might be made for what it does not say. */
const inDoubt: ReadonlySet<RuleCode> = new Set<RuleCode>(['syntax/json', 'syntax/front-matter', 'syntax/too-deep', 'syntax/fence']);

/** Places that are taken, in order; what only touches one counts as meeting it. */
const takenPlaces = () => {
  const spans: Span[] = [];
  const indexOf = ({ start }: Span): number => {
    let [low, high] = [0, spans.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((spans[middle]?.start ?? 0) < start) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  return {
    isFree: ({ span: at }: Place): boolean => {
      const index = indexOf(at);
      return (spans[index - 1]?.end ?? -1) < at.start && (spans[index]?.start ?? Infinity) > at.end;
    },
    take: ({ span: at }: Place): void => void spans.splice(indexOf(at), 0, at),
  };
};

/** The preferred fixes of all problems that may be made at once: first come, first served, and none in another's way. */
export const fixRound = <P extends RatedProblem>(
  { text, problems, fixesOf }: Fixable<P>,
  kinds: readonly FixKind[] = allKinds,
): FixRound => {
  const lines = lineIndex(text);
  const edits: Edits[] = [];
  const done: DoneFix[] = [];
  if (problems.some(({ code }) => inDoubt.has(code))) return { edits: [], done };
  const taken = takenPlaces();
  for (const problem of problems) {
    const fix = fixesOf(problem).find(({ preferred }) => preferred);
    if (fix === undefined || !kinds.includes(fix.kind)) continue;
    if (!fix.edits.every(({ at }) => at.source === 0 && taken.isFree(at))) continue;
    for (const { at } of fix.edits) taken.take(at);
    edits.push(fix.edits);
    done.push({ code: problem.code, title: fix.title, at: problem.span, line: lines.positionOf(problem.span.start).line });
  }
  return { edits: edits.flat(), done };
};

/**
 * Applies the preferred fixes of these kinds, many at once, and reads the text again after each round, until nothing is left to fix. A document
 * whose structure is in doubt is left as it is, also when a round would lead to one.
 */
export const fixAll = <P extends RatedProblem>(
  text: string,
  analyzeAgain: (text: string) => Fixable<P>,
  kinds: readonly FixKind[] = allKinds,
): FixedText => {
  const done: DoneFix[] = [];
  const seen = new Set<string>([text]);
  let current = text;
  for (let rounds = 0; rounds < maxRounds; rounds += 1) {
    const round = fixRound(analyzeAgain(current), kinds);
    const next = applyEdits(current, round.edits);
    // A text that was there before would come again.
    if (seen.has(next)) return { text: current, done, rounds };
    seen.add(next);
    current = next;
    done.push(...round.done);
  }
  return { text: current, done, rounds: maxRounds };
};
