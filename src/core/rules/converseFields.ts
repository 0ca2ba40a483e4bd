import { documentFormats } from '../prompt/words';

/**
 * The members of a Converse request that are checked by name, type and value; what stands in no table here is taken as it is.
 * Source: service model bedrock-runtime/2023-09-30 as published with the JavaScript SDK 3.1164.0, read 2026-11.
 */
export type FieldShape =
  | { readonly kind: 'any' | 'boolean' }
  | { readonly kind: 'string'; readonly values?: readonly string[] }
  | { readonly kind: 'number'; readonly least: number; readonly most: number }
  | { readonly kind: 'list'; readonly of: FieldShape }
  | { readonly kind: 'map'; readonly of: FieldShape }
  | { readonly kind: 'object'; readonly members: FieldMembers };

export type FieldMembers = { readonly [name: string]: FieldShape };

const any: FieldShape = { kind: 'any' };
const boolean: FieldShape = { kind: 'boolean' };
const string: FieldShape = { kind: 'string' };
const oneOf = (...values: readonly string[]): FieldShape => ({ kind: 'string', values });
const list = (of: FieldShape): FieldShape => ({ kind: 'list', of });
const object = (members: FieldMembers): FieldShape => ({ kind: 'object', members });
const share: FieldShape = { kind: 'number', least: 0, most: 1 };

const s3Location = object({ uri: string, bucketOwner: string });
const media = object({ bytes: any, s3Location });
const citations = object({ enabled: boolean });
const error = object({ message: string });
const image = object({ format: oneOf('png', 'jpeg', 'gif', 'webp'), source: media, error });
const video = object({ format: oneOf('mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp'), source: media });
const document = object({
  format: oneOf(...documentFormats),
  name: string,
  source: object({ bytes: any, s3Location, text: string, content: list(object({ text: string })) }),
  context: string,
  citations,
});
const searchResult = object({ source: string, title: string, content: list(object({ text: string })), citations });

/** A cache point; its `ttl` is left to the rules on lifetimes where it is one of the two that exist. */
export const cachePointShape: FieldShape = object({ type: oneOf('default'), ttl: oneOf('5m', '1h') });

/** Members of blocks, by the name of the block. `cachePoint` in a tool result has a rule of its own. */
export const blockShapes: FieldMembers = {
  toolSpec: object({ name: string, description: string, inputSchema: object({ json: any }), strict: boolean }),
  systemTool: object({ name: string }),
  toolUse: object({ toolUseId: string, name: string, input: any, type: oneOf('server_tool_use') }),
  toolResult: object({
    toolUseId: string,
    content: list(object({ json: any, text: string, image, document, video, searchResult, cachePoint: any })),
    status: oneOf('success', 'error'),
    type: string,
  }),
  image,
  video,
  document,
  searchResult,
};

/** Members of a request outside its lists of blocks. */
export const requestShapes: FieldMembers = {
  inferenceConfig: object({
    maxTokens: { kind: 'number', least: 1, most: Infinity },
    temperature: share,
    topP: share,
    stopSequences: list(string),
  }),
  performanceConfig: object({ latency: oneOf('standard', 'optimized') }),
  serviceTier: object({ type: oneOf('priority', 'default', 'flex', 'reserved') }),
  guardrailConfig: object({
    guardrailIdentifier: string,
    guardrailVersion: string,
    trace: oneOf('enabled', 'disabled', 'enabled_full'),
    streamProcessingMode: oneOf('sync', 'async'),
  }),
  requestMetadata: { kind: 'map', of: string },
  additionalModelResponseFieldPaths: list(string),
};
