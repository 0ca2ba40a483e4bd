import type { ConverseStreamCommandInput } from '@aws-sdk/client-bedrock-runtime';
import type { ConverseRequest } from '../core/request/types';

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Uint8Array);

/** Members that hold free JSON of the author's: nothing in there is a blob, whatever it is called. */
const freeJson = new Set(['json', 'input', 'inputSchema']);

const isBlob = (key: string, parent: string): boolean => (key === 'bytes' && parent === 'source') || key === 'redactedContent';

/** The same value with base64 text decoded where the API's shapes have a blob. */
const withBytes = (value: unknown, key: string, parent: string): unknown => {
  if (typeof value === 'string') return isBlob(key, parent) ? new Uint8Array(Buffer.from(value, 'base64')) : value;
  if (Array.isArray(value)) return value.map((entry) => withBytes(entry, key, parent));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, freeJson.has(name) ? entry : withBytes(entry, name, key)]));
};

/** The request as the SDK wants it: the same members in the same order, blobs as bytes. The request itself is not touched. */
export const toSdkInput = (request: ConverseRequest): ConverseStreamCommandInput => {
  const blobs = {
    ...(request.system === undefined ? {} : { system: withBytes(request.system, 'system', '') }),
    ...(request.messages === undefined ? {} : { messages: withBytes(request.messages, 'messages', '') }),
  };
  // Structurally the SDK's input, but readonly and with open strings where the SDK lists values.
  return { ...request, ...blobs } as unknown as ConverseStreamCommandInput;
};
