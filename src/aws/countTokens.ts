import { serviceText } from '../core/messages/serviceText';
import { CountTokensCommand } from '@aws-sdk/client-bedrock-runtime';
import { mantleCountBody } from '../core/request/cuts';
import { callBody, countBody } from '../core/request/json';
import type { WireCall } from '../core/request/types';
import type { CancelSignal } from '../core/runs/cancel';
import type { RunFailure } from '../core/runs/failure';
import type { Target } from '../core/runs/port';
import { followSignal, pause, untilAborted } from './abort';
import { createTries } from './again';
import type { Retry, Tries } from './again';
import { leaseClient } from './clients';
import type { Lease } from './clients';
import { readError } from './errors';
import { canceledFailure, regionMissingFailure, toFailure } from './runFailures';
import { profileOf, resolveIdentity } from './identity';
import { parseEvent } from './invokeEvents';
import { addressAt, askMantle } from './mantle';
import { readAll } from './mantleErrors';
import { jsonType, OtherAnswerError, requireType } from './replyCheck';
import { sendAsWritten, writeBody } from './wire';

export type TokenCount = { readonly tokens: number } | RunFailure;

interface Count {
  readonly call: WireCall;
  readonly modelId: string;
  readonly target: Target;
  readonly signal: AbortSignal;
  readonly tries: Tries;
}

/** How one try ended; `retry` where it failed and may be made again. */
interface Ending {
  readonly answer: TokenCount;
  readonly retry: Retry | undefined;
}

/** A successful answer whose body cannot be read is one of another kind, not a failed connection. */
const unreadable = (error: unknown): unknown => {
  const succeeded = error instanceof SyntaxError && (readError(error).status ?? 200) === 200;
  return succeeded ? new OtherAnswerError('notJson', jsonType, serviceText.tokenCount) : error;
};

/** Asks bedrock-mantle, which counts for models that Bedrock Runtime does not count for. */
const askThere = async ({ call, target, signal, tries }: Count, lease: Lease): Promise<number> => {
  const body = writeBody(() => mantleCountBody(call) ?? callBody(call));
  const betas = call.door === 'Messages' ? call.betas : [];
  const path = 'messages/count_tokens';
  const response = await askMantle({ path, body, betas, accept: jsonType, target, lease, signal, attempt: tries.attempt });
  const { input_tokens: tokens } = parseEvent(Buffer.from(await untilAborted(readAll(response), signal)));
  if (typeof tokens !== 'number') throw new OtherAnswerError('json', jsonType, serviceText.tokenCount);
  return tokens;
};

const ask = async (count: Count, lease: Lease): Promise<number> => {
  const { call, modelId, target, signal, tries } = count;
  if (call.door === 'Messages') return askThere(count, lease);
  const command = new CountTokensCommand({ modelId, input: { converse: {} } });
  const body = writeBody(() => countBody(call, (text) => Buffer.from(text, 'utf8')));
  sendAsWritten(command.middlewareStack, { body, attempt: tries.attempt, maxAttempts: target.maxAttempts });
  requireType(command.middlewareStack, jsonType);
  const { inputTokens } = await untilAborted(lease.client.send(command, { abortSignal: signal }), signal);
  if (inputTokens === undefined) throw new OtherAnswerError('json', jsonType, serviceText.tokenCount);
  return inputTokens;
};

const oneTry = async (count: Count): Promise<Ending> => {
  const { call, modelId, target, signal, tries } = count;
  const profile = profileOf(resolveIdentity(target));
  let lease: Lease | undefined;
  let forget = false;
  try {
    lease = await leaseClient(target, signal);
    if (lease === undefined) return { answer: regionMissingFailure(profile), retry: undefined };
    return { answer: { tokens: await ask(count, lease) }, retry: undefined };
  } catch (error) {
    if (signal.aborted) return { answer: canceledFailure(), retry: undefined };
    const context = {
      modelId,
      region: lease?.region ?? '',
      address: addressAt(call.door, target, lease?.region),
      profile,
      timeoutMs: target.timeoutMs,
      midStream: false,
      attempts: tries.attempt,
    };
    const answer = toFailure(unreadable(error), context);
    const retry = tries.after(error, { streaming: false, hasContent: false });
    // The next try needs the same client: it has learned how far off this machine's clock is.
    forget = answer.code === 'credentials' && retry === undefined;
    return { answer, retry };
  } finally {
    lease?.release({ forget });
  }
};

/**
 * The service's own count of a call's input tokens. `baseModelId`: the model's own id, since the service refuses ids and ARNs
 * of inference profiles (source: recorded 400 "The provided model doesn't support counting tokens.", checked 2026-11-22). `retrying` is
 * told of each try after the first. Never throws.
 */
export const countTokens = async (
  call: WireCall,
  target: Target,
  signal: CancelSignal,
  baseModelId: string = call.modelId,
  retrying: (retry: { readonly attempt: number; readonly reason: string }) => void = () => undefined,
): Promise<TokenCount> => {
  const followed = followSignal(signal);
  const tries = createTries(target.maxAttempts);
  const count: Count = {
    call,
    modelId: baseModelId,
    target,
    signal: followed.signal,
    tries,
  };
  try {
    for (;;) {
      const { answer, retry } = await oneTry(count);
      if (retry === undefined) return answer;
      retrying(retry);
      await pause(retry.waitMs, followed.signal);
    }
  } catch (error) {
    if (followed.signal.aborted) return canceledFailure();
    throw error;
  } finally {
    followed.end();
  }
};
