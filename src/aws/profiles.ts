import { loadSharedConfigFiles } from '@smithy/core/config';

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

/** `loadSharedConfigFiles` also returns sections that are no profiles, as `sso-session.name`. */
const isProfileName = (name: string): boolean => !/^(sso-session|services)\./.test(name);

/** All profiles of the shared config and credentials files, `default` first, then by name. Missing or broken files give none. */
export const listProfiles = async (): Promise<readonly Profile[]> => {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = [...new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)])].filter(isProfileName);
  const order = (name: string): string => (name === 'default' ? '' : name);
  return names
    .sort((left, right) => order(left).localeCompare(order(right)))
    .map((name) => {
      const keys = { ...configFile[name], ...credentialsFile[name] };
      const kind = kindKeys.find(({ key }) => keys[key] !== undefined)?.kind ?? 'other';
      return { name, region: configFile[name]?.['region'] ?? credentialsFile[name]?.['region'], kind };
    });
};
