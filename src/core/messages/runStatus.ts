import type { NumberFormats } from '../figures/numbers';
import type { Retry } from '../runs/record';

/** Where a run stands, in a line. */

/** Also said by the page itself, when the first piece comes before the next state. */
export const streamingStatus = 'Streaming…';

export const runStatuses = {
  starting: 'Starting…',
  waiting: 'Waiting for the first token…',
  replayed: 'Replayed, nothing was sent',
  canceled: 'Canceled',
  cutOff: 'Cut off',
  failed: 'Failed',
  timedOut: 'Timed out',
  throttled: 'Throttled',
} as const;

/** "Canceled after 1.2 s". */
export const afterText = (text: string, ms: number | undefined, formats: NumberFormats): string =>
  ms === undefined ? text : `${text} after ${formats.duration(ms)}`;

/** "Finished in 1.2 s". */
export const finishedText = (ms: number | undefined, formats: NumberFormats): string =>
  ms === undefined ? 'Finished' : `Finished in ${formats.duration(ms)}`;

/** "Trying again, attempt 2, after a wait of 1.2 s: ThrottlingException". */
export const retryText = ({ attempt, reason, waitMs }: Retry, formats: NumberFormats): string => {
  const wait = waitMs === undefined || waitMs < 1 ? '' : `, after a wait of ${formats.duration(waitMs)}`;
  return `Trying again, attempt ${formats.tokens(attempt)}${wait}: ${reason}`;
};

/** Ends of an answer that is not all that the model would have said: it must not look whole. */
const cutShort: Readonly<Record<string, string>> = {
  max_tokens: 'Cut at maxTokens',
  model_context_window_exceeded: 'Cut at the context window',
  guardrail_intervened: 'Ended by a guardrail',
  content_filtered: 'Filtered',
  malformed_model_output: 'Not readable',
  malformed_tool_use: 'Tool call not readable',
};

/** How an answer that came to its end was cut short; `undefined` where it was not. */
export const cutShortBy = (stopReason: string | undefined): string | undefined =>
  stopReason !== undefined && Object.hasOwn(cutShort, stopReason) ? cutShort[stopReason] : undefined;

/** What a run is called: alone, or as part of a pair. */
export const runLabels = { alone: 'Run', cold: 'Cold', warm: 'Warm' } as const;

/** Said where no run is. */
export const noRunYet =
  'No run of this prompt yet. Run sends the prompt once. Run Twice sends it twice in a row: the cold call writes the cache, the warm one should read it, and the figures stand side by side.';

/** Who answered. */
export const serviceNames = { aws: 'Amazon Bedrock', emulator: 'Local emulator', custom: 'Custom endpoint' } as const;

/** Said where runs on the page were answered by another service than the next one will be. */
export const otherService = (allSimulated: boolean): string =>
  allSimulated
    ? 'The runs on this page were simulated by the local emulator; only the next run goes to the service named here.'
    : 'Not every run on this page was answered by the service named here, where the next run goes; each names its own.';
