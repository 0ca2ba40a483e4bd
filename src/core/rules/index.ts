import { isInDoubt } from '../prompt/model';
import type { Problem, RuleCode, Severity, SyntaxProblem } from '../prompt/problems';
import { crossRegion, notOnDemand, opaqueProfile, router, govCloud } from './addressing';
import { spentEarly } from './spentEarly';
import { belowMinimum } from './belowMinimum';
import { blankText } from './blankText';
import { coldFanOut, lostMarker, usageMisread } from './codeRules';
import { contextWindow } from './contextWindow';
import { gaugeOf, keepsAll } from './gate';
import { applyIgnores } from './ignores';
import { documents } from './documents';
import { outputSchema } from './outputSchema';
import { changingSchema } from './changingSchema';
import { dialect } from './dialect';
import { inToolResult } from './inToolResult';
import { duplicateMember } from './duplicateMember';
import { lastTurn } from './lastTurn';
import { lookBack } from './lookBack';
import { missing } from './missing';
import { modelRefuses } from './modelRefuses';
import { modality } from './modality';
import { inferenceProfile, modelMissing, retiredModel, unknownModel } from './model';
import { nothingBefore } from './nothingBefore';
import { overMaximum } from './overMaximum';
import { redundant } from './redundant';
import { afterDocument, afterReasoning, latencyOptimized } from './refusedPlace';
import { restsOnUnknown, wasAnswered } from './rests';
import { roles } from './roles';
import { sessionPrefix } from './sessionPrefix';
import { sharedSecret } from './sharedSecret';
import { syntaxRules } from './syntax';
import { tooMany } from './tooMany';
import { neverPays, ttlChoice } from './trafficRules';
import { ttlOrder, ttlUnsupported } from './ttl';
import type { Fix, Rule, RuleInput } from './types';
import { toolPairing } from './toolPairing';
import { unknownField } from './unknownField';
import { unstableBytes } from './unstableBytes';
import { unsupportedField } from './unsupportedField';
import { unsupportedModel } from './unsupportedModel';
import { undefinedVariable, unusedVariable } from './variables';
import { volatilePrefix } from './volatilePrefix';

/** Every rule by its code; the compiler asks for one per line of `ProblemData`. */
export const rules: { readonly [C in RuleCode]: Rule<C> } = {
  ...syntaxRules,
  'request/blank-text': blankText,
  'request/undefined-variable': undefinedVariable,
  'request/unused-variable': unusedVariable,
  'request/roles': roles,
  'syntax/duplicate-member': duplicateMember,
  'request/model-refuses': modelRefuses,
  'request/tool-pairing': toolPairing,
  'request/documents': documents,
  'request/output-schema': outputSchema,
  'request/model-missing': modelMissing,
  'request/unknown-model': unknownModel,
  'request/inference-profile': inferenceProfile,
  'request/retired-model': retiredModel,
  'request/context-window': contextWindow,
  'request/modality': modality,
  'request/unknown-field': unknownField,
  'cache/below-minimum': belowMinimum,
  'cache/unsupported-model': unsupportedModel,
  'cache/unsupported-field': unsupportedField,
  'cache/too-many': tooMany,
  'cache/ttl-unsupported': ttlUnsupported,
  'cache/ttl-order': ttlOrder,
  'cache/nothing-before': nothingBefore,
  'cache/volatile-prefix': volatilePrefix,
  'cache/last-turn': lastTurn,
  'cache/output-schema': changingSchema,
  'cache/session-prefix': sessionPrefix,
  'cache/missing': missing,
  'cache/redundant': redundant,
  'cache/after-reasoning': afterReasoning,
  'cache/after-document': afterDocument,
  'cache/latency-optimized': latencyOptimized,
  'cache/dialect': dialect,
  'cache/in-tool-result': inToolResult,
  'cache/never-pays': neverPays,
  'cache/ttl-choice': ttlChoice,
  'cache/look-back': lookBack,
  'cache/over-maximum': overMaximum,
  'cache/not-on-demand': notOnDemand,
  'cache/router': router,
  'cache/spent-early': spentEarly,
  'cache/govcloud': govCloud,
  'cache/cross-region': crossRegion,
  'cache/opaque-profile': opaqueProfile,
  'cache/unstable-bytes': unstableBytes,
  'cache/shared-secret': sharedSecret,
  'code/lost-marker': lostMarker,
  'code/cold-fan-out': coldFanOut,
  'code/usage-misread': usageMisread,
};

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
  const found = ruleCodes.flatMap((code) => {
    const override = overrides[code];
    const rule = ruleOf(code);
    if (override === 'off' || restsOnUnknown(input.prompt, code)) return [];
    const rated = [...rule.check(input)].map((problem) => ratedBy(rule, problem, override));
    return wasAnswered(input.prompt) ? rated.filter(({ severity }) => severity !== 'error') : rated;
  });
  const { problems, unused } = applyIgnores(found, input.prompt, input.text, ruleCodes, (code) => overrides[code] === 'off');
  return [...problems, ...rateProblems(unused, overrides)].sort(byPlace);
};

const fixesOf = <C extends RuleCode>(problem: Problem<C>, rule: Rule<C>, input: RuleInput): Iterable<Fix> =>
  rule.fixes?.(problem, input) ?? [];

/** Whatever the rule proposes, the likeliest first, tried or not. */
export const candidatesFor = <C extends RuleCode>(problem: Problem<C>, input: RuleInput): readonly Fix[] => {
  if (isInDoubt(input.prompt)) return [];
  // The table maps each code to the rule of that code; the compiler loses the link in an indexed access.
  const rule = rules[problem.code] as unknown as Rule<C>;
  return [...fixesOf(problem, rule, input)].sort((a, b) => Number(b.preferred) - Number(a.preferred));
};

/**
 * The changes that would remove a problem, the likeliest first. A rule may prefer several, in the order of its wishes: the first that a new analysis
 * shows to keep what must be kept is the preferred one, and those that do not are not offered.
 */
export const fixesFor = (problem: Problem, input: RuleInput): readonly Fix[] => {
  const { trial } = input;
  const fixes = candidatesFor(problem, input);
  const [wished, others] = [fixes.filter(({ preferred }) => preferred), fixes.filter(({ preferred }) => !preferred)];
  if (trial === undefined || wished.length === 0) return fixes;
  const before = gaugeOf(trial.before());
  const kept: Fix[] = [];
  for (const fix of wished) {
    const after = trial.after(fix.edits);
    if (after === undefined) kept.push({ ...fix, preferred: false });
    else if (keepsAll(before, gaugeOf(after), { kind: fix.kind, code: problem.code }))
      kept.push({ ...fix, preferred: !kept.some(({ preferred }) => preferred) });
  }
  return [...kept.sort((a, b) => Number(b.preferred) - Number(a.preferred)), ...others];
};
