import type { NumberFormats } from '../figures/numbers';
import { isInDoubt } from '../prompt/model';
import type { Problem, RuleCode, Severity, SyntaxProblem } from '../prompt/problems';
import { fixTitles } from '../messages/fixes';
import { alsoChanged } from './callers';
import { gaugeOf, keepsAll } from './gate';
import { applyIgnores } from './ignores';
import { restsOnUnknown, wasAnswered } from './rests';
import { rules } from './table';
import type { Fix, Related, Rule, RuleInput } from './types';

export { rules } from './table';

export const ruleCodes = Object.keys(rules) as readonly RuleCode[]; // the table has exactly these keys

export type SeverityOverrides = Readonly<Partial<Record<RuleCode, Severity | 'off'>>>;

/** A problem with the severity in force. */
export type RatedProblem = Problem & { readonly severity: Severity };

const ratedBy = (rule: Rule<RuleCode>, problem: Problem, override: Severity | undefined): RatedProblem => ({
  ...problem,
  severity: override ?? rule.rate?.(problem) ?? rule.severity,
});

/** The table maps each code to the rule of that code; the compiler loses the link in an indexed access. */
const ruleOf = (code: RuleCode): Rule<RuleCode> => rules[code] as unknown as Rule<RuleCode>;

/** In the order of the text. */
export const byPlace = (a: Problem, b: Problem): number => a.span.start - b.span.start || a.span.end - b.span.end;

/** What a reader found outside any prompt, rated as the same problem inside one is; those switched off left out. */
export const rateProblems = (problems: readonly SyntaxProblem[], overrides: SeverityOverrides): readonly RatedProblem[] =>
  problems.flatMap((problem) => {
    const override = overrides[problem.code];
    return override === 'off' ? [] : [ratedBy(ruleOf(problem.code), problem, override)];
  });

/** All problems of a prompt in the order of the text, those switched off left out. */
export const checkRules = (input: RuleInput, overrides: SeverityOverrides): readonly RatedProblem[] => {
  const found: RatedProblem[] = [];
  const answered = wasAnswered(input.prompt);
  for (const code of ruleCodes) {
    const override = overrides[code];
    if (override === 'off' || restsOnUnknown(input.prompt, code)) continue;
    const rule = ruleOf(code);
    for (const problem of rule.check(input)) {
      const rated = ratedBy(rule, problem, override);
      if (!answered || rated.severity !== 'error') found.push(rated);
    }
  }
  const { problems, unused } = applyIgnores(found, input.prompt, input.text, ruleCodes, (code) => overrides[code] === 'off');
  return [...problems, ...rateProblems(unused, overrides)].sort(byPlace);
};

const fixesOf = <C extends RuleCode>(problem: Problem<C>, rule: Rule<C>, input: RuleInput): Iterable<Fix> =>
  rule.fixes?.(problem, input) ?? [];

/** Whatever the rule proposes, in its order, tried or not. */
export const candidatesFor = <C extends RuleCode>(problem: Problem<C>, input: RuleInput): readonly Fix[] => {
  if (isInDoubt(input.prompt)) return [];
  // The table maps each code to the rule of that code; the compiler loses the link in an indexed access.
  const rule = rules[problem.code] as unknown as Rule<C>;
  return [...fixesOf(problem, rule, input)];
};

/**
 * The changes that would remove a problem, the likeliest first and then in the rule's order. A rule may prefer several, in the order of its wishes: the
 * first that a new analysis shows to keep what must be kept is the preferred one, and those that do not are not offered.
 */
export const fixesFor = (problem: Problem, input: RuleInput): readonly Fix[] =>
  triedFixes(problem, input).map((fix) => withOthers(fix, input));

/** Says of a fix in a program how many other calls it changes. */
const withOthers = (fix: Fix, input: RuleInput): Fix => {
  // Only a program's writer knows of calls; other prompts of a document have nothing in common.
  const isShared = input.prompt.write.requestAt !== undefined && (input.callers?.().length ?? 0) > 1;
  const after = isShared ? input.trial?.after(fix.edits) : undefined;
  const others = after === undefined ? 0 : alsoChanged(input, after.input);
  return others === 0 ? fix : { ...fix, title: fixTitles.alsoChanges(fix.title, others) };
};

const triedFixes = (problem: Problem, input: RuleInput): readonly Fix[] => {
  const { trial } = input;
  const kept: Fix[] = [];
  for (const fix of candidatesFor(problem, input)) {
    if (!fix.preferred || trial === undefined) {
      kept.push(fix);
      continue;
    }
    const after = trial.after(fix.edits);
    if (after === undefined) kept.push({ ...fix, preferred: false });
    else if (keepsAll(gaugeOf(trial.before()), gaugeOf(after), { kind: fix.kind, code: problem.code }))
      kept.push({ ...fix, preferred: !kept.some(({ preferred }) => preferred) });
  }
  return kept.sort((a, b) => Number(b.preferred) - Number(a.preferred));
};

/** What a problem means for a person: what is wrong, what that does, and what to do. */
export const describeProblem = <C extends RuleCode>(problem: Problem<C>, formats: NumberFormats): string => {
  // The table maps each code to the rule of that code; the compiler loses the link in an indexed access.
  const rule = rules[problem.code] as unknown as Rule<C>;
  return rule.says(problem.data, formats);
};

/** The other places that a problem is about, none of them where it stands itself. */
export const relatedTo = <C extends RuleCode>(problem: Problem<C>, input: RuleInput): readonly Related[] => {
  // The table maps each code to the rule of that code; the compiler loses the link in an indexed access.
  const rule = rules[problem.code] as unknown as Rule<C>;
  return [...(rule.related?.(problem, input) ?? [])].filter(
    ({ span }) => span.start !== problem.span.start || span.end !== problem.span.end,
  );
};
