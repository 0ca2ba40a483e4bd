import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';

import type { Handler } from './exchange';
import { createHttp1 } from './http1';
import { serveHttp2 } from './http2';

/** The only interface that is listened on. */
export const loopback = '127.0.0.1';

/** What a client of HTTP/2 sends first when it knows that the server speaks it (RFC 9113, 3.4). */
const preface = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n');

/** Looks at the first bytes of a connection, leaves them in it, and says which version of HTTP it speaks. */
const onVersion = (socket: Socket, decide: (version: '1.1' | '2') => void): void => {
  let seen = Buffer.alloc(0);
  const leave = (): void => void socket.destroy();
  const look = (): void => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    seen = Buffer.concat([seen, chunk]);
    const length = Math.min(seen.length, preface.length);
    const matches = seen.subarray(0, length).equals(preface.subarray(0, length));
    if (matches && length < preface.length) return;
    socket.off('readable', look).off('end', leave);
    socket.unshift(seen);
    decide(matches ? '2' : '1.1');
  };
  socket.on('readable', look).on('end', leave);
};

const listen = (server: Server, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, loopback, () => {
      server.off('error', reject);
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : port);
    });
  });

/** A port that is being listened on. */
export interface OpenPort {
  readonly port: number;
  /** Stops listening and ends every open connection. */
  close(): Promise<void>;
}

/** Serves HTTP/1.1 and HTTP/2 without TLS on one port of the loopback interface, 0 for any free one; rejects only when it cannot be had. */
export const openPort = async (wanted: number, handle: Handler): Promise<OpenPort> => {
  const http1 = createHttp1(handle);
  const sockets = new Set<Socket>();
  const server = createServer({ allowHalfOpen: true, noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // An error ends the connection by itself; that it is no exception is all there is to do.
    socket.on('error', () => undefined);
    onVersion(socket, (version) => {
      if (version === '2') serveHttp2(socket, handle);
      else http1.emit('connection', socket);
    });
  });
  const port = await listen(server, wanted);
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      http1.close();
      server.close(() => resolve());
      for (const socket of sockets) socket.destroy();
    });
  return { port, close };
};
