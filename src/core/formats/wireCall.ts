import type { InvokeBody, Prompt } from '../prompt/model';
import { buildRequest } from '../request/build';
import type { ConverseRequest, WireCall } from '../request/types';
import type { Values } from '../request/values';
import type { JsonObject } from '../text/json';
import { toJson, type Tree } from '../text/tree';
import { wholeRequest } from './memberPlaces';
import { isClientForm } from './requestApi';

const membersOf = (tree: Tree, without: readonly string[]): JsonObject =>
  tree.kind === 'object'
    ? Object.fromEntries(tree.entries.flatMap(({ name, value }) => (without.includes(name) ? [] : [[name, toJson(value)]])))
    : {};

/** Is it JSON that others read too: without comments, trailing commas and slips? */
const isStrict = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

/** The version that Bedrock asks for in a Messages body. Source: AWS user guide, Anthropic Claude Messages API, read 2026-11. */
const anthropicVersion = 'bedrock-2023-05-31';

/** The bytes of a body: as it is written, character for character, where that is JSON and a body already. */
const bodyText = ({ tree, text }: InvokeBody, api: 'messages' | 'nova'): string => {
  if (api === 'messages' && isClientForm(tree))
    return JSON.stringify({ anthropic_version: anthropicVersion, ...membersOf(tree, ['model', 'stream']) });
  return isStrict(text) ? text : JSON.stringify(toJson(tree));
};

/**
 * What is previewed, sent and counted. A file that is a request itself goes as it is written, also where that is no request that the service would
 * take; of all others it is the request that the prompt makes with these values. `modelId`: where it goes.
 */
export const wireCall = (prompt: Prompt, values: Values, modelId: string): WireCall => {
  const { api, body } = prompt;
  if (body !== undefined && (api === 'messages' || api === 'nova')) return { api, modelId, body: bodyText(body, api) };
  const whole = wholeRequest(prompt);
  // What is written may be no request; it is sent all the same, and the service says so.
  const request = whole === undefined ? { ...buildRequest(prompt, values), modelId } : { modelId, ...membersOf(whole, ['modelId']) };
  return { api: 'converse', modelId, body: request as ConverseRequest };
};
