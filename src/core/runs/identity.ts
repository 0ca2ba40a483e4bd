import type { Target } from './port';
import { secret, type Secret } from './secret';

/** As whom a target's calls are signed; decided from the target and the environment alone, before anything is read or sent. */
export type Identity =
  /** A fixed pair that is no one's: for this machine's emulator and for plain http, where a real identity must not travel. */
  | { readonly kind: 'placeholder' }
  | { readonly kind: 'profile'; readonly profile: string }
  /** An Amazon Bedrock API key: `kept` in the editor, or in the environment. */
  | { readonly kind: 'bearer'; readonly from: 'kept' | 'environment'; readonly token: Secret }
  | { readonly kind: 'chain'; readonly from: 'profile' | 'environment' | 'other'; readonly profile: string | undefined };

export type Environment = Readonly<Record<string, string | undefined>>;

const isPlainHttp = (endpoint: string | undefined): boolean => endpoint !== undefined && /^http:/i.test(endpoint);

/**
 * An API key that was chosen, and then a picked profile, win over everything in the environment; without one the order is the SDK's own:
 * AWS_BEARER_TOKEN_BEDROCK, AWS_PROFILE, access keys in the environment, the rest of the default chain.
 */
export const identityOf = (target: Target, environment: Environment): Identity => {
  if (target.service === 'emulator') return { kind: 'placeholder' };
  if (target.service === 'custom' && isPlainHttp(target.endpoint)) return { kind: 'placeholder' };
  if (target.apiKey !== undefined) return { kind: 'bearer', from: 'kept', token: target.apiKey };
  if (target.profile !== undefined) return { kind: 'profile', profile: target.profile };
  const token = environment['AWS_BEARER_TOKEN_BEDROCK'];
  if (token) return { kind: 'bearer', from: 'environment', token: secret(token) };
  const profile = environment['AWS_PROFILE'];
  if (profile) return { kind: 'chain', from: 'profile', profile };
  const hasKeys = Boolean(environment['AWS_ACCESS_KEY_ID'] && environment['AWS_SECRET_ACCESS_KEY']);
  return { kind: 'chain', from: hasKeys ? 'environment' : 'other', profile: undefined };
};

/** The profile whose files an identity comes from; `undefined`: none was named. */
export const profileOf = (identity: Identity): string | undefined =>
  identity.kind === 'profile' || identity.kind === 'chain' ? identity.profile : undefined;

/** Whose keys they are, as far as their source or AWS said it. */
export interface Owner {
  readonly accountId?: string | undefined;
  /** Name of the role, without its path. */
  readonly role?: string | undefined;
}
