import type { SignInFault } from '../core/runs/signIn';

/** One section of the shared files, by its keys. */
export type Section = Readonly<Record<string, string | undefined>>;
export type Sections = Readonly<Record<string, Section>>;

export interface Keys {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
  readonly accountId?: string;
}

/** Where credentials come from, decided from the shared files alone; nothing has been asked yet. */
export type Source =
  | { readonly kind: 'keys'; readonly keys: Keys }
  | { readonly kind: 'environment' }
  | { readonly kind: 'container' }
  | { readonly kind: 'instance' }
  /** Run by a shell, as the AWS CLI does. Never shown. */
  | { readonly kind: 'process'; readonly command: string; readonly accountId: string | undefined }
  | { readonly kind: 'sso'; readonly profile: string; readonly account: string | undefined; readonly role: string | undefined }
  | { readonly kind: 'login'; readonly profile: string }
  | { readonly kind: 'webIdentity'; readonly tokenFile: string; readonly roleArn: string; readonly sessionName: string | undefined }
  | {
      readonly kind: 'role';
      readonly roleArn: string;
      readonly sessionName: string | undefined;
      readonly externalId: string | undefined;
      readonly durationSeconds: number;
      /** Serial number or ARN of the device whose code the role asks for. */
      readonly mfaSerial: string | undefined;
      /** The profile's own Region, for STS. */
      readonly region: string | undefined;
      readonly base: Source;
    };

export const isFault = (source: Source | SignInFault): source is SignInFault => 'reason' in source;

const fault = (source: SignInFault['source'], reason: SignInFault['reason'], subject: string): SignInFault => ({ source, reason, subject });

const keysOf = (section: Section): Source | undefined => {
  const {
    aws_access_key_id: accessKeyId,
    aws_secret_access_key: secretAccessKey,
    aws_session_token: token,
    aws_account_id: account,
  } = section;
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined;
  return {
    kind: 'keys',
    keys: {
      accessKeyId,
      secretAccessKey,
      ...(token === undefined ? {} : { sessionToken: token }),
      ...(account === undefined ? {} : { accountId: account }),
    },
  };
};

const ssoKeys = ['sso_session', 'sso_start_url', 'sso_account_id', 'sso_region', 'sso_role_name'];

/** What `credential_source` may name. */
const machineSources: Readonly<Record<string, Source>> = {
  Environment: { kind: 'environment' },
  EcsContainer: { kind: 'container' },
  Ec2InstanceMetadata: { kind: 'instance' },
};

/** STS takes no less than a quarter of an hour, and gives an hour where nothing is asked for. */
const defaultDurationSeconds = 3600;

/** The source of one profile, in the order in which the AWS SDK looks at its keys; `seen` are the profiles that led here. */
const sourceIn = (name: string, sections: Sections, seen: readonly string[]): Source | SignInFault => {
  const section = Object.hasOwn(sections, name) ? sections[name] : undefined;
  if (section === undefined) return fault('profile', 'notFound', name);
  const { role_arn: roleArn, source_profile: sourceProfile, credential_source: machine, web_identity_token_file: tokenFile } = section;
  const own = keysOf(section);
  // A profile that another one names gives its own keys, even where it names a role too.
  if (seen.length > 0 && own !== undefined) return own;
  const assumes = roleArn !== undefined && (sourceProfile === undefined) !== (machine === undefined);
  if (assumes || (seen.length > 0 && roleArn === undefined && machine !== undefined)) {
    if (sourceProfile !== undefined && seen.includes(sourceProfile)) return fault('role', 'loop', [...seen, sourceProfile].join(' → '));
    const base =
      sourceProfile === undefined
        ? (machineSources[machine ?? ''] ?? fault('profile', 'incomplete', name))
        : sourceIn(sourceProfile, sections, [...seen, sourceProfile]);
    if (isFault(base) || roleArn === undefined) return base;
    return {
      kind: 'role',
      roleArn,
      sessionName: section['role_session_name'],
      externalId: section['external_id'],
      durationSeconds: Number(section['duration_seconds']) || defaultDurationSeconds,
      mfaSerial: section['mfa_serial'],
      region: section['region'],
      base,
    };
  }
  if (own !== undefined) return own;
  if (tokenFile !== undefined && roleArn !== undefined)
    return { kind: 'webIdentity', tokenFile, roleArn, sessionName: section['role_session_name'] };
  if (section['credential_process'] !== undefined)
    return { kind: 'process', command: section['credential_process'], accountId: section['aws_account_id'] };
  if (ssoKeys.some((key) => section[key] !== undefined))
    return { kind: 'sso', profile: name, account: section['sso_account_id'], role: section['sso_role_name'] };
  if (section['login_session'] !== undefined) return { kind: 'login', profile: name };
  return fault('profile', 'incomplete', name);
};

/** Where a profile's credentials come from, or why it has none. */
export const sourceOf = (profile: string, sections: Sections): Source | SignInFault => sourceIn(profile, sections, []);

type Environment = Readonly<Record<string, string | undefined>>;

const isSet = (value: string | undefined): boolean => value !== undefined && value.trim() !== '';

/** Where credentials come from when no profile is chosen or named: the order of the SDK's default chain. The last is asked in any case. */
export const chainSource = (sections: Sections, environment: Environment): Source | SignInFault => {
  if (isSet(environment['AWS_ACCESS_KEY_ID']) && isSet(environment['AWS_SECRET_ACCESS_KEY'])) return { kind: 'environment' };
  const byDefault = sourceOf('default', sections);
  // A default profile that names a source is meant, also where that source is broken; one with a Region alone is not.
  if (!isFault(byDefault) || byDefault.subject !== 'default') return byDefault;
  const { AWS_WEB_IDENTITY_TOKEN_FILE: tokenFile, AWS_ROLE_ARN: roleArn } = environment;
  if (tokenFile !== undefined && roleArn !== undefined)
    return { kind: 'webIdentity', tokenFile, roleArn, sessionName: environment['AWS_ROLE_SESSION_NAME'] };
  if (isSet(environment['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI']) || isSet(environment['AWS_CONTAINER_CREDENTIALS_FULL_URI']))
    return { kind: 'container' };
  return { kind: 'instance' };
};

/** Section names with a dot before the name of a profile are no profiles: `sso-session.corp`. */
export const isProfileName = (name: string): boolean => !/^(sso-session|services)\./.test(name);
