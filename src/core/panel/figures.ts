import type { NumberFormats } from '../figures/numbers';
import { unknownFigure } from '../figures/numbers';
import { attemptText, figureHints, figureNames, notApplicable, paidByTheHour, sumBasis, unknownSum } from '../messages/runFigures';
import { isPaidByTheHour } from '../models/arn';
import type { Usd } from '../money/bill';
import type { RunRecord } from '../runs/record';
import { hitRateOf, mentionsCache } from '../tokens/usage';
import type { Measured } from './measured';
import type { Figure } from './protocol';

const hitRate = (measured: Measured, formats: NumberFormats): Figure => {
  const share = hitRateOf(measured.counts);
  const silent = !mentionsCache(measured.counts);
  return {
    id: 'hitRate',
    label: figureNames.hitRate,
    value: formats.percent(share),
    hint: figureHints.hitRate(silent),
    tone: share !== undefined && share > 0 ? 'good' : 'neutral',
  };
};

/** Why a sum of money is not known, and what it rests on when it is. */
const basis = ({ record, cost }: Measured): string => {
  if (isPaidByTheHour(record.modelId)) return paidByTheHour;
  if (record.prices === undefined) return unknownSum(undefined);
  if (cost.missing.length > 0) return unknownSum(cost.missing);
  return sumBasis({
    checked: record.pricesChecked,
    factor: record.priceFactor,
    disputed: cost.total !== undefined && cost.total.low !== cost.total.high,
    emulated: record.service === 'emulator',
  });
};

const usd = (amount: Usd | undefined, { modelId }: RunRecord, formats: NumberFormats): string =>
  isPaidByTheHour(modelId) ? notApplicable : amount === undefined ? unknownFigure : formats.usdBand(amount.low, amount.high);

const cost = (measured: Measured, formats: NumberFormats): Figure => ({
  id: 'cost',
  label: figureNames.costOfCall,
  value: usd(measured.cost.total, measured.record, formats),
  hint: figureHints.cost(basis(measured)),
  tone: 'neutral',
});

const costWithoutCaching = (measured: Measured, formats: NumberFormats): Figure => ({
  id: 'costWithoutCaching',
  label: figureNames.withoutCaching,
  value: usd(measured.cost.withoutCaching, measured.record, formats),
  hint: figureHints.withoutCaching(basis(measured)),
  tone: 'neutral',
});

const saved = (measured: Measured, formats: NumberFormats): Figure => {
  const { saved: amount, savedShare } = measured.cost;
  const lost = amount !== undefined && amount.high < 0;
  const shown = lost ? { low: -amount.high, likely: -amount.likely, high: -amount.low } : amount;
  const share = savedShare === undefined || savedShare === 0 ? '' : ` (${formats.percent(Math.abs(savedShare))})`;
  return {
    id: 'saved',
    label: lost ? figureNames.extra : figureNames.saved,
    value: `${usd(shown, measured.record, formats)}${share}`,
    hint: lost ? figureHints.extra : isPaidByTheHour(measured.record.modelId) ? paidByTheHour : figureHints.saved,
    tone: amount !== undefined && amount.low > 0 ? 'good' : 'neutral',
  };
};

const firstDelta = (record: RunRecord, formats: NumberFormats): Figure => ({
  id: 'firstDelta',
  label: figureNames.firstToken,
  value: formats.duration(record.firstDeltaMs),
  hint: figureHints.firstToken,
  tone: 'neutral',
});

const total = (record: RunRecord, formats: NumberFormats): Figure => ({
  id: 'total',
  label: figureNames.totalTime,
  value: formats.duration(record.totalMs),
  hint: figureHints.totalTime(record.latencyMs === undefined ? undefined : formats.duration(record.latencyMs)),
  tone: 'neutral',
});

/** What became of each attempt but the last, and how long was waited after it. */
const triesText = ({ retries = [] }: RunRecord, formats: NumberFormats): string =>
  retries
    .map(({ attempt, reason, waitMs }) =>
      attemptText(formats.tokens(attempt - 1), reason, waitMs === undefined ? undefined : formats.duration(waitMs)),
    )
    .join('');

const attempts = (record: RunRecord, formats: NumberFormats): readonly Figure[] =>
  record.attempts === undefined || record.attempts <= 1
    ? []
    : [
        {
          id: 'attempts',
          label: figureNames.attempts,
          value: formats.tokens(record.attempts),
          hint: figureHints.attempts(triesText(record, formats)),
          tone: 'neutral',
        },
      ];

const stopReason = ({ stopReason: reason }: RunRecord): readonly Figure[] =>
  reason === undefined
    ? []
    : [{ id: 'stopReason', label: figureNames.stopReason, value: reason, hint: figureHints.stopReason, tone: 'neutral' }];

/** Places held for the figures that come at the end of the stream, so that the answer does not move away from its reader. */
const pending = (record: RunRecord, formats: NumberFormats): readonly Figure[] => {
  const later = (id: Figure['id'], label: string): Figure => ({
    id,
    label,
    value: unknownFigure,
    hint: figureHints.later,
    tone: 'neutral',
  });
  return [
    later('hitRate', figureNames.hitRate),
    later('cost', figureNames.costOfCall),
    later('costWithoutCaching', figureNames.withoutCaching),
    later('saved', figureNames.saved),
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
