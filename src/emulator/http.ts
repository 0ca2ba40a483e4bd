import type { IncomingMessage, ServerResponse } from 'node:http';

import type { JsonObject } from '../core/text/json';
import type { ServiceError } from './errors';

/** Largest request body that is read, in bytes: the service's own limit for InvokeModel. */
export const largestBody = 25 * 1024 * 1024;

const loopbackNames = new Set(['127.0.0.1', 'localhost', '[::1]']);

const hostNameOf = (address: string): string | undefined => {
  try {
    return new URL(address).hostname;
  } catch {
    return undefined;
  }
};

const isLoopback = (address: string): boolean => loopbackNames.has(hostNameOf(address) ?? '');

/** Does the request come from a program on this machine that means to talk to this machine? A web page that was rebound does not. */
export const isLocalRequest = ({ headers }: IncomingMessage): boolean => {
  const { host, origin } = headers;
  return host !== undefined && isLoopback(`http://${host}`) && (origin === undefined || isLoopback(origin));
};

/** One header as text; of a repeated header the first. */
export const headerOf = ({ headers }: IncomingMessage, name: string): string | undefined => {
  const value = headers[name];
  return Array.isArray(value) ? value[0] : value;
};

/** The body as text, `tooLarge` past the limit, `aborted` when the client went away. */
export const readBody = (request: IncomingMessage): Promise<string | { readonly failed: 'tooLarge' | 'aborted' }> =>
  new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestBody) chunks.push(chunk);
      else {
        chunks.length = 0;
        resolve({ failed: 'tooLarge' });
      }
    });
    request.on('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    request.on('error', () => resolve({ failed: 'aborted' }));
    request.on('close', () => resolve({ failed: 'aborted' }));
  });

type Headers = { readonly [name: string]: string };

/** Sends a JSON answer, unless the connection is gone. */
export const sendJson = (response: ServerResponse, status: number, body: JsonObject, headers: Headers = {}): void => {
  if (response.destroyed || response.headersSent) return;
  const text = JSON.stringify(body);
  response.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), ...headers });
  response.end(text);
};

/** Sends a refusal as the service does: name in a header, message in the body. */
export const sendError = (response: ServerResponse, error: ServiceError, headers: Headers = {}): void =>
  sendJson(response, error.status, { message: error.message }, { 'x-amzn-errortype': error.name, ...headers });
