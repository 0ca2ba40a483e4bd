import { assertNever } from '../text/assertNever';
import type { NumberFormats } from '../figures/numbers';
import type { Retry, RunRecord } from '../runs/record';

/** Also said by the page itself, when the first piece comes before the next state. */
export const streamingStatus = 'Streaming…';

const afterText = (text: string, ms: number | undefined, formats: NumberFormats): string =>
  ms === undefined ? text : `${text} after ${formats.duration(ms)}`;

const failedText = ({ failure, totalMs }: RunRecord, formats: NumberFormats): string => {
  switch (failure?.code) {
    case 'canceled':
      return afterText('Canceled', totalMs, formats);
    case 'modelFailed':
      return afterText(failure.why === 'stream' ? 'Cut off' : 'Failed', totalMs, formats);
    case 'interrupted':
      return afterText('Cut off', totalMs, formats);
    case 'timeout':
      return afterText('Timed out', totalMs, formats);
    case 'throttled':
      return afterText('Throttled', totalMs, formats);
    default:
      return afterText('Failed', totalMs, formats);
  }
};

/** "Attempt 2 after ThrottlingException, which waits 1.2 s". */
const retryText = ({ attempt, reason, waitMs }: Retry, formats: NumberFormats): string => {
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

const finishedText = ({ stopReason, totalMs, replayedFrom }: RunRecord, formats: NumberFormats): string => {
  const cut = cutShortBy(stopReason);
  if (replayedFrom !== undefined) return 'Replayed, nothing was sent';
  if (cut !== undefined) return afterText(cut, totalMs, formats);
  return totalMs === undefined ? 'Finished' : `Finished in ${formats.duration(totalMs)}`;
};

/** One line on where a run stands: "Streaming…", "Finished in 1.2 s". */
export const statusOf = (record: RunRecord, formats: NumberFormats): string => {
  switch (record.state) {
    case 'waiting':
      if (record.retry !== undefined) return retryText(record.retry, formats);
      return record.openedAt === undefined ? 'Starting…' : 'Waiting for the first token…';
    case 'streaming':
      return streamingStatus;
    case 'finished':
      return finishedText(record, formats);
    case 'failed':
      return failedText(record, formats);
    default:
      return assertNever(record.state);
  }
};
