/** Entry of the second bundle, loaded on the first live call: everything that needs the AWS SDK. */
export { run } from './aws/run';
export { countTokens } from './aws/countTokens';
export type { TokenCount } from './aws/countTokens';
export { disposeClients } from './aws/clients';
export { callerIdentity } from './aws/caller';
export type { Caller } from './aws/caller';
export { useMfaQuestion } from './aws/signIn';
export { listProfiles, loginFor } from './aws/profiles';
export type { Profile, ProfileKind } from './aws/profiles';
