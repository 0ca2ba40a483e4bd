import {
  blob,
  boolean,
  converseRequest,
  document,
  index,
  list,
  oneOf,
  shapeAt,
  share,
  string,
  structure,
  tagged,
  text,
  textOr,
  type Shape,
  type Structure,
} from './shapes';

/**
 * What bodies of InvokeModel have, as data: Anthropic's Messages form for Claude, and Nova's. Members that no source describes closely are any
 * JSON. Sources: Anthropic's Messages API reference; AWS user guide, Anthropic Claude Messages API, and Amazon Nova, complete request schema;
 * all read 2026-11. Members that Bedrock is known to refuse (`model`, `stream`, a `cache_control` of the whole body) are left out, and so are those of
 * what it does not offer (`container`, `mcp_servers`, `speed`).
 */

const object: Shape = { kind: 'map', key: string, value: document };
const integer: Shape = { kind: 'integer' };
const control = structure('CacheControl', 'type', { type: oneOf('ephemeral'), ttl: oneOf('5m 1h') });
const block = (name: string, required: string, members: Structure['members'], caches = true): Structure =>
  structure(name, required, { type: string, ...members, cache_control: caches ? control : document });
const source = (name: string, members: Structure['members']): Structure =>
  structure(name, Object.keys(members).join(' '), { type: string, ...members });
const citations = structure('CitationsConfig', '', { enabled: boolean });
const toolName = text(1, 128, '[a-zA-Z0-9_-]+');
const callId = text(1, undefined, '[a-zA-Z0-9_-]+');

/** Files by address or id are not read by Bedrock's own endpoints, as Anthropic says of them. */
const elsewhere = { doubtful: /^(?:url|file)$/ };
const textBlock = block('TextBlock', 'text', { text: string, citations: document });
const imageBlock = block('ImageBlock', 'source', {
  source: tagged(
    { base64: source('Base64ImageSource', { media_type: oneOf('image/jpeg image/png image/gif image/webp'), data: blob }) },
    elsewhere,
  ),
});
const documentSource = tagged(
  {
    base64: source('Base64PDFSource', { media_type: oneOf('application/pdf'), data: blob }),
    text: source('PlainTextSource', { media_type: oneOf('text/plain'), data: string }),
    content: source('ContentBlockSource', { content: textOr(list(tagged({ text: textBlock, image: imageBlock }))) }),
  },
  elsewhere,
);
const documentBlock = block('DocumentBlock', 'source', { source: documentSource, title: string, context: string, citations });
const searchResult = block('SearchResultBlock', 'source title content', {
  source: string,
  title: string,
  content: list(tagged({ text: textBlock })),
  citations,
});
const found = tagged(
  { text: textBlock, image: imageBlock, document: documentBlock, search_result: searchResult },
  { open: /^tool_reference$/ },
);

/** A tool of the caller's own. */
const custom = block('Tool', 'name input_schema', {
  name: toolName,
  description: string,
  input_schema: object,
  strict: boolean,
  input_examples: document,
  defer_loading: boolean,
  allowed_callers: document,
  eager_input_streaming: boolean,
});

/** Blocks of messages by their type. */
const contentBlocks: Readonly<Record<string, Structure>> = {
  text: textBlock,
  image: imageBlock,
  document: documentBlock,
  search_result: searchResult,
  tool_use: block('ToolUseBlock', 'id name input', { id: callId, name: toolName, input: object, caller: document }),
  tool_result: block('ToolResultBlock', 'tool_use_id', { tool_use_id: callId, content: textOr(list(found)), is_error: boolean }),
  // Where a cache point may stand is another rule's to say.
  thinking: block('ThinkingBlock', 'thinking', { thinking: string, signature: string }, false),
  redacted_thinking: block('RedactedThinkingBlock', 'data', { data: string }, false),
};

/** Blocks of system texts, messages and tool results, and tools, by their type. */
export const messagesBlocks: Readonly<Record<string, Structure>> = { ...contentBlocks, custom };

/** What comes of tools that the service runs, and of its own work on a conversation. */
const serviceBlocks =
  /^(?:server_tool_use|mcp_tool_use|\w+_tool_result|container_upload|compaction|fallback|tool_(?:addition|removal|reference))$/;

const parallel = { type: string, disable_parallel_tool_use: boolean };

const messagesMembers: Structure['members'] = {
  anthropic_version: string,
  anthropic_beta: list(string),
  max_tokens: { kind: 'integer', min: 1 },
  system: textOr(list(tagged({ text: textBlock }))),
  messages: list(
    structure('Message', 'role content', {
      role: oneOf('user assistant system'),
      content: textOr(list(tagged(contentBlocks, { open: serviceBlocks }))),
      output_config: document,
    }),
  ),
  // The vendor's own tools have a date in their type.
  tools: list(tagged({ custom }, { usual: 'custom', open: /_\d{8}$|^mcp_toolset$/ })),
  tool_choice: tagged({
    auto: structure('ToolChoiceAuto', '', parallel),
    any: structure('ToolChoiceAny', '', parallel),
    tool: structure('ToolChoiceTool', 'name', { ...parallel, name: string }),
    none: structure('ToolChoiceNone', '', { type: string }),
  }),
  temperature: share,
  top_p: share,
  top_k: index,
  stop_sequences: list(string, { max: 8191 }),
  // Which of these a model takes together stands in the table of refusals.
  thinking: structure('ThinkingConfig', '', {
    type: string,
    budget_tokens: integer,
    display: document,
    block_binding: document,
    effort: document,
  }),
  output_config: document,
  output_format: document,
  context_management: document,
  metadata: structure('Metadata', '', { user_id: string }),
};

/** A Messages body. */
export const messagesBody = structure('MessagesBody', 'anthropic_version max_tokens messages', messagesMembers);

/** The same as Anthropic's clients for Bedrock take it: they name the version, and send the model in the address. */
export const clientBody = structure('MessagesParams', 'max_tokens messages', { ...messagesMembers, model: string, stream: boolean });

/**
 * The same for bedrock-mantle, where the whole body may have a `cache_control`. Model, stream and version need not be written: they are added and
 * left out as they have to be when it is sent.
 */
export const mantleBody = structure('MantleMessagesParams', 'max_tokens messages', {
  ...messagesMembers,
  model: string,
  stream: boolean,
  service_tier: string,
  cache_control: control,
});

/** The shape of Converse at a path, which Nova's bodies share; a cache point stands beside what it follows. */
const shared = (...path: readonly (string | number)[]): Shape => shapeAt(converseRequest, path) ?? document;
const blocks = (...path: readonly (string | number)[]): Shape => {
  const block = shared(...path, 0);
  return list(block.kind === 'union' ? { ...block, beside: 'cachePoint' } : block);
};
const tools: Shape = shared('toolConfig');

/** A body for Nova. */
export const novaBody = structure('NovaBody', 'messages', {
  schemaVersion: oneOf('messages-v1'),
  system: blocks('system'),
  messages: list(structure('NovaMessage', 'role content', { role: oneOf('user assistant'), content: blocks('messages', 0, 'content') })),
  inferenceConfig: structure('NovaInferenceConfig', '', {
    maxTokens: { kind: 'integer', min: 1 },
    max_new_tokens: { kind: 'integer', min: 1 },
    temperature: share,
    topP: share,
    top_p: share,
    topK: index,
    top_k: index,
    stopSequences: shared('inferenceConfig', 'stopSequences'),
    reasoningConfig: document,
  }),
  toolConfig: tools.kind === 'structure' ? { ...tools, members: { ...tools.members, tools: blocks('toolConfig', 'tools') } } : tools,
  additionalModelRequestFields: document,
  reasoningConfig: document,
  guardrailConfig: document,
  'amazon-bedrock-guardrailConfig': document,
});
