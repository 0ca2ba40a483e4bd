/** Where credentials come from: what a profile names, or what a machine has. */
export const signInSources = [
  'profile',
  'environment',
  'sso',
  'login',
  'role',
  'webIdentity',
  'process',
  'container',
  'instance',
  'apiKey',
  'sts',
] as const;

export type SignInSource = (typeof signInSources)[number];

/**
 * Why a source gave none. What each means of a source stands in `messages/signInFailures`; few of them can be said of every source.
 * `notFound`: the profile, program or file that is named is not there; `incomplete`: what is named is not enough; `loop`: roles lead back to
 * themselves; `expired`: a login that has ended, `revoked`: one that was ended; `denied`: this person may not; `invalid`: keys are refused;
 * `regionOff`: the account has not switched the Region on; `certificate`: TLS is not trusted; `version`, `garbage`, `failed`: of a program;
 * `mfaMissing`, `mfaRefused`: the code; `malformed`: a character that no header may hold.
 */
export const signInReasons = [
  'notFound',
  'incomplete',
  'loop',
  'expired',
  'revoked',
  'denied',
  'invalid',
  'throttled',
  'regionOff',
  'unavailable',
  'unreachable',
  'certificate',
  'timeout',
  'mfaMissing',
  'mfaRefused',
  'version',
  'garbage',
  'failed',
  'malformed',
] as const;

export type SignInReason = (typeof signInReasons)[number];

export interface SignInFault {
  readonly source: SignInSource;
  readonly reason: SignInReason;
  /** What the sentence is about, where there is one: a profile, a role's ARN, a host, a Region, the path of a file, a status. Never a command line. */
  readonly subject: string | undefined;
}
