import { boolean, document, index, list, oneOf, share, string, structure, text, type Structure } from './shapes';

/**
 * What bodies of InvokeModel have, as data: Anthropic's Messages form for Claude, and Nova's. Members that no source describes closely are any
 * JSON. Sources: Anthropic's Messages API reference; AWS user guide, Anthropic Claude Messages API, and Amazon Nova, complete request schema;
 * all read 2026-11. Members that Bedrock is known to refuse (`model`, `stream`, a `cache_control` of the whole body) are left out.
 */

const control = structure('CacheControl', 'type', { type: oneOf('ephemeral'), ttl: oneOf('5m 1h') });

/** Blocks of system texts, messages and tool results by their type; others are not judged. */
export const messagesBlocks: Readonly<Record<string, Structure>> = (() => {
  const block = (name: string, required: string, members: Structure['members'], caches = true): Structure =>
    structure(name, required, { type: string, ...members, cache_control: caches ? control : document });
  return {
    text: block('TextBlock', 'text', { text: string, citations: document }),
    image: block('ImageBlock', 'source', { source: document }),
    document: block('DocumentBlock', 'source', { source: document, title: string, context: string, citations: document }),
    tool_use: block('ToolUseBlock', 'id name input', { id: string, name: string, input: document, caller: document }),
    tool_result: block('ToolResultBlock', 'tool_use_id', { tool_use_id: string, content: document, is_error: boolean }),
    // Where a cache point may stand is another rule's to say.
    thinking: block('ThinkingBlock', 'thinking', { thinking: string, signature: string }, false),
    redacted_thinking: block('RedactedThinkingBlock', 'data', { data: string }, false),
    custom: block('Tool', 'name input_schema', {
      name: text(1, 128, '[a-zA-Z0-9_-]+'),
      description: string,
      input_schema: document,
      strict: boolean,
      input_examples: document,
      defer_loading: boolean,
      allowed_callers: document,
      eager_input_streaming: boolean,
    }),
  };
})();

const messagesMembers: Structure['members'] = {
  anthropic_version: string,
  anthropic_beta: list(string),
  max_tokens: { kind: 'integer', min: 1 },
  system: document,
  messages: list(structure('Message', 'role content', { role: oneOf('user assistant system'), content: document })),
  tools: list(document),
  tool_choice: document,
  temperature: share,
  top_p: share,
  top_k: index,
  stop_sequences: list(string),
  thinking: document,
  output_config: document,
  output_format: document,
  context_management: document,
  metadata: document,
  container: document,
  mcp_servers: document,
  speed: document,
};

/** A Messages body, its blocks aside. */
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

const novaBlock = structure('NovaContentBlock', '', {
  text: string,
  image: document,
  video: document,
  audio: document,
  document,
  toolUse: document,
  toolResult: document,
  reasoningContent: document,
  cachePoint: document,
});

/** A body for Nova. */
export const novaBody = structure('NovaBody', 'messages', {
  schemaVersion: oneOf('messages-v1'),
  system: list(structure('NovaSystemBlock', '', { text: string, cachePoint: document })),
  messages: list(structure('NovaMessage', 'role content', { role: oneOf('user assistant'), content: list(novaBlock) })),
  inferenceConfig: structure('NovaInferenceConfig', '', {
    maxTokens: { kind: 'integer', min: 1 },
    max_new_tokens: { kind: 'integer', min: 1 },
    temperature: share,
    topP: share,
    top_p: share,
    topK: index,
    top_k: index,
    stopSequences: list(string),
    reasoningConfig: document,
  }),
  toolConfig: document,
  additionalModelRequestFields: document,
  reasoningConfig: document,
});
