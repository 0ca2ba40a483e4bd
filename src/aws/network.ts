import { serviceText } from '../core/messages/serviceText';
import { readFileSync } from 'node:fs';
import * as tls from 'node:tls';
import type { Network } from '../core/runs/port';
import type { Proxy } from './tunnel';

type Environment = Readonly<Record<string, string | undefined>>;

/** A variable by its usual names: programs of the shell write these in small letters too. */
const variable = (environment: Environment, name: string): string | undefined => {
  const value = environment[name] ?? environment[name.toLowerCase()];
  return value === undefined || value.trim() === '' ? undefined : value.trim();
};

/** Is `host` named by an entry of NO_PROXY: itself, a domain above it, or all? A port in the entry must be the same. */
const isExcepted = (host: string, port: string, entry: string): boolean => {
  if (entry === '*') return true;
  const [, name = '', named] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (named !== undefined && named !== port) return false;
  const domain = name.replace(/^\*?\./, '');
  return domain !== '' && (host === domain || host.endsWith(`.${domain}`));
};

const isLoopback = (host: string): boolean => host === 'localhost' || /^127\./.test(host) || host === '[::1]';

/**
 * The proxy on the way to an address, by the rules of `docs/credentials.md`; `undefined`: none, or the editor's own code sees to it
 * (`override`, `fallback`). Never for this machine.
 */
export const proxyFor = (address: string, network: Network | undefined, environment: Environment = process.env): Proxy | undefined => {
  const support = network?.proxySupport ?? 'on';
  if (support !== 'on') return undefined;
  const { hostname, port, protocol } = new URL(address);
  const host = hostname.toLowerCase();
  if (isLoopback(host)) return undefined;
  const named = network?.proxy || variable(environment, protocol === 'http:' ? 'HTTP_PROXY' : 'HTTPS_PROXY');
  if (named === undefined) return undefined;
  const excepted = [...(network?.noProxy ?? []), ...(variable(environment, 'NO_PROXY')?.split(/[\s,]+/) ?? [])];
  if (excepted.some((entry) => isExcepted(host, port || '443', entry.trim()))) return undefined;
  const url = /^[a-z]+:\/\//i.test(named) ? named : `http://${named}`;
  return URL.canParse(url) ? { url: new URL(url), strictSsl: network?.strictSsl ?? true } : undefined;
};

/** A file of certificates that a variable names and that cannot be used: no connection is made without it. */
export class CertificatesError extends Error {
  override readonly name = 'CertificatesError';
}

const readCertificates = (variableName: string, path: string): string => {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new CertificatesError(serviceText.notReadable(variableName, path));
  }
  if (!text.includes('-----BEGIN CERTIFICATE-----')) throw new CertificatesError(serviceText.noCertificate(variableName, path));
  return text;
};

/** What Node trusts by itself; from its version 22.15 on this has the file of NODE_EXTRA_CA_CERTS, which older ones keep to themselves. */
const trusted = (environment: Environment): readonly string[] => {
  // Older than the types that this is compiled with.
  const { getCACertificates } = tls as { readonly getCACertificates?: (type: 'default') => string[] };
  if (getCACertificates !== undefined) return getCACertificates('default');
  const extra = variable(environment, 'NODE_EXTRA_CA_CERTS');
  return extra === undefined ? tls.rootCertificates : [...tls.rootCertificates, readCertificates('NODE_EXTRA_CA_CERTS', extra)];
};

/** Certificates to trust besides those that Node does by itself, as a list and made ready, which takes Node longer than a connection. */
export interface Trust {
  readonly ca: readonly string[];
  readonly secureContext: tls.SecureContext;
}

let made: { readonly bundle: string; readonly trust: Trust } | undefined;

/** `undefined`: none are named, and Node (or the editor's code) decides. The file is read each time, so that a new one counts. Throws `CertificatesError`. */
export const certificates = (environment: Environment = process.env): Trust | undefined => {
  const path = variable(environment, 'AWS_CA_BUNDLE');
  if (path === undefined) return undefined;
  const bundle = readCertificates('AWS_CA_BUNDLE', path);
  if (made?.bundle === bundle) return made.trust;
  const ca = [...trusted(environment), bundle];
  made = { bundle, trust: { ca, secureContext: tls.createSecureContext({ ca: [...ca] }) } };
  return made.trust;
};
