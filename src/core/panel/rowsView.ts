import type { NumberFormats } from '../figures/numbers';
import {
  batchStates,
  batchTitle,
  firstTokenText,
  metText,
  ofText,
  perhapsText,
  rowsFigureHints,
  rowsFigureNames,
  shareReadText,
  unknownAmount,
} from '../messages/rowsFigures';
import { doubtText, jobText, lastTimeText, progressText, rowsNotes, usageText } from '../messages/rowsText';
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
      ...(firstMs === undefined ? [] : [firstTokenText(formats.duration(firstMs))]),
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
  return [
    {
      id: 'usd',
      label: rowsFigureNames.usd,
      value: formats.usd(usd),
      hint: rowsFigureHints.usd(more ? perhapsText(doubtUsd?.[1], formats) : undefined),
    },
    ...(more
      ? [
          {
            id: 'doubt',
            label: rowsFigureNames.doubt,
            value: doubtUsd === undefined ? unknownAmount : formats.usdBand(...doubtUsd),
            hint: rowsFigureHints.doubt,
          },
        ]
      : []),
    {
      id: 'hitRate',
      label: rowsFigureNames.hitRate,
      value: formats.percent(hitRate(totals)),
      hint: rowsFigureHints.hitRate(formats.tokens(totals.read)),
    },
    { id: 'read', label: rowsFigureNames.read, value: formats.tokens(totals.read), hint: rowsFigureHints.read },
    {
      id: 'written',
      label: rowsFigureNames.written,
      value: formats.tokens(totals.written),
      hint: rowsFigureHints.written,
    },
    {
      id: 'cold',
      label: rowsFigureNames.cold,
      value: formats.usd(coldUsd),
      hint: rowsFigureHints.cold,
    },
    {
      id: 'uncached',
      label: rowsFigureNames.uncached,
      value: formats.usd(uncachedUsd),
      hint: rowsFigureHints.uncached,
    },
    {
      id: 'batch',
      label: rowsFigureNames.batch,
      value: formats.usd(batchUsd),
      hint: rowsFigureHints.batch,
    },
    ...(tested === 0
      ? []
      : [
          {
            id: 'met',
            label: rowsFigureNames.met,
            value: ofText(formats.tokens(met), formats.tokens(tested)),
            hint: rowsFigureHints.met,
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

/** Answers that are not here: this window did not ask for them, and they were not kept. */
const lacksAnswers = ({ record, answerOf }: BatchShown): boolean =>
  record.jobs.some((state, job) => state.kind === 'done' && answerOf(job) === undefined && state.result.answer.text === undefined);

export const headOf = (totals: Totals, byModel: readonly Totals[], facts: HeadFacts, shown: BatchShown): RowsHead => {
  const { record, formats } = shown;
  const { batch, over } = record;
  const rows = batch.rows.length;
  const word = batchStates[facts.state === 'over' && over === 'canceled' ? 'canceled' : facts.state];
  return {
    version: 1,
    title: visibleLine(batchTitle(batch.prompt.name, rows, batch.source.name, formats)),
    service: facts.service,
    state: facts.state,
    status: `${word}: ${progressText(totals, facts.inFlight, formats)}`,
    progress: { done: totals.done + totals.failed + totals.leftOut, of: totals.jobs },
    notice: facts.notice,
    note: lacksAnswers(shown) ? rowsNotes.answersNotKept : '',
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
                shareReadText(formats.percent(hitRate(one))),
                ...(one.tested === 0 ? [] : [metText(String(one.met), String(one.tested))]),
              ].join(' · '),
      };
    }),
    expects: facts.expects,
  };
};
