import { analyze, type DocumentAnalysis, type PromptAnalysis } from '../../src/core/analysis';
import { readCode } from '../../src/core/code';
import { prefixChain } from '../../src/core/cache/chain';
import { planCache } from '../../src/core/cache/plan';
import { convert } from '../../src/core/convert/convert';
import type { TargetId } from '../../src/core/convert/targetIds';
import type { CodeLanguage, Converted } from '../../src/core/convert/types';
import { isCode } from '../../src/core/formats/codeText';
import { detectFormat, formats } from '../../src/core/formats/index';
import { noFiles, type FileSource } from '../../src/core/prompt/files';
import type { Prompt } from '../../src/core/prompt/model';
import { buildRequest } from '../../src/core/request/build';
import { withGapTexts } from '../../src/core/request/gapTexts';
import type { ConverseRequest } from '../../src/core/request/types';
import type { Values } from '../../src/core/request/values';
import { defaultSettings } from '../../src/core/settings';
import { base64 } from '../../src/core/text/base64';
import { once } from '../../src/core/text/once';
import { analyzeCode, codeFixtures } from './codeFixtures';
import { fixtureFiles, fixtures, samples } from './fixtures';
import { ruleFixtures } from './ruleFixtures';

/** A prompt to convert, and what its files are. */
export interface Source {
  readonly name: string;
  readonly files: FileSource;
  readonly analysis: PromptAnalysis;
}

const sourcesIn = (name: string, files: FileSource, { prompts }: DocumentAnalysis): readonly Source[] =>
  prompts.map((analysis) => ({ name: `${name}#${analysis.id}`, files, analysis }));

/** Every prompt among the fixtures and samples. */
export const allSources = once((): readonly Source[] => [
  ...[...fixtures, ...samples].flatMap(({ name, format, text }) =>
    sourcesIn(`${format}/${name}`, fixtureFiles, analyze(text, format, fixtureFiles, defaultSettings)),
  ),
  ...ruleFixtures().flatMap(({ name, text, files, analyzeDocument }) => sourcesIn(name, files, analyzeDocument(text))),
  ...codeFixtures.flatMap(({ name, path, text, files }) => sourcesIn(name, files, analyzeCode(text, path, files))),
]);

export type Result = Extract<Converted, { kind: 'converted' }>;

export const convertIn = (
  { prompt, plan }: Pick<PromptAnalysis, 'prompt' | 'plan'>,
  target: TargetId,
  language?: CodeLanguage,
): Converted =>
  convert(prompt, target, { modelId: plan.modelId, model: plan.model, name: 'answer', ...(language === undefined ? {} : { language }) });

/** The same of a prompt alone. */
export const convertPrompt = (prompt: Prompt, target: TargetId, language?: CodeLanguage): Converted =>
  convertIn({ prompt, plan: planCache(prompt) }, target, language);

/** The JSON that a shell command hands on, with the model that it names. */
export const jsonInCommand = (script: string): string => {
  const [, id = '', json = ''] = /--model-id (\S+)[^]*?<<'JSON'\n([^]*)JSON\n$/.exec(script) ?? [];
  return /^[\w.:/-]+$/.test(id) ? `{"modelId":"${id}","body":${json}}` : json;
};

/** A result read by the readers of the product. */
export const readBack = ({ text, fileName }: Result, files: FileSource = noFiles): Prompt => {
  const [path, own] = fileName.endsWith('.sh') ? [`${fileName}.json`, jsonInCommand(text)] : [fileName, text];
  const format = detectFormat(path, own) ?? 'json';
  const { prompts } = isCode(path) ? readCode(own, path, files) : formats[format].read(own, files);
  const [only, ...others] = prompts;
  if (only === undefined || others.length > 0) throw new Error(`${fileName} holds ${prompts.length} prompts:\n${text}`);
  return only.read();
};

/** A name by its letters and digits alone: languages spell names in ways of their own. */
const letters = (name: string): string =>
  name
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 30)
    .toLowerCase();

/** Values by which two versions of a prompt say the same: what is fixed, and for all else its name. */
export const namedValues = (prompt: Prompt): Values => {
  const declarations = new Map(prompt.header.variables.map((one) => [one.name, one]));
  return (name) => declarations.get(name)?.fixed ?? `‹${letters(name)}›`;
};

/** Bytes become base64, and what is filled in the same however it is written. */
const asJson = (_key: string, value: unknown): unknown => {
  if (typeof value === 'string')
    return value.replace(/\u27e6([^\u27e7]*)\u27e7|\{\{([\w.-]+)\}\}/g, (_all, a = '', b = '') => `‹${letters(`${a}${b}`)}›`);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const bytes =
    'type' in value && value.type === 'Buffer' && 'data' in value ? value.data : '0' in value ? Object.values(value) : undefined;
  return bytes === undefined ? value : base64(Uint8Array.from(bytes as readonly number[]));
};

export interface Sent {
  readonly tools: readonly unknown[];
  readonly toolChoice: unknown;
  readonly system: readonly unknown[];
  readonly messages: readonly { readonly role: string; readonly content: readonly unknown[] }[];
  readonly settings: Readonly<Record<string, unknown>>;
}

/** What a prompt sends with these values, as plain JSON. */
export const sentBy = (prompt: Prompt, values: Values): Sent => {
  const request = buildRequest(withGapTexts(prompt) ?? prompt, values);
  const {
    modelId: _,
    system = [],
    messages = [],
    toolConfig,
    ...settings
  } = JSON.parse(JSON.stringify(request), asJson) as ConverseRequest;
  return { tools: toolConfig?.tools ?? [], toolChoice: toolConfig?.toolChoice, system, messages, settings };
};

/** The hashes of the prefixes of what is sent to a model. */
export const chainOf = (prompt: Prompt, { tools, toolChoice, system, messages, settings }: Sent, modelId: string): readonly string[] => {
  const request = {
    modelId,
    ...(system.length === 0 ? {} : { system }),
    messages,
    ...(tools.length === 0 ? {} : { toolConfig: { tools, ...(toolChoice === undefined ? {} : { toolChoice }) } }),
    ...settings,
  } as ConverseRequest;
  const located = { value: modelId, span: { start: 0, end: 0 } };
  const whole = withGapTexts(prompt) ?? prompt;
  return prefixChain(request, planCache({ ...whole, header: { ...whole.header, modelId: located } })).map(({ hash }) => hash);
};
