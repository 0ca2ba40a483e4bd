import type { Caching, Prices } from '../../src/core/models/types';
import type { RunEvent } from '../../src/core/runs/events';
import type { Usage } from '../../src/core/tokens/usage';
import { reduceRun, startRecord } from '../../src/core/runs/record';
import type { RunRecord, RunStart } from '../../src/core/runs/record';
import type { TokenEstimate } from '../../src/core/figures/band';

/** Prices of the size of a mid-sized Claude model, per million tokens. */
export const somePrices: Prices = { input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6 };

/** A cache that works by markers alone. */
export const markedCaching: Caching = {
  kind: 'explicit',
  minimum: { low: 1024, likely: 1024, high: 1024 },
  maxCheckpoints: 4,
  fields: ['tools', 'system', 'messages'],
  ttls: ['5m', '1h'],
  defaultTtl: '5m',
  lookBack: 20,
  implicit: false,
};

/** A cache that also works by itself. */
export const looseCaching: Caching = {
  ...markedCaching,
  minimum: { low: 355, likely: 1024, high: 1536, why: 'Sources differ.' },
  ttls: ['5m'],
  implicit: true,
};

export const estimate = (low: number, high: number): TokenEstimate => ({
  low,
  likely: Math.round((low + high) / 2),
  high,
  basis: 'estimated',
});

export const aStart = (over: Partial<RunStart> = {}): RunStart => ({
  id: 'run-1',
  pair: undefined,
  file: 'support-desk.bedrock.md',
  subject: 'file:///support-desk.bedrock.md',
  row: 'Sample 2',
  modelId: 'us.anthropic.claude-sonnet-4-6',
  modelName: 'Claude Sonnet 4.6',
  service: 'aws',
  endpoint: 'us-east-1',
  startedAt: Date.UTC(2026, 10, 23, 14, 3, 27),
  prediction: undefined,
  prices: somePrices,
  pricesChecked: '2026-11-20',
  caching: markedCaching,
  ...over,
});

export const aUsage = (over: Partial<Usage> = {}): Usage => ({ input: 40, output: 210, cacheRead: 0, cacheWrite: 0, writes: [], ...over });

/** Folds events into a fresh record. */
export const fold = (start: RunStart, ...events: readonly RunEvent[]): RunRecord => events.reduce(reduceRun, startRecord(start));

/** A run that came to its end with this usage. */
export const finishedRun = (
  usage: Usage | undefined,
  over: Partial<RunStart> = {},
  times: { readonly first: number; readonly total: number } = { first: 870, total: 2400 },
): RunRecord =>
  fold(
    aStart(over),
    { type: 'started', at: 0, modelId: 'm', identity: 'profile dev' },
    { type: 'text', at: times.first, delta: 'Your refund is on its way.' },
    { type: 'stopped', at: times.total, reason: 'end_turn' },
    ...(usage === undefined ? [] : [{ type: 'usage', at: times.total, usage, latencyMs: times.total - 20 } as const]),
    { type: 'finished', at: times.total, requestId: '1a2b3c4d-0000-4000-8000-1234567890ab', attempts: 1 },
  );

/** A cold and a warm run of one pair. */
export const aPair = (cold: Usage, warm: Usage, over: Partial<RunStart> = {}): readonly [RunRecord, RunRecord] => [
  finishedRun(cold, { id: 'cold', pair: { id: 'pair', part: 'cold' }, ...over }, { first: 1900, total: 4200 }),
  finishedRun(warm, { id: 'warm', pair: { id: 'pair', part: 'warm' }, ...over }, { first: 620, total: 2900 }),
];
