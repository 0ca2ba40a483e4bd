import type { AwsCredentialIdentity } from '@smithy/types';

/** Keys to sign with, and whose they are where the source says so. */
export interface SignedKeys extends AwsCredentialIdentity {
  /** Name of the role, without its path. */
  readonly role?: string | undefined;
}
