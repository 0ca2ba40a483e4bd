import { planCache, type CachePlan, type PlanOptions } from './cache/plan';
import { draftRequest } from './request/build';
import { withValues } from './request/sent';
import type { ConverseRequest } from './request/types';
import { behindDoor } from './formats/door';
import type { PromptEntry, Reading } from './formats/format';
import { formats } from './formats/index';
import type { Day } from './models/lifecycle';
import { atContractPrices } from './models/contract';
import { parseModelOverrides, type ModelOverrides } from './models/overrides';
import type { FileSource } from './prompt/files';
import type { FormatId, Prompt, PromptId, PromptOrigin } from './prompt/model';
import { trafficOf } from './prompt/traffic';
import { byPlace, candidatesFor, checkRules, fixesFor, rateProblems, relatedTo, type RatedProblem } from './rules/index';
import { callerOf } from './rules/callers';
import type { Caller, Fix, Related, RuleInput } from './rules/types';
import type { Settings } from './settings';
import { later, once } from './text/once';
import { touches, type Located, type Span } from './text/span';
import { createTrials, type Trials } from './text/trials';
import type { CalibrationContext } from './tokens/calibrate';
import { plannedCalls, type PlannedCalls } from './traffic/planned';
import { savingsOf, type Savings } from './traffic/savings';

/** All that is known of one version of a prompt. */
export interface PromptAnalysis {
  readonly id: PromptId;
  readonly title: string;
  /** Where what is said about the prompt as a whole is shown. */
  readonly head: Span;
  /** Of the whole document. */
  readonly text: string;
  readonly format: PromptOrigin;
  readonly prompt: Prompt;
  readonly plan: CachePlan;
  /** What the plan was made with besides the prompt. */
  readonly planOptions: PlanOptions;
  /** Worked out when it is first read: it takes a count of everything. */
  readonly savings: Savings | undefined;
  readonly problems: readonly RatedProblem[];
  readonly input: RuleInput;
}

/** A problem of a document; `prompt` is the one that has it, and absent for what stands outside all of them. */
export type DocumentProblem = RatedProblem & { readonly prompt: PromptId | undefined };

/** All that is known of one version of a document. A prompt is analyzed when it is first asked for, and kept. */
export interface DocumentAnalysis {
  readonly text: string;
  readonly format: PromptOrigin;
  readonly reading: Reading;
  /** Every prompt, analyzed, in the order of the text; of a document with very many the first ones. */
  readonly prompts: readonly PromptAnalysis[];
  /** Problems of the reading and of all prompts in the order of the text; one that prompts share stands once, with the first of them. */
  readonly problems: readonly DocumentProblem[];
  /** Files that the document and all its prompts refer to, relative to its folder. */
  readonly files: readonly Located<string>[];
  of(id: PromptId): PromptAnalysis | undefined;
  /** The same document with another text. */
  again(text: string): DocumentAnalysis;
  /** The prompt that stands at an offset: the innermost, where one stands in another. */
  at(offset: number): PromptAnalysis | undefined;
}

/** What past answers taught, for each prompt of a document. */
export type CalibrationOf = (id: PromptId) => CalibrationContext | undefined;

type PriceSettings = Pick<Settings, 'models' | 'priceFactors'>;

const overridesByValue = new WeakMap<object, WeakMap<object, ModelOverrides>>();

/** What the settings change in the catalog, `cachepoint.models` and prices by contract, checked once for the values they have. */
export const modelOverridesOf = ({ models, priceFactors }: PriceSettings): ModelOverrides => {
  const ofModels = overridesByValue.get(models) ?? new WeakMap<object, ModelOverrides>();
  overridesByValue.set(models, ofModels);
  const known = ofModels.get(priceFactors);
  if (known !== undefined) return known;
  const { entries, problems } = parseModelOverrides(models);
  const fresh = { entries: atContractPrices(entries, priceFactors), problems };
  ofModels.set(priceFactors, fresh);
  return fresh;
};

type Head = Pick<PromptAnalysis, 'id' | 'title' | 'head' | 'text' | 'format'>;

type Again = (text: string) => DocumentAnalysis;

const withSavings = later('savings', ({ plan }: { readonly plan: CachePlan }) => savingsOf(plan));

const analyzePrompt = (
  head: Head,
  read: Prompt,
  settings: Settings,
  calibration: CalibrationContext | undefined,
  today: Day | undefined,
  trials: Trials<DocumentAnalysis>,
  callers: () => readonly Caller[],
): PromptAnalysis => {
  const { text } = head;
  const planOptions: PlanOptions = {
    defaultModelId: settings.defaultModelId,
    profileModels: settings.profileModels,
    overrides: modelOverridesOf(settings).entries,
    staticTexts: settings.staticTexts,
    calibration,
    door: settings.door,
  };
  const prompt = behindDoor(read, planOptions);
  const plan = planCache(prompt, planOptions);
  const input: RuleInput = {
    text,
    prompt,
    plan,
    traffic: trafficOf(prompt.header, settings.callsPerHour),
    ...(settings.region === '' ? {} : { region: settings.region }),
    neverGlobal: settings.neverGlobal,
    callers,
    ...(today === undefined ? {} : { today }),
    trial: { before: () => analysis, after: (edits) => trials(edits)?.of(head.id) },
  };
  const problems = checkRules(input, settings.severity);
  const analysis: PromptAnalysis = withSavings({ prompt, plan, planOptions, problems, input, ...head });
  return analysis;
};

const keyOf = ({ code, span: { start, end }, data }: RatedProblem): string => JSON.stringify([code, start, end, data]);

/** A text that two prompts share has the same problem in both. */
const eachOnce = (problems: readonly DocumentProblem[]): readonly DocumentProblem[] => {
  const seen = new Set<string>();
  return problems.filter((problem) => {
    const key = keyOf(problem);
    const isNew = !seen.has(key);
    seen.add(key);
    return isNew;
  });
};

const sizeOf = ({ start, end }: Span): number => end - start;

/** What an analysis may rest on besides text, files and settings. */
export interface AnalysisOptions {
  readonly calibrationOf?: CalibrationOf;
  /** Decides what has ended. */
  readonly today?: Day | undefined;
  /** Of how many prompts, from the first on, those who ask for all are told. */
  readonly most?: number;
}

/** What works a document's analysis out. */
interface Making extends Pick<DocumentAnalysis, 'text' | 'format' | 'reading' | 'of' | 'again' | 'at'> {
  readonly prompts: () => readonly PromptAnalysis[];
  readonly problems: () => readonly DocumentProblem[];
  readonly files: () => readonly Located<string>[];
}

/** An analysis that is worked out as far as it is read. */
class Analyzed implements DocumentAnalysis {
  readonly text: string;
  readonly format: PromptOrigin;
  readonly reading: Reading;
  readonly of: DocumentAnalysis['of'];
  readonly again: Again;
  readonly at: DocumentAnalysis['at'];
  readonly #making: Making;

  constructor(making: Making) {
    const { text, format, reading, of, again, at } = making;
    this.text = text;
    this.format = format;
    this.reading = reading;
    this.of = of;
    this.again = again;
    this.at = at;
    this.#making = making;
  }

  get prompts(): readonly PromptAnalysis[] {
    return this.#making.prompts();
  }

  get problems(): readonly DocumentProblem[] {
    return this.#making.problems();
  }

  get files(): readonly Located<string>[] {
    return this.#making.files();
  }
}

/** Analyzes a document by what reads it. */
export const analyzeWith = (
  read: (text: string) => Reading,
  text: string,
  format: PromptOrigin,
  settings: Settings,
  options: AnalysisOptions = {},
): DocumentAnalysis => {
  const { calibrationOf, today, most } = options;
  const reading = read(text);
  const again: Again = (next) => analyzeWith(read, next, format, settings, options);
  const trials = createTrials(text, again);
  const made = new Map<PromptId, PromptAnalysis>();
  const callers = once(() => (reading.prompts.length > 1 ? reading.prompts.map((entry) => callerOf(entry.id, entry.read())) : []));
  const analysisOf = (entry: PromptEntry): PromptAnalysis => {
    const { id, title, head } = entry;
    const known = made.get(id);
    if (known !== undefined) return known;
    const fresh = analyzePrompt({ id, title, head, text, format }, entry.read(), settings, calibrationOf?.(id), today, trials, callers);
    made.set(id, fresh);
    return fresh;
  };
  const entries = once(() => new Map(reading.prompts.map((entry) => [entry.id, entry])));
  const all = once(() => reading.prompts.slice(0, most).map(analysisOf));
  const problems = once((): readonly DocumentProblem[] => {
    const outside = rateProblems(reading.problems, settings.severity).map((problem) => ({ ...problem, prompt: undefined }));
    const inside = all().flatMap(({ id, problems: own }) => own.map((problem) => ({ ...problem, prompt: id })));
    const every = [...outside, ...inside].sort(byPlace);
    return all().length > 1 || outside.length > 0 ? eachOnce(every) : every;
  });
  // A program's files are known once its prompts are read.
  const files = once(() => {
    const own = all().flatMap(({ prompt }) => prompt.files);
    return [...reading.files, ...own];
  });
  return new Analyzed({
    text,
    format,
    reading,
    prompts: all,
    problems,
    files,
    of: (id) => {
      const entry = entries().get(id);
      return entry && analysisOf(entry);
    },
    again,
    at: (offset) => {
      const around = reading.prompts.filter((entry) => touches(entry.span, offset));
      const [inner] = around.sort((a, b) => sizeOf(a.span) - sizeOf(b.span));
      return inner && analysisOf(inner);
    },
  });
};

/**
 * Reads a document; its prompts are planned and checked when they are asked for. Pure: the same text, format, files, settings and options
 * give the same answer. Total: any text gives one.
 */
export const analyze = (
  text: string,
  format: FormatId,
  files: FileSource,
  settings: Settings,
  options: AnalysisOptions = {},
): DocumentAnalysis => analyzeWith((next) => formats[format].read(next, files), text, format, settings, options);

/** What the rules propose against one of a prompt's problems, tried or not. */
export const candidatesOf = (analysis: PromptAnalysis, problem: RatedProblem): readonly Fix[] => candidatesFor(problem, analysis.input);

/** The changes that would remove one of a prompt's problems. */
export const fixesOf = (analysis: PromptAnalysis, problem: RatedProblem): readonly Fix[] => fixesFor(problem, analysis.input);

/** A prompt with these values, as it is sent; a run is a call on demand, whatever the file is for. */
const sentPrompt = (prompt: Prompt, values: Readonly<Record<string, string>>): Prompt => {
  const { batch: _batch, ...sent } = withValues(prompt, values);
  return sent;
};

/** A prompt's request with these values, and the plan of that very request. */
export const planRequest = (
  { prompt, planOptions }: PromptAnalysis,
  values: Readonly<Record<string, string>>,
): { readonly request: ConverseRequest; readonly plan: CachePlan } => {
  const sent = sentPrompt(prompt, values);
  return { request: draftRequest(sent), plan: planCache(sent, planOptions) };
};

/** Settings of a person's own, which no workspace can change. */
export type OwnPrices = PriceSettings & Pick<Settings, 'profileModels'>;

/**
 * What calls with these values may cost, by the dearer of two prices: the one that the editor shows, and the one that the catalog and the person's own
 * settings give. So a price that comes with a workspace may raise the sum, and never lowers it.
 */
export const plannedCallsOf = (
  { prompt, plan: { prices }, planOptions }: PromptAnalysis,
  values: Readonly<Record<string, string>>,
  calls: number,
  own: OwnPrices,
): PlannedCalls => {
  const sent = sentPrompt(prompt, values);
  const overrides = modelOverridesOf(own).entries;
  const plan = planCache(sent, { ...planOptions, profileModels: own.profileModels, overrides });
  const maxTokens = draftRequest(sent).inferenceConfig?.maxTokens;
  return plannedCalls(plan, prices, maxTokens, calls);
};

/** The other places of the document that one of a prompt's problems is about. */
export const relatedOf = (analysis: PromptAnalysis, problem: RatedProblem): readonly Related[] => relatedTo(problem, analysis.input);
