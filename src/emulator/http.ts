import type { JsonObject } from '../core/text/json';
import type { ServiceError } from './errors';
import type { AnswerHeaders, Exchange } from './exchange';

/** Largest request body that is read, in bytes: the service's own limit for InvokeModel. */
export const largestBody = 25 * 1024 * 1024;

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::(\d+))?$/i;

/** The port that an address of this machine names, 80 when it names none; undefined for an address of any other form. */
const localPort = (host: string | undefined): string | undefined => {
  const match = loopbackHost.exec(host ?? '');
  return match === null ? undefined : (match[1] ?? '80');
};

/** What a browser says of a page's request to its own server, and of an address that a person typed. */
const ownFetchSites = new Set(['same-origin', 'none']);

/**
 * Does the request come from a program on this machine that means to talk to this machine? A web page does not: neither one from
 * elsewhere, nor one whose name was rebound, nor one that another port of this machine serves.
 */
export const isLocalRequest = (exchange: Exchange): boolean => {
  const port = localPort(exchange.host);
  const origin = headerOf(exchange, 'origin');
  const site = headerOf(exchange, 'sec-fetch-site');
  if (port === undefined || (site !== undefined && !ownFetchSites.has(site))) return false;
  return origin === undefined || (origin.startsWith('http://') && localPort(origin.slice('http://'.length)) === port);
};

/** One header as text; of a repeated header the first. */
export const headerOf = ({ headers }: Exchange, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The body, `tooLarge` past the limit, `aborted` when the client went away. */
export const readBody = ({ body }: Exchange): Promise<Buffer | { readonly failed: 'tooLarge' | 'aborted' }> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve({ failed: 'tooLarge' });
      }
    });
    body.on('end', () => resolve(Buffer.concat(chunks)));
    body.on('error', () => resolve({ failed: 'aborted' }));
    body.on('close', () => resolve({ failed: 'aborted' }));
  });

/** Sends an answer of any type, unless one was begun or nobody is there to read it. */
export const sendText = (exchange: Exchange, status: number, text: string, headers: AnswerHeaders): void => {
  if (exchange.isGone() || exchange.hasBegun()) return;
  const bytes = Buffer.from(text);
  exchange.begin(status, { 'content-length': String(bytes.length), ...headers });
  exchange.end(bytes);
};

/** Sends a JSON answer. */
export const sendJson = (exchange: Exchange, status: number, body: JsonObject, headers: AnswerHeaders = {}): void =>
  sendText(exchange, status, JSON.stringify(body), { 'content-type': 'application/json', ...headers });

/** Sends a refusal as the service does: name in a header, message in the body. */
export const sendError = (exchange: Exchange, error: ServiceError, headers: AnswerHeaders = {}): void =>
  sendJson(exchange, error.status, { message: error.message }, { 'x-amzn-errortype': error.name, ...headers });
