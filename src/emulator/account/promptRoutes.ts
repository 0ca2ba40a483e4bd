import type { Exchange } from '../exchange';
import { headerOf, readBody } from '../http';
import { serviceError } from '../errors';
import type { EmulatorState } from '../state';
import { missingToken, pageOf, regionOf, send } from './routes';
import type { StoreAnswer } from './prompts';

/** An operation on stored prompts. */
interface PromptRoute {
  readonly operation: 'list' | 'create' | 'get' | 'update' | 'version';
  readonly id: string;
}

const operations: Readonly<Record<string, PromptRoute['operation']>> = {
  'GET ': 'list',
  'POST ': 'create',
  'GET id': 'get',
  'PUT id': 'update',
  'POST versions': 'version',
};

/** The operation of Prompt Management that a method and a path name; `undefined`: none. */
export const findPromptRoute = (method: string, url: string): PromptRoute | undefined => {
  const match = /^\/prompts(?:\/([^/]+))?(\/versions)?\/?$/.exec(url.split('?', 1)[0] ?? '');
  if (match === null) return undefined;
  const [, id, versions] = match;
  const operation = operations[`${method} ${versions === undefined ? (id === undefined ? '' : 'id') : 'versions'}`];
  if (operation === undefined) return undefined;
  try {
    return { operation, id: decodeURIComponent(id ?? '') };
  } catch {
    return undefined;
  }
};

/** API keys are for Bedrock and Bedrock Runtime only. Source: AWS user guide, API keys, read 2026-11. */
const keysRefused = serviceError('AccessDeniedException', 'Amazon Bedrock API keys cannot be used with this operation.');

const answerOf = ({ operation, id }: PromptRoute, text: string, exchange: Exchange, { prompts }: EmulatorState): StoreAnswer => {
  const region = regionOf(exchange);
  const query = new URLSearchParams(exchange.url.split('?')[1] ?? '');
  switch (operation) {
    case 'list': {
      const all = prompts.list(region, query.get('promptIdentifier') ?? undefined);
      return 'message' in all ? all : pageOf(all, query, 'promptSummaries');
    }
    case 'create':
      return prompts.create(region, text);
    case 'get':
      return prompts.get(region, id, query.get('promptVersion') ?? undefined);
    case 'update':
      return prompts.update(region, id, text);
    case 'version':
      return prompts.createVersion(region, id);
  }
};

/** Answers one operation of Prompt Management. */
export const handlePrompts = async (route: PromptRoute, exchange: Exchange, state: EmulatorState): Promise<void> => {
  const bytes = await readBody(exchange);
  const authorization = headerOf(exchange, 'authorization') ?? '';
  if ('failed' in bytes) return send(exchange, serviceError('ValidationException', 'The request body is too large.'), state);
  if (!/^(?:AWS4-|Bearer\s+\S)/.test(authorization)) return send(exchange, missingToken, state);
  const refused = authorization.startsWith('Bearer');
  send(exchange, refused ? keysRefused : answerOf(route, bytes.toString('utf8'), exchange, state), state);
  state.log(`prompts ${route.operation} ${route.id}`);
};
