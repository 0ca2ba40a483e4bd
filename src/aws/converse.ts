import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseStreamCommandOutput, ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import { requestBody } from '../core/request/json';
import type { ConverseRequest } from '../core/request/types';
import type { RunEvent } from '../core/runs/events';
import type { RunFailure } from '../core/runs/failure';
import type { RunPort, Target } from '../core/runs/port';
import { followSignal, pause, untilAborted } from './abort';
import { createTries } from './again';
import type { Retry, Tries } from './again';
import { leaseClient } from './clients';
import type { Lease } from './clients';
import { readError } from './errors';
import { canceledFailure, interruptedFailure, regionMissingFailure, toFailure } from './runFailures';
import { describeIdentity, profileOf, resolveIdentity } from './identity';
import { addressOf } from './region';
import { eventStreamType, requireType } from './replyCheck';
import { createStreamReader } from './streamReader';
import type { StreamReader } from './streamReader';
import { sendAsWritten, writeBody } from './wire';

interface Call {
  readonly request: ConverseRequest;
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly tries: Tries;
}

/** How one try ended; `retry` where it failed and may be made again. */
interface Ending {
  readonly failure: RunFailure | undefined;
  readonly retry: Retry | undefined;
  readonly requestId: string | undefined;
}

/** What is learned while a try is under way. */
interface Progress {
  requestId: string | undefined;
  streaming: boolean;
}

const now = (): number => performance.now();

/** After a whole answer the connection is read to its end, to be used again, but not waited for longer than this. */
const drainLimitMs = 250;

const drain = async (events: AsyncIterator<ConverseStreamOutput>, signal: AbortSignal): Promise<void> => {
  const rest = (async () => {
    while ((await events.next()).done !== true);
  })();
  // The answer is whole: nothing that happens to the connection now can change it.
  await Promise.race([rest, pause(drainLimitMs, signal)]).catch(() => undefined);
};

/** Sends the command; resolves with the reply once its head is there. */
const send = async ({ request, target, signal, tries }: Call, lease: Lease, progress: Progress): Promise<ConverseStreamCommandOutput> => {
  // The command names the model for the path; its body is the request as it is written.
  const command = new ConverseStreamCommand({ modelId: request.modelId });
  const body = writeBody(() => requestBody(request));
  sendAsWritten(command.middlewareStack, { body, attempt: tries.attempt, maxAttempts: target.maxAttempts });
  requireType(command.middlewareStack, eventStreamType);
  const output = await untilAborted(lease.client.send(command, { abortSignal: signal }), signal);
  progress.requestId = output.$metadata.requestId;
  progress.streaming = true;
  return output;
};

/** Yields the answer as it arrives, until it is whole or the stream ends. */
async function* read(output: ConverseStreamCommandOutput, reader: StreamReader, signal: AbortSignal): AsyncGenerator<RunEvent, void> {
  const events = output.stream?.[Symbol.asyncIterator]();
  if (events === undefined) return;
  while (!reader.complete) {
    const step = await untilAborted(events.next(), signal);
    if (step.done === true) return;
    yield* reader.read(step.value);
  }
  await drain(events, signal);
}

const failureOf = (error: unknown, call: Call, region: string | undefined, progress: Progress): RunFailure => {
  const failure = toFailure(error, {
    modelId: call.request.modelId,
    region: region ?? '',
    address: addressOf(call.target, region),
    profile: profileOf(resolveIdentity(call.target)),
    timeoutMs: call.target.timeoutMs,
    midStream: progress.streaming,
    attempts: call.tries.attempt,
  });
  return { ...failure, requestId: failure.requestId ?? progress.requestId };
};

/** One try, from the client to the end of its stream. */
async function* oneTry(call: Call): AsyncGenerator<RunEvent, Ending> {
  const reader = createStreamReader(now);
  const progress: Progress = { requestId: undefined, streaming: false };
  let lease: Lease | undefined;
  let failure: RunFailure | undefined;
  let retry: Retry | undefined;
  try {
    lease = await leaseClient(call.target);
    if (lease === undefined) failure = regionMissingFailure(profileOf(resolveIdentity(call.target)));
    else {
      const output = await send(call, lease, progress);
      yield* read(output, reader, call.signal);
      if (!reader.stopped) failure = interruptedFailure(progress.requestId);
    }
  } catch (error) {
    if (call.signal.aborted) failure = canceledFailure(progress.requestId ?? readError(error).requestId);
    // An answer that has come to its end stays whole whatever becomes of the figures that should follow.
    else if (!reader.stopped) {
      failure = failureOf(error, call, lease?.region, progress);
      retry = call.tries.after(error, { streaming: progress.streaming, hasContent: reader.hasContent });
    }
  } finally {
    // The next try needs the same client: it has learned how far off this machine's clock is.
    lease?.release({ forget: failure?.code === 'credentials' && retry === undefined });
  }
  yield* reader.rest();
  return { failure, retry, requestId: progress.requestId };
}

async function* repeat(call: Call): AsyncGenerator<RunEvent, void> {
  for (;;) {
    const { failure, retry, requestId } = yield* oneTry(call);
    if (failure === undefined) {
      yield { type: 'finished', at: now(), requestId, attempts: call.tries.attempt };
      return;
    }
    if (retry === undefined) {
      yield { type: 'failed', at: now(), failure };
      return;
    }
    yield { type: 'retrying', at: now(), attempt: retry.attempt, reason: retry.reason };
    try {
      await pause(retry.waitMs, call.signal);
    } catch {
      yield { type: 'failed', at: now(), failure: canceledFailure(requestId) };
      return;
    }
  }
}

async function* run(request: ConverseRequest, target: Target, signal: Parameters<RunPort>[2]): AsyncGenerator<RunEvent, void> {
  const followed = followSignal(signal);
  try {
    yield { type: 'started', at: now(), modelId: request.modelId, identity: describeIdentity(resolveIdentity(target)) };
    yield* repeat({ request, target, signal: followed.signal, tries: createTries(target.maxAttempts) });
  } finally {
    // Closes the connection of a call that its reader left early; after a whole answer there is nothing left to close.
    followed.end();
  }
}

/** One live ConverseStream call, by `RunPort`'s promises. Nothing is sent before the first event is taken. */
export const converse: RunPort = run;
