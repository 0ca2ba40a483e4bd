import { plus, type Band } from '../figures/band';
import type { NumberFormats } from '../figures/numbers';
import { unknownFigure } from '../figures/numbers';
import type { RunRecord } from '../runs/record';
import { hitRateOf, type TokenCounts } from '../tokens/usage';
import { measure, type Measured } from './measured';
import type { SessionFigure } from './protocol';

const sum = (runs: readonly Measured[], count: (counts: TokenCounts) => number | undefined): number =>
  runs.reduce((total, { counts }) => total + (count(counts) ?? 0), 0);

const money = (amounts: readonly (Band | undefined)[]): Band | undefined => {
  const known = amounts.filter((amount) => amount !== undefined);
  return known.length === 0 ? undefined : known.reduce(plus);
};

const usd = (amount: Band | undefined, formats: NumberFormats): string =>
  amount === undefined ? unknownFigure : formats.usdBand(amount.low, amount.high);

/** What the sums leave out, where they do. */
const basis = (runs: readonly Measured[], records: readonly RunRecord[], formats: NumberFormats): string => {
  const unpriced = runs.filter(({ cost }) => cost.total === undefined).length;
  const simulated = records.filter(({ service }) => service === 'emulator').length;
  return [
    'List prices.',
    ...(unpriced === 0 ? [] : [`${formats.tokens(unpriced)} of ${formats.tokens(runs.length)} runs are left out: a price is not known.`]),
    ...(simulated === 0
      ? []
      : [
          `${simulated === records.length ? 'All' : formats.tokens(simulated)} of these runs were answered by the emulator, which charges nothing.`,
        ]),
  ].join(' ');
};

/** Which runs are listed: once some of earlier sessions were brought back, not those of this one alone. */
export const titleOf = (records: readonly RunRecord[]): string =>
  records.some(({ restored }) => restored !== undefined) ? 'Runs of this session and earlier ones' : 'Runs of this session';

/** What the listed runs sum up to; nothing for a single run, whose own figures say it. */
export const sessionTotals = (records: readonly RunRecord[], formats: NumberFormats): readonly SessionFigure[] => {
  const runs = records.flatMap((record) => measure(record, undefined, formats) ?? []);
  if (records.length < 2 || runs.length === 0) return [];
  const counts: TokenCounts = {
    read: sum(runs, ({ read }) => read),
    written: sum(runs, ({ written }) => written),
    input: sum(runs, ({ input }) => input),
    output: sum(runs, ({ output }) => output),
    prompt: sum(runs, ({ prompt }) => prompt),
  };
  const why = basis(runs, records, formats);
  return [
    {
      id: 'runs',
      label: 'Runs',
      value: formats.tokens(records.length),
      hint: `${titleOf(records)}, as far as they are listed here, of all prompts.`,
    },
    {
      id: 'hitRate',
      label: 'Cache hit rate',
      value: formats.percent(hitRateOf(counts)),
      hint: 'Tokens read from the cache / all tokens of the prompts.',
    },
    { id: 'read', label: 'Cache read', value: formats.tokens(counts.read), hint: 'Tokens that all runs read from the cache.' },
    { id: 'written', label: 'Cache write', value: formats.tokens(counts.written), hint: 'Tokens that all runs put into the cache.' },
    { id: 'input', label: 'Uncached', value: formats.tokens(counts.input), hint: 'Input that was neither read nor written.' },
    { id: 'output', label: 'Output', value: formats.tokens(counts.output), hint: 'Tokens that the models wrote.' },
    { id: 'cost', label: 'Cost', value: usd(money(runs.map(({ cost }) => cost.total)), formats), hint: why },
    {
      id: 'saved',
      label: 'Saved',
      value: usd(money(runs.map(({ cost }) => cost.saved)), formats),
      hint: `What the same runs would have cost without caching, minus their cost. ${why}`,
    },
  ];
};
