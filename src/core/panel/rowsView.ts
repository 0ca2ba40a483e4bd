import type { NumberFormats } from '../figures/numbers';
import { doubtText, jobText, lastTimeText, progressText, usageText } from '../messages/rowsText';
import type { BatchRecord, JobState } from '../rows/journal';
import type { LastTime } from '../rows/lastTime';
import type { GivenRow } from '../rows/table';
import type { Totals } from '../rows/totals';
import { visible, visibleLine } from '../text/visible';
import type { RowCell, RowLine, RowsFigure, RowsHead } from './rowsProtocol';

/** What the table is made from. */
export interface BatchShown {
  readonly record: BatchRecord;
  /** Of this session, or kept; `undefined` for one that is not here. */
  readonly answerOf: (job: number) => string | undefined;
  /** The row's values, where they are at hand. */
  readonly rowOf: (row: number) => GivenRow | undefined;
  readonly lastTimeOf: (job: number) => LastTime | undefined;
  readonly formats: NumberFormats;
}

/** Characters of an answer or of a row's values in the table. */
const shownText = 400;

const beginning = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most).trimEnd()}…` : text);

const valuesText = (row: GivenRow | undefined): string =>
  row === undefined
    ? ''
    : beginning(
        Object.entries(row.values)
          .map(([name, value]) => `${name}: ${visibleLine(value)}`)
          .join(' · '),
        shownText / 2,
      );

const cellOf = (state: JobState, job: number, { answerOf, lastTimeOf, formats }: BatchShown): RowCell => {
  const answer = state.kind === 'done' ? (answerOf(job) ?? state.result.answer.text) : undefined;
  const last = lastTimeOf(job);
  const base = { state: state.kind, met: '', last: last === undefined ? '' : lastTimeText(last, formats) } as const;
  if (state.kind !== 'done')
    return { ...base, text: jobText(state, formats), canOpen: false, hasDetails: state.kind === 'failed', usage: '' };
  const { usage, usd, firstMs, met } = state.result;
  return {
    ...base,
    text: answer === undefined ? jobText(state, formats) : visible(beginning(answer, shownText)),
    canOpen: answer !== undefined,
    hasDetails: true,
    usage: [
      usageText(usage, formats),
      ...(usd === undefined ? [] : [formats.usd(usd)]),
      ...(firstMs === undefined ? [] : [`first token ${formats.duration(firstMs)}`]),
    ]
      .filter((part) => part !== '')
      .join(' · '),
    met: met === undefined ? '' : met ? 'yes' : 'no',
  };
};

/** A line of the table. */
export const lineOf = (row: number, shown: BatchShown): RowLine => {
  const { batch, jobs } = shown.record;
  const given = shown.rowOf(row);
  const models = batch.models.length;
  return {
    index: row,
    name: String(batch.rows[row]?.number ?? row + 1),
    values: valuesText(given),
    expect: given?.expect === undefined ? '' : visible(beginning(given.expect, shownText / 2)),
    cells: batch.models.flatMap((_, model) => {
      const state = jobs[row * models + model];
      return state === undefined ? [] : [cellOf(state, row * models + model, shown)];
    }),
  };
};

const hitRate = ({ read, written, input }: Totals): number | undefined =>
  read + written + input === 0 ? undefined : read / (read + written + input);

/** Sums of a batch as figures: "–" where a price is not known. */
export const figuresOfTotals = (totals: Totals, formats: NumberFormats): readonly RowsFigure[] => {
  const { usd, coldUsd, uncachedUsd, batchUsd, doubtUsd, met, tested } = totals;
  const more = doubtUsd === undefined || doubtUsd[1] > 0;
  const perhaps = doubtUsd === undefined ? 'an unknown amount' : `up to ${formats.usd(doubtUsd[1])}`;
  return [
    {
      id: 'usd',
      label: 'Cost so far',
      value: formats.usd(usd),
      hint: `By list prices and the usage that was reported.${more ? ` Calls whose end is not known may add ${perhaps}.` : ''}`,
    },
    ...(more
      ? [
          {
            id: 'doubt',
            label: 'Perhaps on top',
            value: doubtUsd === undefined ? 'not known' : formats.usdBand(...doubtUsd),
            hint: 'Calls that may have been billed although their end is not known.',
          },
        ]
      : []),
    {
      id: 'hitRate',
      label: 'Read from cache',
      value: formats.percent(hitRate(totals)),
      hint: `${formats.tokens(totals.read)} of the tokens sent.`,
    },
    { id: 'read', label: 'Tokens read', value: formats.tokens(totals.read), hint: 'Read from the cache, over all answered calls.' },
    {
      id: 'written',
      label: 'Tokens written',
      value: formats.tokens(totals.written),
      hint: 'Written to the cache, over all answered calls.',
    },
    {
      id: 'cold',
      label: 'Sent at once, cold',
      value: formats.usd(coldUsd),
      hint: 'Had all calls left together with nothing cached, each would have written what it read.',
    },
    {
      id: 'uncached',
      label: 'Without caching',
      value: formats.usd(uncachedUsd),
      hint: 'The same tokens, all of the prompt at the input price.',
    },
    {
      id: 'batch',
      label: 'As batch inference',
      value: formats.usd(batchUsd),
      hint: 'A job of Bedrock batch inference: half the price, nothing cached, answers within 24 hours.',
    },
    ...(tested === 0
      ? []
      : [
          {
            id: 'met',
            label: 'As expected',
            value: `${formats.tokens(met)} of ${formats.tokens(tested)}`,
            hint: 'Answers that meet the row’s expect.',
          },
        ]),
  ];
};

/** What the head says besides what the batch itself tells. */
export interface HeadFacts {
  readonly service: RowsHead['service'];
  readonly state: RowsHead['state'];
  readonly notice: string;
  readonly inFlight: number;
  readonly canResume: boolean;
  readonly expects: boolean;
}

const stateWords: { readonly [S in RowsHead['state']]: string } = {
  running: 'Running',
  pausing: 'Pausing: calls under way go on to their end',
  paused: 'Paused',
  over: 'Done',
};

export const headOf = (totals: Totals, byModel: readonly Totals[], facts: HeadFacts, { record, formats }: BatchShown): RowsHead => {
  const { batch, over } = record;
  const rows = batch.rows.length;
  const word = facts.state === 'over' && over === 'canceled' ? 'Canceled' : stateWords[facts.state];
  return {
    version: 1,
    title: visibleLine(`${batch.prompt.name} · ${formats.tokens(rows)} ${rows === 1 ? 'row' : 'rows'} of ${batch.source.name}`),
    service: facts.service,
    state: facts.state,
    status: `${word}: ${progressText(totals, facts.inFlight, formats)}`,
    progress: { done: totals.done + totals.failed + totals.leftOut, of: totals.jobs },
    notice: facts.notice,
    doubt: totals.doubtful === 0 ? '' : doubtText(totals, formats),
    canRetry: totals.failed > 0,
    canResume: facts.canResume,
    figures: figuresOfTotals(totals, formats),
    models: batch.models.map(({ name }, model) => {
      const one = byModel[model];
      return {
        name: visibleLine(name),
        summary:
          one === undefined || batch.models.length === 1
            ? ''
            : [
                formats.usd(one.usd),
                `${formats.percent(hitRate(one))} read`,
                ...(one.tested === 0 ? [] : [`${one.met} of ${one.tested} as expected`]),
              ].join(' · '),
      };
    }),
    expects: facts.expects,
  };
};
