import type { NumberFormats } from '../figures/numbers';
import type { RunEvent } from '../runs/events';
import type { RunRecord } from '../runs/record';

/**
 * What the log says of a run, a line for each turn that it takes: times, ids, sizes, attempts and the names of errors. Neither text of the prompt or the
 * answer, nor the service's words, which may quote it.
 */

const list = (parts: readonly (string | undefined)[]): string => parts.filter((part) => part !== undefined && part !== '').join('; ');

/** `bytes`: length of the body. */
export const runBegins = (record: RunRecord, bytes: number, formats: NumberFormats): string => {
  const { id, door, modelId, service, endpoint, identity, prediction } = record;
  const where = list([service, endpoint, identity]);
  const expected =
    prediction === undefined
      ? undefined
      : `predicted: read ${formats.tokens(prediction.cacheRead.likely)}, write ${formats.tokens(prediction.cacheWrite.likely)} tokens`;
  return `${id} begins: ${door ?? 'call'} of ${modelId} (${where}); ${list([`${formats.tokens(bytes)} bytes`, expected])}`;
};

const endOf = (record: RunRecord, formats: NumberFormats): string => {
  const { id, state, totalMs, failure, stopReason, usage, requestId, answer, retries = [], firstDeltaMs } = record;
  const took = totalMs === undefined ? '' : ` after ${formats.duration(totalMs)}`;
  const why = failure === undefined ? undefined : [failure.code, failure.error].filter((part) => part !== undefined).join(', ');
  const tokens =
    usage &&
    `input ${formats.tokens(usage.input)}, read ${formats.tokens(usage.cacheRead)}, written ${formats.tokens(usage.cacheWrite)}, output ${formats.tokens(usage.output)} tokens`;
  return `${id} ${state}${took}: ${list([
    why,
    stopReason === undefined ? undefined : `stop reason ${stopReason}`,
    firstDeltaMs === undefined
      ? 'no part of an answer'
      : `first part after ${formats.duration(firstDeltaMs)}, ${formats.tokens(answer.length)} characters`,
    tokens,
    `attempts ${formats.tokens(retries.length + 1)}`,
    `request id ${requestId ?? 'none'}`,
  ])}`;
};

/** The line for an event that was folded into the record; `undefined`: nothing that a person needs afterwards. */
export const runGoesOn = (record: RunRecord, event: RunEvent, formats: NumberFormats): string | undefined => {
  switch (event.type) {
    case 'retrying': {
      const wait = event.waitMs === undefined ? '' : ` in ${formats.duration(event.waitMs)}`;
      return `${record.id} tries again${wait}: attempt ${formats.tokens(event.attempt)}, after ${event.reason}`;
    }
    case 'finished':
    case 'failed':
      return endOf(record, formats);
    default:
      return undefined;
  }
};
