import type { InvokeBody, Prompt } from '../prompt/model';
import { buildRequest } from '../request/build';
import type { ConverseRequest, Door, WireCall } from '../request/types';
import type { Values } from '../request/values';
import type { JsonObject } from '../text/json';
import { parseJsonTree } from '../text/jsonTree';
import { member, stringValue, toJson, type Tree } from '../text/tree';
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

/** Values of InvokeModel's member `anthropic_beta`, which the Messages API has as a header. */
const betasOf = (tree: Tree): readonly string[] => {
  const list = member(tree, 'anthropic_beta');
  return list?.kind === 'array' ? list.items.flatMap((item) => stringValue(item) ?? []) : [];
};

const ownMembers = new Set(['model', 'stream', 'anthropic_version', 'anthropic_beta']);

/**
 * A Messages body as bedrock-mantle takes it: what is written, member for member and character for character where it is JSON, with the model and
 * the wish for a stream, which stand in the path of InvokeModel.
 */
const mantleText = ({ tree, text }: InvokeBody, modelId: string): string => {
  const strict = isStrict(text);
  // A body that is a text inside other JSON stands elsewhere than its tree says.
  const whole = strict ? parseJsonTree(text).tree : tree;
  const written = (whole?.kind === 'object' ? whole.entries : []).flatMap(({ key, value, span }) => {
    if (ownMembers.has(key.value)) return [];
    return [strict ? text.slice(span.start, span.end) : `${JSON.stringify(key.value)}:${JSON.stringify(toJson(value))}`];
  });
  return `{${[`"model":${JSON.stringify(modelId)}`, '"stream":true', ...written].join(',')}}`;
};

/**
 * What is previewed, sent and counted. A file that is a request itself goes as it is written, also where that is no request that the service would
 * take; of all others it is the request that the prompt makes with these values. `modelId`: where it goes, on bedrock-mantle the bare id. `door`: by
 * which operation; absent, or one that the prompt does not have: the one that streams.
 */
export const wireCall = (prompt: Prompt, values: Values, modelId: string, door?: Door): WireCall => {
  const { api, body } = prompt;
  if (body !== undefined && (api === 'messages' || api === 'nova')) {
    if (api === 'messages' && door === 'Messages')
      return { api, door, modelId, body: mantleText(body, modelId), betas: betasOf(body.tree) };
    return { api, modelId, body: bodyText(body, api), ...(door === 'InvokeModel' ? { door } : {}) };
  }
  const whole = wholeRequest(prompt);
  // What is written may be no request; it is sent all the same, and the service says so.
  const request = whole === undefined ? { ...buildRequest(prompt, values), modelId } : { modelId, ...membersOf(whole, ['modelId']) };
  return { api: 'converse', modelId, body: request as ConverseRequest, ...(door === 'Converse' ? { door } : {}) };
};
