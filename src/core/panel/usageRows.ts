import type { NumberFormats } from '../figures/numbers';
import { unknownFigure } from '../figures/numbers';
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
    label: 'Cache read',
    about: 'Found in the cache and billed at the read price.',
    tokens: ({ counts }) => counts.read,
    cost: ({ cost }) => cost.read,
    forecast: ({ prediction }) => prediction?.cacheRead,
    ofPrompt: true,
  },
  {
    field: 'cacheWriteInputTokens',
    label: 'Cache write',
    about: 'Put into the cache and billed at the write price of their lifetime.',
    tokens: ({ counts }) => counts.written,
    cost: ({ cost }) => cost.written,
    forecast: ({ prediction }) => prediction?.cacheWrite,
    ofPrompt: true,
  },
  {
    field: 'inputTokens',
    label: 'Uncached',
    about: 'Input that was neither read nor written, billed at the input price.',
    tokens: ({ counts }) => counts.input,
    cost: ({ cost }) => cost.input,
    forecast: ({ prediction }) => prediction?.input,
    ofPrompt: true,
  },
  {
    field: 'outputTokens',
    label: 'Output',
    about: 'What the model wrote, billed at the output price.',
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

const writesText = (measured: Measured | undefined, formats: NumberFormats): string => {
  const writes = measured?.usage.writes.filter(({ tokens }) => tokens > 0) ?? [];
  return writes.length === 0 ? '' : ` By lifetime: ${writes.map(({ ttl, tokens }) => `${formats.tokens(tokens)} for ${ttl}`).join(', ')}.`;
};

const costHint = (measured: Measured | undefined, cost: Usd | undefined): string => {
  if (measured === undefined || cost !== undefined) return '';
  if (isPaidByTheHour(measured.record.modelId)) return ' Paid by the hour, so no cost belongs to it.';
  if (measured.record.prices === undefined) return ' Cost not known: no price of this model is known.';
  const { missing } = measured.cost;
  return missing.length === 0
    ? ' Cost not known: the tokens were not reported.'
    : ` Cost not known: no price is known for ${missing.join(', ')}.`;
};

type Money = ReturnType<NumberFormats['usdColumn']>;

const toRow = (kind: RowKind, record: RunRecord, measured: Measured | undefined, money: Money, formats: NumberFormats): UsageRow => {
  const tokens = measured && kind.tokens(measured);
  const cost = measured && kind.cost(measured);
  const forecast = kind.forecast(record);
  const prompt = measured?.counts.prompt;
  const share = kind.ofPrompt && tokens !== undefined && prompt !== undefined && prompt > 0 ? tokens / prompt : undefined;
  const writes = kind.field === 'cacheWriteInputTokens' ? writesText(measured, formats) : '';
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
