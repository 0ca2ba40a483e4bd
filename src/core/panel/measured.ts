import type { NumberFormats } from '../figures/numbers';
import { costOfCall } from '../money/callCost';
import type { CallCost } from '../money/callCost';
import type { Usage } from '../tokens/usage';
import type { RunRecord } from '../runs/record';
import { countTokensOf } from '../tokens/usage';
import type { TokenCounts } from '../tokens/usage';

/** A run whose tokens the service reported, with what follows from them. */
export interface Measured {
  readonly record: RunRecord;
  readonly usage: Usage;
  readonly counts: TokenCounts;
  readonly cost: CallCost;
  /** The other run of its pair, when that one was measured too. */
  readonly partner: Measured | undefined;
  readonly formats: NumberFormats;
}

const defaultTtlOf = ({ caching }: RunRecord): string | undefined => (caching?.kind === 'explicit' ? caching.defaultTtl : undefined);

const measureAlone = (record: RunRecord, formats: NumberFormats): Measured | undefined => {
  const { usage } = record;
  if (usage === undefined) return undefined;
  return {
    record,
    usage,
    counts: countTokensOf(usage),
    cost: costOfCall(usage, record.prices, defaultTtlOf(record)),
    partner: undefined,
    formats,
  };
};

/** Puts a run's figures together; `undefined` when the service reported none. */
export const measure = (record: RunRecord, partner: RunRecord | undefined, formats: NumberFormats): Measured | undefined => {
  const alone = measureAlone(record, formats);
  return alone && { ...alone, partner: partner && measureAlone(partner, formats) };
};

/** Models that cache by themselves report reads and writes that do not line up with the checkpoints; only the sum is steady. */
export const splitsFreely = ({ caching }: RunRecord): boolean =>
  caching?.kind === 'implicit' || (caching?.kind === 'explicit' && caching.implicit);
