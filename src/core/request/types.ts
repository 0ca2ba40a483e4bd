import type { Ttl } from '../prompt/words';
import type { Json, JsonObject } from '../text/json';

/**
 * A structural twin of the SDK's `ConverseRequest`, so that core can build, read and compare requests
 * without seeing the SDK. Member names are the Bedrock Runtime API's own.
 * Source: service model bedrock-runtime/2023-09-30.
 */
export type { Ttl };

export interface CachePoint {
  readonly type: 'default';
  readonly ttl?: Ttl;
}

export interface ToolSpec {
  readonly name: string;
  readonly description?: string;
  readonly inputSchema: { readonly json: Json };
  readonly strict?: boolean;
}

/** One entry of `toolConfig.tools`. */
export type ToolEntry =
  { readonly toolSpec: ToolSpec } | { readonly systemTool: { readonly name: string } } | { readonly cachePoint: CachePoint };

/** Raw bytes, or base64 text as the JSON wire carries them. */
export type Bytes = Uint8Array | string;

export type MediaSource =
  | { readonly bytes: Bytes }
  | { readonly s3Location: { readonly uri: string; readonly bucketOwner?: string } }
  | { readonly text: string }
  | { readonly content: readonly { readonly text: string }[] };

export interface ImageBlock {
  readonly format: string;
  readonly source: MediaSource;
}

export interface DocumentBlock {
  readonly format?: string;
  readonly name: string;
  readonly source: MediaSource;
  readonly context?: string;
  readonly citations?: { readonly enabled: boolean };
}

export type ToolResultContent =
  | { readonly text: string }
  | { readonly json: Json }
  | { readonly image: ImageBlock }
  | { readonly document: DocumentBlock }
  | { readonly video: JsonObject }
  | { readonly searchResult: JsonObject };

/** One entry of `messages[].content`. */
export type ContentBlock =
  | { readonly text: string }
  | { readonly image: ImageBlock }
  | { readonly document: DocumentBlock }
  | { readonly video: JsonObject }
  | { readonly audio: JsonObject }
  | { readonly toolUse: { readonly toolUseId: string; readonly name: string; readonly input: Json } }
  | { readonly toolResult: { readonly toolUseId: string; readonly content: readonly ToolResultContent[]; readonly status?: string } }
  | { readonly guardContent: JsonObject }
  | { readonly reasoningContent: JsonObject }
  | { readonly citationsContent: JsonObject }
  | { readonly searchResult: JsonObject }
  | { readonly cachePoint: CachePoint };

/** One entry of `system`. */
export type SystemBlock = { readonly text: string } | { readonly guardContent: JsonObject } | { readonly cachePoint: CachePoint };

export interface Message {
  readonly role: string;
  readonly content: readonly ContentBlock[];
}

export interface ToolConfig {
  readonly tools: readonly ToolEntry[];
  readonly toolChoice?: { readonly auto?: JsonObject; readonly any?: JsonObject; readonly tool?: { readonly name: string } };
}

export interface ConverseRequest {
  readonly modelId: string;
  readonly system?: readonly SystemBlock[];
  readonly messages?: readonly Message[];
  readonly toolConfig?: ToolConfig;
  readonly inferenceConfig?: {
    readonly maxTokens?: number;
    readonly temperature?: number;
    readonly topP?: number;
    readonly stopSequences?: readonly string[];
  };
  readonly additionalModelRequestFields?: Json;
  readonly additionalModelResponseFieldPaths?: readonly string[];
  readonly guardrailConfig?: JsonObject;
  readonly performanceConfig?: { readonly latency?: string };
  readonly serviceTier?: { readonly type: string };
  readonly requestMetadata?: { readonly [key: string]: string };
  readonly promptVariables?: { readonly [key: string]: { readonly text: string } };
}

/**
 * The operations by which a prompt can be sent, by the API's own names: four of Bedrock Runtime, and `Messages` of the endpoint bedrock-mantle.
 * Sources: service model bedrock-runtime/2023-09-30; AWS user guide, count-tokens and endpoints, 2026-10.
 */
export type Door = 'ConverseStream' | 'Converse' | 'InvokeModelWithResponseStream' | 'InvokeModel' | 'Messages';

/**
 * What a person chooses among: answers as a stream or in one piece through Bedrock Runtime, or the Messages API of bedrock-mantle for prompts
 * that are Messages bodies.
 */
export const doorChoices = ['stream', 'whole', 'mantle'] as const;
export type DoorChoice = (typeof doorChoices)[number];

/** One call as it goes over the wire. `body`: a request of Converse, or for InvokeModel and Messages the JSON text itself. */
export type WireCall =
  | { readonly api: 'converse'; readonly door?: 'ConverseStream' | 'Converse'; readonly modelId: string; readonly body: ConverseRequest }
  | {
      readonly api: 'messages' | 'nova';
      readonly door?: 'InvokeModelWithResponseStream' | 'InvokeModel';
      readonly modelId: string;
      readonly body: string;
      /** For the service's logs; InvokeModel takes it in a header. */
      readonly metadata?: Readonly<Record<string, string>>;
    }
  /** `betas`: what goes into the header `anthropic-beta`, where a body of InvokeModel has a member for it. */
  | {
      readonly api: 'messages';
      readonly door: 'Messages';
      readonly modelId: string;
      readonly body: string;
      readonly betas: readonly string[];
    };

/** The door of a call that names none: the one that streams. */
export const doorOf = ({ api, door }: WireCall): Door => door ?? (api === 'converse' ? 'ConverseStream' : 'InvokeModelWithResponseStream');
