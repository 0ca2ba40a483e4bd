import type { BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import type { OrFailure } from '../../core/runs/account';
import type { CancelSignal } from '../../core/runs/cancel';
import type { RunFailure } from '../../core/runs/failure';
import type { Target } from '../../core/runs/port';
import { followSignal, untilAborted } from '../abort';
import { configFor, signInTo } from '../clients';
import { createHandler } from '../handler';
import { profileOf, resolveIdentity } from '../identity';
import { addressOf, resolveRegion } from '../region';
import { canceledFailure, regionMissingFailure, toFailure } from '../runFailures';
import { forgetSignIn } from '../signIn';

/** What clients of other services than Bedrock Runtime are made with: its own settings, which all clients of the SDK have. */
export type ControlConfig = Pick<
  BedrockRuntimeClientConfig,
  'region' | 'endpoint' | 'credentials' | 'profile' | 'requestHandler' | 'maxAttempts' | 'userAgentAppId'
>;

/** The time of one question, from signing in to the last answer. */
export interface Session {
  readonly region: string;
  readonly config: ControlConfig;
  /** Sends, and rejects at once when the question is called off. */
  send<T>(work: (options: { readonly abortSignal: AbortSignal }) => Promise<T>): Promise<T>;
  /** What a rejected answer means; `about` is the id that was asked about. */
  failureOf(error: unknown, about: string): RunFailure;
}

/** Each control plane has a host of its own, for which proxies may have rules of their own. */
const addressFor = (service: string, target: Target, region: string | undefined): string =>
  addressOf(target, region).replace('//bedrock-runtime.', `//${service}.`);

interface Closable {
  destroy(): void;
}

/**
 * Asks the services beside Bedrock Runtime as whom and where runs go, and lets go of all connections afterwards. `open` makes the client. Reads
 * may be tried again as often as the target says; a `work` that writes tries once (`writes`). Never rejects for what the world can refuse.
 */
export const inSession = async <C extends Closable, T>(
  target: Target,
  signal: CancelSignal,
  open: (config: ControlConfig & BedrockRuntimeClientConfig) => C,
  work: (client: C, session: Session) => Promise<T>,
  { writes = false, about = '', service = 'bedrock' } = {},
): Promise<OrFailure<T>> => {
  const followed = followSignal(signal);
  const identity = resolveIdentity(target);
  let region: string | undefined;
  let client: C | undefined;
  const failureOf = (error: unknown, modelId: string): RunFailure => {
    if (followed.signal.aborted) return canceledFailure();
    const failure = toFailure(error, {
      modelId,
      region: region ?? '',
      address: addressFor(service, target, region),
      profile: profileOf(identity),
      timeoutMs: target.timeoutMs,
      midStream: false,
      attempts: writes ? 1 : target.maxAttempts,
    });
    // Keys that were refused are not tried a second time.
    if (failure.code === 'credentials') forgetSignIn();
    return failure;
  };
  try {
    region = await untilAborted(resolveRegion(target, identity), followed.signal);
    if (region === undefined) return regionMissingFailure(profileOf(identity));
    const signed = await signInTo(target, identity, region, followed.signal);
    const config = {
      ...configFor(target, identity, region, signed),
      requestHandler: createHandler(addressFor(service, target, region), target.timeoutMs, target.network),
      maxAttempts: writes ? 1 : target.maxAttempts,
    };
    client = open(config);
    const send: Session['send'] = (call) => untilAborted(call({ abortSignal: followed.signal }), followed.signal);
    return await work(client, { region, config, send, failureOf });
  } catch (error) {
    return failureOf(error, about);
  } finally {
    client?.destroy();
    followed.end();
  }
};
