import { outputFormatOf } from '../cache/prefixSettings';
import type { Prompt, PromptId } from '../prompt/model';
import type { ConverseRequest } from '../request/types';
import { hashOf } from '../text/hash';
import { requestOf } from './requestValues';
import type { Caller } from './types';

/** The request as it would be sent. */
export const sentBy = (prompt: Prompt): ConverseRequest => requestOf(prompt) as unknown as ConverseRequest; // made from one

/** What of a prompt decides whether another shares its entries. */
export const callerOf = (id: PromptId, prompt: Prompt): Caller => {
  const request = sentBy(prompt);
  const { modelId, toolConfig, system } = request;
  return { id, prefix: hashOf([modelId, toolConfig?.tools, system]), schema: JSON.stringify(outputFormatOf(request)?.value ?? '') };
};
