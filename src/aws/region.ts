import { serviceText } from '../core/messages/serviceText';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { loadSharedConfigFiles } from '@smithy/core/config';
import type { Target } from '../core/runs/port';
import { profileOf } from './identity';
import type { Identity } from './identity';

/** The SDK wants a region in every signature; the emulator ignores it. */
const placeholderRegion = 'us-east-1';

const nonEmpty = (value: string | undefined): string | undefined => (value === undefined || value === '' ? undefined : value);

/** The region a profile names. Read afresh each time: the SDK would otherwise keep the first reading for the life of the process. */
const profileRegion = async (profile: string): Promise<string | undefined> => {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  return nonEmpty(configFile[profile]?.['region']) ?? nonEmpty(credentialsFile[profile]?.['region']);
};

/**
 * The region of a call: the setting, then the picked profile's, then AWS_REGION or AWS_DEFAULT_REGION, then that of the profile
 * the environment names (`default` if none). `undefined`: none of them says one. Reads no file for a placeholder identity.
 */
export const resolveRegion = async (target: Target, identity: Identity): Promise<string | undefined> => {
  const chosen = nonEmpty(target.region);
  if (chosen !== undefined) return chosen;
  if (identity.kind === 'placeholder') return placeholderRegion;
  const picked = identity.kind === 'profile' ? await profileRegion(identity.profile) : undefined;
  if (picked !== undefined) return picked;
  const fromEnvironment = nonEmpty(process.env['AWS_REGION']) ?? nonEmpty(process.env['AWS_DEFAULT_REGION']);
  if (fromEnvironment !== undefined || identity.kind === 'profile') return fromEnvironment;
  return profileRegion(profileOf(identity) ?? nonEmpty(process.env['AWS_PROFILE']) ?? 'default');
};

/** Addresses that the SDK gave, by Region: it takes a client to ask. */
const addresses = new Map<string, string>();

/** The SDK's own address of a Region, in any partition. */
const regionalAddress = (region: string): string => {
  const known = addresses.get(region);
  if (known !== undefined) return known;
  const { config } = new BedrockRuntimeClient({ region, credentials: { accessKeyId: '', secretAccessKey: '' } });
  const { origin } = config.endpointProvider({ Region: region, UseFIPS: false, UseDualStack: false }).url;
  addresses.set(region, origin);
  return origin;
};

/** The address as shown to a person: scheme, host and port, without a user name or a query. */
export const addressOf = (target: Target, region: string | undefined): string => {
  if (target.endpoint !== undefined) return URL.canParse(target.endpoint) ? new URL(target.endpoint).origin : target.endpoint;
  return region === undefined ? serviceText.bedrock : regionalAddress(region);
};
