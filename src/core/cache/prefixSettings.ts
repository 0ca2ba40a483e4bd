import type { CacheField, ModelEntry } from '../models/types';
import { usualEffort, usualThinking } from '../models/usual';
import type { ConverseRequest } from '../request/types';
import type { Json } from '../text/json';
import { fieldOf, isLoose, listOf } from '../tokens/json';

/** Settings of a request that take part in the comparison of prefixes; a person knows them by these names. */
export type CacheSetting = 'toolChoice' | 'additionalModelRequestFields' | 'outputConfig' | 'images' | 'citations';

/** What a setting says, and the field from which on another value spoils the cache. */
export interface PrefixSetting {
  readonly setting: CacheSetting;
  readonly from: CacheField;
  /** Equal values are equal to the cache; empty where the setting says no more than its default. */
  readonly value: string;
}

const saysNothing = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** The value as it is sent; empty where it says nothing, or what the service does anyway. */
const unlessUsual = (value: unknown, usual?: Json): string => {
  const text = saysNothing(value) ? '' : (JSON.stringify(value) ?? '');
  return usual !== undefined && text === JSON.stringify(usual) ? '' : text;
};

/** Thinking has three names on the wire: Anthropic's, an older one of the same, and Nova's. */
const thinkingNames = ['thinking', 'reasoning_config', 'reasoningConfig'];
/** Sampling travels among the additional fields too, and is no part of the prompt. */
const samplingNames = ['top_k', 'topK', 'temperature', 'top_p', 'topP', 'stop_sequences', 'stopSequences', 'inferenceConfig'];
const namedElsewhere: ReadonlySet<string> = new Set([...thinkingNames, ...samplingNames, 'output_config', 'output_format']);

const others = (value: unknown, named: ReadonlySet<string>): string =>
  isLoose(value)
    ? unlessUsual(Object.fromEntries(Object.entries(value).filter(([name, member]) => !named.has(name) && !saysNothing(member))))
    : '';

const contentOf = (request: ConverseRequest): readonly unknown[] => [
  ...listOf(fieldOf(request, 'system')),
  ...listOf(fieldOf(request, 'messages')).flatMap((message) => listOf(fieldOf(message, 'content'))),
];

const isImage = (block: unknown): boolean => fieldOf(block, 'image') !== undefined;
const holdsImage = (block: unknown): boolean =>
  isImage(block) || listOf(fieldOf(fieldOf(block, 'toolResult'), 'content')).some((inner) => isImage(inner));
const isCited = (block: unknown): boolean => fieldOf(fieldOf(fieldOf(block, 'document'), 'citations'), 'enabled') === true;

/** Where a request may ask for an output format: as Converse has it, and as Claude's own fields. */
const formatPaths = [
  ['outputConfig', 'textFormat'],
  ['additionalModelRequestFields', 'output_config', 'format'],
  ['additionalModelRequestFields', 'output_format'],
] as const;

/** The output format that a request asks for, and where; `undefined` where it asks for none. */
export const outputFormatOf = (request: ConverseRequest): { readonly path: readonly string[]; readonly value: unknown } | undefined =>
  formatPaths
    .map((path) => ({ path, value: path.reduce<unknown>((value, name) => fieldOf(value, name), request) }))
    .find(({ value }) => !saysNothing(value));

/**
 * What besides its blocks decides whether two requests share a prefix, the first to spoil it first. Sources: Anthropic documentation, Prompt
 * caching, "What invalidates the cache", 2026-08 (toolChoice, images, citations, thinking, effort, on Claude); AWS re:Post, "Does Bedrock
 * include outputConfig in its prompt caching key?", and two further measurements of 2026 (another output schema misses from the system text on);
 * recordings of calls on Nova, 2025 (another toolChoice spoils everything). Other additional fields are taken to count with the messages.
 */
export const prefixSettings = (request: ConverseRequest, model: ModelEntry | undefined): readonly PrefixSetting[] => {
  const claude = model?.provider === 'Anthropic';
  const extra = fieldOf(request, 'additionalModelRequestFields');
  const [own, added] = [fieldOf(request, 'outputConfig'), fieldOf(extra, 'output_config')];
  const thinking = thinkingNames.map((name) => fieldOf(extra, name)).find((value) => !saysNothing(value));
  const effort = fieldOf(own, 'effort') ?? fieldOf(added, 'effort');
  const content = contentOf(request);
  const additional = [
    unlessUsual(thinking, model && { ...usualThinking(model) }),
    others(added, new Set(['effort', 'format'])),
    others(extra, namedElsewhere),
  ];
  const toolChoice = unlessUsual(fieldOf(fieldOf(request, 'toolConfig'), 'toolChoice'), { auto: {} });
  const all: readonly PrefixSetting[] = [
    { setting: 'toolChoice', from: claude ? 'messages' : 'tools', value: toolChoice },
    { setting: 'citations', from: 'system', value: content.some(isCited) ? 'on' : '' },
    { setting: 'outputConfig', from: 'system', value: unlessUsual(outputFormatOf(request)?.value) },
    {
      setting: 'additionalModelRequestFields',
      from: 'messages',
      value: additional.every((value) => value === '') ? '' : additional.join('\n'),
    },
    { setting: 'outputConfig', from: 'messages', value: unlessUsual(effort, model && usualEffort(model)) },
    { setting: 'images', from: 'messages', value: content.some(holdsImage) ? 'some' : '' },
  ];
  const order: readonly CacheField[] = ['tools', 'system', 'messages'];
  return [...all].sort((a, b) => order.indexOf(a.from) - order.indexOf(b.from));
};
