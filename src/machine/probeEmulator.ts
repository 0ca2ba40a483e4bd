import { request, type IncomingMessage } from 'node:http';

/** From the first byte sent to the last one read: a program of this machine that takes longer is not our emulator. Milliseconds. */
const limitMs = 1_000;
/** The emulator's state is short; more than this is somebody else's. */
const maxLength = 1_000_000;
/** Said in a header and in the state alike. */
const emulatorHeader = 'x-cachepoint-emulator';

const readText = async (response: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const part of response) {
    text += String(part);
    if (text.length > maxLength) throw new Error('too long for a state');
  }
  return text;
};

/** All that the emulator's state says of itself: one word of it could be anybody's. */
const isState = (text: string, version: unknown): boolean => {
  const state: unknown = JSON.parse(text);
  if (typeof state !== 'object' || state === null) return false;
  const of = (name: string): unknown => Reflect.get(state, name) as unknown;
  return (
    of('emulator') === 'cachepoint' &&
    of('simulated') === true &&
    typeof of('version') === 'number' &&
    String(of('version')) === version &&
    typeof of('requests') === 'number' &&
    Array.isArray(of('faults')) &&
    Array.isArray(of('entries'))
  );
};

/** Asks an emulator of this machine for its state, by a way of its own; any doubt is a no. */
const answersAs = (url: string, method: 'GET' | 'POST', action: 'state' | 'reset', isMeant: (text: string, version: unknown) => boolean) =>
  new Promise<boolean>((resolve) => {
    if (!/^http:\/\/(127(\.(25[0-5]|2[0-4]\d|1?\d?\d)){3}|localhost|\[::1\])(:\d+)?\/?$/.test(url)) {
      resolve(false);
      return;
    }
    const doubt = (): void => resolve(false);
    // One limit for all of it: an answer that drips is waited for no longer than one that does not come.
    const options = { method, signal: AbortSignal.timeout(limitMs), agent: false };
    const call = request(new URL(`/_emulator/${action}`, url), options, (response) => {
      const isOurs = response.statusCode === 200 && /^application\/json\b/.test(response.headers['content-type'] ?? '');
      readText(response)
        .then((text) => isOurs && isMeant(text, response.headers[emulatorHeader]))
        .then(resolve, doubt)
        .finally(() => call.destroy());
    });
    call.on('error', doubt);
    call.end();
  });

/** Is it the Cachepoint emulator that listens at this address? Only addresses of this machine are asked; any doubt is a no. */
export const probeEmulator = (url: string): Promise<boolean> => answersAs(url, 'GET', 'state', isState);

/** Lets the emulator at this address forget its cache, once it has said that it is one. `false`: it did not, or is none. */
export const clearEmulator = async (url: string): Promise<boolean> =>
  (await probeEmulator(url)) && answersAs(url, 'POST', 'reset', (text) => /"entries":\s*\[\]/.test(text));
