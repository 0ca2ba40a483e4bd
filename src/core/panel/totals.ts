import { plus, type Band } from '../figures/band';
import type { NumberFormats } from '../figures/numbers';
import { unknownFigure } from '../figures/numbers';
import { figureNames, runsTitle, sumHints, sumsBasis } from '../messages/runFigures';
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
const basis = (runs: readonly Measured[], records: readonly RunRecord[], formats: NumberFormats): string =>
  sumsBasis(
    {
      unpriced: runs.filter(({ cost }) => cost.total === undefined).length,
      priced: runs.length,
      simulated: records.filter(({ service }) => service === 'emulator').length,
      all: records.length,
    },
    formats,
  );

/** Which runs are listed: once some of earlier sessions were brought back, not those of this one alone. */
export const titleOf = (records: readonly RunRecord[]): string => runsTitle(records.some(({ restored }) => restored !== undefined));

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
      label: figureNames.runs,
      value: formats.tokens(records.length),
      hint: sumHints.runs(titleOf(records)),
    },
    {
      id: 'hitRate',
      label: figureNames.hitRate,
      value: formats.percent(hitRateOf(counts)),
      hint: sumHints.hitRate,
    },
    { id: 'read', label: figureNames.read, value: formats.tokens(counts.read), hint: sumHints.read },
    { id: 'written', label: figureNames.written, value: formats.tokens(counts.written), hint: sumHints.written },
    { id: 'input', label: figureNames.uncached, value: formats.tokens(counts.input), hint: sumHints.input },
    { id: 'output', label: figureNames.output, value: formats.tokens(counts.output), hint: sumHints.output },
    { id: 'cost', label: figureNames.cost, value: usd(money(runs.map(({ cost }) => cost.total)), formats), hint: why },
    {
      id: 'saved',
      label: figureNames.saved,
      value: usd(money(runs.map(({ cost }) => cost.saved)), formats),
      hint: sumHints.saved(why),
    },
  ];
};
