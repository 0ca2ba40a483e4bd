import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { createServer } from 'node:http';

import { controlPrefix, handleControl } from './control';
import { serviceError } from './errors';
import { isLocalRequest, sendError } from './http';
import type { Emulator, EmulatorOptions } from './options';
import { findRoute, handleModelCall } from './routes';
import type { EmulatorState } from './state';
import { createState } from './state';

const loopback = '127.0.0.1';

const handle = async (request: IncomingMessage, response: ServerResponse, state: EmulatorState): Promise<void> => {
  const { method = '', url = '/' } = request;
  if (!isLocalRequest(request)) {
    request.resume();
    return sendError(response, serviceError('ForbiddenException', 'The emulator answers programs on this machine only.'));
  }
  if (url.startsWith(controlPrefix)) return handleControl(request, response, state);
  const route = findRoute(method, url);
  if (route !== undefined) return handleModelCall(route, request, response, state);
  request.resume();
  return sendError(response, serviceError('UnknownOperationException', `The emulator has no operation ${method} ${url.slice(0, 200)}`));
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

const closeServer = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });

/** Starts a local emulator of Bedrock Runtime on the loopback interface; rejects only when the port cannot be had. */
export const createEmulator = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  const state = createState(options);
  const server = createServer((request, response) => {
    handle(request, response, state).catch((error: unknown) => {
      state.log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      sendError(response, serviceError('InternalServerException', 'The emulator failed; its log says why.'));
      if (response.headersSent) response.destroy();
    });
  });
  const port = await listen(server, options.port ?? 0);
  return { url: `http://${loopback}:${port}`, port, close: () => closeServer(server) };
};
