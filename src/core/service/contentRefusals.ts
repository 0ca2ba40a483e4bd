import type { Refusal } from './condition';
import { recentClaude, thinking } from './modelNames';

/** Tools, turns and content that models refuse. */

const invoke = true;
const result = 'messages.*.content.*.toolResult';
const forced = { at: ['toolConfig.toolChoice.any', 'toolConfig.toolChoice.tool'] } as const;

export const contentRefusals = {
  // Turns
  prefill: { models: { error: `opus-4-6 sonnet-4-6 ${recentClaude} mythos*` }, invoke, source: 'S hermes-agent#101401, opencode#29760' },
  'prefill.space': {
    models: { error: 'claude*' },
    invoke,
    milderThan: 'prefill',
    source:
      'S aws-sdk-net#4015 (Converse, 2025-09), langchain-aws#532 (InvokeModel): final assistant content cannot end with trailing whitespace',
  },
  'prefill.thinking': { models: { error: 'claude*' }, invoke, source: 'D AWS, extended thinking, 2026-10' },
  'turns.userFirst': {
    models: { error: 'nova* meta.* mistral.* cohere.* ai21.* writer.* titan*', none: 'claude* qwen.* zai.* moonshot*', rest: 'warning' },
    source: 'S pydantic-ai#6255, 2026-07-03; accepted by Claude and Qwen',
  },
  'turns.alternate': {
    models: { none: 'claude*', rest: 'warning' },
    source: 'contradiction: semantic-kernel#10281 of 2025; recorded 200 since',
  },
  'role.system': {
    models: { rest: 'warning' },
    source:
      'contradiction: the service model has it since 2026-05-28, reports of 2026-07 say that Converse refused it (LiteLLM incident report, stdapi.ai#49)',
  },
  'role.system.first': { models: { rest: 'error' }, source: 'D Anthropic, mid-conversation system messages, 2026-09; AWS user guide' },
  'role.system.invoke': {
    models: { none: 'opus-4-8 opus-5 opus-5-5 sonnet-5-5 fable-5* mythos-5*', warning: 'sonnet-5 haiku-5-5', rest: 'error' },
    invoke,
    milderThan: 'role.system.place',
    source: 'S litellm#32831, #32882, 2026-07, for bodies of InvokeModel; contradiction Sonnet 5; not checked Haiku 5.5',
  },
  'role.system.place': {
    models: { error: 'opus-4-8 opus-5 opus-5-5 sonnet-5 sonnet-5-5 fable-5* mythos-5*' },
    invoke,
    source: 'D Anthropic, mid-conversation system messages, 2026-09; AWS user guide',
  },
  'tool.change': { models: { rest: 'error' }, source: 'D Anthropic, mid-conversation system messages, 2026-09' },
  // Reasoning that was sent back
  'reasoning.signature': {
    when: [{ at: ['messages.*.content.*.reasoningContent.reasoningText'], without: 'signature' }],
    models: { error: 'claude*' },
    invoke,
    source: 'S llama_index#20851, litellm#25375',
  },
  'reasoning.signature.empty': {
    when: [{ at: ['messages.*.content.*.reasoningContent.reasoningText.signature'], blank: true }],
    models: { error: 'claude*' },
    invoke,
    source: 'S pi#2063, oh-my-pi#10486: what a stream leaves that broke off while the model thought',
  },
  'reasoning.user': { models: { warning: 'claude*' }, source: 'I reasoning is what the assistant thought; no answer seen' },
  'reasoning.order': {
    models: { warning: 'claude*' },
    source: 'D Anthropic, extended thinking, 2026-10: blocks go back in the order in which they came, reasoning before the call it led to',
  },
  'thinking.bound': {
    when: [{ at: thinking('block_binding') }, { at: ['messages.*.content.*.reasoningContent'] }],
    models: { warning: 'fable-5-1 opus-5-5 sonnet-5-5 haiku-5-5' },
    invoke,
    source: 'D Anthropic, Troubleshooting thinking; Sonnet and Haiku 5.5 migration guides: only who keeps conversations can see a change',
  },
  'reasoning.beforeTool': { models: { error: 'claude*' }, invoke, source: 'S Roo-Code#11238, langchain-aws#844, spring-ai#6413' },
  'reasoning.alone': { models: { warning: 'sonnet-5 fable-5-1' }, source: 'R hermes-agent#105780' },
  'reasoning.history': {
    when: [{ at: ['messages.*.content.*.reasoningContent'] }],
    models: { warning: 'kimi-k3' },
    source: 'R one application, 2026-09',
  },
  // Tools
  'tool.unsupported': {
    when: [{ at: ['toolConfig'] }],
    models: { error: 'titan-text* llama3-8b* llama3-70b* llama3-2-1b* llama3-2-3b* deepseek.r1' },
    source: 'S BeeAI documentation; three further code bases',
  },
  'tool.stream': {
    when: [{ at: ['toolConfig'] }],
    models: {
      error: 'llama3* llama4* deepseek.r1 mistral-large-2402 mistral-large-2407',
      warning: 'palmyra-x4 palmyra-x5 mistral-7b* mixtral* pixtral-large*',
    },
    stream: true,
    source: 'S live, 2026-10-10; n8n#14206, LibreChat#6351, langchain-aws#466; R Palmyra; one source the other Mistral models',
  },
  'tool.strict': {
    when: [{ at: ['toolConfig.tools.*.toolSpec.strict'] }],
    models: { error: 'opus-5-5 fable-5-1 opus-4-7 opus-4-8 sonnet-5 sonnet-5-5', warning: 'fable-5' },
    invoke,
    source: 'S lobehub#19876 (live, 2026-09-23), litellm#31923; D Sonnet 5.5 migration guide; contradiction Fable 5',
  },
  'tool.choice.forced': {
    when: [forced],
    models: { error: 'opus-5-5 sonnet-5-5 fable-5-1 fable-5-2 mythos-5-1 mythos-5-2' },
    invoke,
    source: 'S Opus 5.5 on Converse (2026-09-23; llama_index#23207); D others',
  },
  'tool.choice.thinking': {
    when: [forced, { at: thinking('type'), is: ['enabled'] }],
    models: { error: 'claude*' },
    invoke,
    milderThan: 'tool.choice.forced',
    source: 'D AWS, extended thinking, 2026-10',
  },
  'tool.choice.auto': { when: [forced], models: { error: 'llama*' }, source: 'S strands#1241, llama_index#19886' },
  'tool.choice.any': {
    when: [{ at: ['toolConfig.toolChoice.any'] }],
    models: { none: 'claude* nova* meta.* mistral-large* deepseek.* zai.* moonshot* xai.*', rest: 'warning' },
    source: 'I others than those that clients list (langchain-aws 1.7.3, pydantic-ai 2.33)',
  },
  'tool.result.status': {
    when: [{ at: [`${result}.status`] }],
    models: { error: 'palmyra*', none: 'claude* nova*', rest: 'warning' },
    source: 'S live (pydantic-ai profile); I others',
  },
  'tool.result.json': { models: { rest: 'warning' }, source: 'R aichat#1550' },
  'tool.result.error': { models: { warning: 'claude*' }, source: 'R multi-agent-orchestration#15' },
  'tool.result.alone': { models: { error: 'llama* mistral.* palmyra*' }, source: 'S live (pydantic-ai#6081)' },
  'tool.result.beside': {
    models: { error: 'claude*' },
    source: 'S live (pydantic-ai#6081): documents and video; text and images are fine',
  },
  'tool.result.video': {
    when: [{ at: [`${result}.content.*.video`] }],
    models: { error: 'claude* qwen.* moonshot*' },
    source: 'S recorded answers (pydantic-ai)',
  },
  'tool.result.image': {
    when: [{ at: [`${result}.content.*.image`] }],
    models: { error: 'llama* qwen.* moonshot* gpt-6-astra' },
    source: 'S recorded answers (pydantic-ai)',
  },
  'tool.result.document': {
    when: [{ at: [`${result}.content.*.document`] }],
    models: { error: 'llama* mistral.* qwen.* moonshot*' },
    source: 'S recorded answers (pydantic-ai)',
  },
  'tool.result.documentFormat': {
    when: [{ at: [`${result}.content.*.document.format`], is: ['pdf', 'docx'] }],
    models: { error: 'nova*' },
    source: 'S recorded answers (pydantic-ai)',
  },
  'tool.result.s3': {
    when: [{ at: [`${result}.content.*.document.source.s3Location`, `${result}.content.*.video.source.s3Location`] }],
    models: { error: 'nova*' },
    source: 'S recorded answers (pydantic-ai)',
  },
  'tool.strictSchema': {
    models: { error: 'sonnet-4-6 haiku-4-5 opus-4-6' },
    source: 'S litellm#39115, vercel/ai#17197: maxItems in a strict schema',
  },
  'tool.strictSchema.other': {
    models: { warning: 'sonnet-4-6 haiku-4-5 opus-4-6' },
    milderThan: 'tool.strictSchema',
    source: 'I what structured output refuses of a schema (AWS, structured outputs, 2026-10)',
  },
  // Content
  'system.unsupported': {
    when: [{ at: ['system.*'] }],
    models: { error: 'titan* mistral-7b*' },
    source: 'D AWS, features of Converse by model',
  },
  'text.space': {
    models: { error: 'claude*', rest: 'warning' },
    source: 'S messages on Claude (genU#1685, hermes-agent#39850, opencode#46335); one recording of 200 elsewhere',
  },
  'cache.afterVideo': { models: { warning: 'nova*' }, source: 'R pydantic-ai 2.33 moves the point before videos' },
  'cache.fiveMinutes': {
    when: [{ at: ['toolConfig.tools.*.cachePoint.ttl', 'system.*.cachePoint.ttl', 'messages.*.content.*.cachePoint.ttl'], is: ['5m'] }],
    models: { warning: 'nova*' },
    source: 'contradiction: two code bases say refused (LibreChat agents#256)',
  },
  // Addresses
  'id.onDemand': {
    models: { warning: 'opus-5-5 sonnet-4-6 opus-4-6 nova*', rest: 'error' },
    source: 'S cline#689; by Region: AWS card Opus 5.5, llm-bedrock#15, amazon-nova-samples#34',
  },
  'id.mantle': { models: { error: 'gpt-5.4 gpt-5.5' }, source: 'D model cards, 2026-10' },
} as const satisfies Readonly<Record<string, Refusal>>;
