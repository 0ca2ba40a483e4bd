import { ConverseStreamCommand, InvokeModelWithResponseStreamCommand } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { MetadataBearer, MiddlewareStack } from '@smithy/types';
import { callBody } from '../core/request/json';
import type { WireCall } from '../core/request/types';
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
import { converseEvents } from './invokeEvents';
import { addressOf } from './region';
import { eventStreamType, jsonType, requireType } from './replyCheck';
import { createStreamReader } from './streamReader';
import type { StreamReader } from './streamReader';
import { sendAsWritten, writeBody } from './wire';

interface Call {
  readonly wire: WireCall;
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

type Events = AsyncIterable<ConverseStreamOutput>;

/** Sends the command; resolves with the events of the answer once its head is there. */
const send = async ({ wire, target, signal, tries }: Call, { client }: Lease, progress: Progress): Promise<Events | undefined> => {
  const { api, modelId } = wire;
  const body = writeBody(() => callBody(wire));
  // The command names the model for the path; its body is the request as it is written.
  const prepare = <Input extends object, Output extends MetadataBearer>(stack: MiddlewareStack<Input, Output>): void => {
    sendAsWritten(stack, { body, attempt: tries.attempt, maxAttempts: target.maxAttempts });
    requireType(stack, eventStreamType);
  };
  const arrived = <Output extends MetadataBearer>(output: Output): Output => {
    progress.requestId = output.$metadata.requestId;
    progress.streaming = true;
    return output;
  };
  if (api === 'converse') {
    const command = new ConverseStreamCommand({ modelId });
    prepare(command.middlewareStack);
    return arrived(await untilAborted(client.send(command, { abortSignal: signal }), signal)).stream;
  }
  const command = new InvokeModelWithResponseStreamCommand({ modelId, contentType: jsonType, accept: jsonType, body: '' });
  prepare(command.middlewareStack);
  const output = arrived(await untilAborted(client.send(command, { abortSignal: signal }), signal));
  return output.body && converseEvents(output.body, api);
};

/** Yields the answer as it arrives, until it is whole or the stream ends. */
async function* read(stream: Events | undefined, reader: StreamReader, signal: AbortSignal): AsyncGenerator<RunEvent, void> {
  const events = stream?.[Symbol.asyncIterator]();
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
    modelId: call.wire.modelId,
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
      const events = await send(call, lease, progress);
      yield* read(events, reader, call.signal);
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

async function* runCall(wire: WireCall, target: Target, signal: Parameters<RunPort>[2]): AsyncGenerator<RunEvent, void> {
  const followed = followSignal(signal);
  try {
    yield { type: 'started', at: now(), modelId: wire.modelId, identity: describeIdentity(resolveIdentity(target)) };
    yield* repeat({ wire, target, signal: followed.signal, tries: createTries(target.maxAttempts) });
  } finally {
    // Closes the connection of a call that its reader left early; after a whole answer there is nothing left to close.
    followed.end();
  }
}

/**
 * One live call of ConverseStream or InvokeModelWithResponseStream, by `RunPort`'s promises. Nothing is sent before the first event is taken.
 */
export const run: RunPort = runCall;
