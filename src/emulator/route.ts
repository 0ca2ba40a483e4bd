import { isObject, parseJson } from './json';
import type { OperationName } from './operationName';

/** A model call as its path names it; that of bedrock-mantle names its model in the body. */
export type Route =
  | { readonly endpoint: 'runtime'; readonly operation: OperationName; readonly modelId: string }
  | { readonly endpoint: 'mantle'; readonly counts: boolean };

const runtimePath = /^\/model\/([^/]+)\/(converse|converse-stream|invoke|invoke-with-response-stream|count-tokens)$/;
const operations: Readonly<Record<string, OperationName>> = {
  converse: 'converse',
  'converse-stream': 'converse-stream',
  invoke: 'invoke',
  'invoke-with-response-stream': 'invoke-with-response-stream',
  'count-tokens': 'count-tokens',
};
const mantlePath = /^\/anthropic\/v1\/messages(\/count_tokens)?$/;

/** The model call that a method and a path name; undefined when neither endpoint has such an operation, or the id is badly encoded. */
export const findRoute = (method: string, url: string): Route | undefined => {
  if (method !== 'POST') return undefined;
  const path = url.split('?', 1)[0] ?? '';
  const messages = mantlePath.exec(path);
  if (messages !== null) return { endpoint: 'mantle', counts: messages[1] !== undefined };
  const match = runtimePath.exec(path);
  const operation = operations[match?.[2] ?? ''];
  if (operation === undefined) return undefined;
  try {
    return { endpoint: 'runtime', operation, modelId: decodeURIComponent(match?.[1] ?? '') };
  } catch {
    return undefined;
  }
};

const asksForStream = (bytes: Buffer): boolean => {
  if (!bytes.includes('"stream"')) return false;
  const body = parseJson(bytes.toString('utf8'));
  return isObject(body) && body['stream'] === true;
};

/** The operation of a call whose body is there. */
export const operationOf = (route: Route, bytes: Buffer): OperationName => {
  if (route.endpoint === 'runtime') return route.operation;
  if (route.counts) return 'messages-count';
  return asksForStream(bytes) ? 'messages-stream' : 'messages';
};
