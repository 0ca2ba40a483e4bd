import type { JsonObject } from '../text/json';
import type { Draft } from './draft';
import { messagesBody } from './messagesBody';

/** The Messages body that a prompt is or that says the same; only Claude reads one. */
export const messagesOfDraft = (draft: Draft): JsonObject => {
  const { api, body, request, options, refusals } = draft;
  const { model } = options;
  if (api === 'messages' && body !== undefined) return body;
  if (api === 'nova') refusals.push({ code: 'novaBody' });
  else if (model !== undefined && model.provider !== 'Anthropic') refusals.push({ code: 'model', model: model.name });
  return messagesBody(request, draft);
};
