import type { Members, Shape } from './checkShape';

/**
 * The members of a Converse request, their types and which are required.
 * Source: service model bedrock-runtime/2023-09-30 as published with the JavaScript SDK 3.1164.0, read 2026-11.
 */
const json: Shape = { kind: 'json' };
const number: Shape = { kind: 'number' };
const boolean: Shape = { kind: 'boolean' };
const blob: Shape = { kind: 'blob' };
const string: Shape = { kind: 'string' };
const oneOf = (...values: readonly string[]): Shape => ({ kind: 'string', values });
const listOf = (of: () => Shape, fewest = 0): Shape => ({ kind: 'list', of, fewest });
const strings = listOf(() => string);
const structure = (required: Members, optional: Members = {}): Shape => ({ kind: 'structure', required, optional });
const union = (name: string, members: Members): Shape => ({ kind: 'union', name, members });

const s3Location = structure({ uri: string }, { bucketOwner: string });
const media = (name: string): Shape => union(name, { bytes: blob, s3Location });
const error = structure({}, { message: string });
const citations = structure({ enabled: boolean });
const cachePoint = structure({ type: oneOf('default') }, { ttl: oneOf('5m', '1h') });

const image = structure({ format: oneOf('png', 'jpeg', 'gif', 'webp'), source: media('ImageSource') }, { error });
const audio = structure({ format: string, source: media('AudioSource') }, { error });
const video = structure({
  format: oneOf('mkv', 'mov', 'mp4', 'webm', 'flv', 'mpeg', 'mpg', 'wmv', 'three_gp'),
  source: media('VideoSource'),
});
const document = structure(
  {
    name: string,
    source: union('DocumentSource', {
      bytes: blob,
      s3Location,
      text: string,
      content: listOf(() => union('DocumentContentBlock', { text: string }), 1),
    }),
  },
  { format: oneOf('pdf', 'csv', 'doc', 'docx', 'xls', 'xlsx', 'html', 'txt', 'md'), context: string, citations },
);
const searchResult = structure({ source: string, title: string, content: listOf(() => structure({ text: string })) }, { citations });
const guardContent = union('GuardrailConverseContentBlock', {
  text: structure({ text: string }, { qualifiers: strings }),
  image: structure({ format: oneOf('png', 'jpeg'), source: union('GuardrailConverseImageSource', { bytes: blob }) }),
});

const toolUse = structure({ toolUseId: string, name: string, input: json }, { type: oneOf('server_tool_use') });
const toolResultContent = union('ToolResultContentBlock', { json, text: string, image, document, video, searchResult });
const toolResult = structure(
  { toolUseId: string, content: listOf(() => toolResultContent) },
  { status: oneOf('success', 'error'), type: string },
);
const reasoningContent = union('ReasoningContentBlock', {
  reasoningText: structure({ text: string }, { signature: string }),
  redactedContent: blob,
});
const citationsContent = structure({}, { content: listOf(() => union('CitationGeneratedContent', { text: string })), citations: json });
const toolReference = structure({ tool: structure({}, { type: string, name: string, serverName: string }) });

const contentBlock = union('ContentBlock', {
  text: string,
  image,
  toolUse,
  toolResult,
  document,
  video,
  cachePoint,
  reasoningContent,
  citationsContent,
  searchResult,
  audio,
  guardContent,
  toolAddition: toolReference,
  toolRemoval: toolReference,
});
const systemBlock = union('SystemContentBlock', { text: string, guardContent, cachePoint });
const message = structure({ role: oneOf('user', 'assistant', 'system'), content: listOf(() => contentBlock) });

const toolName: Shape = { kind: 'string', pattern: /[a-zA-Z0-9_-]+/, longest: 64 };
const tool = union('Tool', {
  toolSpec: structure({ name: toolName, inputSchema: union('ToolInputSchema', { json }) }, { description: string, strict: boolean }),
  systemTool: structure({ name: string }),
  cachePoint,
});
const toolChoice = union('ToolChoice', { auto: structure({}), any: structure({}), tool: structure({ name: toolName }) });
const toolConfig = structure({ tools: listOf(() => tool, 1) }, { toolChoice });

const tokens = {
  messages: listOf(() => message),
  system: listOf(() => systemBlock),
  toolConfig,
  additionalModelRequestFields: json,
};

/** The part of a Converse request that CountTokens takes. */
export const countedConverseShape: Shape = structure({}, tokens);

/** The body of Converse and ConverseStream. */
export const converseShape: Shape = structure(
  {},
  {
    ...tokens,
    inferenceConfig: structure({}, { maxTokens: number, temperature: number, topP: number, stopSequences: strings }),
    guardrailConfig: structure(
      {},
      {
        guardrailIdentifier: string,
        guardrailVersion: string,
        trace: oneOf('enabled', 'disabled', 'enabled_full'),
        streamProcessingMode: oneOf('sync', 'async'),
      },
    ),
    promptVariables: { kind: 'map', of: union('PromptVariableValues', { text: string }) },
    additionalModelResponseFieldPaths: strings,
    requestMetadata: { kind: 'map', of: string },
    performanceConfig: structure({}, { latency: oneOf('standard', 'optimized') }),
    serviceTier: structure({ type: oneOf('priority', 'default', 'flex', 'reserved') }),
    outputConfig: structure({}, { textFormat: json, effort: string }),
  },
);
