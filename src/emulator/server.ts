import { findPromptRoute, handlePrompts } from './account/promptRoutes';
import { findControlRoute, handleControlPlane } from './account/routes';
import { controlPrefix, handleControl } from './control';
import { serviceError } from './errors';
import type { Exchange } from './exchange';
import { isLocalRequest, sendError } from './http';
import type { Emulator, EmulatorOptions } from './options';
import { loopback, openPort } from './port';
import { findRoute } from './route';
import { handleModelCall } from './routes';
import type { EmulatorState } from './state';
import { createState } from './state';

const handle = async (exchange: Exchange, state: EmulatorState): Promise<void> => {
  const { method, url } = exchange;
  if (!isLocalRequest(exchange)) {
    exchange.body.resume();
    return sendError(exchange, serviceError('ForbiddenException', 'The emulator answers programs on this machine only.'));
  }
  if (url.startsWith(controlPrefix)) return handleControl(exchange, state);
  const route = findRoute(method, url);
  if (route !== undefined) return handleModelCall(route, exchange, state);
  const stored = findPromptRoute(method, url);
  if (stored !== undefined) return handlePrompts(stored, exchange, state);
  const asked = findControlRoute(method, url);
  if (asked !== undefined) return handleControlPlane(asked, exchange, state);
  exchange.body.resume();
  return sendError(exchange, serviceError('UnknownOperationException', `The emulator has no operation ${method} ${url.slice(0, 200)}`));
};

/** Starts a local emulator of Bedrock Runtime and of the Messages API of bedrock-mantle on the loopback interface; rejects only when the port cannot be had. */
export const createEmulator = async (options: EmulatorOptions = {}): Promise<Emulator> => {
  const state = createState(options);
  const { port, close } = await openPort(options.port ?? 0, (exchange) => {
    handle(exchange, state).catch((error: unknown) => {
      state.log(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
      sendError(exchange, serviceError('InternalServerException', 'The emulator failed; its log says why.'));
      if (exchange.hasBegun()) exchange.cut();
    });
  });
  return { url: `http://${loopback}:${port}`, port, close };
};
