import type { Problem, SyntaxCode } from '../prompt/problems';
import type { RuleInput } from './types';

/** The check of a rule whose problems the reader of the document has found: it only passes them on. */
export const readProblems = <C extends SyntaxCode>(code: C) =>
  function* ({ prompt }: RuleInput): Generator<Problem<C>> {
    // `code` is the discriminant, so what has it is of that type.
    for (const problem of prompt.problems) if (problem.code === code) yield problem as unknown as Problem<C>;
  };
