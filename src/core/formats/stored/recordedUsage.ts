import type { RecordedUsage } from '../../prompt/model';
import { isRecord, type Json } from '../../text/json';

const figure = (usage: Readonly<Record<string, unknown>>, ...names: readonly string[]): number | undefined => {
  const found = names.map((name) => usage[name]).find((value) => typeof value === 'number');
  return typeof found === 'number' ? found : undefined;
};

/** The tokens of a call as its recorded answer tells them, in the words of Converse or of a Messages body. */
export const usageIn = (answer: Json | undefined): RecordedUsage | undefined => {
  const usage = isRecord(answer) ? answer['usage'] : undefined;
  if (!isRecord(usage)) return undefined;
  const input = figure(usage, 'inputTokens', 'input_tokens');
  const output = figure(usage, 'outputTokens', 'output_tokens');
  if (input === undefined || output === undefined) return undefined;
  return {
    input,
    output,
    cacheRead: figure(usage, 'cacheReadInputTokens', 'cache_read_input_tokens', 'cacheReadInputTokenCount'),
    cacheWrite: figure(usage, 'cacheWriteInputTokens', 'cache_creation_input_tokens', 'cacheWriteInputTokenCount'),
  };
};
