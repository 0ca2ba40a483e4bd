import type { RefusalId } from '../core/service/refusals';
import type { ServiceError } from './errors';
import { invalid, modelRefuses } from './errors';

/** What models answer, by row of the table of refusals; where no answer was quoted, the words of Anthropic's checks. */
const models: { readonly [Id in RefusalId]?: string } = {
  'temperature.removed': '`temperature` is deprecated for this model.',
  'topP.removed': '`top_p` is deprecated for this model.',
  'topP.one': '`top_p` is deprecated for this model.',
  'topK.removed': '`top_k` is deprecated for this model.',
  'sampling.both': '`temperature` and `top_p` cannot both be specified for this model. Please use only one.',
  'temperature.thinking': '`temperature` may only be set to 1 when thinking is enabled.',
  'topP.thinking': '`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled.',
  'topK.thinking': '`top_k` must be unset when thinking is enabled.',
  'thinking.enabled': '"thinking.type.enabled" is not supported for this model. Use "thinking.type.adaptive" and "output_config.effort".',
  'thinking.disabled': '"thinking.type.disabled" is not supported for this model.',
  'thinking.disabled.betweenTools': '"thinking.type.disabled" is not supported for this model. Use "thinking.type.between_tools".',
  'thinking.betweenTools': '"thinking.type.between_tools" is not supported for this model.',
  'thinking.adaptive': 'adaptive thinking is not supported on this model',
  'thinking.type': 'thinking.type: Field required',
  'thinking.type.other':
    "thinking: Input tag found using 'type' does not match any of the expected tags: 'adaptive', 'disabled', 'enabled'",
  'thinking.budget.missing': 'thinking.enabled.budget_tokens: Field required',
  'thinking.budget.other': 'thinking.budget_tokens: Extra inputs are not permitted',
  'thinking.budget.least': 'thinking.enabled.budget_tokens: Input should be greater than or equal to 1024',
  'thinking.budget.most': '`max_tokens` must be greater than `thinking.budget_tokens`.',
  'effort.unknown': 'This model does not support the effort parameter.',
  'effort.three': 'This model does not support this effort level. Supported levels: high, low, medium.',
  'effort.four': 'This model does not support this effort level. Supported levels: high, low, max, medium.',
  'effort.xhigh': "This model does not support effort level 'xhigh'. Supported levels: high, low, max, medium.",
  'effort.five': 'This model does not support this effort level. Supported levels: high, low, max, medium, xhigh.',
  'output.format': 'output_config.format: Extra inputs are not permitted',
  beta: 'invalid beta flag',
  'beta.code': 'invalid beta flag',
  'fields.cacheControl': 'cache_control: Extra inputs are not permitted',
  prefill: 'This model does not support assistant message prefill. The conversation must end with a user message.',
  'prefill.space': 'messages: final assistant content cannot end with trailing whitespace',
  'prefill.thinking':
    'This model does not support assistant message prefill while thinking. The conversation must end with a user message.',
  'role.system.invoke': 'role system is not supported on this model',
  'role.system.first': 'role system is not supported as the first message',
  'role.system.place': 'role system is not supported at this position',
  'tool.change': 'tool_addition and tool_removal are not supported here',
  'reasoning.signature': 'messages.content.thinking.signature: Field required',
  'reasoning.signature.empty': 'messages.content.thinking.signature: Field required',
  'output.citations': 'Citations cannot be enabled together with output_config.format.',
  'gpt.effort': "reasoning.effort: 'none' is not supported for this model.",
  'thinking.betweenTools.effort': '"thinking.type.between_tools" is not supported with this effort level.',
  'thinking.betweenTools.beside': 'thinking.between_tools: Extra inputs are not permitted',
  'thinking.disabled.effort': '"thinking.type.disabled" is not supported with this effort level.',
  'thinking.effort': 'thinking.effort: Extra inputs are not permitted',
  'nova.reasoning.high': 'maxTokens, temperature, topP and topK must be unset when maxReasoningEffort is high.',
  'tool.result.beside': 'Documents and video are not supported beside tool results.',
  'reasoning.beforeTool': 'Expected `thinking` or `redacted_thinking`, but found `tool_use`.',
  'tool.strict': 'tools.0.custom.strict: Extra inputs are not permitted',
  'tool.choice.forced': 'tool_choice: type "tool" and "any" are not supported for this model',
  'tool.choice.thinking': 'Thinking may not be enabled when tool_choice forces tool use.',
  'tool.strictSchema': "tools.0.custom: For 'array' type, property 'maxItems' is not supported",
};

/** What Converse says before a model is asked. */
const service: { readonly [Id in RefusalId]?: string } = {
  'topK.vendor': 'Malformed input request: #: extraneous key [top_k] is not permitted, please reformat your input and try again.',
  'sampling.field': "This model doesn't support the temperature field. Remove temperature and try again.",
  'thinking.unknown': 'Malformed input request: #: extraneous key [thinking] is not permitted, please reformat your input and try again.',
  'nova.reasoning': 'The provided reasoning config value is invalid.',
  'output.mantle': 'output_config.format: Extra inputs are not permitted',
  'stop.field': "This model doesn't support the stopSequences field. Remove stopSequences and try again.",
  'tier.model': 'The provided service tier is not supported for this model',
  latency: 'Latency performance configuration is not supported for this model in this Region',
  'latency.bare': 'Latency performance configuration is not supported for this model in this Region',
  'tool.unsupported': "This model doesn't support tool use.",
  'tool.stream': "This model doesn't support tool use in streaming mode.",
  'tool.choice.auto': "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
  'tool.result.status': "This model doesn't support the status field. Remove status and try again.",
  'tool.result.alone': 'Conversation blocks and tool result blocks cannot be provided in the same turn.',
  'system.unsupported':
    "This model doesn't support system messages. Try again without a system message or use a model that supports system messages.",
  'tool.choice.any': "This model doesn't support the toolConfig.toolChoice.any field. Remove toolConfig.toolChoice.any and try again.",
  'tool.result.video': "This model doesn't support the video content block that you provided. Update the content block and try again.",
  'tool.result.image': "This model doesn't support the image content block that you provided. Update the content block and try again.",
  'tool.result.document':
    "This model doesn't support the document content block that you provided. Update the content block and try again.",
  'tool.result.documentFormat':
    'Malformed input request: #/messages: extraneous key [toolResult] is not permitted, please reformat your input and try again.',
  'tool.result.s3': "This model doesn't support the s3Uri field. Remove s3Uri and try again.",
  'content.image': "This model doesn't support the image content block that you provided. Update the content block and try again.",
  'content.video': "This model doesn't support the video content block that you provided. Update the content block and try again.",
  'content.audio': "This model doesn't support the audio content block that you provided. Update the content block and try again.",
  'content.document': "This model doesn't support documents.",
};

/** The refusal of a row: Converse's own, or that of the model behind it. */
export const refusalOf = (id: RefusalId): ServiceError => {
  const own = service[id];
  return own === undefined ? modelRefuses(models[id] ?? `The request does not fit this model (${id}).`) : invalid(own);
};
