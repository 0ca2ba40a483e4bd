import { usualEffort, usualThinking } from '../core/models/usual';
import type { Json, JsonObject } from '../core/text/json';
import { isObject, objectOf } from './json';
import type { SentBlock, SentRequest } from './request';
import type { Target } from './target';

/**
 * What besides the blocks must be equal from tools, system or messages on. A setting that stands at its default is the same as
 * none. `docs/emulator.md` has each setting with its source and says which are inferred.
 */
export type PrefixSettings = { readonly [field in 'tools' | 'system' | 'messages']: string };

const isNothing = (value: Json | undefined): boolean =>
  value === undefined || value === null || (typeof value === 'object' && Object.keys(value).length === 0);

/** The value as it was sent, or null where it says nothing or only what goes without saying. */
const unlessDefault = (value: Json | undefined, usual: string): Json =>
  value === undefined || isNothing(value) || JSON.stringify(value) === usual ? null : value;

/** The object without these members and without members that say nothing. */
const without = (value: JsonObject, names: ReadonlySet<string>): JsonObject =>
  Object.fromEntries(Object.entries(value).filter(([name, member]) => !names.has(name) && !isNothing(member)));

/** Names under which thinking is set: Anthropic's, an older one of the same, and Nova's. */
const thinkingNames = ['thinking', 'reasoning_config', 'reasoningConfig'] as const;
/** Sampling and stop sequences travel among the additional fields too, Nova's in an `inferenceConfig`, and are not rendered into the prompt. */
const samplingNames = ['top_k', 'topK', 'temperature', 'top_p', 'topP', 'stop_sequences', 'stopSequences', 'inferenceConfig'] as const;
const namedElsewhere = new Set<string>([...thinkingNames, ...samplingNames, 'output_config', 'output_format']);

const holdsImage = ({ value }: SentBlock): boolean =>
  isObject(value) &&
  (value['image'] !== undefined || [objectOf(value['toolResult'])['content']].flat().some((inner) => isObject(inner) && 'image' in inner));
const citesSources = ({ value }: SentBlock): boolean => objectOf(objectOf(objectOf(value)['document'])['citations'])['enabled'] === true;

/** The settings of a request for a model, each in the part of the request that it spoils. */
export const prefixSettings = ({ converse, blocks }: SentRequest, target: Target): PrefixSettings => {
  const additional = objectOf(converse['additionalModelRequestFields']);
  const [own, added] = [objectOf(converse['outputConfig']), objectOf(additional['output_config'])];
  const toolChoice = unlessDefault(objectOf(converse['toolConfig'])['toolChoice'], '{"auto":{}}');
  const textFormat = own['textFormat'] ?? added['format'] ?? additional['output_format'];
  const choiceSpoils = target.dialect === 'claude' ? 'messages' : 'tools';
  const system: readonly Json[] = [blocks.some(citesSources), unlessDefault(textFormat, '')];
  return {
    tools: JSON.stringify(choiceSpoils === 'tools' ? toolChoice : null),
    system: JSON.stringify(system),
    // Without a system prompt, what spoils it spoils the messages all the same.
    messages: JSON.stringify([
      ...system,
      choiceSpoils === 'messages' ? toolChoice : null,
      blocks.some(holdsImage),
      unlessDefault(
        thinkingNames.map((name) => additional[name]).find((value) => !isNothing(value)),
        JSON.stringify(usualThinking(target.entry)),
      ),
      unlessDefault(own['effort'] ?? added['effort'], JSON.stringify(usualEffort(target.entry))),
      without(added, new Set(['effort', 'format'])),
      without(additional, namedElsewhere),
    ]),
  };
};
