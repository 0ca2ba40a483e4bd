import { createHash } from 'node:crypto';

import type { Json, JsonObject } from '../core/text/json';
import { isObject, objectOf } from './json';
import type { SentBlock, SentRequest } from './request';
import type { Target } from './target';

/** A text that is equal for two prefixes exactly when the cache takes them for the same. */
export type PrefixKey = string;

const digest = (previous: string, part: string): string => createHash('sha256').update(previous).update('\n').update(part).digest('base64');

const holdsImage = (value: Json): boolean =>
  isObject(value) &&
  (value['image'] !== undefined || [objectOf(value['toolResult'])['content']].flat().some((inner) => isObject(inner) && 'image' in inner));

const citationsOn = ({ value }: SentBlock): boolean => objectOf(objectOf(objectOf(value)['document'])['citations'])['enabled'] === true;

/** Sampling settings travel in these fields too and are not rendered into the prompt. */
const samplingFields = new Set(['top_k', 'topK', 'temperature', 'top_p', 'topP']);
const renderedFields = (converse: JsonObject): Json => {
  const additional = converse['additionalModelRequestFields'] ?? null;
  if (!isObject(additional)) return additional;
  return Object.fromEntries(Object.entries(additional).filter(([name]) => !samplingFields.has(name)));
};

/**
 * What besides the blocks must be equal from each field on. On Claude a change of toolChoice, of thinking, or of whether there are
 * images spoils the messages only, one of citations the system prompt too (Anthropic, prompt caching guide, 2026-08). On Nova a
 * change of toolChoice was seen to spoil everything (recordings of 2025).
 */
const settingsOf = (request: SentRequest, { dialect }: Target): { readonly [field in 'tools' | 'system' | 'messages']: string } => {
  const { converse, blocks } = request;
  const toolChoice = JSON.stringify(objectOf(converse['toolConfig'])['toolChoice'] ?? null);
  const citations = `citations ${blocks.some(citationsOn)}`;
  const rendered = JSON.stringify([renderedFields(converse), converse['outputConfig'] ?? null]);
  const images = `images ${blocks.some(({ value }) => holdsImage(value))}`;
  const messages = [citations, images, rendered, ...(dialect === 'claude' ? [toolChoice] : [])].join(' ');
  return { tools: dialect === 'claude' ? '' : toolChoice, system: citations, messages };
};

const sectionOf = (block: SentBlock): string =>
  block.place.field === 'messages' ? `message ${block.place.message} ${block.role ?? ''}` : block.place.field;

/** For each block, the key of the prefix that ends with it; the model's id is part of every key. */
export const prefixKeys = (request: SentRequest, target: Target): readonly PrefixKey[] => {
  const settings = settingsOf(request, target);
  let field: string | undefined;
  // Whatever is not Claude's starts from all its settings, even without tools.
  let key = digest(target.entry.id, settings.tools);
  return request.blocks.map((block) => {
    if (block.place.field !== field) key = digest(key, settings[block.place.field]);
    field = block.place.field;
    return (key = digest(key, `${sectionOf(block)}\n${block.identity}`));
  });
};
