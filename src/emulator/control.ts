import type { JsonObject } from '../core/text/json';
import type { Exchange } from './exchange';
import { faultNames, parseFault } from './faults';
import { readBody, sendJson } from './http';
import { isObject, listOf, parseJson, stringOf } from './json';
import type { EmulatorState } from './state';

/** Paths that only the emulator has. */
export const controlPrefix = '/_emulator/';

/** What asks whether this is the emulator looks for this header, and for the same number in the state. */
const emulatorHeader = 'x-cachepoint-emulator';
const controlVersion = 1;

const describeState = ({ cache, faults, served, now }: EmulatorState): JsonObject => ({
  emulator: 'cachepoint',
  version: controlVersion,
  simulated: true,
  requests: served.requests,
  faults: faults.map(({ name, figure }) => (figure === undefined ? name : `${name}:${figure}`)),
  entries: cache.list(now()).map(({ modelId, tokens, ttl, expiresAt }) => ({ modelId, tokens, ttl, expiresInMs: expiresAt - now() })),
});

const addFaults = (text: string, state: EmulatorState): { readonly status: number; readonly body: JsonObject } => {
  const body = parseJson(text);
  const asked = isObject(body) ? listOf(body['faults']).map((fault) => stringOf(fault) ?? '') : [];
  const orders = asked.map(parseFault);
  if (asked.length === 0 || orders.includes(undefined))
    return { status: 400, body: { message: `Send {"faults": ["name", …]} with names among: ${faultNames.join(', ')}.` } };
  for (const order of orders) if (order !== undefined) state.faults.push(order);
  return { status: 200, body: describeState(state) };
};

/** Answers the emulator's own endpoints: state, faults for the next requests, and reset. */
export const handleControl = async (exchange: Exchange, state: EmulatorState): Promise<void> => {
  const action = `${exchange.method} ${exchange.url.split('?', 1)[0]?.slice(controlPrefix.length) ?? ''}`;
  const bytes = await readBody(exchange);
  if ('failed' in bytes) return sendJson(exchange, 413, { message: 'The body is too large.' });
  switch (action) {
    case 'GET state':
      return sendJson(exchange, 200, describeState(state), { [emulatorHeader]: String(controlVersion) });
    case 'POST faults': {
      const { status, body } = addFaults(bytes.toString('utf8'), state);
      return sendJson(exchange, status, body);
    }
    case 'POST reset':
      state.cache.clear();
      state.faults.length = 0;
      return sendJson(exchange, 200, describeState(state));
    default:
      return sendJson(exchange, 404, { message: 'The emulator has GET state, POST faults and POST reset here.' });
  }
};
