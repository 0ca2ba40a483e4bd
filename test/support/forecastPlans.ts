import type { CachePlan, Reuse } from '../../src/core/cache/plan';
import type { CacheTtl, Prices } from '../../src/core/models/types';
import type { TokenEstimate } from '../../src/core/figures/band';

/** Plans as a forecast sees them, without a text behind them. */

/** Prices in the proportions of most Claude models. */
export const claudePrices: Prices = { input: 3, output: 15, cacheRead: 0.3, cacheWrite5m: 3.75, cacheWrite1h: 6 };
/** Nova's: a free write by the price list, the input price by others. */
export const novaPrices: Prices = { input: 0.8, output: 3.2, cacheRead: 0.2, cacheWrite5m: 0, cacheWrite5mHigh: 0.8, cacheWrite1h: null };

export interface PointSpec {
  /** Of the whole prefix. */
  readonly tokens: number;
  readonly ttl: string;
  readonly reuse: Reuse['kind'];
}

const span = { start: 0, end: 0 };
const by = { kind: 'variable', text: 'name', span, varies: 'request' } as const;
const place = { field: 'system', index: 0 } as const;

/** A count that is off by up to four percent. */
const about = (likely: number): TokenEstimate => ({ low: likely * 0.96, likely, high: likely * 1.04, basis: 'estimated' });

const reuseOf = (kind: Reuse['kind']): Reuse => (kind === 'shared' ? { kind } : { kind, by });

/** A plan whose checkpoints all work. */
export const aPlan = (given: {
  readonly points: readonly PointSpec[];
  readonly tail?: number;
  readonly prices?: Prices | undefined;
  readonly ttls?: readonly CacheTtl[];
}): CachePlan => {
  const { points, tail = 0, ttls = ['5m', '1h'] } = given;
  return {
    modelId: '',
    door: 'ConverseStream',
    resolution: { kind: 'empty' },
    model: undefined,
    caching: {
      kind: 'explicit',
      minimum: { low: 1, likely: 1, high: 1 },
      maxCheckpoints: 4,
      fields: ['tools', 'system', 'messages'],
      ttls,
      defaultTtl: ttls[0] ?? '5m',
      implicit: false,
    },
    prices: 'prices' in given ? given.prices : claudePrices,
    blocks: [],
    checkpoints: points.map(({ tokens, ttl, reuse }, at) => ({
      number: at + 1,
      index: at,
      marker: { kind: 'cachePoint', ttl: undefined, span },
      place,
      ttl,
      prefix: about(tokens),
      verdict: { kind: 'caches', sure: true },
      reuse: reuseOf(reuse),
      isOpen: false,
    })),
    total: about((points.at(-1)?.tokens ?? 0) + tail),
    size: about((points.at(-1)?.tokens ?? 0) + tail),
    firstVarying: 0,
    turns: [],
  };
};
