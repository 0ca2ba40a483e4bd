import { AssumeRoleCommand, AssumeRoleWithWebIdentityCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import type { Credentials } from '@aws-sdk/client-sts';
import { readFile } from 'node:fs/promises';
import type { SignInReason, SignInSource } from '../core/runs/signIn';
import { readError } from './errors';
import type { SignInCalls } from './signInCalls';
import { signInError } from './signInError';
import type { SignedKeys } from './signedKeys';
import type { Source } from './sources';

type Of<K extends Source['kind']> = Extract<Source, { readonly kind: K }>;

/** Seen in CloudTrail as the name of the session, where the profile gives none. */
const ownSessionName = 'cachepoint';

const createClient = (region: string, calls: SignInCalls, keys: SignedKeys | undefined): STSClient =>
  new STSClient({
    region,
    // Never read from the files or the environment: what is asked as whom is decided here.
    credentials: keys ?? { accessKeyId: '', secretAccessKey: '' },
    ignoreConfiguredEndpointUrls: true,
    requestHandler: calls.requestHandler,
    maxAttempts: 2,
    defaultsMode: 'standard',
    userAgentAppId: 'cachepoint',
  });

const reasons: Readonly<Record<string, SignInReason>> = {
  AccessDenied: 'denied',
  AccessDeniedException: 'denied',
  RegionDisabledException: 'regionOff',
  Throttling: 'throttled',
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  ExpiredToken: 'expired',
  ExpiredTokenException: 'expired',
  InvalidIdentityToken: 'invalid',
  InvalidIdentityTokenException: 'invalid',
  IDPRejectedClaimException: 'denied',
  IDPRejectedClaim: 'denied',
  IDPCommunicationErrorException: 'unavailable',
  IDPCommunicationError: 'unavailable',
  InvalidClientTokenId: 'invalid',
  SignatureDoesNotMatch: 'invalid',
};

const reasonOf = (error: unknown, calls: SignInCalls): SignInReason => {
  const { name, message } = readError(error);
  if (/MultiFactorAuthentication failed/i.test(message)) return 'mfaRefused';
  const named = Object.hasOwn(reasons, name) ? reasons[name] : undefined;
  return named ?? calls.reason() ?? (calls.last?.status === 403 ? 'denied' : 'failed');
};

/** What a sentence about the failure must name. */
const subjectOf = (reason: SignInReason, roleArn: string, region: string, calls: SignInCalls): string => {
  if (reason === 'regionOff') return region;
  const ofCall = reason === 'unreachable' || reason === 'certificate' || reason === 'unavailable' || reason === 'timeout';
  return ofCall ? (calls.about(reason) ?? region) : roleArn;
};

/** `arn:aws:sts::111122223333:assumed-role/Dev/session`: the account and the role. */
const whoIs = (arn: string | undefined): Pick<SignedKeys, 'accountId' | 'role'> => {
  const [, accountId, role] = /^arn:[\w-]+:sts::(\d{12}):assumed-role\/([^/]+)\//.exec(arn ?? '') ?? [];
  return accountId === undefined ? {} : { accountId, role };
};

const signedKeys = (credentials: Credentials | undefined, arn: string | undefined, source: SignInSource): SignedKeys => {
  const {
    AccessKeyId: accessKeyId,
    SecretAccessKey: secretAccessKey,
    SessionToken: sessionToken,
    Expiration: expiration,
  } = credentials ?? {};
  if (accessKeyId === undefined || secretAccessKey === undefined) throw signInError(source, 'failed');
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiration === undefined ? {} : { expiration }),
    ...whoIs(arn),
  };
};

/** A role that the keys of another source may take. `askMfa` gives the code of a device, or nothing where the person turned back. */
export const fromRole = async (
  role: Of<'role'>,
  base: SignedKeys,
  stsRegion: string,
  calls: SignInCalls,
  askMfa: (serial: string) => Promise<string | undefined>,
): Promise<SignedKeys> => {
  const { roleArn, mfaSerial } = role;
  const region = role.region ?? stsRegion;
  const code = mfaSerial === undefined ? undefined : (await askMfa(mfaSerial))?.trim();
  if (mfaSerial !== undefined && !code) throw signInError('role', 'mfaMissing', roleArn);
  const client = createClient(region, calls, base);
  try {
    const answer = await client.send(
      new AssumeRoleCommand({
        RoleArn: roleArn,
        RoleSessionName: role.sessionName ?? ownSessionName,
        ExternalId: role.externalId,
        DurationSeconds: role.durationSeconds,
        SerialNumber: mfaSerial,
        TokenCode: code,
      }),
    );
    return signedKeys(answer.Credentials, answer.AssumedRoleUser?.Arn, 'role');
  } catch (error) {
    const reason = reasonOf(error, calls);
    throw signInError('role', reason, subjectOf(reason, roleArn, region, calls), readError(error).message);
  }
};

/** A role by the token in a file, which Kubernetes and CI systems write. */
export const fromWebIdentity = async (
  { tokenFile, roleArn, sessionName }: Of<'webIdentity'>,
  region: string,
  calls: SignInCalls,
): Promise<SignedKeys> => {
  const token = await readFile(tokenFile, 'utf8').catch((error: unknown) => {
    throw signInError('webIdentity', 'notFound', tokenFile, readError(error).code);
  });
  const client = createClient(region, calls, undefined);
  try {
    const command = new AssumeRoleWithWebIdentityCommand({
      RoleArn: roleArn,
      RoleSessionName: sessionName ?? ownSessionName,
      WebIdentityToken: token.trim(),
    });
    const answer = await client.send(command);
    return signedKeys(answer.Credentials, answer.AssumedRoleUser?.Arn, 'webIdentity');
  } catch (error) {
    const reason = reasonOf(error, calls);
    throw signInError('webIdentity', reason, subjectOf(reason, roleArn, region, calls), readError(error).message);
  }
};

/** Whose keys these are. */
export const askCaller = async (
  keys: SignedKeys,
  region: string,
  calls: SignInCalls,
): Promise<Pick<SignedKeys, 'accountId' | 'role'> & { readonly arn: string | undefined }> => {
  try {
    const { Account: account, Arn: arn } = await createClient(region, calls, keys).send(new GetCallerIdentityCommand({}));
    return { ...whoIs(arn), ...(account === undefined ? {} : { accountId: account }), arn };
  } catch (error) {
    const reason = reasonOf(error, calls);
    throw signInError('sts', reason, subjectOf(reason, 'GetCallerIdentity', region, calls), readError(error).message);
  }
};
