import { assertNever } from '../text/assertNever';
import type { MatrixReason, MatrixRow } from '../advice/matrix';
import type { Verdict } from '../cache/plan';
import type { Figure, Lifecycle } from '../models/types';
import type { NumberFormats } from '../figures/numbers';
import type { Traffic } from '../prompt/traffic';
import { describeTraffic } from './trafficText';

/** The prompt on one model of the catalog. */
export interface ModelRow {
  readonly modelId: string;
  readonly name: string;
  /** The model that the prompt names now. */
  readonly current: boolean;
  readonly caches: 'yes' | 'maybe' | 'no';
  /** "Caches up to cache point 2, 3,155 tokens", or why not. */
  readonly why: string;
  readonly minimum: string;
  readonly ttls: string;
  readonly cold: string;
  readonly warm: string;
  readonly expected: string;
  readonly uncached: string;
  /** "legacy, ends 2027-01-08", or empty. */
  readonly lifecycle: string;
  /** It is offered no more, so that it stands apart. */
  readonly retired: boolean;
  /** What the figures are sorted by; `undefined`: not known. */
  readonly order: { readonly [C in ModelFigure]: number | undefined };
}

/** Columns of figures; amounts are USD for the input of a thousand calls. */
export type ModelFigure = 'expected' | 'cold' | 'warm' | 'uncached' | 'minimum';

export interface ModelsView {
  /** "Caches on 19 of 61 models…" and the traffic that the expected cost is made for. */
  readonly summary: string;
  readonly rows: readonly ModelRow[];
}

const describeFigure = ({ low, likely, high }: Figure, formats: NumberFormats): string =>
  low === high ? formats.tokens(likely) : `${formats.tokens(likely)} (${formats.tokenBand(low, high)})`;

/** In a few words, without a full stop. */
export const describeVerdict = (verdict: Exclude<Verdict, { kind: 'caches' }>, formats: NumberFormats): string => {
  switch (verdict.kind) {
    case 'belowMinimum':
      return `${verdict.certain ? 'Below' : 'Perhaps below'} the minimum of ${formats.tokens(verdict.minimum)}`;
    case 'tooMany':
      return `Refused: more than ${formats.tokens(verdict.limit)} cache points`;
    case 'unsupportedField':
      return verdict.withTools ? 'Refused: a cache point in a message with tool calls or results' : 'Refused: a cache point at this place';
    case 'unsupportedModel':
      return 'Refuses cache points';
    case 'nothingBefore':
      return 'Refused: nothing before a cache point';
    case 'unknownModel':
      return 'Model not known';
    case 'refused':
      return refusals[verdict.reason];
    case 'overMaximum':
      return `Perhaps above the maximum of ${formats.tokens(verdict.maximum)}`;
    case 'notOnDemand':
      return verdict.why === 'batch' ? 'Ignored in batch jobs' : 'Ignored with Provisioned Throughput';
    default:
      return assertNever(verdict);
  }
};

const refusals: { readonly [R in Extract<Verdict, { kind: 'refused' }>['reason']]: string } = {
  afterReasoning: 'Refused: a cache point after reasoning',
  afterDocument: 'Refused: a cache point straight after a document',
  latency: 'Refused: a cache point with latency-optimized inference',
};

const describeReason = (reason: MatrixReason, formats: NumberFormats): string => {
  switch (reason.kind) {
    case 'caches':
      return reason.sure
        ? `Caches ${formats.tokens(reason.tokens.likely)} tokens, up to cache point ${reason.checkpoint}`
        : `May cache ${formats.tokens(reason.tokens.likely)} tokens, up to cache point ${reason.checkpoint}: close to the minimum`;
    case 'verdict':
      return `${describeVerdict(reason.verdict, formats)} (cache point ${reason.checkpoint})`;
    case 'ttl':
      return `Refused: no lifetime of ${reason.ttl} (cache point ${reason.checkpoint})`;
    case 'neverRead':
      return 'Writes on each call and reads on none: something before the cache point varies';
    case 'noMarkers':
      return reason.possible ? 'Could cache, but there is no cache point' : 'Nothing to cache: the static part is too short';
    case 'noCaching':
      return reason.byItself ? 'Caches by itself on best effort; takes no cache points' : 'No prompt caching';
    default:
      return assertNever(reason);
  }
};

const describeLifecycle = (lifecycle: Lifecycle): string => {
  if (lifecycle.kind === 'active') return '';
  const end =
    'endOfLife' in lifecycle && lifecycle.endOfLife !== undefined
      ? `, ${lifecycle.kind === 'retired' ? 'ended' : 'ends'} ${lifecycle.endOfLife}`
      : '';
  return `${lifecycle.kind}${end}`;
};

const whyOf = (row: MatrixRow, formats: NumberFormats): string => {
  if (row.refusedContent.length > 0) return `Refused: takes no ${row.refusedContent.join(' and no ')}`;
  if (!row.fitsContext) return `Too long: the context window is ${formats.tokens(row.entry.contextWindow)} tokens`;
  return describeReason(row.reason, formats);
};

/** Amounts are given for so many calls: one costs too little to read. */
const thousand = 1000;

const perThousand = (usd: number | undefined): number | undefined => (usd === undefined ? undefined : usd * thousand);

type Amount = Exclude<ModelFigure, 'minimum'>;

const amountsOf = (row: MatrixRow): { readonly [A in Amount]: number | undefined } => ({
  expected: perThousand(row.expectedUsd),
  cold: perThousand(row.coldUsd),
  warm: perThousand(row.warmUsd),
  uncached: perThousand(row.uncachedUsd),
});

/** How the amounts of each column are written. */
type Columns = { readonly [A in Amount]: (value: number | undefined) => string };

const columnsOf = (rows: readonly MatrixRow[], formats: NumberFormats): Columns => {
  const amounts = rows.map(amountsOf);
  const column = (amount: Amount) => formats.usdColumn(amounts.map((one) => one[amount])).usd;
  return { expected: column('expected'), cold: column('cold'), warm: column('warm'), uncached: column('uncached') };
};

const toRow = (row: MatrixRow, columns: Columns, formats: NumberFormats): ModelRow => {
  const amounts = amountsOf(row);
  return {
    modelId: row.modelId,
    name: row.entry.name,
    current: row.current,
    caches: row.refused ? 'no' : row.caches,
    why: whyOf(row, formats),
    minimum: row.minimum === undefined ? '–' : describeFigure(row.minimum, formats),
    ttls: row.ttls.length === 0 ? '–' : row.ttls.join(', '),
    cold: columns.cold(amounts.cold),
    warm: columns.warm(amounts.warm),
    expected: columns.expected(amounts.expected),
    uncached: columns.uncached(amounts.uncached),
    lifecycle: describeLifecycle(row.lifecycle),
    retired: row.lifecycle.kind === 'retired',
    order: { ...amounts, minimum: row.minimum?.likely },
  };
};

/** The matrix as the panel shows it: every figure formatted, every reason a sentence. */
export const modelsView = (rows: readonly MatrixRow[], traffic: Traffic, formats: NumberFormats): ModelsView => {
  const caching = rows.filter(({ caches, refused }) => caches === 'yes' && !refused).length;
  const summary =
    `As it is written, this prompt is cached on ${formats.tokens(caching)} of ${formats.tokens(rows.length)} models. ` +
    `Amounts are for the input of ${formats.tokens(thousand)} calls; the expected one is the mean ${describeTraffic(traffic, formats)}.`;
  const columns = columnsOf(rows, formats);
  return { summary, rows: rows.map((row) => toRow(row, columns, formats)) };
};
