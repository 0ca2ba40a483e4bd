import type { RefusalId } from '../service/refusals';

/** What a model refuses, to follow "… does not take", and what to do instead. */
type Words = readonly [what: string, remedy: string];

const leaveOut = 'Leave it out.';
const adaptive = 'Use { "type": "adaptive" }, with outputConfig.effort for how much it thinks.';

const words: { readonly [Id in RefusalId]: Words } = {
  'temperature.removed': ['a temperature other than 1', leaveOut],
  'topP.removed': ['a topP other than 0.99', leaveOut],
  'topP.one': ['a topP of 1', leaveOut],
  'topK.removed': ['top_k', leaveOut],
  'sampling.both': ['temperature and topP together', 'Give one of the two.'],
  'temperature.thinking': ['a temperature other than 1 while it thinks', leaveOut],
  'topP.thinking': ['a topP below 0.95 while it thinks', leaveOut],
  'topK.thinking': ['top_k while it thinks', leaveOut],
  'topK.vendor': ['top_k at this place', 'Nova takes it as inferenceConfig.topK among the additional fields.'],
  'sampling.field': ['temperature or topP', leaveOut],
  'nova.temperature': ['a temperature below 0.00001', 'The smallest value that is documented is 0.00001.'],
  'nova.topK': ['a topK above 128', 'Use 128 or less.'],
  'thinking.enabled': ['thinking of the type "enabled"', adaptive],
  'thinking.disabled': ['thinking of the type "disabled": it always thinks', leaveOut],
  'thinking.disabled.betweenTools': ['thinking of the type "disabled"', 'Use { "type": "between_tools" }.'],
  'thinking.betweenTools': ['thinking of the type "between_tools"', 'Use "adaptive", or "disabled" where the model has it.'],
  'thinking.betweenTools.effort': ['an effort of xhigh or max with thinking between tools', 'Use high or less.'],
  'thinking.betweenTools.beside': ['display, budget_tokens or block_binding with thinking between tools', leaveOut],
  'thinking.disabled.effort': ['an effort of xhigh or max with thinking disabled', 'Use high or less, or let it think.'],
  'thinking.adaptive': ['adaptive thinking', 'Use { "type": "enabled", "budget_tokens": 2000 }.'],
  'thinking.unknown': ['thinking under this name', 'Nova 2 has reasoningConfig; other models have fields of their own.'],
  'thinking.budget.least': ['a thinking budget below 1,024 tokens', 'Use at least 1024.'],
  'thinking.budget.most': ['a maxTokens that is not above the thinking budget', 'Raise maxTokens or lower budget_tokens.'],
  'thinking.effort': ['effort inside thinking', 'Write it as outputConfig.effort.'],
  'effort.unknown': ['an effort', leaveOut],
  'effort.three': ['this effort', 'It takes low, medium and high.'],
  'effort.beta': ['an effort without the beta value effort-2025-11-24', 'Add it to anthropic_beta.'],
  'effort.four': ['this effort', 'It takes low, medium, high and max.'],
  'effort.xhigh': ['an effort of xhigh', 'Use high or max.'],
  'effort.five': ['this effort', 'It takes low, medium, high, xhigh and max.'],
  'nova.reasoning': ['reasoningConfig', 'Nova 2 does.'],
  'nova.reasoning.high': ['maxTokens, temperature, topP or topK with an effort of high', 'Leave them out, or use medium.'],
  'gpt.effort': ['an effort of "none"', 'Use "low" or leave it out.'],
  'output.format': ['an output format', 'Ask for JSON in the prompt and check it, or use a model that has structured output.'],
  'output.citations': ['citations together with an output format', 'Leave one of the two out.'],
  'stop.field': ['stopSequences', leaveOut],
  'stop.blank': ['a stop sequence of white space only', leaveOut],
  'maxTokens.least': ['fewer than 16 output tokens', 'Use at least 16.'],
  'tier.reserved': ['the reserved tier without a reservation of the account', 'This cannot be seen here.'],
  'tier.model': ['this service tier', 'Use "default" or leave it out.'],
  latency: ['latency-optimized inference', 'Use "standard" or leave it out.'],
  'latency.bare': ['latency-optimized inference by its bare id', 'Name an inference profile, such as us.amazon.nova-pro-v1:0.'],
  beta: ['this beta value: what it stood for needs none any more', leaveOut],
  'beta.code': ['this beta value', leaveOut],
  'guardrail.identifier': ['a guardrail without its guardrailIdentifier', 'Name it, or leave guardrailConfig out.'],
  'guardrail.version': ['a guardrail without its guardrailVersion', 'Give a number or DRAFT.'],
  'fields.cacheControl': [
    'a cache point among the additional fields',
    'In Converse a cache point is a block of its own, { "cachePoint": { "type": "default" } }.',
  ],
  'fields.unknown': [
    'additional fields that it does not know, and this one is in no list',
    'Compare it with the documentation of the model.',
  ],
  prefill: ['a conversation that ends with the assistant', 'End it with a message of the user, or ask for the form of the answer there.'],
  'prefill.thinking': ['the beginning of an answer while it thinks', 'End with a message of the user.'],
  'turns.userFirst': ['a conversation that begins with the assistant', 'Begin with a message of the user.'],
  'turns.alternate': ['two messages of one role in a row', 'Put their blocks into one message.'],
  'role.system': [
    'a message with the role system through Converse',
    'InvokeModel takes it on the models that have it. Text for the whole conversation belongs in system.',
  ],
  'role.system.first': ['a system message first in messages', 'Its text belongs in system.'],
  'role.system.place': [
    'a system message here',
    'It stands after a message of the user, is followed by the assistant or nothing, and holds text only.',
  ],
  'tool.change': [
    'this change of tools',
    'It stands in a system message, names a tool of toolConfig, and needs the beta value mid-conversation-tool-changes-2026-07-01.',
  ],
  'reasoning.signature': ['reasoning without its signature', 'Send the block as it came.'],
  'reasoning.beforeTool': [
    'a tool call without the reasoning that came before it, while it thinks',
    'Begin this message with the reasoningContent block as it came.',
  ],
  'reasoning.alone': ['a message of reasoning alone', 'Leave the message out, or add its text.'],
  'reasoning.history': ['reasoning of earlier turns', 'Leave the block out.'],
  'tool.unsupported': ['tools', 'Leave toolConfig out.'],
  'tool.stream': ['tools in ConverseStream, which runs here use', 'Converse takes them.'],
  'tool.strict': ['strict in a tool', leaveOut],
  'tool.choice.forced': ['a forced tool choice', 'Use { "auto": {} }.'],
  'tool.choice.thinking': ['a forced tool choice while it thinks', 'Use { "auto": {} }.'],
  'tool.choice.auto': ['a forced tool choice', 'Use { "auto": {} }.'],
  'tool.choice.any': ['toolChoice any', 'Use { "auto": {} }.'],
  'tool.result.status': ['the status of a tool result', leaveOut],
  'tool.result.json': ['json in a tool result that is no object', 'Put the list or value into a member of an object.'],
  'tool.result.error': ['a failed tool result without content', 'Add a text that says what went wrong.'],
  'tool.result.alone': ['anything beside tool results in their message', 'Send it in a message of its own.'],
  'tool.result.beside': ['a document or video beside a tool result', 'Send it in a message of its own. Text and images are fine.'],
  'tool.result.video': ['video in a tool result', leaveOut],
  'tool.result.image': ['images in a tool result', leaveOut],
  'tool.result.document': ['documents in a tool result', 'Send its text.'],
  'tool.result.documentFormat': ['PDF and Word documents in a tool result', 'Send its text.'],
  'tool.result.s3': ['files in S3 in a tool result', 'Send the bytes.'],
  'tool.strictSchema': ['maxItems in the schema of a strict tool', leaveOut],
  'system.unsupported': ['system text', 'Put it into the first message of the user.'],
  'text.space': ['a text of white space only', 'Fill it or remove it.'],
  'cache.afterVideo': ['a cache point straight after a video', 'Put it before the video.'],
  'cache.fiveMinutes': ['a lifetime that is written, even 5m', 'Five minutes is its default, so leave ttl out.'],
  'id.onDemand': ['calls by its bare id', 'Put the prefix of an inference profile before it, such as us. or global.'],
  'id.mantle': ['calls through Converse: it is served on the bedrock-mantle endpoint only', 'Use another model.'],
};

/** What a row of the table of refusals means for a person. */
export const describeRefusal = (id: RefusalId, model: string, isSure: boolean): string => {
  const [what, remedy] = words[id];
  return isSure
    ? `${model} does not take ${what}, so the call fails (ValidationException). ${remedy}`
    : `${model} may not take ${what}, so the call may fail. ${remedy}`;
};
