import { fromIni, fromNodeProviderChain } from '@aws-sdk/credential-providers';
import type { AwsCredentialIdentity, AwsCredentialIdentityProvider } from '@smithy/types';
import type { Identity } from './identity';

/** Marks what went wrong while signing in, so that it is not mistaken for the model service's answer. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  override readonly cause: unknown;
  constructor(cause: unknown) {
    super(cause instanceof Error ? cause.message : String(cause));
    this.cause = cause;
  }
}

const placeholder: AwsCredentialIdentity = { accessKeyId: 'CACHEPOINT', secretAccessKey: 'placeholder' };

/**
 * `fromIni` for a picked profile (keys, roles, SSO, `aws login`, process, web identity): unlike the chain it never goes on to another
 * source when the profile gives nothing, so a call is never made as someone else than the panel says. `ignoreCache` re-reads the
 * files, so that a new login is seen without restarting the editor.
 */
const providerOf = (identity: Identity): AwsCredentialIdentityProvider =>
  identity.kind === 'profile' ? fromIni({ profile: identity.profile, ignoreCache: true }) : fromNodeProviderChain({ ignoreCache: true });

/** The client's credentials; whatever the provider throws arrives as a `SignInError`. */
export const credentialsFor = (identity: Identity): AwsCredentialIdentity | AwsCredentialIdentityProvider => {
  if (identity.kind === 'placeholder') return placeholder;
  const provide = providerOf(identity);
  return async (options) => {
    try {
      return await provide(options);
    } catch (error) {
      throw new SignInError(error);
    }
  };
};
