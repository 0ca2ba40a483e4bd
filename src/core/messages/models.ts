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
}

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

const toRow = (row: MatrixRow, formats: NumberFormats): ModelRow => ({
  modelId: row.modelId,
  name: row.entry.name,
  current: row.current,
  caches: row.refused ? 'no' : row.caches,
  why: whyOf(row, formats),
  minimum: row.minimum === undefined ? '–' : describeFigure(row.minimum, formats),
  ttls: row.ttls.length === 0 ? '–' : row.ttls.join(', '),
  cold: formats.usd(row.coldUsd),
  warm: formats.usd(row.warmUsd),
  expected: formats.usd(row.expectedUsd),
  uncached: formats.usd(row.uncachedUsd),
  lifecycle: describeLifecycle(row.lifecycle),
});

/** The matrix as the panel shows it: every figure formatted, every reason a sentence. */
export const modelsView = (rows: readonly MatrixRow[], traffic: Traffic, formats: NumberFormats): ModelsView => {
  const caching = rows.filter(({ caches, refused }) => caches === 'yes' && !refused).length;
  const summary =
    `As it is written, this prompt is cached on ${formats.tokens(caching)} of ${formats.tokens(rows.length)} models. ` +
    `Amounts are for the input of one call; the expected one is the mean ${describeTraffic(traffic, formats)}.`;
  return { summary, rows: rows.map((row) => toRow(row, formats)) };
};
