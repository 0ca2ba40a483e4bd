import type { Problem, RuleCode } from '../prompt/problems';
import { lineAt } from '../text/lineAt';
import type { Span } from '../text/span';

/** Where somebody is typing. */
export interface Typing {
  readonly text: string;
  /** Of the cursor. */
  readonly offset: number;
}

/** Until one of these is right nobody knows where the parts of the text begin and end, so that all else may be wrong too. */
const leavesInDoubt: ReadonlySet<RuleCode> = new Set<RuleCode>([
  'syntax/front-matter',
  'syntax/fence',
  'syntax/json',
  'syntax/not-converse',
]);

/** Is a message said to be missing that may be typed next? */
const isNotWritten = (problem: Problem): boolean =>
  problem.code === 'request/roles' && (problem.data.reason === 'empty' || problem.data.reason === 'noContent');

/** Does it stand in the line of the cursor? */
const isInLine = ({ start, end }: Span, { text, offset }: Typing): boolean => {
  const line = lineAt(text, offset);
  return start <= line.end && end >= line.start;
};

const count = (problems: readonly Problem[]): Map<RuleCode, number> => {
  const counts = new Map<RuleCode, number>();
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
};

/**
 * Of the problems of a text that is being typed those that are told at once. What the cursor stands in and what can still become right wait;
 * what was told before is not taken back for that: of each rule as many are told as before.
 */
export const toldWhileTyping = <P extends Problem>(problems: readonly P[], typing: Typing, before: readonly Problem[]): readonly P[] => {
  const inDoubt = problems.some(({ code }) => leavesInDoubt.has(code)) && !before.some(({ code }) => leavesInDoubt.has(code));
  const waits = (problem: P): boolean => inDoubt || isNotWritten(problem) || isInLine(problem.span, typing);
  const left = count(before);
  const take = ({ code }: Problem): boolean => {
    const known = left.get(code) ?? 0;
    left.set(code, known - 1);
    return known > 0;
  };
  // Those that do not wait use up what was told before first.
  const now = new Set(problems.filter((problem) => !waits(problem)));
  now.forEach(take);
  return problems.filter((problem) => now.has(problem) || take(problem));
};
