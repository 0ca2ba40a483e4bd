import type { JsonObject } from '../../../src/core/text/json';
import type { SentRequest } from '../../../src/emulator/request';
import { readRequest } from '../../../src/emulator/request';
import type { Target } from '../../../src/emulator/target';
import { isRefused, resolveTarget } from '../../../src/emulator/target';

/** The target of an id that the catalog knows. */
export const targetOf = (modelId: string): Target => {
  const target = resolveTarget(modelId, 0);
  if (isRefused(target)) throw new Error(target.message);
  return target;
};

export const claude = targetOf('us.anthropic.claude-sonnet-4-5-20250929-v1:0');
export const nova = targetOf('us.amazon.nova-lite-v1:0');

export const point = (ttl?: '5m' | '1h'): JsonObject => ({ cachePoint: { type: 'default', ...(ttl === undefined ? {} : { ttl }) } });

export const read = (converse: JsonObject): SentRequest => readRequest('converse', converse);

/** One user message; `|` is a cache point, `H` one of an hour, any other string a text block. */
export const userMessage = (...parts: readonly string[]): JsonObject => ({
  role: 'user',
  content: parts.map((part) => (part === '|' ? point() : part === 'H' ? point('1h') : { text: part })),
});
