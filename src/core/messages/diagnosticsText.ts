import type { PromptOrigin } from '../prompt/model';

/** A prompt in sizes alone. */
export interface PromptSizes {
  readonly format: PromptOrigin;
  /** The catalog's name; absent where it has none. */
  readonly model: string | undefined;
  /** How the model is addressed: `profile`, `bare`, `opaque`, `unknown` or `empty`. */
  readonly address: string;
  readonly characters: number;
  readonly tokens: number;
  readonly blocks: number;
  readonly cachePoints: number;
  /** Codes of its problems. */
  readonly problems: readonly string[];
}

/** What is said of an installation for a report of a mistake. */
export interface Diagnostics {
  /** Names and versions, in the order in which they are shown. */
  readonly versions: readonly (readonly [name: string, version: string])[];
  /** Settings that are not the default, by their keys. */
  readonly settings: readonly (readonly [key: string, value: unknown])[];
  readonly prompts: readonly PromptSizes[];
  /** The last call that failed, by its code. */
  readonly lastFailure: { readonly code: string; readonly service: string } | undefined;
}

/** Settings whose very value is told, by their keys; of others only that they are set, for they may hold names, addresses or text. */
const shownWithValue: ReadonlySet<string> = new Set([
  'region',
  'run.timeoutSeconds',
  'run.maxAttempts',
  'run.confirmAboveUsd',
  'emulator.port',
  'editor.cacheMap',
  'editor.inlineFigures',
  'editor.codeLens',
  'editor.headingTokens',
  'editor.editImpact',
  'problems.enabled',
  'problems.severity',
  'traffic.callsPerHour',
]);

const settingLine = ([key, value]: readonly [key: string, value: unknown]): string =>
  `- ${key}: ${shownWithValue.has(key) || (key === 'endpoint' && value === 'emulator') ? JSON.stringify(value) : 'set'}`;

const promptLine = ({ format, model, address, characters, tokens, blocks, cachePoints, problems }: PromptSizes): string => {
  const codes = problems.length === 0 ? 'none' : [...new Set(problems)].sort().join(', ');
  return `- ${format}, ${model ?? 'no known model'} (${address}): ${characters} characters, ${tokens} tokens, ${blocks} blocks, ${cachePoints} cache points; problems: ${codes}`;
};

const section = (title: string, lines: readonly string[]): readonly string[] => [
  '',
  `## ${title}`,
  ...(lines.length === 0 ? ['none'] : lines),
];

/** A report of versions, settings, models, sizes and the last failure; never text of a prompt, a name of a file, an address or an ARN. */
export const diagnosticsText = ({ versions, settings, prompts, lastFailure }: Diagnostics): string =>
  [
    '# Cachepoint diagnostics',
    ...versions.map(([name, version]) => `- ${name}: ${version}`),
    ...section('Settings that are not the default', settings.map(settingLine)),
    ...section('Open prompts', prompts.map(promptLine)),
    ...section('Last failed run', lastFailure === undefined ? [] : [`- ${lastFailure.code}, ${lastFailure.service}`]),
    '',
  ].join('\n');
