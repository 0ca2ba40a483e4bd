import type { Owner } from '../../core/runs/identity';
import type { Target } from '../../core/runs/port';

/** What AWS said in this session of whose keys are used, by profile. */
const owners = new Map<string, Owner>();

const keyOf = ({ profile, apiKey, service, endpoint }: Target): string =>
  JSON.stringify([service, endpoint, apiKey === undefined ? (profile ?? null) : false]);

/** Account and role of a target's identity, where AWS was asked for them in this session. */
export const knownOwner = (target: Target): Owner | undefined => owners.get(keyOf(target));

export const noteOwner = (target: Target, owner: Owner): void => void owners.set(keyOf(target), owner);
