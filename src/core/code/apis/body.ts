import { dataIn } from '../evaluate/data';
import { knownText, memberOf, type Value } from '../values/value';
import type { Api } from '../../prompt/model';

/** The body of InvokeModel: what was made JSON, or what a literal of JSON says. */
export const bodyOf = (value: Value | undefined): Value | undefined => {
  if (value?.kind === 'dumped') return value.value;
  if (value?.kind !== 'text') return value;
  const text = knownText(value);
  if (text === undefined || !/^\s*\{/.test(text)) return undefined;
  return dataIn(value.pieces, false);
};

/** What a body may be, where it is one of several. */
const alternativesOf = (value: Value, depth = 0): readonly Value[] => {
  const body = bodyOf(value);
  if (body?.kind !== 'unknown') return body === undefined ? [] : [body];
  return depth > 4 ? [] : body.alternatives.flatMap((one) => alternativesOf(one, depth + 1));
};

/**
 * Of bodies for several families of models the one that a model takes, or the first that is a prompt where the model is not known; `isSure`: no other
 * one can be meant.
 */
export const chosenBody = (body: Value, modelId: string | undefined): { readonly body: Value; readonly isSure: boolean } => {
  if (body.kind !== 'unknown') return { body, isSure: true };
  const prompts = alternativesOf(body).filter((one) => one.kind === 'object' && apiOfBody(one, modelId) !== undefined);
  const family =
    modelId === undefined ? undefined : /nova/.test(modelId) ? 'nova' : /claude|anthropic/.test(modelId) ? 'messages' : undefined;
  const own = prompts.filter((one) => apiOfBody(one, modelId) === family);
  const [chosen] = family === undefined ? prompts : own;
  return chosen === undefined ? { body, isSure: false } : { body: chosen, isSure: own.length === 1 };
};

const chatModel = /claude-(?!instant|v2|v1)|amazon\.nova-(?!canvas|reel|sonic)/;

/** Which API a body is for, by its members; `undefined` where it is no prompt: embeddings, images, completions. */
export const apiOfBody = (body: Value, modelId: string | undefined): Api | undefined => {
  if (body.kind !== 'object')
    return modelId !== undefined && chatModel.test(modelId) ? (modelId.includes('nova') ? 'nova' : 'messages') : undefined;
  const has = (name: string): boolean => memberOf(body, name) !== undefined;
  if (!has('messages'))
    return body.open !== undefined && (has('anthropic_version') || has('schemaVersion'))
      ? has('schemaVersion')
        ? 'nova'
        : 'messages'
      : undefined;
  if (has('anthropic_version') || has('max_tokens'))
    return modelId !== undefined && !/claude|anthropic|nova/.test(modelId) && !has('anthropic_version') ? undefined : 'messages';
  if (has('schemaVersion') || has('inferenceConfig')) return 'nova';
  return modelId === undefined ? undefined : /nova/.test(modelId) ? 'nova' : /claude|anthropic/.test(modelId) ? 'messages' : undefined;
};
