import { isRecord, type Json, type JsonObject } from '../text/json';
import type { Draft } from './draft';
import { messagesBody } from './messagesBody';

/** Nova takes a cache point as a member of the text before it. */
const merged = (blocks: Json | undefined): Json | undefined => {
  if (!Array.isArray(blocks)) return blocks;
  const made: Json[] = [];
  for (const block of blocks as readonly Json[]) {
    const last = made.at(-1);
    const isPoint = isRecord(block) && 'cachePoint' in block && Object.keys(block).length === 1;
    if (isPoint && isRecord(last) && 'text' in last && !('cachePoint' in last)) made[made.length - 1] = { ...last, ...block } as Json;
    else made.push(block);
  }
  return made;
};

const novaBody = (request: JsonObject): JsonObject => {
  const { system, messages, ...others } = request;
  return {
    schemaVersion: 'messages-v1',
    ...others,
    ...(system === undefined ? {} : { system: merged(system) ?? null }),
    ...(Array.isArray(messages)
      ? {
          messages: (messages as readonly Json[]).map((message) =>
            isRecord(message) ? ({ ...message, content: merged(message['content'] as Json) ?? [] } as Json) : message,
          ),
        }
      : {}),
  };
};

/** The body of InvokeModel that a prompt is, for a client that sends either; `undefined` for a request of Converse. */
export const invokeBody = (draft: Draft): JsonObject | undefined => {
  const { api, body, request } = draft;
  if (api === 'converse') return undefined;
  if (body !== undefined) return body;
  // A program's request is read in the terms of Converse; of Nova's own it differs by one name.
  return api === 'messages' ? messagesBody(request, draft) : novaBody(request);
};
