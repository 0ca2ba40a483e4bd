import type { CancelSignal } from '../core/runs/cancel';
import type { RunFailure } from '../core/runs/failure';
import type { Owner } from '../core/runs/identity';
import type { Target } from '../core/runs/port';
import { followSignal } from './abort';
import { leaseClient } from './clients';
import type { Lease } from './clients';
import { describeIdentity, profileOf, resolveIdentity } from './identity';
import { addressOf } from './region';
import { canceledFailure, regionMissingFailure, toFailure } from './runFailures';
import { createSignInCalls } from './signInCalls';
import { askCaller } from './stsSources';

/** As whom calls are signed, as AWS itself says it. */
export interface Caller extends Owner {
  /** As in the panel. */
  readonly identity: string;
  readonly region: string;
  /** `undefined`: an API key, of which STS knows nothing. */
  readonly arn: string | undefined;
}

/** Signs in and asks STS whose keys they are (GetCallerIdentity, which needs no permission and costs nothing). Never rejects for what the world can refuse. */
export const callerIdentity = async (target: Target, signal: CancelSignal): Promise<Caller | RunFailure> => {
  const identity = resolveIdentity(target);
  const profile = profileOf(identity);
  const followed = followSignal(signal);
  const calls = createSignInCalls(followed.signal, target.timeoutMs, target.network);
  let lease: Lease | undefined;
  try {
    lease = await leaseClient(target, followed.signal);
    if (lease === undefined) return regionMissingFailure(profile);
    const { region, signed } = lease;
    if (signed.kind === 'token') return { identity: describeIdentity(identity), region, arn: undefined };
    const { arn, ...owner } = await askCaller(signed.keys, region, calls);
    return { ...owner, identity: describeIdentity(identity, owner), region, arn };
  } catch (error) {
    if (followed.signal.aborted) return canceledFailure();
    const context = { modelId: '', region: lease?.region ?? '', address: addressOf(target, lease?.region), profile };
    return toFailure(error, { ...context, timeoutMs: target.timeoutMs, midStream: false, attempts: 1 });
  } finally {
    lease?.release();
    calls.end();
    followed.end();
  }
};
