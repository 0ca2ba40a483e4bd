import type { RuleCode, Severity } from './prompt/problems';
import { doorChoices, type DoorChoice } from './request/types';
import { isRegion } from './service/regions';
import { recordedModes, type RecordedMode } from './runs/recorded';
import { isRecord } from './text/json';

/** All settings, by the part of their name after `cachepoint.`; checked once, readonly everywhere. */
export interface Settings {
  /** `aws`, `emulator`, or a loopback or https address. Machine-scoped: a workspace must not decide where a prompt goes. */
  readonly endpoint: string;
  readonly region: string;
  readonly profile: string;
  /** By which operation prompts are sent. Machine-scoped: one of them goes to another address. */
  readonly door: DoorChoice;
  /** Are the prompt's id and the hash of its prefix sent as request metadata? */
  readonly requestMetadata: boolean;
  /** Are a prompt's tokens counted before its first live run? */
  readonly countFirst: boolean;
  readonly timeoutSeconds: number;
  readonly maxAttempts: number;
  /** US dollars; like the next one of the person alone, which no workspace can change. */
  readonly confirmAboveUsd: number;
  /** Calls of *Run All Rows* that are under way at once, at most. */
  readonly rowsAtOnce: number;
  /** US dollars of all windows in a day; 0: no limit. */
  readonly dailyLimitUsd: number;
  readonly emulatorPort: number;
  /** Are requests and answers kept word for word with the runs in the history? */
  readonly keepTexts: boolean;
  /** Whether the answer to an identical request is given again, and how long it is kept. */
  readonly recordedAnswers: RecordedMode;
  /** Most megabytes that the history of runs takes; 0 keeps none. */
  readonly historyMegabytes: number;
  readonly cacheMap: boolean;
  readonly inlineFigures: boolean;
  readonly codeLens: boolean;
  /** Do role lines and headings of prompt files show the tokens below them? */
  readonly headingTokens: boolean;
  /** Which earlier text an edit is compared with. */
  readonly editImpact: 'off' | 'run' | 'git' | 'both';
  readonly problems: boolean;
  readonly severity: Readonly<Partial<Record<RuleCode, Severity | 'off'>>>;
  readonly callsPerHour: number;
  readonly defaultModelId: string;
  readonly profileModels: Readonly<Record<string, string>>;
  /** Calls stay within a geography: profiles that send them anywhere are neither offered nor called. */
  readonly neverGlobal: boolean;
  /** Additions to the catalog and changes in it, by model id; checked by `models/overrides`. */
  readonly models: Readonly<Record<string, unknown>>;
  /** What a person's contract makes of the list prices, by base model id: 0.85 for 15 % off. Of the person alone, as the limits of money are. */
  readonly priceFactors: Readonly<Record<string, number>>;
  /** Globs for files of plain text that are prompts besides those that are known by their names, each below any folder. */
  readonly promptFiles: readonly string[];
  /** Texts that look generated and are not. */
  readonly staticTexts: readonly string[];
}

export const defaultSettings: Settings = {
  endpoint: 'aws',
  region: '',
  profile: '',
  door: 'stream',
  requestMetadata: false,
  countFirst: false,
  timeoutSeconds: 120,
  maxAttempts: 3,
  confirmAboveUsd: 0.5,
  rowsAtOnce: 4,
  dailyLimitUsd: 25,
  emulatorPort: 0,
  keepTexts: false,
  recordedAnswers: 'off',
  historyMegabytes: 64,
  cacheMap: true,
  inlineFigures: true,
  codeLens: true,
  headingTokens: false,
  editImpact: 'both',
  problems: true,
  severity: {},
  callsPerHour: 60,
  defaultModelId: '',
  profileModels: {},
  neverGlobal: false,
  models: {},
  priceFactors: {},
  promptFiles: [],
  staticTexts: [],
};

/** Each setting's name in `package.json`, without `cachepoint.`. */
export const settingKeys: { readonly [K in keyof Settings]: string } = {
  endpoint: 'endpoint',
  region: 'region',
  profile: 'profile',
  door: 'run.door',
  requestMetadata: 'run.requestMetadata',
  countFirst: 'run.countFirst',
  timeoutSeconds: 'run.timeoutSeconds',
  maxAttempts: 'run.maxAttempts',
  confirmAboveUsd: 'run.confirmAboveUsd',
  rowsAtOnce: 'rows.atOnce',
  dailyLimitUsd: 'run.dailyLimitUsd',
  emulatorPort: 'emulator.port',
  keepTexts: 'history.keepTexts',
  recordedAnswers: 'run.recordedAnswers',
  historyMegabytes: 'history.maxMegabytes',
  cacheMap: 'editor.cacheMap',
  inlineFigures: 'editor.inlineFigures',
  codeLens: 'editor.codeLens',
  headingTokens: 'editor.headingTokens',
  editImpact: 'editor.editImpact',
  problems: 'problems.enabled',
  severity: 'problems.severity',
  callsPerHour: 'traffic.callsPerHour',
  defaultModelId: 'defaultModelId',
  profileModels: 'profileModels',
  neverGlobal: 'neverGlobal',
  models: 'models',
  priceFactors: 'priceFactors',
  promptFiles: 'promptFiles',
  staticTexts: 'problems.staticTexts',
};

/** Settings that have another value than their default, by their keys. */
export const changedSettings = (settings: Settings): readonly (readonly [key: string, value: unknown])[] =>
  (Object.keys(settingKeys) as (keyof Settings)[]).flatMap((name) =>
    JSON.stringify(settings[name]) === JSON.stringify(defaultSettings[name]) ? [] : [[settingKeys[name], settings[name]] as const],
  ); // the table has exactly these keys

/**
 * Settings that a `cachepoint.json` may hold, by their keys in it: those that decide what is found in a prompt. Where a prompt goes is no
 * matter of a file that comes with it, so `region` counts for advice on the command line only.
 */
export const projectSettings = [
  'defaultModelId',
  'profileModels',
  'neverGlobal',
  'models',
  'region',
  'severity',
  'promptFiles',
  'staticTexts',
  'callsPerHour',
] as const satisfies readonly (keyof Settings)[];

/** The name of the file that holds settings for all prompts below its folder. */
export const projectFileName = 'cachepoint.json';

/** Wishes that a narrower level cannot take back: once one level says yes, it holds. */
export const lastingSettings: ReadonlySet<string> = new Set([settingKeys.neverGlobal]);

/** What such a file says, by key, or what is wrong with it as a whole. */
export type ProjectFile =
  | { readonly kind: 'values'; readonly values: ReadonlyMap<string, unknown> }
  | { readonly kind: 'notJson' }
  | { readonly kind: 'notObject' };

/** Reads a `cachepoint.json`, which is JSON without comments; what its values are worth is decided by `parseSettings`. */
export const readProjectFile = (text: string): ProjectFile => {
  try {
    const value: unknown = JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text);
    return isRecord(value) ? { kind: 'values', values: new Map(Object.entries(value)) } : { kind: 'notObject' };
  } catch (error) {
    if (error instanceof SyntaxError) return { kind: 'notJson' };
    throw error;
  }
};

/** Of this machine for sure: what looks like an address and is none, as 127.999.1.1, is a name that anybody may answer to. */
const loopback = /^http:\/\/(127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}|localhost|\[::1\])(:\d+)?\/?$/;

/** A host, a port and a path. No name or password before the host: what a person reads first must be where the prompt goes. */
const https = /^https:\/\/([^\s/\\?#@:[\]]+|\[[\da-f:.]+\])(:\d+)?(\/[^\s\\?#@]*)?$/;

/** Only https, or plain http to this machine: a prompt never crosses a network in the clear. */
export const isEndpoint = (value: string): boolean => value === 'aws' || value === 'emulator' || loopback.test(value) || https.test(value);

const isRecordOf = (value: unknown, test: (entry: unknown) => boolean): boolean => isRecord(value) && Object.values(value).every(test);

const severities: readonly unknown[] = ['error', 'warning', 'information', 'hint', 'off'];
const within = (low: number, high: number) => (value: unknown) => typeof value === 'number' && value >= low && value <= high;
const isString = (value: unknown): boolean => typeof value === 'string';
const isStrings = (value: unknown): boolean => Array.isArray(value) && value.every(isString);
const isBoolean = (value: unknown): boolean => typeof value === 'boolean';

const checks: { readonly [K in keyof Settings]: (value: unknown) => boolean } = {
  endpoint: (value) => typeof value === 'string' && isEndpoint(value),
  region: (value) => typeof value === 'string' && (value === '' || isRegion(value)),
  profile: isString,
  door: (value) => doorChoices.some((choice) => choice === value),
  requestMetadata: isBoolean,
  countFirst: isBoolean,
  timeoutSeconds: within(1, 3600),
  maxAttempts: within(1, 10),
  confirmAboveUsd: within(0, 1e6),
  rowsAtOnce: (value) => within(1, 64)(value) && Number.isInteger(value),
  dailyLimitUsd: within(0, 1e6),
  emulatorPort: (value) => within(0, 65535)(value) && Number.isInteger(value),
  keepTexts: isBoolean,
  recordedAnswers: (value) => recordedModes.some((mode) => mode === value),
  historyMegabytes: within(0, 10_000),
  cacheMap: isBoolean,
  inlineFigures: isBoolean,
  codeLens: isBoolean,
  headingTokens: isBoolean,
  editImpact: (value) => ['off', 'run', 'git', 'both'].some((word) => word === value),
  problems: isBoolean,
  severity: (value) => isRecordOf(value, (entry) => severities.includes(entry)),
  callsPerHour: within(0, 1e7),
  defaultModelId: isString,
  profileModels: (value) => isRecordOf(value, isString),
  neverGlobal: isBoolean,
  models: (value) => isRecordOf(value, () => true),
  priceFactors: (value) => isRecordOf(value, within(0.01, 10)),
  promptFiles: isStrings,
  staticTexts: isStrings,
};

export interface SettingsAnswer {
  readonly settings: Settings;
  /** Full names of settings whose value was not usable and was replaced by the default. */
  readonly wrong: readonly string[];
}

/** Reads every setting; a value that does not fit is replaced by its default and named in `wrong`. */
export const parseSettings = (read: (key: string) => unknown): SettingsAnswer => {
  const wrong: string[] = [];
  const entries = (Object.keys(settingKeys) as (keyof Settings)[]).map((name) => {
    const value = read(settingKeys[name]);
    if (value === undefined) return [name, defaultSettings[name]];
    if (checks[name](value)) return [name, value];
    wrong.push(`cachepoint.${settingKeys[name]}`);
    return [name, defaultSettings[name]];
  });
  // Each value passed the check of its own name above.
  return { settings: Object.fromEntries(entries) as unknown as Settings, wrong };
};
