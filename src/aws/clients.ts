import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Target } from '../core/runs/port';
import { createHandler } from './handler';
import { describeIdentity, resolveIdentity } from './identity';
import type { Identity } from './identity';
import { addressOf, resolveRegion } from './region';
import { forgetSignIn, signIn } from './signIn';
import type { Signed } from './signIn';

/** Signing in takes seconds; what takes longer hangs. Milliseconds. */
const longestSignInMs = 60_000;

interface Entry {
  readonly key: string;
  readonly client: BedrockRuntimeClient;
  /** What sends requests to further addresses, by address. */
  readonly others: Map<string, NodeHttpHandler>;
  users: number;
  /** Set when the target has changed: destroyed once its last user is gone, since destroying closes sockets in use. */
  retired: boolean;
}

/** A client on loan. `release` must be called once; `forget` makes the next call sign in again. */
export interface Lease {
  readonly client: BedrockRuntimeClient;
  readonly region: string;
  /** What the client signs with. */
  readonly signed: Signed;
  /** As whom, in a few words. */
  readonly identity: string;
  /** Of what account, where the keys say so. */
  readonly accountId: string | undefined;
  /** What sends requests to an address that the client has no operations for: by the same limits, and closed with it. */
  handlerFor(address: string): NodeHttpHandler;
  release(options?: { readonly forget: boolean }): void;
}

let current: Entry | undefined;

const closeIfUnused = (entry: Entry): void => {
  if (!entry.retired || entry.users > 0) return;
  entry.client.destroy();
  for (const handler of entry.others.values()) handler.destroy();
};

const retire = (entry: Entry | undefined): void => {
  if (entry === undefined || entry.retired) return;
  entry.retired = true;
  if (current === entry) current = undefined;
  closeIfUnused(entry);
};

/** Everything the SDK would otherwise look up in `~/.aws` is given, so that a placeholder target touches no file there. */
const nothingFromFiles = { useDualstackEndpoint: false, useFipsEndpoint: false } satisfies BedrockRuntimeClientConfig;

const signedWith = (signed: Signed): BedrockRuntimeClientConfig =>
  signed.kind === 'keys'
    ? // A copy: the SDK notes on the object it is given where keys came from.
      { credentials: { ...signed.keys }, authSchemePreference: ['sigv4'] }
    : { token: { token: signed.token }, authSchemePreference: ['httpBearerAuth'] };

/** How a client of the SDK connects, signs and tries: once, at the address of the target. */
export const configFor = (target: Target, identity: Identity, region: string, signed: Signed): BedrockRuntimeClientConfig => ({
  region,
  ...(target.endpoint === undefined ? {} : { endpoint: target.endpoint }),
  // AWS_ENDPOINT_URL and `endpoint_url` would send the prompt elsewhere than the panel says; `cachepoint.endpoint` is the one way.
  ignoreConfiguredEndpointUrls: true,
  ...signedWith(signed),
  ...(identity.kind === 'profile' ? { profile: identity.profile } : {}),
  ...(identity.kind === 'placeholder' ? nothingFromFiles : {}),
  requestHandler: createHandler(addressOf(target, region), target.timeoutMs, target.network),
  // Which call is made again is decided here, by `again.ts`: the SDK would also repeat what may have been processed.
  maxAttempts: 1,
  retryMode: 'standard',
  defaultsMode: 'standard',
  userAgentAppId: 'cachepoint',
});

/** What calls of a target are signed with. Throws `SignInError` and `CertificatesError`. */
export const signInTo = (target: Target, identity: Identity, region: string, signal: AbortSignal): Promise<Signed> =>
  signIn(identity, { region, signal, limitMs: Math.min(target.timeoutMs, longestSignInMs), network: target.network });

/** Kept in memory only. New keys of the same identity make a new client, since a client never changes its own. */
const keyOf = ({ endpoint, timeoutMs, network }: Target, identity: Identity, region: string, signed: Signed): string =>
  JSON.stringify([endpoint ?? '', region, identity, timeoutMs, network, process.env['AWS_CA_BUNDLE'], signed]);

/**
 * The client of a target, signed in and on loan: the same one while the target stays the same. A client of an earlier target is destroyed when its
 * last call has ended. `undefined`: no region is known. Throws `SignInError` and `CertificatesError`.
 */
export const leaseClient = async (target: Target, signal: AbortSignal = new AbortController().signal): Promise<Lease | undefined> => {
  const identity = resolveIdentity(target);
  const region = await resolveRegion(target, identity);
  if (region === undefined) return undefined;
  const signed = await signInTo(target, identity, region, signal);
  const key = keyOf(target, identity, region, signed);
  if (current?.key !== key) {
    retire(current);
    const client = new BedrockRuntimeClient(configFor(target, identity, region, signed));
    current = { key, client, others: new Map(), users: 0, retired: false };
  }
  const entry = current;
  entry.users += 1;
  return {
    client: entry.client,
    region,
    signed,
    identity: describeIdentity(identity, signed.kind === 'keys' ? signed.keys : undefined),
    accountId: signed.kind === 'keys' ? signed.keys.accountId : undefined,
    handlerFor(address) {
      const handler = entry.others.get(address) ?? createHandler(address, target.timeoutMs, target.network);
      entry.others.set(address, handler);
      return handler;
    },
    release(options) {
      entry.users -= 1;
      if (options?.forget) {
        forgetSignIn();
        retire(entry);
      }
      closeIfUnused(entry);
    },
  };
};

/** Closes every connection that is not in use, and the others when their calls end; forgets every key. */
export const disposeClients = (): void => {
  forgetSignIn();
  retire(current);
};
