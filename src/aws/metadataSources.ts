import { fromHttp, fromInstanceMetadata } from '@aws-sdk/credential-providers';
import { readError } from './errors';
import { signInError } from './signInError';
import type { SignedKeys } from './signedKeys';

/** Both services are on this machine's own network and answer at once, or not at all. Milliseconds. */
const limits = { timeout: 1_000, maxRetries: 0 };

/** The credentials of a container or of a pod, by the address in the environment. Throws where that address is none that credentials may come from. */
export const fromContainer = async (): Promise<SignedKeys> => {
  try {
    return await fromHttp(limits)();
  } catch (error) {
    const { message } = readError(error);
    const status = /responded with status: (\d{3})/.exec(message)?.[1];
    if (status !== undefined) throw signInError('container', Number(status) >= 500 ? 'unavailable' : 'denied', `HTTP ${status}`, message);
    if (/not accepted|No HTTP credential provider host/i.test(message)) throw signInError('container', 'incomplete', undefined, message);
    if (/ENOENT|EACCES/.test(message)) throw signInError('container', 'notFound', 'AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE', message);
    throw signInError('container', /not of the required format|JSON/i.test(message) ? 'garbage' : 'unreachable', undefined, message);
  }
};

/** The credentials of an EC2 instance, by its metadata service. */
export const fromInstance = async (): Promise<SignedKeys> => {
  // The SDK's chain looks at this; its provider of the metadata service alone does not.
  if (process.env['AWS_EC2_METADATA_DISABLED']?.toLowerCase() === 'true')
    throw signInError('instance', 'unreachable', 'AWS_EC2_METADATA_DISABLED');
  try {
    return await fromInstanceMetadata(limits)();
  } catch (error) {
    const { message, cause } = readError(error);
    const status = Reflect.get(Object(error) as object, 'statusCode') as unknown;
    const refused = typeof status === 'number' && status >= 400;
    throw signInError(
      'instance',
      refused ? 'denied' : 'unreachable',
      refused ? `HTTP ${status}` : undefined,
      message || readError(cause).message,
    );
  }
};
