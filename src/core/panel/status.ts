import { assertNever } from '../text/assertNever';
import type { NumberFormats } from '../figures/numbers';
import type { RunRecord } from '../runs/record';

/** Also said by the page itself, when the first piece comes before the next state. */
export const streamingStatus = 'Streaming…';

const afterText = (text: string, ms: number | undefined, formats: NumberFormats): string =>
  ms === undefined ? text : `${text} after ${formats.duration(ms)}`;

const failedText = ({ failure, totalMs }: RunRecord, formats: NumberFormats): string => {
  switch (failure?.code) {
    case 'canceled':
      return afterText('Canceled', totalMs, formats);
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

/** One line on where a run stands: "Streaming…", "Finished in 1.2 s". */
export const statusOf = (record: RunRecord, formats: NumberFormats): string => {
  switch (record.state) {
    case 'waiting':
      if (record.retry !== undefined) return `Trying again, attempt ${formats.tokens(record.retry.attempt)}: ${record.retry.reason}`;
      return record.openedAt === undefined ? 'Starting…' : 'Waiting for the first token…';
    case 'streaming':
      return streamingStatus;
    case 'finished':
      return record.totalMs === undefined ? 'Finished' : `Finished in ${formats.duration(record.totalMs)}`;
    case 'failed':
      return failedText(record, formats);
    default:
      return assertNever(record.state);
  }
};
