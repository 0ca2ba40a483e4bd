import { shape, withGeography } from './shape';
import type { Given, GivenBeside } from './shape';
import { exactly } from '../figures/band';
import type { Caching, ModelEntry, Prices, PriceTier } from './types';

/** Models of other vendors that cache by themselves or through another API than Converse. */

/** GPT-5.6 and later: reads, and writes that live 30 minutes. */
const gptPrices = (input: number, output: number, cacheRead: number, cacheWrite30m: number): Prices => ({
  input,
  output,
  cacheRead,
  cacheWrite5m: null,
  cacheWrite1h: null,
  cacheWrite30m,
});

/** Above 272,000 input tokens; the lists name the global price only, the geographic one is taken to be ten percent higher as below it. */
const longGpt = (...prices: Parameters<typeof gptPrices>): readonly PriceTier[] => [
  { aboveInputTokens: 272_000, prices: withGeography(gptPrices(...prices)) },
];

const responsesApi: Caching = {
  kind: 'implicit',
  minimum: exactly(1024),
  note: 'Caches by itself; breakpoints (at most 4, for 30 minutes) exist in the Responses API only, a Converse cache point is not accepted.',
};
const byItself: Caching = { kind: 'implicit', note: 'Caches by itself for 30 minutes; a Converse cache point is refused.' };
const advertised: Caching = { kind: 'implicit', note: 'Caching by itself is advertised or priced, but was not verified.' };

const gpt = (given: GivenBeside<'provider' | 'caching' | 'tokens' | 'contextWindow' | 'maxOutputTokens'>): ModelEntry =>
  shape({
    provider: 'OpenAI',
    caching: byItself,
    tokens: 'openai',
    contextWindow: 1_050_000,
    maxOutputTokens: 128_000,
    surfaces: ['runtime', 'mantle'],
    certainty: 'low',
    ...given,
  });

const gpt56 = {
  caching: responsesApi,
  countTokens: false,
  outputBurndown: 10,
  certainty: 'medium',
  notes: ['In ConverseStream its inputTokens were seen to include the written tokens, which counts them twice.'],
} as const;
const gpt56Sources = ['guide-2026-10', 'card', 'pi-ai', 'genai-prices', 'burndown'];

const mantleOnly: Pick<Given, 'caching' | 'contextWindow' | 'onDemand' | 'surfaces' | 'certainty' | 'notes'> = {
  caching: { kind: 'implicit', minimum: exactly(1024), note: 'Caches by itself, without a fee for writes; not offered through Converse.' },
  contextWindow: 1_000_000,
  onDemand: true,
  surfaces: ['mantle'],
  certainty: 'medium',
  notes: ['Prices are those of one Region.'],
};

const gptModels: readonly ModelEntry[] = [
  gpt({
    id: 'openai.gpt-5.4',
    name: 'GPT-5.4',
    profiles: [],
    sources: ['genai-prices', 'pi-ai', 'aws-pricing-file'],
    ...mantleOnly,
    prices: { geo: gptPrices(2.75, 16.5, 0.275, 0) },
  }),
  gpt({
    id: 'openai.gpt-5.5',
    name: 'GPT-5.5',
    profiles: [],
    sources: ['genai-prices', 'pi-ai', 'aws-pricing-file'],
    ...mantleOnly,
    prices: { geo: gptPrices(5.5, 33, 0.55, 0) },
  }),
  gpt({
    id: 'openai.gpt-5.6-sol',
    name: 'GPT-5.6 Sol',
    profiles: ['us', 'global'],
    sources: gpt56Sources,
    ...gpt56,
    prices: withGeography(gptPrices(4, 20, 0.4, 5)),
    priceTiers: longGpt(8, 30, 0.8, 10),
  }),
  gpt({
    id: 'openai.gpt-5.6-terra',
    name: 'GPT-5.6 Terra',
    profiles: ['us', 'in', 'global'],
    sources: gpt56Sources,
    ...gpt56,
    prices: withGeography(gptPrices(2, 12, 0.2, 2.5)),
    priceTiers: longGpt(4, 18, 0.4, 5),
  }),
  gpt({
    id: 'openai.gpt-5.6-luna',
    name: 'GPT-5.6 Luna',
    profiles: ['us', 'in', 'global'],
    sources: gpt56Sources,
    ...gpt56,
    prices: withGeography(gptPrices(0.2, 1.2, 0.02, 0.25)),
    priceTiers: longGpt(0.4, 1.8, 0.04, 0.5),
  }),
  gpt({
    id: 'openai.gpt-6-astra',
    name: 'GPT-6 Astra',
    profiles: ['us', 'global'],
    sources: ['card', 'pi-ai', 'price-file', 'aws-measured', 'aws-pricing-file'],
    onDemand: false,
    prices: withGeography(gptPrices(10, 50, 1, 12.5)),
    priceTiers: longGpt(20, 75, 2, 25),
    certainty: 'medium',
    notes: ['Measured on 2026-09-10 through Converse: 2,707 tokens read without a marker, and a cache point refused as access denied.'],
  }),
  gpt({
    id: 'openai.gpt-6-sol',
    name: 'GPT-6 Sol',
    profiles: ['us', 'global'],
    sources: ['pi-ai'],
    prices: withGeography(gptPrices(2, 10, 0.2, 2.5)),
    priceTiers: longGpt(4, 15, 0.4, 5),
  }),
  gpt({
    id: 'openai.gpt-6-luna',
    name: 'GPT-6 Luna',
    profiles: ['us', 'global'],
    sources: ['pi-ai'],
    prices: withGeography(gptPrices(0.1, 0.5, 0.01, 0.125)),
    priceTiers: longGpt(0.2, 0.75, 0.02, 0.25),
  }),
  gpt({
    id: 'openai.gpt-6.1-sol',
    name: 'GPT-6.1 Sol',
    profiles: ['us', 'global'],
    sources: ['pi-ai'],
    prices: withGeography(gptPrices(2, 10, 0.1, 2.5)),
    priceTiers: longGpt(4, 15, 0.2, 5),
  }),
  gpt({
    id: 'openai.gpt-6.1-terra',
    name: 'GPT-6.1 Terra',
    profiles: ['us', 'global'],
    sources: ['pi-ai'],
    prices: withGeography(gptPrices(1, 5, 0.05, 1.25)),
    priceTiers: longGpt(2, 7.5, 0.1, 2.5),
  }),
];

const glm: ModelEntry = shape({
  id: 'zai.glm-5.3',
  name: 'GLM 5.3',
  provider: 'Z.AI',
  profiles: ['us', 'global'],
  sources: ['card', 'pi-ai'],
  caching: {
    kind: 'explicit',
    minimum: exactly(1024),
    maxCheckpoints: 4,
    fields: ['tools', 'system', 'messages'],
    ttls: ['30m'],
    defaultTtl: '30m',
    implicit: true,
  },
  tokens: 'other',
  contextWindow: 1_000_000,
  maxOutputTokens: 128_000,
  countTokens: false,
  prices: withGeography({ input: 1.68, output: 5.28, cacheRead: 0.312, cacheWrite5m: null, cacheWrite1h: null, cacheWrite30m: 2.1 }),
  outputBurndown: 1,
  certainty: 'low',
  notes: ['Its card names both ways of caching, the minimum, and at least 30 minutes; number and places of cache points are assumed.'],
});

const unverified = (given: GivenBeside<'caching' | 'tokens'>): ModelEntry =>
  shape({ caching: advertised, tokens: 'other', outputBurndown: 1, certainty: 'low', ...given });

const readNothing = ['Four identical calls of 20,033 tokens were measured to read nothing; the version of Grok is not stated.'];
const grokPrices = (input: number, output: number, cacheRead: number): Prices => ({ input, output, cacheRead });
const kimiNotes = ['A price for writes is listed, so caching exists; how long it lasts is not documented.'];
const kimiPrices = (input: number, output: number, cacheRead: number, cacheWrite5m: number): Prices => ({
  input,
  output,
  cacheRead,
  cacheWrite5m,
});

const advertisedModels: readonly ModelEntry[] = [
  unverified({
    id: 'xai.grok-4.3',
    name: 'Grok 4.3',
    provider: 'xAI',
    profiles: [],
    sources: ['pi-ai', 'aws-measured'],
    contextWindow: 1_000_000,
    maxOutputTokens: 131_072,
    prices: { inRegion: grokPrices(1.25, 2.5, 0.2) },
    notes: readNothing,
  }),
  unverified({
    id: 'xai.grok-4.6',
    name: 'Grok 4.6',
    provider: 'xAI',
    profiles: ['us', 'global'],
    sources: ['pi-ai', 'aws-measured'],
    contextWindow: 500_000,
    maxOutputTokens: 500_000,
    prices: withGeography(grokPrices(2, 6, 0.5)),
    notes: readNothing,
  }),
  unverified({
    id: 'xai.grok-4.7',
    name: 'Grok 4.7',
    provider: 'xAI',
    profiles: ['us', 'global'],
    sources: ['pi-ai', 'aws-measured'],
    contextWindow: 500_000,
    maxOutputTokens: 500_000,
    prices: withGeography(grokPrices(2, 6, 0.5)),
    notes: readNothing,
  }),
  unverified({
    id: 'moonshotai.kimi-k3',
    name: 'Kimi K3',
    provider: 'Moonshot AI',
    profiles: ['us', 'global'],
    sources: ['pi-ai'],
    contextWindow: 1_048_576,
    maxOutputTokens: 128_000,
    prices: withGeography(kimiPrices(3, 15, 0.3, 3.75)),
    notes: kimiNotes,
  }),
  unverified({
    id: 'moonshotai.kimi-k3.1',
    name: 'Kimi K3.1',
    provider: 'Moonshot AI',
    profiles: ['us', 'global'],
    sources: ['pi-ai'],
    contextWindow: 1_048_576,
    maxOutputTokens: 1_048_576,
    prices: withGeography(kimiPrices(4, 20, 0.2, 5)),
    notes: kimiNotes,
  }),
];

/** All models of the catalog that cache without markers, and GLM. */
export const otherCaching: readonly ModelEntry[] = [...gptModels, glm, ...advertisedModels];
