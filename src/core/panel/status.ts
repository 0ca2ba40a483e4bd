import { assertNever } from '../text/assertNever';
import type { NumberFormats } from '../figures/numbers';
import { afterText, cutShortBy, finishedText, retryText, runStatuses, streamingStatus } from '../messages/runStatus';
import type { RunRecord } from '../runs/record';

const failedText = ({ failure, totalMs }: RunRecord, formats: NumberFormats): string => {
  switch (failure?.code) {
    case 'canceled':
      return afterText(runStatuses.canceled, totalMs, formats);
    case 'modelFailed':
      return afterText(failure.why === 'stream' ? runStatuses.cutOff : runStatuses.failed, totalMs, formats);
    case 'interrupted':
      return afterText(runStatuses.cutOff, totalMs, formats);
    case 'timeout':
      return afterText(runStatuses.timedOut, totalMs, formats);
    case 'throttled':
      return afterText(runStatuses.throttled, totalMs, formats);
    default:
      return afterText(runStatuses.failed, totalMs, formats);
  }
};

const endedText = ({ stopReason, totalMs, replayedFrom }: RunRecord, formats: NumberFormats): string => {
  const cut = cutShortBy(stopReason);
  if (replayedFrom !== undefined) return runStatuses.replayed;
  return cut === undefined ? finishedText(totalMs, formats) : afterText(cut, totalMs, formats);
};

/** One line on where a run stands: "Streaming…", "Finished in 1.2 s". */
export const statusOf = (record: RunRecord, formats: NumberFormats): string => {
  switch (record.state) {
    case 'waiting':
      if (record.retry !== undefined) return retryText(record.retry, formats);
      return record.openedAt === undefined ? runStatuses.starting : runStatuses.waiting;
    case 'streaming':
      return streamingStatus;
    case 'finished':
      return endedText(record, formats);
    case 'failed':
      return failedText(record, formats);
    default:
      return assertNever(record.state);
  }
};
