import type { NumberFormats } from '../figures/numbers';
import { unknownFigure } from '../figures/numbers';
import { figureNames, noCostHints, usageHints, writesText } from '../messages/runFigures';
import { isPaidByTheHour } from '../models/arn';
import type { Usd } from '../money/bill';
import type { RunRecord } from '../runs/record';
import type { TokenEstimate } from '../figures/band';
import type { Measured } from './measured';
import { splitsFreely } from './measured';
import type { UsageField, UsageRow } from './protocol';

interface RowKind {
  readonly field: UsageField;
  readonly label: string;
  readonly about: string;
  readonly tokens: (measured: Measured) => number | undefined;
  readonly cost: (measured: Measured) => Usd | undefined;
  readonly forecast: (record: RunRecord) => TokenEstimate | undefined;
  readonly ofPrompt: boolean;
}

const kinds: readonly RowKind[] = [
  {
    field: 'cacheReadInputTokens',
    label: figureNames.read,
    about: usageHints.read,
    tokens: ({ counts }) => counts.read,
    cost: ({ cost }) => cost.read,
    forecast: ({ prediction }) => prediction?.cacheRead,
    ofPrompt: true,
  },
  {
    field: 'cacheWriteInputTokens',
    label: figureNames.written,
    about: usageHints.written,
    tokens: ({ counts }) => counts.written,
    cost: ({ cost }) => cost.written,
    forecast: ({ prediction }) => prediction?.cacheWrite,
    ofPrompt: true,
  },
  {
    field: 'inputTokens',
    label: figureNames.uncached,
    about: usageHints.input,
    tokens: ({ counts }) => counts.input,
    cost: ({ cost }) => cost.input,
    forecast: ({ prediction }) => prediction?.input,
    ofPrompt: true,
  },
  {
    field: 'outputTokens',
    label: figureNames.output,
    about: usageHints.output,
    tokens: ({ counts }) => counts.output,
    cost: ({ cost }) => cost.output,
    forecast: () => undefined,
    ofPrompt: false,
  },
];

/** Identical calls are recorded to differ by a token or two at the end of the prompt (Bedrock recordings, 2026), so a band is this much wider. */
const jitterTokens = 4;

/** What is shown and what the verdict goes by, which is the same; nothing at all is predicted exactly. */
const bandOf = (forecast: TokenEstimate): { readonly low: number; readonly high: number } =>
  forecast.high === 0 ? forecast : { low: Math.max(0, forecast.low - jitterTokens), high: forecast.high + jitterTokens };

const verdict = (kind: RowKind, record: RunRecord, tokens: number | undefined): UsageRow['predicted'] => {
  const forecast = kind.forecast(record);
  if (forecast === undefined || tokens === undefined || splitsFreely(record)) return 'none';
  const { low, high } = bandOf(forecast);
  return tokens >= Math.floor(low) && tokens <= Math.ceil(high) ? 'within' : 'outside';
};

const costHint = (measured: Measured | undefined, cost: Usd | undefined): string => {
  if (measured === undefined || cost !== undefined) return '';
  if (isPaidByTheHour(measured.record.modelId)) return noCostHints.hourly;
  if (measured.record.prices === undefined) return noCostHints.noPrices;
  const { missing } = measured.cost;
  return missing.length === 0 ? noCostHints.notReported : noCostHints.missing(missing);
};

type Money = ReturnType<NumberFormats['usdColumn']>;

const toRow = (kind: RowKind, record: RunRecord, measured: Measured | undefined, money: Money, formats: NumberFormats): UsageRow => {
  const tokens = measured && kind.tokens(measured);
  const cost = measured && kind.cost(measured);
  const forecast = kind.forecast(record);
  const prompt = measured?.counts.prompt;
  const share = kind.ofPrompt && tokens !== undefined && prompt !== undefined && prompt > 0 ? tokens / prompt : undefined;
  const written = measured?.usage.writes.filter((write) => write.tokens > 0) ?? [];
  const writes = kind.field === 'cacheWriteInputTokens' ? writesText(written, formats) : '';
  return {
    field: kind.field,
    label: kind.label,
    tokens,
    tokensText: formats.tokens(tokens),
    share,
    shareText: share === undefined ? '' : formats.percent(share),
    costText: cost === undefined ? unknownFigure : money.usdBand(cost.low, cost.high),
    hint: `${kind.about}${writes}${costHint(measured, cost)}`,
    predictedText: forecast === undefined ? '' : formats.tokenBand(bandOf(forecast).low, bandOf(forecast).high),
    predicted: verdict(kind, record, tokens),
  };
};

/** Always four rows in the order of the bar, measured or not. */
export const usageRows = (record: RunRecord, measured: Measured | undefined, formats: NumberFormats): readonly UsageRow[] => {
  const costs = kinds.map((kind) => measured && kind.cost(measured));
  const money = formats.usdColumn(costs.flatMap((cost) => [cost?.low, cost?.high]));
  return kinds.map((kind) => toRow(kind, record, measured, money, formats));
};
