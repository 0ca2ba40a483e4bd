import { ConverseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseStreamCommandOutput, ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../core/request/types';
import type { RunEvent } from '../core/runs/events';
import type { RunFailure } from '../core/runs/failure';
import type { RunPort, Target } from '../core/runs/port';
import { followSignal, pause, untilAborted } from './abort';
import { watchAttempts } from './attempts';
import { leaseClient } from './clients';
import type { Lease } from './clients';
import { readError } from './errors';
import { cancelledFailure, interruptedFailure, regionMissingFailure, toFailure } from './runFailures';
import { describeIdentity, profileOf, resolveIdentity } from './identity';
import { createInbox } from './inbox';
import { toSdkInput } from './input';
import { addressOf } from './region';
import { requireEventStream } from './replyCheck';
import { createStreamReader } from './streamReader';
import type { StreamReader } from './streamReader';

interface Call {
  readonly request: ConverseRequest;
  readonly target: Target;
  readonly signal: AbortSignal;
}

/** How one request ended. `attempts` counts the SDK's own tries. */
interface Ending {
  readonly failure: RunFailure | undefined;
  readonly attempts: number;
  readonly requestId: string | undefined;
  readonly hasContent: boolean;
}

/** What is learnt while a request is under way. */
interface Progress {
  attempts: number;
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

/** Sends the command and yields the retries the SDK makes meanwhile; returns the reply once its head is there. */
async function* send(call: Call, lease: Lease, progress: Progress): AsyncGenerator<RunEvent, ConverseStreamCommandOutput> {
  const retries = createInbox<RunEvent>();
  const command = new ConverseStreamCommand(toSdkInput(call.request));
  requireEventStream(command);
  watchAttempts(command, call.target.maxAttempts, ({ attempt, reason }) => {
    progress.attempts = attempt;
    retries.push({ type: 'retrying', at: now(), attempt, reason });
  });
  const sent = untilAborted(lease.client.send(command, { abortSignal: call.signal }), call.signal);
  sent.then(retries.close, retries.close);
  yield* retries.items();
  const output = await sent;
  progress.attempts = output.$metadata.attempts ?? progress.attempts;
  progress.requestId = output.$metadata.requestId;
  progress.streaming = true;
  return output;
}

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
  if (call.signal.aborted) return cancelledFailure(progress.requestId ?? readError(error).requestId);
  const failure = toFailure(error, {
    modelId: call.request.modelId,
    region: region ?? '',
    address: addressOf(call.target, region),
    profile: profileOf(resolveIdentity(call.target)),
    timeoutMs: call.target.timeoutMs,
    midStream: progress.streaming,
    attempts: progress.attempts,
  });
  return { ...failure, requestId: failure.requestId ?? progress.requestId };
};

/** One request, from the client to the end of its stream. */
async function* oneRequest(call: Call): AsyncGenerator<RunEvent, Ending> {
  const reader = createStreamReader(now);
  const progress: Progress = { attempts: 1, requestId: undefined, streaming: false };
  let lease: Lease | undefined;
  let failure: RunFailure | undefined;
  try {
    lease = await leaseClient(call.target);
    if (lease === undefined) failure = regionMissingFailure(profileOf(resolveIdentity(call.target)));
    else {
      const output = yield* send(call, lease, progress);
      yield* read(output, reader, call.signal);
      if (!reader.complete) failure = interruptedFailure(progress.requestId);
    }
  } catch (error) {
    failure = failureOf(error, call, lease?.region, progress);
    progress.attempts = readError(error).attempts ?? progress.attempts;
  } finally {
    lease?.release({ forget: failure?.code === 'credentials' });
  }
  yield* reader.rest();
  return { failure, attempts: progress.attempts, requestId: progress.requestId, hasContent: reader.hasContent };
}

/** The SDK repeats what fails before the stream; a stream that is throttled before it said anything is repeated here. */
const isWorthRepeating = ({ failure, hasContent }: Ending): boolean => failure?.code === 'throttled' && failure.midStream && !hasContent;

/** Full jitter over a doubling limit, as the SDK waits for throttling. Milliseconds. */
const backOffMs = (attempt: number): number => Math.random() * Math.min(20_000, 500 * 2 ** attempt);

async function* repeat(call: Call): AsyncGenerator<RunEvent, void> {
  for (let before = 0; ;) {
    const ending = yield* oneRequest(call);
    const attempts = before + ending.attempts;
    if (ending.failure === undefined) {
      yield { type: 'finished', at: now(), requestId: ending.requestId, attempts };
      return;
    }
    if (!isWorthRepeating(ending) || attempts >= call.target.maxAttempts) {
      const { failure } = ending;
      yield { type: 'failed', at: now(), failure: failure.code === 'throttled' ? { ...failure, attempts } : failure };
      return;
    }
    yield { type: 'retrying', at: now(), attempt: attempts + 1, reason: 'ThrottlingException' };
    before = attempts;
    try {
      await pause(backOffMs(attempts - 1), call.signal);
    } catch {
      yield { type: 'failed', at: now(), failure: cancelledFailure(ending.requestId) };
      return;
    }
  }
}

async function* run(request: ConverseRequest, target: Target, signal: Parameters<RunPort>[2]): AsyncGenerator<RunEvent, void> {
  const followed = followSignal(signal);
  try {
    yield { type: 'started', at: now(), modelId: request.modelId, identity: describeIdentity(resolveIdentity(target)) };
    yield* repeat({ request, target, signal: followed.signal });
  } finally {
    // Closes the connection of a call that its reader left early; after a whole answer there is nothing left to close.
    followed.end();
  }
}

/** One live ConverseStream call, by `RunPort`'s promises. Nothing is sent before the first event is taken. */
export const converse: RunPort = run;
