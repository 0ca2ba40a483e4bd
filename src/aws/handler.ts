import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Network } from '../core/runs/port';
import { createAgents } from './keptOpen';
import { certificates, proxyFor } from './network';

const connectionTimeoutMs = 10_000;

/**
 * What sends the requests of one client to one address. With an explicit HTTP/1.1 handler: the SDK's default (HTTP/2) is not seen by the
 * editor's proxy support. Throws `CertificatesError`.
 */
export const createHandler = (address: string, timeoutMs: number, network: Network | undefined): NodeHttpHandler =>
  new NodeHttpHandler({
    connectionTimeout: connectionTimeoutMs,
    requestTimeout: timeoutMs,
    socketTimeout: timeoutMs,
    throwOnRequestTimeout: true,
    ...createAgents({ proxy: proxyFor(address, network), trust: certificates() }),
  });
