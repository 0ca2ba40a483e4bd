import type { ConverseStreamOutput } from '@aws-sdk/client-bedrock-runtime';
import type { WireCall } from '../core/request/types';
import type { RunEvent } from '../core/runs/events';
import type { RunFailure } from '../core/runs/failure';
import type { RunPort, Target } from '../core/runs/port';
import { followSignal, pause, untilAborted } from './abort';
import { createTries } from './again';
import type { Retry, Tries } from './again';
import { leaseClient } from './clients';
import type { Lease } from './clients';
import { open } from './doors';
import type { Events } from './doors';
import { readError } from './errors';
import { canceledFailure, interruptedFailure, regionMissingFailure, toFailure } from './runFailures';
import { describeIdentity, profileOf, resolveIdentity } from './identity';
import { addressAt } from './mantle';
import { createStreamReader } from './streamReader';
import type { StreamReader } from './streamReader';

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

/** Events that are there already come without a turn of the event loop: everybody else has one at least this often. Milliseconds. */
const mostDeafMs = 8;

const turn = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

/** Yields the answer as it arrives, until it is whole or the stream ends. */
async function* read(stream: Events | undefined, reader: StreamReader, signal: AbortSignal): AsyncGenerator<RunEvent, void> {
  if (stream === undefined) return;
  if (Symbol.iterator in stream) {
    for (const event of stream) yield* reader.read(event);
    return;
  }
  const events = stream[Symbol.asyncIterator]();
  let since = now();
  while (!reader.complete) {
    const step = await untilAborted(events.next(), signal);
    if (step.done === true) return;
    yield* reader.read(step.value);
    if (now() - since < mostDeafMs) continue;
    await turn();
    since = now();
  }
  await drain(events, signal);
}

const failureOf = (error: unknown, call: Call, region: string | undefined, progress: Progress): RunFailure => {
  const failure = toFailure(error, {
    modelId: call.wire.modelId,
    region: region ?? '',
    address: addressAt(call.wire.door, call.target, region),
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
    lease = await leaseClient(call.target, call.signal);
    if (lease === undefined) failure = regionMissingFailure(profileOf(resolveIdentity(call.target)));
    else {
      const { wire, target, signal, tries } = call;
      // Accounts and roles are known only with the keys.
      if (lease.identity !== describeIdentity(resolveIdentity(target)))
        yield { type: 'signedIn', at: now(), identity: lease.identity, accountId: lease.accountId };
      const answering = (requestId: string | undefined): void => {
        progress.requestId = requestId;
        progress.streaming = true;
      };
      const events = await open({ wire, target, lease, signal, attempt: tries.attempt, answering });
      yield* read(events, reader, signal);
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
    yield { type: 'retrying', at: now(), ...retry };
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

/** One live call by the door that it names, by `RunPort`'s promises. Nothing is sent before the first event is taken. */
export const run: RunPort = runCall;
