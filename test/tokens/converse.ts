import type { ConverseRequest } from '../../src/core/request/types';
import type { TokenFamily } from '../../src/core/models/types';
import type { TokenModel } from '../../src/core/tokens/estimate';
import type { Recorded } from './corpus';

type Loose = { readonly [key: string]: unknown };

const isLoose = (value: unknown): value is Loose => typeof value === 'object' && value !== null && !Array.isArray(value);
const field = (value: unknown, name: string): unknown => (isLoose(value) ? value[name] : undefined);
const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);

const mediaSource = (source: unknown): Loose => {
  if (field(source, 'type') === 'base64') return { bytes: field(source, 'data') };
  if (field(source, 'type') === 'text') return { text: field(source, 'data') };
  if (field(source, 'type') === 'content') return { content: list(field(source, 'content')) };
  return { s3Location: { uri: String(field(source, 'url') ?? '') } };
};

const formatOf = (source: unknown): string =>
  String(field(source, 'media_type') ?? 'pdf')
    .replace(/^.*\//, '')
    .replace('plain', 'txt');

const contentBlock = (block: unknown): readonly unknown[] => {
  if (typeof block === 'string') return [{ text: block }];
  const kind = field(block, 'type');
  if (kind === undefined) return [block];
  const made = blockOf(block, String(kind));
  return field(block, 'cache_control') === undefined ? [made] : [made, { cachePoint: { type: 'default' } }];
};

const blockOf = (block: unknown, kind: string): unknown => {
  const source = field(block, 'source');
  if (kind === 'text') return { text: field(block, 'text') };
  if (kind === 'tool_use') return { toolUse: { toolUseId: 'x', name: field(block, 'name'), input: field(block, 'input') } };
  if (kind === 'tool_result') return { toolResult: { toolUseId: 'x', content: list(field(block, 'content')).flatMap(contentBlock) } };
  if (kind === 'image') return { image: { format: formatOf(source), source: mediaSource(source) } };
  if (kind === 'document') {
    const citations = { enabled: field(field(block, 'citations'), 'enabled') === true };
    return { document: { format: formatOf(source), name: field(block, 'title') ?? '', source: mediaSource(source), citations } };
  }
  if (kind === 'thinking') return { reasoningContent: { reasoningText: { text: field(block, 'thinking') } } };
  return { [kind]: block };
};

const tool = (entry: unknown): readonly unknown[] => {
  if (field(entry, 'input_schema') === undefined) return [{ systemTool: { name: field(entry, 'name') } }];
  const spec = {
    name: field(entry, 'name'),
    description: field(entry, 'description'),
    inputSchema: { json: field(entry, 'input_schema') },
  };
  return field(entry, 'cache_control') === undefined ? [{ toolSpec: spec }] : [{ toolSpec: spec }, { cachePoint: { type: 'default' } }];
};

const toolChoice = (choice: unknown): unknown => {
  const kind = field(choice, 'type');
  if (kind === 'any') return { any: {} };
  return kind === 'tool' ? { tool: { name: field(choice, 'name') } } : { auto: {} };
};

/** A recorded request of any API in the shape of Converse, so that one estimator can be held against all recordings. */
export const toConverse = (recorded: Recorded): ConverseRequest => {
  const body = recorded.request;
  if (recorded.api === 'converse' || body['schemaVersion'] !== undefined) return body as unknown as ConverseRequest; // as recorded
  const { tools, system, messages, thinking, output_format, output_config } = body;
  const converse: unknown = {
    modelId: recorded.model,
    system: list(system).flatMap(contentBlock),
    messages: list(messages).map((message) => ({
      role: field(message, 'role'),
      content: list(field(message, 'content')).flatMap(contentBlock),
    })),
    toolConfig: tools === undefined ? undefined : { tools: list(tools).flatMap(tool), toolChoice: toolChoice(body['tool_choice']) },
    additionalModelRequestFields: { thinking, output_format, output_config },
  };
  return converse as ConverseRequest; // built above from parts of unknown type
};

const families: { readonly [family: string]: TokenFamily } = {
  claude3: 'claude-3',
  'claude4.7': 'claude-4.7',
  claude5: 'claude-5',
  nova1: 'nova-1',
  nova2: 'nova-2',
  llama3: 'llama',
  'gpt-oss': 'openai',
  mistral: 'mistral',
};

/** Hidden tool prompts by a part of the model's name: platform.claude.com "tool use overview", 2026-08, and recordings of retired models. */
const toolPrompts: readonly (readonly [RegExp, readonly [number, number]])[] = [
  [/opus-5|fable-5/, [286, 406]],
  [/opus-4-8/, [290, 410]],
  [/sonnet-5/, [354, 474]],
  [/opus-4-7/, [675, 804]],
  [/(opus|sonnet)-4-6/, [497, 589]],
  [/(opus|sonnet|haiku)-4-5/, [496, 588]],
  [/(opus|sonnet)-4|3-7-sonnet/, [313, 315]],
  [/3-5-haiku|3-haiku/, [264, 355]],
  [/3-opus/, [530, 281]],
  [/3-sonnet/, [159, 235]],
  [/3-5-sonnet-20240620/, [294, 261]],
  [/3-5-sonnet/, [313, 315]],
];

/** The model of a recording as the estimator wants it. */
export const modelOf = (recorded: Recorded): TokenModel => {
  const toolPrompt = toolPrompts.find(([name]) => name.test(recorded.model))?.[1];
  const tokens = /opus-4-8/.test(recorded.model) ? 'claude-5' : (families[recorded.family] ?? 'other');
  const isBody = recorded.api !== 'converse' && tokens.startsWith('claude');
  return {
    tokens,
    id: recorded.model,
    ...(toolPrompt === undefined ? {} : { toolPrompt }),
    ...(isBody ? { api: 'messages' } : {}),
    ...(/claude-3-|(?:sonnet|opus)-4(?:-0|-1)?(?:-20|@|$)/.test(recorded.model) ? { readsPdfAsText: true, hidesOutputSchema: true } : {}),
  };
};
