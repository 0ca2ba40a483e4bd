import { serviceText } from '../core/messages/serviceText';
import { fromLoginCredentials, fromSSO } from '@aws-sdk/credential-providers';
import type { SignInReason } from '../core/runs/signIn';
import { readError } from './errors';
import type { SignInCalls } from './signInCalls';
import { signInError } from './signInError';
import type { SignedKeys } from './signedKeys';
import type { Source } from './sources';

type Of<K extends Source['kind']> = Extract<Source, { readonly kind: K }>;

const clientConfig = ({ requestHandler }: SignInCalls) => ({ requestHandler, maxAttempts: 2, userAgentAppId: 'cachepoint' });

const isPortal = (host: string): boolean => host.startsWith('portal.sso.');

const portalReason = (status: number): SignInReason => {
  if (status === 401) return 'revoked';
  // 403 and 404: the account or the role was taken away.
  return status === 403 || status === 404 ? 'denied' : 'failed';
};

/**
 * A role of IAM Identity Center, by the token that `aws sso login` left in `~/.aws/sso/cache`; the SDK itself refreshes that token there when it is
 * about to end. The files are read again, so that a new login is seen.
 */
export const fromSso = async ({ profile, account, role }: Of<'sso'>, calls: SignInCalls): Promise<SignedKeys> => {
  try {
    const keys = await fromSSO({ profile, ignoreCache: true, clientConfig: clientConfig(calls) })();
    return { ...keys, ...(account === undefined ? {} : { accountId: account }), role };
  } catch (error) {
    const { message } = readError(error);
    const { last } = calls;
    const general = calls.reason();
    if (general !== undefined) throw signInError('sso', general, calls.about(general), message);
    if (last?.status !== undefined && isPortal(last.host)) {
      const reason = portalReason(last.status);
      const subject = { denied: serviceText.roleOfAccount(role ?? '', account ?? ''), failed: `HTTP ${last.status}` };
      throw signInError('sso', reason, reason === 'denied' || reason === 'failed' ? subject[reason] : profile, message);
    }
    // A refresh that the service refused ends as a token that has expired; a session that is not in the file, as a mistake of the SDK.
    throw signInError(
      'sso',
      /missing|incomplete|could not be found in|properties of undefined/i.test(message) ? 'incomplete' : 'expired',
      profile,
      message,
    );
  }
};

/** The words by which the SDK's provider tells what the sign-in service answered. */
const loginReasons: readonly (readonly [RegExp, SignInReason])[] = [
  [/change in your password/i, 'revoked'],
  [/insufficient permissions/i, 'denied'],
];

/** Console credentials by `aws login`. The SDK keeps the refreshed token in `~/.aws/login/cache`. */
export const fromLogin = async ({ profile }: Of<'login'>, calls: SignInCalls): Promise<SignedKeys> => {
  try {
    return await fromLoginCredentials({ profile, ignoreCache: true, clientConfig: clientConfig(calls) })();
  } catch (error) {
    const { message } = readError(error);
    const general = calls.reason();
    if (general !== undefined) throw signInError('login', general, calls.about(general), message);
    throw signInError('login', loginReasons.find(([words]) => words.test(message))?.[1] ?? 'expired', profile, message);
  }
};
