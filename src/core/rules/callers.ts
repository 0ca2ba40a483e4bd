import { outputFormatOf } from '../cache/prefixSettings';
import type { Prompt, PromptId } from '../prompt/model';
import type { ConverseRequest } from '../request/types';
import { hashOf } from '../text/hash';
import { requestOf } from './requestValues';
import type { Caller, RuleInput } from './types';

/** The request as it would be sent. */
export const sentBy = (prompt: Prompt): ConverseRequest => requestOf(prompt) as unknown as ConverseRequest; // made from one

/** A request as a text, cache points included, which no hash of a request has; of bytes their number. */
const written = (request: ConverseRequest): string =>
  JSON.stringify(request, (_name, value: unknown) => (value instanceof Uint8Array ? value.length : value));

/** How many other calls of a program an edit changes too: a list or a text may be that of several. */
export const alsoChanged = (before: RuleInput, after: RuleInput): number => {
  const earlier = new Map(before.callers?.().map(({ id, sent }) => [id, sent]));
  const changed = (after.callers?.() ?? []).filter(({ id, sent }) => earlier.has(id) && earlier.get(id) !== sent).length;
  const isOwn = callerOf('', before.prompt).sent !== callerOf('', after.prompt).sent;
  return Math.max(0, changed - (isOwn ? 1 : 0));
};

/** What of a prompt decides whether another shares its entries. */
export const callerOf = (id: PromptId, prompt: Prompt): Caller => {
  const request = sentBy(prompt);
  const { modelId, toolConfig, system } = request;
  return {
    id,
    prefix: hashOf([modelId, toolConfig?.tools, system]),
    sent: hashOf(written(request)),
    schema: JSON.stringify(outputFormatOf(request)?.value ?? ''),
  };
};
