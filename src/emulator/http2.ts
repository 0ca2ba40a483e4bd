import type { IncomingHttpHeaders, ServerHttp2Stream } from 'node:http2';
import { performServerHandshake } from 'node:http2';
import type { Socket } from 'node:net';

import type { Exchange, Handler } from './exchange';

const exchangeOf = (stream: ServerHttp2Stream, headers: IncomingHttpHeaders, socket: Socket): Exchange => ({
  method: headers[':method'] ?? '',
  url: headers[':path'] ?? '/',
  host: headers[':authority'] ?? headers.host,
  headers,
  body: stream,
  hasBegun: () => stream.headersSent,
  isGone: () => stream.destroyed || stream.closed || stream.writableEnded,
  // What HTTP/1.1 says of its connection has no place here.
  begin: (status, { connection: _connection, ...answer }) => stream.respond({ ...answer, ':status': status }),
  write: (chunk) => void stream.write(chunk),
  end: (chunk) => void stream.end(chunk),
  // An empty piece waits its turn; a stream that is closed, rather than destroyed with an error, would look whole.
  cut: () => void stream.write(Buffer.alloc(0), () => stream.destroy(new Error('cut'))),
  reset: () => void socket.resetAndDestroy(),
  closed: () =>
    new Promise((resolve) => {
      if (stream.destroyed) resolve();
      else stream.once('close', () => resolve());
    }),
});

const ignore = (): void => undefined;

/** Speaks HTTP/2 in clear text on a connection whose client began with the preface. What the client breaks ends its own stream or session. */
export const serveHttp2 = (socket: Socket, handle: Handler): void => {
  // A client that ended its side has left; only HTTP/1.1 may still want an answer then.
  socket.allowHalfOpen = false;
  const session = performServerHandshake(socket);
  session.on('error', ignore);
  session.on('stream', (stream, headers) => {
    stream.on('error', ignore);
    handle(exchangeOf(stream, headers, socket));
  });
};
