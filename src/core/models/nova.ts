import { shape } from './shape';
import type { GivenBeside } from './shape';
import type { Caching, ModelEntry, Prices } from './types';

/** Amazon Nova. */

/** Prompt caching of Nova: markers in system and messages, 5 minutes, automatic as well (AWS user guide, 2026-01, and recordings). */
const caching: Caching = {
  kind: 'explicit',
  minimum: {
    low: 240,
    likely: 355,
    high: 1536,
    why: 'AWS documents about 1,000 and its samples 1,536, yet all recorded cache points wrote: 240 tokens (Nova Lite), 355 (Nova 2 Lite), 734 (Nova Pro).',
  },
  maxCheckpoints: 4,
  fields: ['system', 'messages'],
  ttls: ['5m'],
  defaultTtl: '5m',
  maximum: 20_000,
  implicit: true,
  refusesToolMessages: true,
};

/** A read costs a quarter of the input; a write nothing on AWS's price list, while others charge the input price for it. */
const prices = (input: number, output: number, cacheRead: number): Prices => ({
  input,
  output,
  cacheRead,
  cacheWrite5m: 0,
  cacheWrite5mHigh: input,
  cacheWrite1h: null,
});

const common = [
  "A write costs 0 on AWS's price list (read 2026-08); AWS's accelerator and other tables charge the input price, the upper bound here.",
  'The maximum of 20,000 cached tokens is stated in older versions of the user guide only.',
  'Reported reads and writes are not pinned to the cache point; their sum with the input is steady.',
];

/** Of the first generation unless said otherwise. */
const model = ({ notes = [], ...given }: GivenBeside<'provider' | 'caching' | 'tokens'>): ModelEntry =>
  shape({
    provider: 'Amazon',
    caching,
    tokens: 'nova-1',
    toolPrompt: [345, 345],
    countTokens: false,
    countTokensOnMantle: false,
    outputBurndown: 1,
    notes: [...notes, ...common],
    ...given,
  });

const usualSources = ['guide-2026-01', 'card', 'litellm', 'genai-prices', 'pi-ai', 'price-api', 'aws-pricing-file', 'recordings'];
const shortCard = 'The card says 5,000 output tokens, the user guide 10,000.';

/** All Nova models of the catalog. */
export const nova: readonly ModelEntry[] = [
  model({
    id: 'amazon.nova-micro-v1:0',
    name: 'Amazon Nova Micro',
    profiles: ['us', 'eu', 'apac'],
    sources: usualSources,
    onDemand: true,
    contextWindow: 128_000,
    maxOutputTokens: 10_000,
    prices: { us: prices(0.035, 0.14, 0.00875), eu: prices(0.04, 0.16, 0.01), apac: prices(0.037, 0.148, 0.00925) },
    refusesContent: ['image', 'video'],
    notes: ['Text only.', shortCard],
  }),
  model({
    id: 'amazon.nova-lite-v1:0',
    name: 'Amazon Nova Lite',
    profiles: ['us', 'eu', 'apac', 'ca'],
    sources: usualSources,
    onDemand: true,
    contextWindow: 300_000,
    maxOutputTokens: 10_000,
    prices: {
      us: prices(0.06, 0.24, 0.015),
      eu: prices(0.069, 0.276, 0.01725),
      apac: prices(0.063, 0.252, 0.01575),
      ca: prices(0.064, 0.256, 0.016),
    },
    notes: [shortCard, 'LiteLLM has other prices for eu: 0.078 and 0.312.'],
  }),
  model({
    id: 'amazon.nova-pro-v1:0',
    name: 'Amazon Nova Pro',
    profiles: ['us', 'eu', 'apac'],
    sources: usualSources,
    onDemand: true,
    contextWindow: 300_000,
    maxOutputTokens: 10_000,
    prices: { us: prices(0.8, 3.2, 0.2), eu: prices(0.92, 3.68, 0.23), apac: prices(0.84, 3.36, 0.21) },
    notes: [shortCard, 'The flex tier costs half, the priority tier 1.75 times as much.'],
  }),
  model({
    id: 'amazon.nova-premier-v1:0',
    name: 'Amazon Nova Premier',
    profiles: ['us'],
    sources: ['guide-2026-01', 'litellm', 'genai-prices', 'pi-ai'],
    lifecycle: { kind: 'retired', endOfLife: '2026-09-14' },
    onDemand: false,
    contextWindow: 1_000_000,
    maxOutputTokens: 25_000,
    prices: { us: prices(2.5, 12.5, 0.625) },
    certainty: 'medium',
    notes: ['Seen as no longer found on 2026-10-10.', 'The card says 25,000 output tokens, other tables 10,000.'],
  }),
  model({
    id: 'amazon.nova-2-lite-v1:0',
    name: 'Amazon Nova 2 Lite',
    profiles: ['us', 'eu', 'jp', 'apac', 'global'],
    sources: ['card', 'litellm', 'genai-prices', 'pi-ai', 'price-api', 'aws-measured'],
    tokens: 'nova-2',
    toolPrompt: [818, 818],
    onDemand: false,
    contextWindow: 1_000_000,
    maxOutputTokens: 64_000,
    prices: {
      global: prices(0.3, 2.5, 0.075),
      us: prices(0.33, 2.75, 0.0825),
      eu: prices(0.374, 3.157, 0.0935),
      jp: prices(0.396, 3.311, 0.099),
    },
    notes: ['The flex tier costs half and keeps prompt caching (measured 2026-08-27).', 'The apac profile appears in LiteLLM only.'],
  }),
  model({
    id: 'amazon.nova-2-pro-preview-20251202-v1:0',
    name: 'Amazon Nova 2 Pro (preview)',
    profiles: ['us', 'eu', 'apac'],
    sources: ['litellm'],
    lifecycle: { kind: 'preview' },
    tokens: 'nova-2',
    toolPrompt: [818, 818],
    contextWindow: 1_000_000,
    maxOutputTokens: 64_000,
    prices: { us: prices(2.1875, 17.5, 0.546875) },
    certainty: 'low',
    notes: ['From one table of prices.'],
  }),
];
