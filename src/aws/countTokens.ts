import { CountTokensCommand } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../core/request/types';
import type { CancelSignal } from '../core/runs/cancel';
import type { RunFailure } from '../core/runs/failure';
import type { Target } from '../core/runs/port';
import { followSignal, untilAborted } from './abort';
import { leaseClient } from './clients';
import type { Lease } from './clients';
import { cancelledFailure, regionMissingFailure, toFailure } from './runFailures';
import { profileOf, resolveIdentity } from './identity';
import { toSdkInput } from './input';
import { addressOf } from './region';

export type TokenCount = { readonly tokens: number } | RunFailure;

const commandFor = (request: ConverseRequest, baseModelId: string): CountTokensCommand => {
  const { messages, system, toolConfig, additionalModelRequestFields } = toSdkInput(request);
  return new CountTokensCommand({
    modelId: baseModelId,
    input: { converse: { messages, system, toolConfig, additionalModelRequestFields } },
  });
};

/**
 * The service's own count of the request's input tokens. `baseModelId`: the model's own id, since the service refuses ids and ARNs
 * of inference profiles (source: recorded 400 "The provided model doesn't support counting tokens.", checked 2026-11-22). Never throws.
 */
export const countTokens = async (
  request: ConverseRequest,
  target: Target,
  signal: CancelSignal,
  baseModelId: string = request.modelId,
): Promise<TokenCount> => {
  const followed = followSignal(signal);
  const profile = profileOf(resolveIdentity(target));
  let lease: Lease | undefined;
  let forget = false;
  try {
    lease = await leaseClient(target);
    if (lease === undefined) return regionMissingFailure(profile);
    const sent = lease.client.send(commandFor(request, baseModelId), { abortSignal: followed.signal });
    const { inputTokens, $metadata } = await untilAborted(sent, followed.signal);
    if (inputTokens !== undefined) return { tokens: inputTokens };
    return { code: 'unexpected', detail: 'The reply holds no inputTokens.', requestId: $metadata.requestId };
  } catch (error) {
    if (followed.signal.aborted) return cancelledFailure();
    const address = addressOf(target, lease?.region);
    const { timeoutMs } = target;
    const context = { modelId: baseModelId, region: lease?.region ?? '', address, profile, timeoutMs, midStream: false, attempts: 1 };
    const failure = toFailure(error, context);
    forget = failure.code === 'credentials';
    return failure;
  } finally {
    lease?.release({ forget });
    followed.end();
  }
};
