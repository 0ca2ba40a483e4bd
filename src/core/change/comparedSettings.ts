import type { CacheField } from '../models/types';
import type { Prompt } from '../prompt/model';
import type { Json } from '../text/json';
import type { SentBlock } from './comparedBlocks';
import type { CachePlan } from '../cache/plan';

/** Settings of a request that take part in the comparison of prefixes. */
export type CacheSetting = 'toolChoice' | 'additionalModelRequestFields' | 'outputConfig' | 'images' | 'citations';

/** A setting that differs, and the field from which on it spoils the cache. */
export interface ChangedSetting {
  readonly setting: CacheSetting;
  readonly from: CacheField;
}

interface Compared {
  readonly prompt: Prompt;
  readonly plan: CachePlan;
  readonly sent: readonly SentBlock[];
}

const isObject = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Sampling travels in these fields too and is no part of the prompt. */
const sampling: readonly string[] = ['top_k', 'topK', 'temperature', 'top_p', 'topP'];

const fieldText = ({ prompt }: Compared, name: 'additionalModelRequestFields' | 'outputConfig'): string => {
  const value = prompt.header.fields[name]?.value;
  if (!isObject(value)) return JSON.stringify(value ?? null);
  return JSON.stringify(Object.entries(value).filter(([key]) => !sampling.includes(key)));
};

const hasImage = ({ sent }: Compared): boolean =>
  sent.some(
    ({ wire: { block } }) =>
      (block.kind === 'media' && block.member === 'image') ||
      (block.kind === 'json' && (block.member === 'image' || (block.member === 'toolResult' && resultHasImage(block.value)))),
  );

const resultHasImage = (value: Json): boolean => {
  const content = isObject(value) ? value['content'] : undefined;
  return Array.isArray(content) && content.some((inner: Json) => isObject(inner) && 'image' in inner);
};

const hasCitations = ({ sent }: Compared): boolean =>
  sent.some(({ wire: { block } }) => {
    const citations = block.kind === 'json' && block.member === 'document' && isObject(block.value) ? block.value['citations'] : undefined;
    return isObject(citations) && citations['enabled'] === true;
  });

/**
 * The first setting that differs, and the field from which on it spoils the cache. On Claude citations spoil the system text and the
 * messages, the others the messages only. Source: Anthropic, Prompt caching, "What invalidates the cache", 2026-08. On Nova another
 * toolChoice was seen to spoil everything: recordings of calls, 2025.
 */
export const changedSetting = (before: Compared, after: Compared): ChangedSetting | undefined => {
  const claude = after.plan.model?.provider === 'Anthropic';
  const choice = ({ prompt }: Compared) => JSON.stringify(prompt.toolChoice ?? null);
  if (!claude && choice(before) !== choice(after)) return { setting: 'toolChoice', from: 'tools' };
  if (hasCitations(before) !== hasCitations(after)) return { setting: 'citations', from: 'system' };
  if (claude && choice(before) !== choice(after)) return { setting: 'toolChoice', from: 'messages' };
  for (const setting of ['additionalModelRequestFields', 'outputConfig'] as const)
    if (fieldText(before, setting) !== fieldText(after, setting)) return { setting, from: 'messages' };
  return hasImage(before) === hasImage(after) ? undefined : { setting: 'images', from: 'messages' };
};
