import { shape, withGeography } from './shape';
import type { Given } from './shape';
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

const gpt = (id: string, name: string, profiles: string, sources: string, rest: Partial<Given> & Pick<Given, 'prices'>): ModelEntry =>
  shape(`openai.gpt-${id}`, `GPT-${name}`, 'OpenAI', profiles, sources, {
    caching: byItself,
    tokens: 'openai',
    contextWindow: 1_050_000,
    maxOutputTokens: 128_000,
    surfaces: ['runtime', 'mantle'],
    certainty: 'low',
    ...rest,
  });

const gpt56 = {
  caching: responsesApi,
  countTokens: false,
  outputBurndown: 10,
  certainty: 'medium',
  notes: ['In ConverseStream its inputTokens were seen to include the written tokens, which counts them twice.'],
} as const;
const gpt56Sources = 'guide-2026-10 card pi-ai genai-prices burndown';

const mantleOnly: Pick<Given, 'caching' | 'contextWindow' | 'onDemand' | 'surfaces' | 'certainty' | 'notes'> = {
  caching: { kind: 'implicit', minimum: exactly(1024), note: 'Caches by itself, without a fee for writes; not offered through Converse.' },
  contextWindow: 1_000_000,
  onDemand: true,
  surfaces: ['mantle'],
  certainty: 'medium',
  notes: ['Prices are those of one Region.'],
};

const gptModels: readonly ModelEntry[] = [
  gpt('5.4', '5.4', '', 'genai-prices pi-ai aws-pricing-file', { ...mantleOnly, prices: { geo: gptPrices(2.75, 16.5, 0.275, 0) } }),
  gpt('5.5', '5.5', '', 'genai-prices pi-ai aws-pricing-file', { ...mantleOnly, prices: { geo: gptPrices(5.5, 33, 0.55, 0) } }),
  gpt('5.6-sol', '5.6 Sol', 'us global', gpt56Sources, {
    ...gpt56,
    prices: withGeography(gptPrices(4, 20, 0.4, 5)),
    priceTiers: longGpt(8, 30, 0.8, 10),
  }),
  gpt('5.6-terra', '5.6 Terra', 'us in global', gpt56Sources, {
    ...gpt56,
    prices: withGeography(gptPrices(2, 12, 0.2, 2.5)),
    priceTiers: longGpt(4, 18, 0.4, 5),
  }),
  gpt('5.6-luna', '5.6 Luna', 'us in global', gpt56Sources, {
    ...gpt56,
    prices: withGeography(gptPrices(0.2, 1.2, 0.02, 0.25)),
    priceTiers: longGpt(0.4, 1.8, 0.04, 0.5),
  }),
  gpt('6-astra', '6 Astra', 'us global', 'card pi-ai price-file aws-measured aws-pricing-file', {
    onDemand: false,
    prices: withGeography(gptPrices(10, 50, 1, 12.5)),
    priceTiers: longGpt(20, 75, 2, 25),
    certainty: 'medium',
    notes: ['Measured on 2026-09-10 through Converse: 2,707 tokens read without a marker, and a cache point refused as access denied.'],
  }),
  gpt('6-sol', '6 Sol', 'us global', 'pi-ai', {
    prices: withGeography(gptPrices(2, 10, 0.2, 2.5)),
    priceTiers: longGpt(4, 15, 0.4, 5),
  }),
  gpt('6-luna', '6 Luna', 'us global', 'pi-ai', {
    prices: withGeography(gptPrices(0.1, 0.5, 0.01, 0.125)),
    priceTiers: longGpt(0.2, 0.75, 0.02, 0.25),
  }),
  gpt('6.1-sol', '6.1 Sol', 'us global', 'pi-ai', {
    prices: withGeography(gptPrices(2, 10, 0.1, 2.5)),
    priceTiers: longGpt(4, 15, 0.2, 5),
  }),
  gpt('6.1-terra', '6.1 Terra', 'us global', 'pi-ai', {
    prices: withGeography(gptPrices(1, 5, 0.05, 1.25)),
    priceTiers: longGpt(2, 7.5, 0.1, 2.5),
  }),
];

const glm: ModelEntry = shape('zai.glm-5.3', 'GLM 5.3', 'Z.AI', 'us global', 'card pi-ai', {
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

const unverified = (
  id: string,
  name: string,
  provider: string,
  sources: string,
  rest: Pick<Given, 'contextWindow' | 'maxOutputTokens' | 'prices' | 'notes'>,
  profiles = 'us global',
): ModelEntry =>
  shape(id, name, provider, profiles, sources, { caching: advertised, tokens: 'other', outputBurndown: 1, certainty: 'low', ...rest });

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
  unverified(
    'xai.grok-4.3',
    'Grok 4.3',
    'xAI',
    'pi-ai aws-measured',
    { contextWindow: 1_000_000, maxOutputTokens: 131_072, prices: { inRegion: grokPrices(1.25, 2.5, 0.2) }, notes: readNothing },
    '',
  ),
  unverified('xai.grok-4.6', 'Grok 4.6', 'xAI', 'pi-ai aws-measured', {
    contextWindow: 500_000,
    maxOutputTokens: 500_000,
    prices: withGeography(grokPrices(2, 6, 0.5)),
    notes: readNothing,
  }),
  unverified('xai.grok-4.7', 'Grok 4.7', 'xAI', 'pi-ai aws-measured', {
    contextWindow: 500_000,
    maxOutputTokens: 500_000,
    prices: withGeography(grokPrices(2, 6, 0.5)),
    notes: readNothing,
  }),
  unverified('moonshotai.kimi-k3', 'Kimi K3', 'Moonshot AI', 'pi-ai', {
    contextWindow: 1_048_576,
    maxOutputTokens: 128_000,
    prices: withGeography(kimiPrices(3, 15, 0.3, 3.75)),
    notes: kimiNotes,
  }),
  unverified('moonshotai.kimi-k3.1', 'Kimi K3.1', 'Moonshot AI', 'pi-ai', {
    contextWindow: 1_048_576,
    maxOutputTokens: 1_048_576,
    prices: withGeography(kimiPrices(4, 20, 0.2, 5)),
    notes: kimiNotes,
  }),
];

/** All models of the catalog that cache without markers, and GLM. */
export const otherCaching: readonly ModelEntry[] = [...gptModels, glm, ...advertisedModels];
