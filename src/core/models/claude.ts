import {
  fiveMinutes,
  gated,
  old,
  onePrice,
  priced,
  recent,
  toolsOfClaude4,
  toolsOfClaude45,
  toolsOfClaude46,
  toolsOfOpus5,
  toolsOfSonnet5,
  upToAnHour,
} from './claudeShape';
import { claudePrices, refusesMarkers, uncachedPrices } from './shape';
import type { ModelEntry } from './types';

/** Claude on Bedrock, oldest first in each generation. */

const hourInferred = 'The price of a one-hour write is inferred as twice the input price.';
const noRuntimeCount = 'CountTokens is taken to be missing by the documented rule for models offered only through cross-Region inference.';

/** Two price lists that cover nearly every model. */
const lists = 'litellm genai-prices';

const sonnetPrices = onePrice(3, 15, 0.3, 3.75, null);
const opusPrices = priced(5, 25, 0.5, 6.25, 10);

const neverListed = 'Never listed by AWS for prompt caching, although price tables of others show cache prices.';
const beforeProfiles = { maxOutputTokens: 4096, outputBurndown: 1, certainty: 'medium', notes: [neverListed, refusesMarkers] } as const;

const claude3: readonly ModelEntry[] = [
  old(
    '3-haiku-20240307-v1:0',
    '3 Haiku',
    'us eu apac',
    'litellm counting',
    { kind: 'none' },
    [264, 355],
    { inRegion: uncachedPrices(0.25, 1.25) },
    { ...beforeProfiles, lifecycle: { kind: 'retired', endOfLife: '2026-09-10' } },
  ),
  old(
    '3-5-sonnet-20240620-v1:0',
    '3.5 Sonnet v1',
    'us eu apac',
    'litellm counting',
    { kind: 'none' },
    [294, 261],
    { inRegion: uncachedPrices(3, 15) },
    { ...beforeProfiles, lifecycle: { kind: 'retired', endOfLife: '2026-07-30' } },
  ),
  old(
    '3-5-haiku-20241022-v1:0',
    '3.5 Haiku',
    'us',
    `guide-2026-01 ${lists} multi-turn lifecycle card recordings`,
    fiveMinutes(2048),
    [264, 355],
    onePrice(0.8, 4, 0.08, 1, null),
    {
      lifecycle: { kind: 'retired', endOfLife: '2026-06-19' },
      onDemand: true,
      maxOutputTokens: 8192,
      outputBurndown: 1,
      refusesLatencyWithCache: true,
      notes: ['The minimum was seen in recordings: 1,975 tokens not cached, 2,243 cached.'],
    },
  ),
  old(
    '3-5-sonnet-20241022-v2:0',
    '3.5 Sonnet v2',
    'us apac eu',
    `guide-2026-01 ${lists}`,
    fiveMinutes(1024),
    toolsOfClaude4,
    sonnetPrices,
    {
      lifecycle: { kind: 'retired', endOfLife: '2026-07-30' },
      maxOutputTokens: 8192,
      outputBurndown: 1,
      notes: ['Prompt caching was a preview for selected customers.'],
    },
  ),
  old(
    '3-7-sonnet-20250219-v1:0',
    '3.7 Sonnet',
    'us eu apac us-gov',
    `guide-2026-01 ${lists} recordings`,
    fiveMinutes(1024),
    toolsOfClaude4,
    sonnetPrices,
    {
      lifecycle: { kind: 'retired', endOfLife: '2026-04-28' },
      notes: [
        'Recorded writes of 1,028 and 1,047 tokens confirm the minimum.',
        'LiteLLM lists 8,192 output tokens; AWS and Anthropic allow 64,000.',
      ],
    },
  ),
];

const opus4Prices = onePrice(15, 75, 1.5, 18.75, null);

const claude4: readonly ModelEntry[] = [
  old(
    'sonnet-4-20250514-v1:0',
    'Sonnet 4',
    'us eu apac global',
    `guide-2026-01 card ${lists} pi-ai lifecycle`,
    fiveMinutes(1024),
    toolsOfClaude4,
    sonnetPrices,
    {
      lifecycle: { kind: 'retired', endOfLife: '2026-10-14' },
      notes: ['A context of a million tokens needed a beta header.'],
    },
  ),
  old('opus-4-20250514-v1:0', 'Opus 4', 'us', `guide-2026-01 ${lists}`, fiveMinutes(1024), toolsOfClaude4, opus4Prices, {
    lifecycle: { kind: 'retired' },
    maxOutputTokens: 32_000,
  }),
  old(
    'opus-4-1-20250805-v1:0',
    'Opus 4.1',
    'us',
    `guide-2026-01 ${lists} pi-ai lifecycle`,
    fiveMinutes(1024),
    toolsOfClaude4,
    opus4Prices,
    {
      lifecycle: { kind: 'legacy', endOfLife: '2027-01-08' },
      maxOutputTokens: 32_000,
      certainty: 'medium',
      notes: [
        'Legacy since 2026-07-08; extended access since 2026-10-08 may cost more than the listed price.',
        'CountTokens is likely but was not seen recorded.',
      ],
    },
  ),
  old(
    'sonnet-4-5-20250929-v1:0',
    'Sonnet 4.5',
    'us eu au jp us-gov global',
    `guide-2026-10 guide-2026-01 card ${lists} pi-ai aws-pricing-file recordings`,
    upToAnHour(1024),
    toolsOfClaude45,
    { ...priced(3, 15, 0.3, 3.75, 6), 'us-gov': claudePrices(3.6, 18, 0.36, 4.5, 7.2) },
    {
      notes: [
        'Recorded writes of 1,322 and 1,503 tokens.',
        'In us-gov-west-1 a cache point was measured to have no effect (one source); its prices there are from LiteLLM.',
      ],
    },
  ),
  old(
    'haiku-4-5-20251001-v1:0',
    'Haiku 4.5',
    'us eu au jp in apac global',
    `guide-2026-10 guide-2026-01 card ${lists} pi-ai price-file ruby-3396 spring-5648 aws-measured recordings`,
    upToAnHour(4096),
    toolsOfClaude45,
    priced(1, 5, 0.1, 1.25, 2),
    {
      onDemand: false,
      countTokensOnMantle: true,
      notes: ['Its minimum of 4,096 is the usual reason for a cache that never hits.', 'The apac profile appears in LiteLLM only.'],
    },
  ),
  old(
    'opus-4-5-20251101-v1:0',
    'Opus 4.5',
    'us eu global',
    `guide-2026-10 guide-2026-01 ${lists} pi-ai`,
    upToAnHour(4096),
    toolsOfClaude45,
    opusPrices,
    { countTokens: undefined, notes: ['CountTokens is likely, as 4.5 and 4.6 siblings have it, but was not verified.'] },
  ),
  old(
    'opus-4-6-v1',
    'Opus 4.6',
    'us eu au global',
    `guide-2026-10 card anthropic-caching ${lists} pi-ai`,
    upToAnHour(4096),
    toolsOfClaude46,
    opusPrices,
    {
      onDemand: true,
      contextWindow: 1_000_000,
      maxOutputTokens: 128_000,
      notes: ['On demand without a profile in some Regions, at the geographic price.', 'No surcharge for long context.'],
    },
  ),
  old(
    'sonnet-4-6',
    'Sonnet 4.6',
    'us eu au jp global',
    `guide-2026-10 card anthropic-caching ${lists} pi-ai aws-measured aws-samples litellm-docs-49 sdk-1194`,
    upToAnHour({
      low: 1024,
      likely: 1024,
      high: 2048,
      why: 'AWS documents 1,024 and its sweep of September 2026 agrees; measurements of February to April 2026 found 2,048.',
    }),
    toolsOfClaude46,
    priced(3, 15, 0.3, 3.75, 6),
    {
      onDemand: true,
      contextWindow: 1_000_000,
      maxOutputTokens: 128_000,
      notes: [
        'On demand without a profile in some Regions, at the geographic price.',
        'An older card says 64,000 output tokens; AWS and Anthropic say 128,000 since.',
      ],
    },
  ),
];

const claude5: readonly ModelEntry[] = [
  recent(
    'opus-4-7',
    'Opus 4.7',
    'us eu jp au global',
    `guide-2026-10 card anthropic-caching ${lists} pi-ai aws-measured counting`,
    upToAnHour({
      low: 2048,
      likely: 4096,
      high: 4096,
      why: 'AWS documents 4,096, Anthropic and LiteLLM 2,048; nobody has published a measurement between the two.',
    }),
    [675, 804],
    opusPrices,
    { tokens: 'claude-4.7', outputBurndown: 5, certainty: 'medium', notes: ['A read of 7,030 tokens is recorded.'] },
  ),
  recent(
    'opus-4-8',
    'Opus 4.8',
    'us eu jp au global',
    `guide-2026-10 anthropic-caching ${lists} pi-ai anthropic-skills burndown`,
    upToAnHour(1024),
    [290, 410],
    opusPrices,
    { outputBurndown: 15, notes: ['An older text of Anthropic (2026-07-01) gives a minimum of 4,096.', noRuntimeCount] },
  ),
  recent(
    'sonnet-5',
    'Sonnet 5',
    'us eu au jp in global',
    `guide-2026-10 anthropic-caching ${lists} pi-ai`,
    upToAnHour(1024),
    toolsOfSonnet5,
    priced(2, 10, 0.2, 2.5, 4),
    { notes: ['The price of its launch became permanent; lists with 3.30 and 16.50 for us profiles are stale.', noRuntimeCount] },
  ),
  recent(
    'opus-5',
    'Opus 5',
    'us eu au jp in us-gov global',
    `guide-2026-10 card anthropic-caching ${lists} pi-ai aws-measured counting`,
    upToAnHour(512),
    toolsOfOpus5,
    opusPrices,
    { notes: ['A system message in mid-conversation keeps the cache.'] },
  ),
  recent(
    'fable-5',
    'Fable 5',
    'us eu global',
    `guide-2026-10 anthropic-caching ${lists} pi-ai aws-measured`,
    upToAnHour(512),
    'Opus 5',
    priced(10, 50, 1, 12.5, 20),
    { outputBurndown: undefined, notes: ['An older card gave a minimum of 1,024.', noRuntimeCount] },
  ),
  recent(
    'fable-5-1',
    'Fable 5.1',
    'us global',
    'guide-2026-10 card genai-prices pi-ai',
    upToAnHour(512),
    'Opus 5',
    priced(10, 50, 0.25, 12.5, 20),
    { notes: ['A cache read costs 0.025 of the input price, not a tenth (three sources).', hourInferred] },
  ),
  recent('fable-5-2', 'Fable 5.2', 'us global', 'pi-ai', upToAnHour(512), 'Opus 5', priced(8, 40, 0.2, 10, 16), {
    outputBurndown: undefined,
    certainty: 'low',
    notes: ['Id and prices are from one catalog; minimum and lifetimes are taken over from Fable 5.1.', hourInferred],
  }),
  recent(
    'opus-5-5',
    'Opus 5.5',
    'us eu au jp global',
    'guide-2026-10 card genai-prices pi-ai price-file counting',
    upToAnHour(512),
    'Opus 5',
    priced(4, 20, 0.2, 5, 8),
    { notes: ['A cache read costs 0.05 of the input price, not a tenth.'] },
  ),
  recent(
    'sonnet-5-5',
    'Sonnet 5.5',
    'us eu au global',
    'guide-2026-10 card pi-ai price-file counting',
    upToAnHour(512),
    'Sonnet 5',
    priced(2, 10, 0.1, 2.5, 4),
    {
      outputBurndown: undefined,
      certainty: 'medium',
      notes: [
        'The price file of 2026-09-30 has 0.20 for a cache read; it was halved on 2026-10-07 (two sources, neither from AWS).',
        'The au profile appears in one catalog only.',
      ],
    },
  ),
  recent(
    'haiku-5-5',
    'Haiku 5.5',
    'us eu au jp global',
    'card pi-ai counting',
    upToAnHour(512),
    'Opus 5',
    priced(0.1, 0.5, 0.01, 0.125, 0.2),
    {
      priceTiers: [{ aboveInputTokens: 100_000, prices: priced(0.5, 2.5, 0.05, 0.625, 1) }],
      outputBurndown: undefined,
      certainty: 'medium',
      notes: ['The minimum is from its card alone, it is younger than the table of the user guide.', hourInferred],
    },
  ),
];

const mythos: readonly ModelEntry[] = [
  gated('mythos-preview', 'Mythos Preview', 'guide-2026-09 anthropic-caching litellm', {
    caching: upToAnHour({ low: 2048, likely: 4096, high: 4096, why: 'AWS documents 4,096, Anthropic 2,048.' }),
    tokens: 'claude-4.7',
    prices: {},
    certainty: 'low',
    notes: ['A gated preview in us-east-1; its price on Bedrock is not published.'],
  }),
  gated('mythos-5', 'Mythos 5', 'guide-2026-10 card anthropic-caching', {
    caching: upToAnHour(512),
    prices: onePrice(10, 50, 1, 12.5, 20),
    countTokens: false,
    countTokensOnMantle: true,
    certainty: 'medium',
  }),
  gated('mythos-5-1', 'Mythos 5.1', 'guide-2026-10 genai-prices', {
    caching: upToAnHour(512),
    prices: onePrice(10, 50, 0.25, 12.5, 20),
    countTokens: false,
    countTokensOnMantle: true,
    certainty: 'low',
    notes: ['The price of a cache read comes from one note.'],
  }),
];

/** All Claude models of the catalog. */
export const claude: readonly ModelEntry[] = [...claude3, ...claude4, ...claude5, ...mythos];
