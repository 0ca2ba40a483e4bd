import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { BedrockRuntimeClientConfig } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Target } from '../core/runs/port';
import { resolveIdentity } from './identity';
import type { Identity } from './identity';
import { createAgents } from './keptOpen';
import { resolveRegion } from './region';
import { credentialsFor } from './signIn';

const connectionTimeoutMs = 10_000;

interface Entry {
  readonly key: string;
  readonly client: BedrockRuntimeClient;
  users: number;
  /** Set when the target has changed: destroyed once its last user is gone, since destroying closes sockets in use. */
  retired: boolean;
}

/** A client on loan. `release` must be called once; `forget` makes the next call sign in again. */
export interface Lease {
  readonly client: BedrockRuntimeClient;
  readonly region: string;
  release(options?: { readonly forget: boolean }): void;
}

let current: Entry | undefined;

const closeIfUnused = (entry: Entry): void => {
  if (entry.retired && entry.users === 0) entry.client.destroy();
};

const retire = (entry: Entry | undefined): void => {
  if (entry === undefined || entry.retired) return;
  entry.retired = true;
  if (current === entry) current = undefined;
  closeIfUnused(entry);
};

/** With an explicit HTTP/1.1 handler: the SDK's default (HTTP/2) is not seen by the editor's proxy support. */
const requestHandler = (timeoutMs: number): NodeHttpHandler =>
  new NodeHttpHandler({
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    throwOnRequestTimeout: true,
    ...createAgents(),
  });

/** Everything the SDK would otherwise look up in `~/.aws` is given, so that a placeholder target touches no file there. */
const nothingFromFiles = { useDualstackEndpoint: false, useFipsEndpoint: false } satisfies BedrockRuntimeClientConfig;

const configFor = (target: Target, identity: Identity, region: string): BedrockRuntimeClientConfig => ({
  region,
  ...(target.endpoint === undefined ? {} : { endpoint: target.endpoint }),
  // AWS_ENDPOINT_URL and `endpoint_url` would send the prompt elsewhere than the panel says; `cachepoint.endpoint` is the one way.
  ignoreConfiguredEndpointUrls: true,
  credentials: credentialsFor(identity),
  authSchemePreference: [identity.kind === 'bearer' ? 'httpBearerAuth' : 'sigv4'],
  ...(identity.kind === 'profile' ? { profile: identity.profile } : {}),
  ...(identity.kind === 'placeholder' ? nothingFromFiles : {}),
  requestHandler: requestHandler(target.timeoutMs),
  // Which call is made again is decided here, by `again.ts`: the SDK would also repeat what may have been processed.
  maxAttempts: 1,
  retryMode: 'standard',
  defaultsMode: 'standard',
  userAgentAppId: 'cachepoint',
});

const keyOf = (target: Target, identity: Identity, region: string): string =>
  JSON.stringify([target.endpoint ?? '', region, identity, target.timeoutMs]);

/**
 * The client of a target, on loan: the same one while the target stays the same. A client of an earlier target is destroyed when its
 * last call has ended. `undefined`: no region is known.
 */
export const leaseClient = async (target: Target): Promise<Lease | undefined> => {
  const identity = resolveIdentity(target);
  const region = await resolveRegion(target, identity);
  if (region === undefined) return undefined;
  const key = keyOf(target, identity, region);
  if (current?.key !== key) {
    retire(current);
    current = { key, client: new BedrockRuntimeClient(configFor(target, identity, region)), users: 0, retired: false };
  }
  const entry = current;
  entry.users += 1;
  return {
    client: entry.client,
    region,
    release(options) {
      entry.users -= 1;
      if (options?.forget) retire(entry);
      closeIfUnused(entry);
    },
  };
};

/** Closes every connection that is not in use, and the others when their calls end. */
export const disposeClients = (): void => retire(current);
