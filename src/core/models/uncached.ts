import { refusesMarkers, shape, uncachedPrices } from './shape';
import type { ModelEntry, TokenFamily } from './types';

/** Models without prompt caching: one row each, from one catalog of Amazon Bedrock models (2026-11-10). */

/**
 * Id behind the provider's dot, name, context window, most output tokens, USD per million input and output tokens in one Region; then where it
 * differs from the others.
 */
type Row = readonly [
  id: string,
  name: string,
  context: number,
  output: number,
  inputUsd: number,
  outputUsd: number,
  rest?: Partial<Pick<ModelEntry, 'profiles' | 'checked'>>,
];

/** The part of the id before the dot, the provider's name, how it counts tokens, its models. */
const providers: readonly (readonly [prefix: string, name: string, tokens: TokenFamily, rows: readonly Row[]])[] = [
  [
    'deepseek',
    'DeepSeek',
    'deepseek',
    [
      ['v3-v1:0', 'DeepSeek-V3.1', 163_840, 81_920, 0.58, 1.68],
      ['v3.2', 'DeepSeek V3.2', 163_840, 81_920, 0.62, 1.85],
    ],
  ],
  [
    'google',
    'Google',
    'other',
    [
      ['gemma-4-26b-a4b', 'Gemma 4 26B A4B IT', 262_144, 32_768, 0.13, 0.4],
      ['gemma-4-31b', 'Gemma 4 31B IT', 262_144, 32_768, 0.14, 0.4],
      ['gemma-4-e2b', 'Gemma 4 E2B IT', 131_072, 8192, 0.04, 0.08],
    ],
  ],
  [
    'meta',
    'Meta',
    'llama',
    [
      ['llama3-1-70b-instruct-v1:0', 'Llama 3.1 70B Instruct', 128_000, 4096, 0.72, 0.72, { profiles: ['us'] }],
      ['llama3-1-8b-instruct-v1:0', 'Llama 3.1 8B Instruct', 128_000, 4096, 0.22, 0.22, { profiles: ['us'] }],
      ['llama3-3-70b-instruct-v1:0', 'Llama 3.3 70B Instruct', 128_000, 4096, 0.72, 0.72, { profiles: ['us'] }],
      ['llama4-maverick-17b-instruct-v1:0', 'Llama 4 Maverick 17B Instruct', 1_000_000, 8192, 0.24, 0.97, { profiles: ['us'] }],
      ['llama4-scout-17b-instruct-v1:0', 'Llama 4 Scout 17B Instruct', 10_000_000, 8192, 0.17, 0.66, { profiles: ['us'] }],
    ],
  ],
  [
    'minimax',
    'MiniMax',
    'other',
    [
      ['minimax-m2', 'MiniMax-M2', 204_608, 128_000, 0.3, 1.2],
      ['minimax-m2.1', 'MiniMax-M2.1', 196_608, 131_072, 0.3, 1.2],
      ['minimax-m2.5', 'MiniMax-M2.5', 196_608, 98_304, 0.3, 1.2],
    ],
  ],
  [
    'mistral',
    'Mistral AI',
    'mistral',
    [
      ['devstral-2-123b', 'Devstral 2 123B', 262_144, 8192, 0.4, 2],
      ['magistral-small-2509', 'Magistral Small 1.2', 128_000, 40_000, 0.5, 1.5],
      ['ministral-3-14b-instruct', 'Ministral 14B 3.0', 128_000, 4096, 0.2, 0.2],
      ['ministral-3-3b-instruct', 'Ministral 3 3B', 256_000, 8192, 0.1, 0.1],
      ['ministral-3-8b-instruct', 'Ministral 3 8B', 128_000, 4096, 0.15, 0.15],
      ['mistral-large-3-675b-instruct', 'Mistral Large 3', 262_144, 8192, 0.5, 1.5],
      ['pixtral-large-2502-v1:0', 'Pixtral Large (25.02)', 128_000, 8192, 2, 6, { profiles: ['us', 'eu'] }],
      ['voxtral-mini-3b-2507', 'Voxtral Mini 3B 2507', 32_768, 4096, 0.04, 0.04],
      ['voxtral-small-24b-2507', 'Voxtral Small 24B 2507', 32_768, 8192, 0.1, 0.3],
    ],
  ],
  ['moonshot', 'Moonshot AI', 'other', [['kimi-k2-thinking', 'Kimi K2 Thinking', 262_144, 16_000, 0.6, 2.5]]],
  ['moonshotai', 'Moonshot AI', 'other', [['kimi-k2.5', 'Kimi K2.5', 262_144, 16_384, 0.6, 3]]],
  [
    'nvidia',
    'NVIDIA',
    'other',
    [
      ['nemotron-nano-12b-v2', 'NVIDIA Nemotron Nano 12B v2 VL BF16', 131_072, 8192, 0.2, 0.6],
      ['nemotron-nano-3-30b', 'NVIDIA Nemotron Nano 3 30B', 262_144, 8192, 0.06, 0.24],
      ['nemotron-nano-9b-v2', 'NVIDIA Nemotron Nano 9B v2', 131_072, 8192, 0.06, 0.23],
      ['nemotron-super-3-120b', 'NVIDIA Nemotron 3 Super 120B A12B', 262_144, 131_072, 0.15, 0.65],
    ],
  ],
  [
    'openai',
    'OpenAI',
    'openai',
    [
      ['gpt-oss-120b', 'gpt-oss-120b', 131_072, 131_072, 0.15, 0.6],
      ['gpt-oss-120b-1:0', 'gpt-oss-120b', 131_072, 128_000, 0.15, 0.6, { profiles: ['us-gov'] }],
      ['gpt-oss-20b', 'gpt-oss-20b', 131_072, 131_072, 0.07, 0.3],
      ['gpt-oss-20b-1:0', 'gpt-oss-20b', 131_072, 128_000, 0.07, 0.3, { profiles: ['us-gov'] }],
      ['gpt-oss-safeguard-120b', 'GPT OSS Safeguard 120B', 128_000, 16_384, 0.15, 0.6],
      ['gpt-oss-safeguard-20b', 'GPT OSS Safeguard 20B', 128_000, 16_384, 0.07, 0.2],
    ],
  ],
  [
    'qwen',
    'Qwen',
    'qwen',
    [
      ['qwen3-235b-a22b-2507-v1:0', 'Qwen3 235B-A22B Instruct 2507', 262_144, 131_072, 0.22, 0.88],
      ['qwen3-32b-v1:0', 'Qwen3 32B', 32_768, 16_384, 0.15, 0.6],
      ['qwen3-coder-30b-a3b-v1:0', 'Qwen3-Coder 30B-A3B Instruct', 262_144, 131_072, 0.15, 0.6],
      ['qwen3-coder-480b-a35b-v1:0', 'Qwen3-Coder 480B-A35B Instruct', 131_072, 65_536, 0.45, 1.8],
      ['qwen3-coder-next', 'Qwen3 Coder Next', 262_144, 65_536, 0.5, 1.2],
      ['qwen3-next-80b-a3b', 'Qwen3-Next 80B-A3B Instruct', 262_144, 262_000, 0.15, 1.2],
      ['qwen3-vl-235b-a22b', 'Qwen3 VL 235B A22B Instruct', 262_144, 262_000, 0.53, 2.66],
    ],
  ],
  [
    'writer',
    'Writer',
    'other',
    [
      ['palmyra-x4-v1:0', 'Palmyra X4', 122_880, 8192, 2.5, 10, { profiles: ['us'] }],
      ['palmyra-x5-v1:0', 'Palmyra X5', 1_040_000, 8192, 0.6, 6, { profiles: ['us'] }],
    ],
  ],
  [
    'zai',
    'Z.AI',
    'other',
    [
      ['glm-4.7', 'GLM-4.7', 202_752, 131_072, 0.6, 2.2],
      ['glm-4.7-flash', 'GLM-4.7-Flash', 202_752, 131_072, 0.07, 0.4],
      ['glm-5', 'GLM-5', 202_752, 131_072, 1, 3.2],
    ],
  ],
];

const toEntry = (prefix: string, provider: string, tokens: TokenFamily, row: Row): ModelEntry => {
  const [id, name, contextWindow, maxOutputTokens, inputUsd, outputUsd, rest = {}] = row;
  return shape({
    id: `${prefix}.${id}`,
    name,
    provider,
    sources: ['pi-ai'],
    caching: { kind: 'none' },
    tokens,
    contextWindow,
    maxOutputTokens,
    prices: { inRegion: uncachedPrices(inputUsd, outputUsd) },
    // Without a profile the bare id is the only way to call it.
    onDemand: rest.profiles === undefined ? true : undefined,
    countTokens: false,
    outputBurndown: 1,
    certainty: 'medium',
    notes: [refusesMarkers],
    ...rest,
  });
};

/** All models of the catalog without prompt caching, Claude excepted. */
export const uncached: readonly ModelEntry[] = providers.flatMap(([prefix, name, tokens, rows]) =>
  rows.map((row) => toEntry(prefix, name, tokens, row)),
);
