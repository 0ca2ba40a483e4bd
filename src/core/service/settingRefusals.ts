import type { Refusal } from './condition';
import { beta, format } from './modelNames';

/** Settings of the request that models refuse. */

const invoke = true;

export const settingRefusals = {
  // Structured output
  'output.format': {
    when: [{ at: format }],
    models: { error: 'opus-4-7 opus-4-8 opus-5 opus-5-5 sonnet-5 sonnet-5-5 haiku-5-5', warning: 'opus-4-1 fable-5*' },
    invoke,
    source: 'S vercel/ai#14773, presenton#939; D model cards, 2026-10',
  },
  // On bedrock-mantle, whatever the model.
  'output.mantle': { models: { error: 'claude*' }, invoke, milderThan: 'output.format', source: 'D AWS, structured outputs, 2026-10' },
  'output.citations': {
    when: [
      { at: ['messages.*.content.*.document.citations.enabled', 'messages.*.content.*.searchResult.citations.enabled'], is: [true] },
      { at: format },
    ],
    models: { error: 'claude*' },
    invoke,
    source: 'D AWS, structured output, 2026-10',
  },
  // The body as a whole, which another vendor's models take
  'body.messages': {
    models: { error: 'nova*' },
    invoke,
    source: 'S rollwagen/bods#51: extraneous key for each name of the Messages API; D AWS, Nova complete request schema',
  },
  'body.nova': {
    models: { error: 'claude*' },
    source: 'D AWS, Anthropic Claude Messages API: anthropic_version and max_tokens are required',
  },
  // Other settings
  'stop.field': {
    when: [{ at: ['inferenceConfig.stopSequences.*'] }],
    models: { error: 'gpt-5.6* gpt-6* gpt-oss* deepseek.v3* qwen.*', warning: 'xai.* google.* minimax.* moonshot* zai.*' },
    source: 'S two probes of 2026-08-24 and 2026-08-28; R the second list',
  },
  'stop.blank': {
    when: [{ at: ['inferenceConfig.stopSequences.*'], blank: true }],
    models: { warning: 'claude*' },
    invoke,
    source: 'R clients drop them (continue 1.37.0)',
  },
  'maxTokens.least': {
    when: [{ at: ['inferenceConfig.maxTokens'], below: 16 }],
    models: { warning: 'gpt-5.6* xai.grok*' },
    source: 'R a gateway, 2026-09-04',
  },
  'tier.reserved': {
    when: [{ at: ['serviceTier.type'], is: ['reserved'] }],
    models: { rest: 'warning' },
    source: 'S hermes-agent#34476: refused without a reservation of the account',
  },
  'tier.model': {
    when: [{ at: ['serviceTier.type'], is: ['flex', 'priority'] }],
    models: { error: 'claude* nova-lite xai.grok*', none: 'nova-pro nova-2* moonshot* deepseek.* minimax.*', rest: 'warning' },
    source: 'S AWS, service tiers; AWS IDP documentation; a live matrix of 2026-07-20',
  },
  latency: {
    when: [{ at: ['performanceConfig.latency'], is: ['optimized'] }],
    models: { none: 'nova-pro llama3-1-70b-instruct', rest: 'error' },
    source: 'S awslabs/startups#131 and four code bases that quote the answer; D AWS, latency-optimized inference',
  },
  'latency.bare': { models: { error: 'nova-pro' }, source: 'S as latency: with its bare id too' },
  beta: {
    when: [{ at: beta, is: ['prompt-caching-2024-07-31', 'extended-cache-ttl-2025-04-11'] }],
    models: { error: 'claude*' },
    invoke,
    source: 'S claude-code#49370, litellm#41203',
  },
  'beta.code': { when: [{ at: beta, is: ['claude-code-20250219'] }], models: { error: 'opus-4-7' }, invoke, source: 'S claude-code#56595' },
  'guardrail.identifier': {
    when: [{ at: ['guardrailConfig'], without: 'guardrailIdentifier' }],
    models: { rest: 'warning' },
    source: 'I the shape has no required members; D model documentation',
  },
  'guardrail.version': {
    when: [{ at: ['guardrailConfig'], without: 'guardrailVersion' }],
    models: { rest: 'warning' },
    source: 'I as the identifier',
  },
  'fields.cacheControl': {
    when: [{ at: ['additionalModelRequestFields.cache_control', 'additionalModelRequestFields.cacheControl'] }],
    models: { error: 'claude*', rest: 'warning' },
    source: 'S inspect_ai#3851, litellm#26320, in a body of InvokeModel; the same check for these fields',
  },
  'fields.unknown': {
    models: { warning: 'claude* nova*' },
    source: 'S pydantic-ai#5922, live: extraneous keys are never ignored; which keys there are is not published',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
