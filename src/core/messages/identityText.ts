import type { Identity, Owner } from '../runs/identity';

const named = (identity: Identity): string => {
  switch (identity.kind) {
    case 'placeholder':
      return 'no AWS identity';
    case 'profile':
      return `profile ${identity.profile}`;
    case 'bearer':
      return identity.from === 'kept' ? 'Bedrock API key kept in the editor' : 'AWS_BEARER_TOKEN_BEDROCK';
    case 'chain':
      if (identity.from === 'profile') return `profile ${identity.profile ?? ''} (AWS_PROFILE)`;
      return identity.from === 'environment' ? 'environment credentials' : 'default chain';
  }
};

/** The identity in a few words for the panel, with account and role once they are known; never a key or a token. */
export const describeIdentity = (identity: Identity, { accountId, role }: Owner = {}): string => {
  const owner = [accountId === undefined ? '' : `account ${accountId}`, role === undefined ? '' : `role ${role}`].filter(
    (part) => part !== '',
  );
  return owner.length === 0 ? named(identity) : `${named(identity)}, ${owner.join(', ')}`;
};
