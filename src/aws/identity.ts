import { identityOf } from '../core/runs/identity';
import type { Identity } from '../core/runs/identity';
import type { Target } from '../core/runs/port';

export { describeIdentity } from '../core/messages/identityText';
export { profileOf } from '../core/runs/identity';
export type { Identity } from '../core/runs/identity';

/** As whom a target's calls are signed, in the environment of this process. */
export const resolveIdentity = (target: Target): Identity => identityOf(target, process.env);
