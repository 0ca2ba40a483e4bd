import type { NumberFormats } from '../figures/numbers';
import { unknownFigure } from '../figures/numbers';
import { isPaidByTheHour } from '../models/arn';
import type { Usd } from '../money/bill';
import type { RunRecord } from '../runs/record';
import { hitRateOf, mentionsCache } from '../tokens/usage';
import type { Measured } from './measured';
import type { Figure } from './protocol';

const hitRateLabel = 'Cache hit rate';
const costLabel = 'Cost of this call';
const withoutLabel = 'Without caching';
const savedLabel = 'Saved';

const hitRateFormula = 'cache read / (uncached input + cache read + cache write)';

const hitRate = (measured: Measured, formats: NumberFormats): Figure => {
  const share = hitRateOf(measured.counts);
  const silent = !mentionsCache(measured.counts);
  return {
    id: 'hitRate',
    label: hitRateLabel,
    value: formats.percent(share),
    hint: `${hitRateFormula}.${silent ? ' Not known: the service reported nothing of the cache.' : ''}`,
    tone: share !== undefined && share > 0 ? 'good' : 'neutral',
  };
};

const notApplicable = 'not applicable';
const hourly = 'Provisioned Throughput is paid by the hour, so no sum belongs to one call; nor has it a prompt cache.';

/** Why a sum of money is not known, and what it rests on when it is. */
const basis = ({ record, cost }: Measured): string => {
  if (isPaidByTheHour(record.modelId)) return hourly;
  if (record.prices === undefined) return 'Not known: no price of this model is known.';
  if (cost.missing.length > 0) return `Not known: no price is known for ${cost.missing.join(', ')}.`;
  const checked = record.pricesChecked === undefined ? '' : `, checked ${record.pricesChecked}`;
  const emulated = record.service === 'emulator' ? ' The emulator charges nothing: this is what Bedrock would list for these tokens.' : '';
  const disputed = cost.total && cost.total.low !== cost.total.high ? ' Sources disagree on the write price, so both ends are given.' : '';
  const contract =
    record.priceFactor === undefined ? '' : ` times ${record.priceFactor} by your contract (setting cachepoint.priceFactors)`;
  return `An estimate from list prices per million tokens${checked}${contract}.${disputed}${emulated}`;
};

const usd = (amount: Usd | undefined, { modelId }: RunRecord, formats: NumberFormats): string =>
  isPaidByTheHour(modelId) ? notApplicable : amount === undefined ? unknownFigure : formats.usdBand(amount.low, amount.high);

const cost = (measured: Measured, formats: NumberFormats): Figure => ({
  id: 'cost',
  label: costLabel,
  value: usd(measured.cost.total, measured.record, formats),
  hint: `Each kind of token at its own price, writes by lifetime. ${basis(measured)}`,
  tone: 'neutral',
});

const costWithoutCaching = (measured: Measured, formats: NumberFormats): Figure => ({
  id: 'costWithoutCaching',
  label: withoutLabel,
  value: usd(measured.cost.withoutCaching, measured.record, formats),
  hint: `(uncached input + cache read + cache write) × input price + output × output price. ${basis(measured)}`,
  tone: 'neutral',
});

const saved = (measured: Measured, formats: NumberFormats): Figure => {
  const { saved: amount, savedShare } = measured.cost;
  const lost = amount !== undefined && amount.high < 0;
  const shown = lost ? { low: -amount.high, likely: -amount.likely, high: -amount.low } : amount;
  const share = savedShare === undefined || savedShare === 0 ? '' : ` (${formats.percent(Math.abs(savedShare))})`;
  return {
    id: 'saved',
    label: lost ? 'Extra for writing' : savedLabel,
    value: `${usd(shown, measured.record, formats)}${share}`,
    hint: lost
      ? 'Cost of this call minus the cost without caching: writing costs more than plain input, and the next read gives it back.'
      : isPaidByTheHour(measured.record.modelId)
        ? hourly
        : 'Cost without caching minus the cost of this call.',
    tone: amount !== undefined && amount.low > 0 ? 'good' : 'neutral',
  };
};

const firstDelta = (record: RunRecord, formats: NumberFormats): Figure => ({
  id: 'firstDelta',
  label: 'First token',
  value: formats.duration(record.firstDeltaMs),
  hint: 'From the start of the call to the first piece of the answer, on this machine’s clock. A cache read shortens this part only.',
  tone: 'neutral',
});

const total = (record: RunRecord, formats: NumberFormats): Figure => ({
  id: 'total',
  label: 'Total time',
  value: formats.duration(record.totalMs),
  hint: `From the start of the call to its end, on this machine’s clock.${record.latencyMs === undefined ? '' : ` The service measured ${formats.duration(record.latencyMs)}.`}`,
  tone: 'neutral',
});

/** What became of each attempt but the last, and how long was waited after it. */
const triesText = ({ retries = [] }: RunRecord, formats: NumberFormats): string =>
  retries
    .map(({ attempt, reason, waitMs }) => {
      const wait = waitMs === undefined ? '' : `, then ${formats.duration(waitMs)} were waited`;
      return ` Attempt ${formats.tokens(attempt - 1)} ended with ${reason}${wait}.`;
    })
    .join('');

const attempts = (record: RunRecord, formats: NumberFormats): readonly Figure[] =>
  record.attempts === undefined || record.attempts <= 1
    ? []
    : [
        {
          id: 'attempts',
          label: 'Attempts',
          value: formats.tokens(record.attempts),
          hint: `Only an attempt that was surely not processed is made again; only the last one is billed.${triesText(record, formats)}`,
          tone: 'neutral',
        },
      ];

const stopReason = ({ stopReason: reason }: RunRecord): readonly Figure[] =>
  reason === undefined
    ? []
    : [{ id: 'stopReason', label: 'Stop reason', value: reason, hint: 'Why the model stopped, in the words of the API.', tone: 'neutral' }];

/** Places held for the figures that come at the end of the stream, so that the answer does not move away from its reader. */
const pending = (record: RunRecord, formats: NumberFormats): readonly Figure[] => {
  const later = (id: Figure['id'], label: string): Figure => ({
    id,
    label,
    value: unknownFigure,
    hint: 'Known when the run has finished.',
    tone: 'neutral',
  });
  return [
    later('hitRate', hitRateLabel),
    later('cost', costLabel),
    later('costWithoutCaching', withoutLabel),
    later('saved', savedLabel),
    firstDelta(record, formats),
    total(record, formats),
  ];
};

/** The figures of one run in reading order; none for a run that failed before the service reported its tokens. */
export const figuresOf = (record: RunRecord, measured: Measured | undefined, formats: NumberFormats): readonly Figure[] => {
  if (measured === undefined && record.state === 'failed') return [];
  if (measured === undefined && record.state !== 'finished') return pending(record, formats);
  const ofTokens = measured === undefined ? [] : [hitRate, cost, costWithoutCaching, saved].map((figure) => figure(measured, formats));
  return [...ofTokens, firstDelta(record, formats), total(record, formats), ...stopReason(record), ...attempts(record, formats)];
};
