import type { SignInFault, SignInReason, SignInSource } from '../core/runs/signIn';
import { isConnecting, readError } from './errors';

/** Signing in failed, so that the model service was not asked. Its message is for the details, and holds no secret. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  constructor(
    readonly fault: SignInFault,
    message = '',
  ) {
    super(message);
  }
}

export const signInError = (source: SignInSource, reason: SignInReason, subject?: string, message = ''): SignInError =>
  new SignInError({ source, reason, subject }, message);

const untrusted = /^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|ERR_TLS_CERT)/;

/** Why no answer came, by the codes of Node's network and TLS. */
export const connectionReason = (error: unknown): SignInReason => {
  const facts = readError(error);
  const { code, name, syscall } = facts;
  if (code !== undefined && untrusted.test(code)) return 'certificate';
  // The handler gives this name to its own limits, and to connections that were refused or reset.
  const ownLimit = name === 'TimeoutError' && syscall === undefined && (code === undefined || code === 'ETIMEDOUT');
  return ownLimit && !isConnecting(facts) ? 'timeout' : 'unreachable';
};

/** What a status means whichever sign-in service gave it; `undefined`: that depends on the service. */
export const statusReason = (status: number): SignInReason | undefined => {
  if (status === 429) return 'throttled';
  return status >= 500 ? 'unavailable' : undefined;
};
