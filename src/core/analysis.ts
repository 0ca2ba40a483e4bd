import type { Traffic } from './traffic/forecast';
import { planCache, type CachePlan } from './cache/plan';
import { savingsOf, type Savings } from './traffic/savings';
import type { FileSource } from './prompt/files';
import { formats } from './formats/index';
import type { FormatId, Prompt } from './prompt/model';
import { parseModelOverrides, type ModelOverrides } from './models/overrides';
import { checkRules, fixesFor, type RatedProblem } from './rules/index';
import type { Fix, RuleInput } from './rules/types';
import type { Settings } from './settings';
import type { CalibrationContext } from './tokens/calibrate';

/** All that is known of one version of a prompt. */
export interface Analysis {
  readonly text: string;
  readonly format: FormatId;
  readonly prompt: Prompt;
  readonly plan: CachePlan;
  readonly savings: Savings | undefined;
  readonly problems: readonly RatedProblem[];
  readonly input: RuleInput;
}

const overridesByValue = new WeakMap<object, ModelOverrides>();

/** The setting `cachepoint.models`, checked once for each value it has. */
export const modelOverridesOf = ({ models }: Settings): ModelOverrides => {
  const known = overridesByValue.get(models);
  if (known !== undefined) return known;
  const fresh = parseModelOverrides(models);
  overridesByValue.set(models, fresh);
  return fresh;
};

/**
 * Reads, plans and checks a prompt. Pure: the same text, format, files, settings and calibration give the same answer. Total: any text
 * gives one.
 */
export const analyze = (
  text: string,
  format: FormatId,
  files: FileSource,
  settings: Settings,
  calibration?: CalibrationContext,
): Analysis => {
  const prompt = formats[format].parse(text, files);
  const plan = planCache(prompt, text, {
    defaultModelId: settings.defaultModelId,
    profileModels: settings.profileModels,
    overrides: modelOverridesOf(settings).entries,
    staticTexts: settings.staticTexts,
    calibration,
  });
  const callsPerHour = prompt.header.callsPerHour?.value ?? settings.callsPerHour;
  const input: RuleInput = {
    text,
    prompt,
    plan,
    edits: formats[format].edits,
    callsPerHour,
    ...(settings.region === '' ? {} : { region: settings.region }),
  };
  return { text, format, prompt, plan, savings: savingsOf(plan), problems: checkRules(input, settings.severity), input };
};

/** The traffic that a prompt's costs are reckoned with: its own burst or rate, else the setting's rate. */
export const trafficOf = ({ prompt, input }: Analysis): Traffic =>
  prompt.header.burst === undefined || prompt.header.callsPerHour !== undefined
    ? { kind: 'poisson', callsPerHour: input.callsPerHour }
    : { kind: 'burst', ...prompt.header.burst };

/** The changes that would remove one of an analysis's problems. */
export const fixesOf = (analysis: Analysis, problem: RatedProblem): readonly Fix[] => fixesFor(problem, analysis.input);
