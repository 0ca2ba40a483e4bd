import { loadSharedConfigFiles } from '@smithy/core/config';
import { createHash } from 'node:crypto';
import { isSendable, readApiKey } from '../core/runs/apiKey';
import type { Network } from '../core/runs/port';
import type { SignInFault } from '../core/runs/signIn';
import { untilAborted } from './abort';
import { fromCredentialProcess } from './credentialProcess';
import type { Identity } from './identity';
import { fromContainer, fromInstance } from './metadataSources';
import type { SignedKeys } from './signedKeys';
import { createSignInCalls } from './signInCalls';
import type { SignInCalls } from './signInCalls';
import { SignInError, signInError } from './signInError';
import { chainSource, isFault, sourceOf } from './sources';
import type { Section, Sections, Source } from './sources';
import { fromLogin, fromSso } from './ssoSources';
import { fromRole, fromWebIdentity } from './stsSources';

/** What a call is signed with. */
export type Signed = { readonly kind: 'keys'; readonly keys: SignedKeys } | { readonly kind: 'token'; readonly token: string };

export interface SignInOptions {
  /** The Region of the call; roles without one of their own are asked for there. */
  readonly region: string;
  readonly signal: AbortSignal;
  /** Milliseconds for everything but a person's answer. */
  readonly limitMs: number;
  readonly network: Network | undefined;
}

const placeholder: SignedKeys = { accessKeyId: 'CACHEPOINT', secretAccessKey: 'placeholder' };

/** All profiles of both shared files, read again; in a key that both have, the credentials file wins. Files that are missing or broken have none. */
export const readSections = async (): Promise<Sections> => {
  const { configFile, credentialsFile } = await loadSharedConfigFiles({ ignoreCache: true });
  const names = new Set([...Object.keys(configFile), ...Object.keys(credentialsFile)]);
  return Object.fromEntries([...names].map((name): [string, Section] => [name, { ...configFile[name], ...credentialsFile[name] }]));
};

type AskMfa = (serial: string) => Promise<string | undefined>;

let askPerson: AskMfa = () => Promise.resolve(undefined);

/** Who asks a person for the code of a device; without one, roles that want a code are refused. */
export const useMfaQuestion = (ask: AskMfa): void => {
  askPerson = ask;
};

const trimmed = (name: string): string | undefined => process.env[name]?.trim() || undefined;

const fromEnvironment = (): SignedKeys => {
  const [accessKeyId, secretAccessKey] = [trimmed('AWS_ACCESS_KEY_ID'), trimmed('AWS_SECRET_ACCESS_KEY')];
  if (accessKeyId === undefined || secretAccessKey === undefined) throw signInError('environment', 'incomplete');
  const [sessionToken, accountId] = [trimmed('AWS_SESSION_TOKEN'), trimmed('AWS_ACCOUNT_ID')];
  return {
    accessKeyId,
    secretAccessKey,
    ...(sessionToken === undefined ? {} : { sessionToken }),
    ...(accountId === undefined ? {} : { accountId }),
  };
};

/** A time limit that stands still while a person is asked. */
const createLimit = (limitMs: number, signal: AbortSignal) => {
  const controller = new AbortController();
  let left = limitMs;
  let since = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let current: Source['kind'] = 'environment';
  const start = (): void => {
    since = performance.now();
    timer = setTimeout(
      () => controller.abort(signInError(current === 'keys' ? 'profile' : current, 'timeout', `${Math.round(limitMs / 1000)} s`)),
      left,
    );
  };
  const stop = (): void => {
    clearTimeout(timer);
    left -= performance.now() - since;
  };
  const abort = (): void => controller.abort(signal.reason);
  if (signal.aborted) abort();
  else signal.addEventListener('abort', abort, { once: true });
  start();
  return {
    signal: controller.signal,
    at: (source: Source['kind']): void => void (current = source),
    asking: async <T>(question: () => Promise<T>): Promise<T> => {
      stop();
      try {
        return await question();
      } finally {
        start();
      }
    },
    end: (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', abort);
      // Whatever is still under way, as a program that hangs, is ended.
      controller.abort();
    },
  };
};

type Limit = ReturnType<typeof createLimit>;

/** Keys that were given for a while, by what they were asked for. Those that end are kept until shortly before, the others for this session. */
const kept = new Map<string, SignedKeys>();

/** The SDK, too, takes keys for spent that end within five minutes. */
const marginMs = 300_000;

const isFresh = ({ expiration }: SignedKeys): boolean => expiration === undefined || expiration.getTime() - Date.now() > marginMs;

const keyOf = (source: Source, region: string): string =>
  createHash('sha256')
    .update(JSON.stringify([source, region]))
    .digest('hex');

/** Reading these again costs nothing, and shows what changed. */
const isReadEachTime = ({ kind }: Source): boolean => kind === 'keys' || kind === 'environment';

const ask = async (source: Source, region: string, limit: Limit, calls: SignInCalls): Promise<SignedKeys> => {
  if (isReadEachTime(source)) return askOnce(source, region, limit, calls);
  const key = keyOf(source, region);
  const known = kept.get(key);
  if (known !== undefined && isFresh(known)) return known;
  const keys = await askOnce(source, region, limit, calls);
  kept.set(key, keys);
  return keys;
};

const askOnce = async (source: Source, region: string, limit: Limit, calls: SignInCalls): Promise<SignedKeys> => {
  const base = source.kind === 'role' ? await ask(source.base, region, limit, calls) : undefined;
  limit.at(source.kind);
  switch (source.kind) {
    case 'keys':
      return source.keys;
    case 'environment':
      return fromEnvironment();
    case 'container':
      return fromContainer();
    case 'instance':
      return fromInstance();
    case 'process':
      return fromCredentialProcess(source.command, source.accountId, limit.signal);
    case 'sso':
      return fromSso(source, calls);
    case 'login':
      return fromLogin(source, calls);
    case 'webIdentity':
      return fromWebIdentity(source, region, calls);
    case 'role':
      return fromRole(source, base ?? fromEnvironment(), region, calls, (serial) => limit.asking(() => askPerson(serial)));
  }
};

const sourceFor = async (identity: Identity): Promise<Source | SignInFault> => {
  const sections = await readSections();
  if (identity.kind === 'profile') return sourceOf(identity.profile, sections);
  if (identity.kind === 'chain' && identity.profile !== undefined) return sourceOf(identity.profile, sections);
  return chainSource(sections, process.env);
};

/** Nothing of it is shown. What it says of itself is believed: a key that cannot hold is not sent. */
const readToken = (text: string, region: string): string => {
  const token = text.trim();
  if (token === '') throw signInError('apiKey', 'notFound');
  if (!isSendable(token)) throw signInError('apiKey', 'malformed');
  const facts = readApiKey(token);
  if (facts.kind === 'long') return token;
  const end = new Date(Date.parse(facts.made) + facts.seconds * 1000);
  if (end.getTime() <= Date.now()) throw signInError('apiKey', 'expired', end.toISOString());
  if (facts.region !== region) throw signInError('apiKey', 'regionOff', facts.region);
  return token;
};

/**
 * Signs in, or gives what an earlier call got. A chosen profile is never replaced by anything else. Throws `SignInError` for what a source
 * refuses, and the signal's reason when it aborts.
 */
export const signIn = async (identity: Identity, { region, signal, limitMs, network }: SignInOptions): Promise<Signed> => {
  if (identity.kind === 'placeholder') return { kind: 'keys', keys: placeholder };
  if (identity.kind === 'bearer') return { kind: 'token', token: readToken(identity.token.reveal(), region) };
  const source = await sourceFor(identity);
  if (isFault(source)) throw new SignInError(source);
  const limit = createLimit(limitMs, signal);
  const calls = createSignInCalls(limit.signal, limitMs, network);
  try {
    return { kind: 'keys', keys: await untilAborted(ask(source, region, limit, calls), limit.signal) };
  } catch (error) {
    // The person's own end of it goes on as it is; the limit's is told by what was asked then.
    const reason: unknown = limit.signal.reason;
    throw limit.signal.aborted && reason instanceof SignInError ? reason : error;
  } finally {
    limit.end();
    calls.end();
  }
};

/** Forgets keys that were given for a while, so that the next call asks again: the service refused them. */
export const forgetSignIn = (): void => kept.clear();
