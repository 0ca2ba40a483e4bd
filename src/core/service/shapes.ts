/**
 * What the operations of Bedrock Runtime take, as data: members, which are required, enums, lengths, ranges and patterns.
 * Source: service model bedrock-runtime/2023-09-30 of 2026-07-31, as botocore 1.43.67 publishes it; read 2026-11-28. Its limits stand in
 * `test/fixtures/service`, and a test holds both this file and the SDK's own schemas against them.
 */

interface Length {
  readonly min?: number;
  readonly max?: number;
}

/** What a value is. Lengths count UTF-16 units, entries or bytes; a pattern fits the whole string. */
export type Shape =
  | {
      readonly kind: 'structure' | 'union';
      readonly name: string;
      readonly required: readonly string[];
      readonly members: Members;
      /** A member that may stand beside the one of a union. */
      readonly beside?: string;
    }
  | ({ readonly kind: 'list'; readonly of: Shape } & Length)
  | ({ readonly kind: 'map'; readonly key: TextShape; readonly value: Shape } & Length)
  | TextShape
  | ({ readonly kind: 'integer' | 'float' } & Length)
  | ({ readonly kind: 'blob' } & Length)
  /** `document` is any JSON. */
  | { readonly kind: 'document' }
  | { readonly kind: 'boolean' }
  | Tagged
  /** In bodies of the Messages API a text stands for a list of one block. */
  | { readonly kind: 'textOr'; readonly of: Shape };

/** An object whose `type` says which it is, as bodies of the Messages API have them. */
export interface Tagged {
  readonly kind: 'tagged';
  readonly types: { readonly [type: string]: Structure };
  /** What it is without a `type`. */
  readonly usual?: string;
  /** Types that are not judged: the vendor has them, and what they hold is not described here. */
  readonly open?: RegExp;
  /** Types that the vendor has, and that may be refused on Bedrock. */
  readonly doubtful?: RegExp;
}

export type TextShape = {
  readonly kind: 'string';
  /** An enum's values. */
  readonly values?: readonly string[];
  /** Values outside the enum that the service was seen to answer. */
  readonly taken?: readonly string[];
  readonly pattern?: RegExp;
} & Length;

export type Members = { readonly [name: string]: Shape };
export type Structure = Extract<Shape, { readonly kind: 'structure' | 'union' }>;

export const structure = (name: string, required: string, members: Members): Structure => ({
  kind: 'structure',
  name,
  required: required === '' ? [] : required.split(' '),
  members,
});
/** Exactly one member is set. */
export const union = (name: string, members: Members): Structure => ({ kind: 'union', name, required: [], members });
export const list = (of: Shape, length: Length = {}): Shape => ({ kind: 'list', of, ...length });
export const tagged = (types: Tagged['types'], more: Omit<Tagged, 'kind' | 'types'> = {}): Tagged => ({ kind: 'tagged', types, ...more });
export const textOr = (of: Shape): Shape => ({ kind: 'textOr', of });
export const oneOf = (values: string): TextShape => ({ kind: 'string', values: values.split(' ') });
export const text = (min?: number, max?: number, pattern?: string): TextShape => ({
  kind: 'string',
  ...(min === undefined ? {} : { min }),
  ...(max === undefined ? {} : { max }),
  ...(pattern === undefined ? {} : { pattern: new RegExp(`^(?:${pattern})$`) }),
});
export const string: TextShape = { kind: 'string' };
export const boolean: Shape = { kind: 'boolean' };
export const document: Shape = { kind: 'document' };
export const blob: Shape = { kind: 'blob', min: 1 };
export const share: Shape = { kind: 'float', min: 0, max: 1 };
export const index: Shape = { kind: 'integer', min: 0 };

/** Names of tools. */
const toolName = text(1, 64, '[a-zA-Z0-9_-]+');
const toolUseId = text(1, 64, '[a-zA-Z0-9_.:-]+');

const s3Location = structure('S3Location', 'uri', {
  uri: text(1, 1024, 's3:\\/\\/[a-z0-9][\\.\\-a-z0-9]{1,61}[a-z0-9](\\/.*)?'),
  bucketOwner: text(undefined, undefined, '[0-9]{12}'),
});
const error = structure('ErrorBlock', '', { message: string });
const citations = structure('CitationsConfig', 'enabled', { enabled: boolean });
const media = (name: string): Shape => union(name, { bytes: blob, s3Location });

export const cachePoint = structure('CachePointBlock', 'type', { type: oneOf('default'), ttl: oneOf('5m 1h') });

const image = structure('ImageBlock', 'format source', {
  format: oneOf('png jpeg gif webp'),
  source: media('ImageSource'),
  error,
});
const audio = structure('AudioBlock', 'format source', {
  format: oneOf('mp3 opus wav aac flac mp4 ogg mkv mka x-aac m4a mpeg mpga pcm webm'),
  source: media('AudioSource'),
  error,
});
const video = structure('VideoBlock', 'format source', {
  // Recorded on Nova with pydantic-ai, 2026.
  format: { ...oneOf('mkv mov mp4 webm flv mpeg mpg wmv three_gp'), taken: ['video/mp4'] },
  source: media('VideoSource'),
});
const documentBlock = structure('DocumentBlock', 'name source', {
  format: oneOf('pdf csv doc docx xls xlsx html txt md'),
  name: text(1, 200),
  source: union('DocumentSource', {
    bytes: blob,
    s3Location,
    text: string,
    content: list(union('DocumentContentBlock', { text: string })),
  }),
  context: string,
  citations,
});
const searchResult = structure('SearchResultBlock', 'source title content', {
  source: string,
  title: string,
  content: list(structure('SearchResultContentBlock', 'text', { text: string })),
  citations,
});
const guardContent = union('GuardrailConverseContentBlock', {
  text: structure('GuardrailConverseTextBlock', 'text', {
    text: string,
    qualifiers: list(oneOf('grounding_source query guard_content')),
  }),
  image: structure('GuardrailConverseImageBlock', 'format source', {
    format: oneOf('png jpeg'),
    source: union('GuardrailConverseImageSource', { bytes: blob }),
  }),
});

const toolUse = structure('ToolUseBlock', 'toolUseId name input', {
  toolUseId,
  name: toolName,
  input: document,
  type: oneOf('server_tool_use'),
});
const toolResult = structure('ToolResultBlock', 'toolUseId content', {
  toolUseId,
  content: list(union('ToolResultContentBlock', { json: document, text: string, image, document: documentBlock, video, searchResult })),
  status: oneOf('success error'),
  type: string,
});
const reasoningContent = union('ReasoningContentBlock', {
  reasoningText: structure('ReasoningTextBlock', 'text', { text: string, signature: string }),
  redactedContent: { kind: 'blob' },
});

const span = (name: string, first: string): Shape => structure(name, '', { [first]: index, start: index, end: index });
const citation = structure('Citation', '', {
  title: string,
  source: string,
  sourceContent: list(union('CitationSourceContent', { text: string })),
  location: union('CitationLocation', {
    web: structure('WebLocation', '', { url: string, domain: string }),
    documentChar: span('DocumentCharLocation', 'documentIndex'),
    documentPage: span('DocumentPageLocation', 'documentIndex'),
    documentChunk: span('DocumentChunkLocation', 'documentIndex'),
    searchResultLocation: span('SearchResultLocation', 'searchResultIndex'),
  }),
});
const citationsContent = structure('CitationsContentBlock', '', {
  content: list(union('CitationGeneratedContent', { text: string })),
  citations: list(citation),
});
const tool = structure('ToolReference', '', { type: text(1, 64), name: text(1, 128), serverName: text(1, 128) });

const contentBlock = union('ContentBlock', {
  text: string,
  image,
  document: documentBlock,
  video,
  audio,
  toolUse,
  toolResult,
  guardContent,
  cachePoint,
  reasoningContent,
  citationsContent,
  searchResult,
  toolAddition: structure('ToolAdditionBlock', 'tool', { tool }),
  toolRemoval: structure('ToolRemovalBlock', 'tool', { tool }),
});
const toolEntry = union('Tool', {
  toolSpec: structure('ToolSpecification', 'name inputSchema', {
    name: toolName,
    description: text(1),
    inputSchema: union('ToolInputSchema', { json: document }),
    strict: boolean,
  }),
  systemTool: structure('SystemTool', 'name', { name: toolName }),
  cachePoint,
});

/** What CountTokens takes of a Converse request. */
const counted: Members = {
  messages: list(structure('Message', 'role content', { role: oneOf('user assistant system'), content: list(contentBlock) })),
  system: list(union('SystemContentBlock', { text: text(1), guardContent, cachePoint })),
  toolConfig: structure('ToolConfiguration', 'tools', {
    tools: list(toolEntry, { min: 1 }),
    toolChoice: union('ToolChoice', {
      auto: structure('AutoToolChoice', '', {}),
      any: structure('AnyToolChoice', '', {}),
      tool: structure('SpecificToolChoice', 'name', { name: toolName }),
    }),
  }),
  additionalModelRequestFields: document,
};

const guardrail: Members = {
  guardrailIdentifier: text(0, 2048, '(|([a-z0-9]+)|(arn:aws(-[^:]+)?:bedrock:[a-z0-9-]{1,20}:[0-9]{12}:guardrail\\/[a-z0-9]+))'),
  guardrailVersion: text(undefined, undefined, '(|([1-9][0-9]{0,7})|(DRAFT))'),
  trace: oneOf('enabled disabled enabled_full'),
};

const converse = (name: string, guardrailConfig: Shape): Structure =>
  structure(name, '', {
    ...counted,
    inferenceConfig: structure('InferenceConfiguration', '', {
      maxTokens: { kind: 'integer', min: 1 },
      temperature: share,
      topP: share,
      stopSequences: list(text(1), { min: 0, max: 2500 }),
    }),
    guardrailConfig,
    promptVariables: { kind: 'map', key: string, value: union('PromptVariableValues', { text: string }) },
    additionalModelResponseFieldPaths: list(text(1, 256), { min: 0, max: 10 }),
    requestMetadata: {
      kind: 'map',
      key: text(1, 256, '[a-zA-Z0-9\\s:_@$#=\\/+,-.]{1,256}'),
      value: text(0, 256, '[a-zA-Z0-9\\s:_@$#=\\/+,-.]{0,256}'),
      min: 1,
      max: 16,
    },
    performanceConfig: structure('PerformanceConfiguration', '', { latency: oneOf('standard optimized') }),
    serviceTier: structure('ServiceTier', 'type', { type: oneOf('priority default flex reserved') }),
    outputConfig: structure('OutputConfig', '', {
      textFormat: structure('OutputFormat', 'type structure', {
        type: oneOf('json_schema'),
        structure: union('OutputFormatStructure', {
          jsonSchema: structure('JsonSchemaDefinition', 'schema', { schema: string, name: string, description: string }),
        }),
      }),
      effort: text(0, 16),
    }),
  });

/** The body of Converse; `modelId` stands in the address. */
export const converseRequest = converse('ConverseRequest', structure('GuardrailConfiguration', '', guardrail));

/** The body of ConverseStream, which differs in one member of `guardrailConfig`. */
export const converseStreamRequest = converse(
  'ConverseStreamRequest',
  structure('GuardrailStreamConfiguration', '', { ...guardrail, streamProcessingMode: oneOf('sync async') }),
);

/** The part of a Converse request that CountTokens takes. */
export const countedConverse = structure('ConverseTokensRequest', '', counted);

/** The body of CountTokens. */
export const countTokensRequest = structure('CountTokensRequest', 'input', {
  input: union('CountTokensInput', {
    invokeModel: structure('InvokeModelTokensRequest', 'body', { body: { kind: 'blob', min: 0, max: 25_000_000 } }),
    converse: countedConverse,
  }),
});

/**
 * What may stand as `modelId` in the address of a call: an id or one of the ARNs of Bedrock and SageMaker. The service model's pattern is
 * longer, and its part for ids of profiles takes no other signs than these.
 */
export const modelIdPattern = /^(?:arn:[a-zA-Z0-9:/._-]{1,2000}|[a-zA-Z0-9:._-]{1,2048})$/;

/** The shape of what stands at a path of member names and indexes below a shape. */
export const shapeAt = (shape: Shape | undefined, path: readonly (string | number)[]): Shape | undefined => {
  let at = shape;
  for (const step of path) {
    if (at === undefined) return undefined;
    if (at.kind === 'list') at = at.of;
    else if (at.kind === 'map') at = at.value;
    else if ((at.kind === 'structure' || at.kind === 'union') && Object.hasOwn(at.members, step)) at = at.members[step];
    else return undefined;
  }
  return at;
};

/** The greatest whole number that an integer of the service model holds, and with a minus and one more the least. */
export const largestInteger = 2_147_483_647;
