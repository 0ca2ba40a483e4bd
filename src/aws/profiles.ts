import { readSections } from './signIn';
import { isFault, isProfileName, sourceOf } from './sources';
import type { Source } from './sources';

export type ProfileKind = 'sso' | 'keys' | 'role' | 'process' | 'login' | 'other';

/** A profile of the shared AWS files, for choosing one; without any secret value. */
export interface Profile {
  readonly name: string;
  readonly region: string | undefined;
  readonly kind: ProfileKind;
}

/** Which key in a profile tells its kind, in the order in which the SDK tries them. */
const kindKeys: readonly { readonly key: string; readonly kind: ProfileKind }[] = [
  { key: 'role_arn', kind: 'role' },
  { key: 'aws_access_key_id', kind: 'keys' },
  { key: 'credential_process', kind: 'process' },
  { key: 'sso_session', kind: 'sso' },
  { key: 'sso_account_id', kind: 'sso' },
  { key: 'sso_start_url', kind: 'sso' },
  { key: 'login_session', kind: 'login' },
];

/** All profiles of the shared config and credentials files, `default` first, then by name. Missing or broken files give none. */
export const listProfiles = async (): Promise<readonly Profile[]> => {
  const sections = await readSections();
  const order = (name: string): string => (name === 'default' ? '' : name);
  return Object.entries(sections)
    .filter(([name]) => isProfileName(name))
    .sort(([left], [right]) => order(left).localeCompare(order(right)))
    .map(([name, keys]) => {
      const kind = kindKeys.find(({ key }) => keys[key] !== undefined)?.kind ?? 'other';
      return { name, region: keys['region'], kind };
    });
};

/** How the AWS CLI signs in, and the profile that it is told. */
export interface LoginCommand {
  readonly command: 'sso' | 'login';
  readonly profile: string;
}

const loginOf = (source: Source): LoginCommand | undefined => {
  if (source.kind === 'role') return loginOf(source.base);
  return source.kind === 'sso' || source.kind === 'login' ? { command: source.kind, profile: source.profile } : undefined;
};

/** How to sign in for a profile, or where none is chosen for the one that the environment names; `undefined`: its keys come from elsewhere. */
export const loginFor = async (profile: string | undefined): Promise<LoginCommand | undefined> => {
  const source = sourceOf(profile ?? (process.env['AWS_PROFILE'] || 'default'), await readSections());
  return isFault(source) ? undefined : loginOf(source);
};
