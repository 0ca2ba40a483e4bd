import { entryOf, resolveModel, type ResolveOptions } from '../models/resolve';
import type { ModelEntry } from '../models/types';
import type { Api, Prompt } from '../prompt/model';

/** Does a model read bodies of this kind? All that Bedrock Runtime serves take Converse, in which a text can be sent to any of them; a body of InvokeModel is of its vendor's own form. */
export const takesBody = (api: Api, { id }: ModelEntry): boolean =>
  api === 'converse' || api === 'text' || id.startsWith(api === 'messages' ? 'anthropic.' : 'amazon.nova');

/** The model id that a call goes to: the prompt's own, else the usual one where its model reads such a body. Empty where neither names one. */
export const addressOf = (
  { api, header }: Pick<Prompt, 'api' | 'header'>,
  { defaultModelId = '', ...options }: ResolveOptions & { readonly defaultModelId?: string },
): string => {
  if (header.modelId !== undefined) return header.modelId.value;
  const entry = entryOf(resolveModel(defaultModelId, options));
  return entry === undefined || takesBody(api, entry) ? defaultModelId : '';
};
