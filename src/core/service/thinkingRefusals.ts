import type { Refusal } from './condition';
import {
  beforeAdaptive,
  beforeEffort,
  beta,
  budgetClaude,
  effort,
  recentClaude,
  temperature,
  thinking,
  thinkingClaude,
  topK,
  topP,
} from './modelNames';

/** Sampling, thinking and effort that models refuse. */

const invoke = true;
const on = { at: thinking('type'), is: ['enabled', 'adaptive'] } as const;

export const thinkingRefusals = {
  // Sampling
  'temperature.removed': {
    when: [{ at: temperature, not: [1] }],
    models: { error: recentClaude, warning: 'mythos*' },
    invoke,
    source:
      'S Opus 4.7, 4.8, 5 and Sonnet 5 (n8n#33406, openclaw#73663, hermes-agent#37912), D later ones (Anthropic migration guides, 2026-10)',
  },
  'topP.removed': {
    when: [{ at: topP, not: [0.99, 1] }],
    models: { error: recentClaude, warning: 'mythos*' },
    invoke,
    source: 'as temperature; the values that equal the default: Haiku 5.5 migration guide, 2026-10',
  },
  'topP.one': {
    when: [{ at: topP, is: [1] }],
    models: { error: 'opus-5-5 sonnet-5-5 haiku-5-5 fable-5*', warning: 'mythos* opus-4-7 opus-4-8 opus-5 sonnet-5' },
    invoke,
    source: 'D Haiku 5.5 migration guide, 2026-10; R older ones (obsidian-copilot#2601)',
  },
  'topK.removed': { when: [{ at: topK }], models: { error: recentClaude, warning: 'mythos*' }, invoke, source: 'as temperature' },
  'sampling.both': {
    when: [{ at: temperature }, { at: topP }],
    models: { error: 'sonnet-4-5 haiku-4-5 sonnet-4-6 opus-4-6 opus-4-1 haiku-5-5 fable-5-1', warning: 'opus-4-5' },
    invoke,
    source: 'S mem0#3891, litellm#15070, bedrock-access-gateway#238; D Haiku 5.5 and Fable 5.1 cards; R Opus 4.5',
  },
  'temperature.thinking': {
    when: [{ at: temperature, not: [1] }, on],
    models: { error: budgetClaude },
    invoke,
    milderThan: 'temperature.removed',
    source: 'D AWS, extended thinking, 2026-10',
  },
  'topP.thinking': {
    when: [{ at: topP, below: 0.95 }, on],
    models: { error: budgetClaude },
    invoke,
    source: 'D AWS, extended thinking, 2026-10',
  },
  'topK.thinking': { when: [{ at: topK }, on], models: { error: budgetClaude }, invoke, source: 'D AWS, extended thinking, 2026-10' },
  'topK.vendor': {
    when: [{ at: topK }],
    models: { error: 'nova* meta.* mistral.* deepseek.* jamba*' },
    source: 'S inspect_ai#3939, pydantic-ai#5922, live',
  },
  'sampling.field': {
    when: [{ at: ['inferenceConfig.temperature', 'inferenceConfig.topP'] }],
    models: { error: 'gpt-5.6* gpt-6* xai.grok* kimi-k3' },
    source: 'S AWS sample; AWS IDP documentation; a gateway probe of 2026-08-28',
  },
  // A temperature of 0 is below the range of its request schema, and what its page on troubleshooting tool calls tells people to set.
  'nova.topK': {
    when: [{ at: ['additionalModelRequestFields.inferenceConfig.topK'], above: 128 }],
    models: { warning: 'nova*' },
    source: 'D Nova user guide',
  },
  'nova.topK.least': {
    when: [{ at: ['additionalModelRequestFields.inferenceConfig.topK'], below: 0 }],
    models: { warning: 'nova*' },
    source: 'D Nova user guide',
  },
  // Thinking and effort
  'thinking.enabled': {
    when: [{ at: thinking('type'), is: ['enabled'] }],
    models: { error: `${recentClaude} mythos-5*` },
    invoke,
    source: 'D AWS, adaptive thinking, 2026-10; S hermes-agent#11137',
  },
  'thinking.disabled': {
    when: [{ at: thinking('type'), is: ['disabled'] }],
    models: { error: 'fable-5* mythos-5* opus-5-5 mythos-preview' },
    invoke,
    source: 'S Opus 5.5 (live, 2026-09-26); D AWS, adaptive thinking, and model cards, 2026-10',
  },
  'thinking.disabled.betweenTools': {
    when: [{ at: thinking('type'), is: ['disabled'] }],
    models: { error: 'sonnet-5-5' },
    invoke,
    source: 'D Sonnet 5.5 migration guide, 2026-09-29; S live, 2026-10-01',
  },
  'thinking.betweenTools': {
    when: [{ at: thinking('type'), is: ['between_tools'] }],
    models: { none: 'sonnet-5-5', error: 'claude*' },
    invoke,
    source: 'D Sonnet 5.5 migration guide, 2026-09-29',
  },
  'thinking.betweenTools.effort': {
    when: [
      { at: effort, is: ['xhigh', 'max'] },
      { at: thinking('type'), is: ['between_tools'] },
    ],
    models: { error: 'sonnet-5-5' },
    invoke,
    source: 'D Sonnet 5.5 migration guide, 2026-09-29',
  },
  'thinking.betweenTools.beside': {
    when: [
      { at: [...thinking('display'), ...thinking('budget_tokens'), ...thinking('block_binding')] },
      { at: thinking('type'), is: ['between_tools'] },
    ],
    models: { error: 'sonnet-5-5' },
    invoke,
    source: 'D Sonnet 5.5 migration guide, 2026-09-29',
  },
  'thinking.disabled.effort': {
    when: [
      { at: effort, is: ['xhigh', 'max'] },
      { at: thinking('type'), is: ['disabled'] },
    ],
    models: { error: 'opus-5 haiku-5-5' },
    invoke,
    source: 'D AWS, adaptive thinking, 2026-10; Haiku 5.5 card',
  },
  'thinking.adaptive': {
    when: [{ at: thinking('type'), is: ['adaptive'] }],
    models: { error: beforeAdaptive },
    invoke,
    source: 'D Anthropic, Troubleshooting thinking, 2026-10',
  },
  'thinking.unknown': {
    when: [{ at: thinking() }],
    models: { error: 'nova*', none: thinkingClaude, rest: 'warning' },
    invoke,
    source: 'S Nova ("extraneous key [thinking] is not permitted"); I others',
  },
  'thinking.type': {
    when: [{ at: thinking(), without: 'type' }],
    models: { error: thinkingClaude },
    invoke,
    source: 'D Anthropic, Messages API reference, 2026-11: its kinds are told apart by type',
  },
  'thinking.type.other': {
    when: [{ at: thinking('type'), not: ['enabled', 'adaptive', 'disabled', 'between_tools'] }],
    models: { error: thinkingClaude },
    invoke,
    source: 'as thinking.type',
  },
  'thinking.budget.missing': {
    when: [
      { at: thinking(), without: 'budget_tokens' },
      { at: thinking('type'), is: ['enabled'] },
    ],
    models: { error: budgetClaude },
    invoke,
    source: 'D Anthropic, Messages API reference, 2026-11; AWS, extended thinking, 2026-10',
  },
  'thinking.budget.other': {
    when: [{ at: thinking('budget_tokens') }, { at: thinking('type'), is: ['disabled', 'adaptive'] }],
    models: { error: thinkingClaude },
    invoke,
    source: 'S EuroEval#1107 (disabled); D Anthropic, Messages API reference, 2026-11: only "enabled" has one',
  },
  'thinking.budget.least': {
    when: [
      { at: thinking('budget_tokens'), below: 1024 },
      { at: thinking('type'), is: ['enabled'] },
    ],
    models: { error: budgetClaude },
    invoke,
    source: 'S litellm#27039; D AWS, extended thinking, 2026-10',
  },
  'thinking.budget.most': {
    models: { error: budgetClaude },
    invoke,
    source: 'D AWS, extended thinking, 2026-10; not with interleaved thinking',
  },
  'thinking.budget.unset': {
    models: { warning: budgetClaude },
    source: 'I AWS, extended thinking, 2026-10: what Converse takes for maxTokens may be less than a large budget',
  },
  'thinking.effort': {
    when: [{ at: thinking('effort') }],
    models: { error: 'claude*' },
    invoke,
    source: 'D AWS, adaptive thinking, 2026-10',
  },
  'effort.unknown': {
    when: [{ at: effort }],
    models: { error: beforeEffort },
    invoke,
    source: 'S claude-code#30760 (Haiku 4.5 on Bedrock)',
  },
  'effort.three': {
    when: [{ at: effort, not: ['low', 'medium', 'high'] }],
    models: { error: 'opus-4-5' },
    invoke,
    source: 'S benchflow#712, coder#25356',
  },
  'effort.beta': {
    when: [
      { at: effort, is: ['low', 'medium', 'high'] },
      { at: beta, lacks: 'effort-2025-11-24' },
    ],
    models: { warning: 'opus-4-5' },
    invoke,
    source: 'R litellm-docs#328',
  },
  'effort.four': {
    when: [{ at: effort, not: ['low', 'medium', 'high', 'max', 'xhigh'] }],
    models: { error: 'sonnet-4-6 opus-4-6' },
    invoke,
    source: 'S dario#413; D AWS, adaptive thinking, 2026-10',
  },
  'effort.xhigh': {
    when: [{ at: effort, is: ['xhigh'] }],
    models: { error: 'sonnet-4-6', warning: 'opus-4-6' },
    invoke,
    source: 'S dario#413 (Sonnet 4.6); for Opus 4.6 AWS lists it and Anthropic does not',
  },
  'effort.five': {
    when: [{ at: effort, not: ['low', 'medium', 'high', 'xhigh', 'max'] }],
    models: { error: `${recentClaude} mythos-5*` },
    invoke,
    source: 'D AWS, adaptive thinking, 2026-10',
  },
  'nova.reasoning': {
    when: [{ at: ['additionalModelRequestFields.reasoningConfig'] }],
    models: { error: 'nova-pro nova-premier', warning: 'nova-micro nova-lite' },
    source: 'S inspect_ai#5301 (2026-09); I Micro and Lite',
  },
  'nova.reasoning.high': {
    when: [
      {
        at: [
          'inferenceConfig.maxTokens',
          'inferenceConfig.temperature',
          'inferenceConfig.topP',
          'additionalModelRequestFields.inferenceConfig.topK',
        ],
      },
      { at: ['additionalModelRequestFields.reasoningConfig.maxReasoningEffort'], is: ['high'] },
    ],
    models: { error: 'nova-2-lite' },
    source: 'D Nova 2 user guide; inspect_ai#3767',
  },
  'gpt.effort': {
    when: [{ at: ['additionalModelRequestFields.reasoning.effort'], is: ['none'] }],
    models: { error: 'gpt-6-* gpt-6.1-sol' },
    source: 'S live, 2026-09-26 and 2026-10-04',
  },
} as const satisfies Readonly<Record<string, Refusal>>;
