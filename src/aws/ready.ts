import { serviceText } from '../core/messages/serviceText';
import type { Door } from '../core/request/types';
import type { CancelSignal } from '../core/runs/cancel';
import type { Readiness, Target } from '../core/runs/port';
import { followSignal, untilAborted } from './abort';
import { leaseClient, type Lease } from './clients';
import { addressAt } from './mantle';
import { profileOf, resolveIdentity, type Identity } from './identity';
import { canceledFailure, regionMissingFailure, toFailure } from './runFailures';
import { signIn } from './signIn';

/** Any Region will do to find out whether there is anything to sign with. */
const anyRegion = 'us-east-1';

/** Where nothing is chosen and no Region is known, most likely nothing is set up: throws then, since that is what has to be said. */
const findAny = async (identity: Identity, { timeoutMs, network }: Target, signal: AbortSignal): Promise<void> => {
  if (identity.kind === 'chain' && identity.from === 'other')
    await signIn(identity, { region: anyRegion, signal, limitMs: timeoutMs, network });
};

/**
 * Can a call to the target start, and where would it go? Signs in, which may ask AWS for credentials, and sends nothing to the model's service. The
 * call that follows uses the same client, and so what was signed in. Never rejects for what the world can refuse.
 */
export const readyCall = async (target: Target, modelId: string, signal: CancelSignal, door?: Door): Promise<Readiness> => {
  const identity = resolveIdentity(target);
  const profile = profileOf(identity);
  const followed = followSignal(signal);
  let lease: Lease | undefined;
  try {
    lease = await untilAborted(leaseClient(target, followed.signal), followed.signal);
    if (lease === undefined) {
      await findAny(identity, target, followed.signal);
      return { failure: regionMissingFailure(profile) };
    }
    const address = addressAt(door, target, lease.region);
    const name = target.service === 'aws' ? serviceText.bedrock : address;
    return { place: { name, address, region: lease.region, identity: lease.identity } };
  } catch (error) {
    if (followed.signal.aborted) return { failure: canceledFailure() };
    const context = { modelId, region: lease?.region ?? '', address: addressAt(door, target, lease?.region), profile };
    return { failure: toFailure(error, { ...context, timeoutMs: target.timeoutMs, midStream: false, attempts: 1 }) };
  } finally {
    lease?.release();
    followed.end();
  }
};
