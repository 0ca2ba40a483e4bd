import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import type { Exchange, Handler } from './exchange';

const exchangeOf = (request: IncomingMessage, response: ServerResponse): Exchange => ({
  method: request.method ?? '',
  url: request.url ?? '/',
  host: request.headers.host,
  headers: request.headers,
  body: request,
  hasBegun: () => response.headersSent,
  isGone: () => response.destroyed || response.writableEnded,
  begin: (status, headers) => void response.writeHead(status, headers),
  write: (chunk) => void response.write(chunk),
  end: (chunk) => void response.end(chunk),
  cut: () => response.socket?.destroySoon(),
  reset: () => void response.socket?.resetAndDestroy(),
  closed: () =>
    new Promise((resolve) => {
      if (response.destroyed) resolve();
      else response.once('close', () => resolve());
    }),
});

/** A server of HTTP/1.1 that listens nowhere: it is given the connections that speak it. */
export const createHttp1 = (handle: Handler): Server => {
  const server = createServer((request, response) => handle(exchangeOf(request, response)));
  // Node starts its watch over requests that never become whole when a server begins to listen.
  server.emit('listening');
  return server;
};
