import type * as account from './aws/account';

/** Entry of the second bundle, loaded on the first live call: everything that needs the AWS SDK. */
export { run } from './aws/run';
export { readyCall } from './aws/ready';
export { countTokens } from './aws/countTokens';
export type { TokenCount } from './aws/countTokens';
export { disposeClients } from './aws/clients';
export { callerIdentity } from './aws/caller';
export type { Caller } from './aws/caller';
export { useMfaQuestion } from './aws/signIn';
export { listProfiles, loginFor } from './aws/profiles';
export type { Profile, ProfileKind } from './aws/profiles';

/** Clients of the control planes are half as large as all else; the bundle holds them, and they are made ready when a person first asks. */
const later = (): Promise<typeof account> => import('./aws/account');

export const listModels: typeof account.listModels = async (...given) => (await later()).listModels(...given);
export const resolveModel: typeof account.resolveModel = async (...given) => (await later()).resolveModel(...given);
export const modelAccess: typeof account.modelAccess = async (...given) => (await later()).modelAccess(...given);
export const listStored: typeof account.listStored = async (...given) => (await later()).listStored(...given);
export const getStored: typeof account.getStored = async (...given) => (await later()).getStored(...given);
export const saveStored: typeof account.saveStored = async (...given) => (await later()).saveStored(...given);
