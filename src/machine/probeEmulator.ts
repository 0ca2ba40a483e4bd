import { request, type IncomingMessage } from 'node:http';

/** A program of this machine that has not answered by then is not our emulator. */
const limitMs = 500;
/** The emulator's state is short; more than this is somebody else's. */
const maxLength = 1_000_000;

const readText = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of response) {
    text += String(part);
    if (text.length > maxLength) break;
  }
  return text;
};

const saysSimulated = (text: string): boolean => {
  try {
    const state: unknown = JSON.parse(text);
    return typeof state === 'object' && state !== null && 'simulated' in state && state.simulated === true;
  } catch {
    return false; // not JSON, so not the emulator
  }
};

/** Is it the Cachepoint emulator that listens at this address? Only addresses of this machine are asked; any doubt is a no. */
export const probeEmulator = (url: string): Promise<boolean> =>
  new Promise((resolve) => {
    if (!/^http:\/\/(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?\/?$/.test(url)) {
      resolve(false);
      return;
    }
    const call = request(new URL('/_emulator/state', url), { timeout: limitMs }, (response) => {
      readText(response).then(
        (text) => resolve(response.statusCode === 200 && saysSimulated(text)),
        () => resolve(false),
      );
    });
    call.on('timeout', () => call.destroy());
    call.on('error', () => resolve(false));
    call.end();
  });
