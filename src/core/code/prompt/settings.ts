import { isRecord, type Json } from '../../text/json';

/** Settings of a Messages request, and what they are in one of Converse. */

const inference: Readonly<Record<string, string>> = {
  max_tokens: 'maxTokens',
  temperature: 'temperature',
  top_p: 'topP',
  stop_sequences: 'stopSequences',
};
const additional = ['thinking', 'output_config', 'output_format', 'top_k', 'anthropic_beta'];

/** Their names, as a call or a body gives them. */
export const settingNames: readonly string[] = [...Object.keys(inference), ...additional];

/** Which member of Converse's request a setting is a part of, and its name there. */
export const settingPlace = (name: string): readonly [member: string, name: string] =>
  Object.hasOwn(inference, name) ? ['inferenceConfig', inference[name] ?? name] : ['additionalModelRequestFields', name];

/** How a model is to choose among tools, in the terms of Converse; `undefined` where that has none for it. */
export const choiceOf = (json: Json | undefined): Json | undefined => {
  if (!isRecord(json) || typeof json['type'] !== 'string') return json;
  const { type, name } = json;
  if (type === 'tool') return { tool: { name: name as Json } }; // of JSON
  return type === 'auto' || type === 'any' ? { [type]: {} } : undefined;
};
