import { serviceText } from '../core/messages/serviceText';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { signInError } from './signInError';
import type { SignedKeys } from './signedKeys';

/** Credentials are a few hundred bytes. */
const maxOutput = 1_000_000;

const isWindows = process.platform === 'win32';

/** Ends the shell and what it started: a program that goes on would hold the profile for ever. */
const endTree = ({ pid }: ChildProcess): void => {
  if (pid === undefined) return;
  if (isWindows) {
    spawn('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore', windowsHide: true });
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself meanwhile.
  }
};

/** What the program writes, once it has ended well. Its command line and its standard error are nobody's to show: both may hold secrets. */
const outputOf = (command: string, signal: AbortSignal): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(command, {
      shell: true,
      // A group of its own, so that it can be ended as a whole.
      detached: !isWindows,
      windowsHide: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const parts: Buffer[] = [];
    let length = 0;
    const abort = (): void => {
      endTree(child);
      reject(signal.reason as Error);
    };
    const settle = (work: () => void): void => {
      signal.removeEventListener('abort', abort);
      work();
    };
    child.stdout.on('data', (part: Buffer) => {
      parts.push(part);
      length += part.length;
      if (length <= maxOutput) return;
      endTree(child);
      settle(() => reject(signInError('process', 'garbage')));
    });
    child.once('error', () => settle(() => reject(signInError('process', 'notFound'))));
    child.once('close', (code) =>
      settle(() => {
        if (code === 0) resolve(Buffer.concat(parts).toString('utf8'));
        // What a shell says when there is no such program.
        else if (code === 127 || (isWindows && code === 9009)) reject(signInError('process', 'notFound'));
        else reject(signInError('process', 'failed', code === null ? serviceText.bySignal : serviceText.byCode(code)));
      }),
    );
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort, { once: true });
  });

const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** Reads what the program wrote: version 1 of what the AWS CLI's guide describes. */
const readOutput = (output: string, accountId: string | undefined): SignedKeys => {
  let data: unknown;
  try {
    data = JSON.parse(output.trim());
  } catch {
    throw signInError('process', 'garbage');
  }
  if (typeof data !== 'object' || data === null) throw signInError('process', 'garbage');
  const of = (name: string): unknown => Reflect.get(data, name) as unknown;
  const version = of('Version');
  if (version !== 1) throw signInError('process', 'version', typeof version === 'number' ? String(version) : 'none');
  const [accessKeyId, secretAccessKey] = [text(of('AccessKeyId')), text(of('SecretAccessKey'))];
  if (accessKeyId === undefined || secretAccessKey === undefined) throw signInError('process', 'incomplete');
  const [sessionToken, until, account] = [text(of('SessionToken')), text(of('Expiration')), text(of('AccountId')) ?? accountId];
  const expiration = until === undefined ? undefined : new Date(until);
  if (expiration !== undefined && !(expiration.getTime() > Date.now())) throw signInError('process', 'expired');
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(expiration === undefined ? {} : { expiration }),
    ...(account === undefined ? {} : { accountId: account }),
  };
};

/** Runs a `credential_process`. When the signal aborts, the program is ended. */
export const fromCredentialProcess = async (command: string, accountId: string | undefined, signal: AbortSignal): Promise<SignedKeys> =>
  readOutput(await outputOf(command, signal), accountId);
