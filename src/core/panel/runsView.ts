import { doorText } from '../messages/doorText';
import { describeFailure } from '../messages/failures';
import { actionLabels } from '../messages/failureText';
import { replayedText } from '../messages/recordedText';
import { noRunYet, runLabels, serviceNames } from '../messages/runStatus';
import { numberFormats, unknownFigure } from '../figures/numbers';
import type { NumberFormats } from '../figures/numbers';
import type { RunRecord } from '../runs/record';
import { hitRateOf } from '../tokens/usage';
import { ranByService } from '../messages/answerPartText';
import { partGroups } from './answerParts';
import { figuresOf } from './figures';
import { measure, type Measured } from './measured';
import type { FailureView, HistoryRow, RunsView, RunView } from './protocol';
import type { UsedValue } from './valuesProtocol';
import { remarksOn } from './remarks';
import { statusOf } from './status';
import { sessionTotals, titleOf } from './totals';
import { usageRows } from './usageRows';
import { whyView } from './whyView';

export interface RunsInput {
  /** This session's runs and those brought back from earlier ones, oldest first. */
  readonly records: readonly RunRecord[];
  /** Ids of the runs on the page, in reading order; unknown ids are skipped. */
  readonly shown: readonly string[];
  readonly locale: string;
  /** Milliseconds since 1970, for how long a run has been under way. */
  readonly now?: number;
  /** How many pictures a run's request has. */
  readonly imagesOf?: (run: string) => number;
  /** With which values a run was made. */
  readonly valuesOf?: (run: string) => readonly UsedValue[];
  /** IANA name; by default the machine's. */
  readonly timeZone?: string;
}

/** Which prompt was sent, and with which values. */
const promptOf = ({ file, row }: RunRecord): string => (row === undefined ? file : `${file} · ${row}`);

const labelOf = ({ pair }: RunRecord): string => runLabels[pair?.part ?? 'alone'];

const serviceText = ({ service, endpoint, identity, door }: RunRecord): string => {
  const through = door === undefined ? '' : `, ${doorText(door)}`;
  const where = endpoint === '' ? '' : `, ${endpoint}`;
  const who = `${identity === undefined || identity === '' ? '' : `, ${identity}`}${through}`;
  // Whoever asks the emulator is nobody.
  return `${serviceNames[service]}${where}${service === 'emulator' ? through : who}`;
};

const failureView = (
  { failure, service, firstDeltaMs, answer, retries = [] }: RunRecord,
  formats: NumberFormats,
): FailureView | undefined => {
  if (failure === undefined) return undefined;
  const { title, text, steps, actions } = describeFailure(failure, {
    service,
    formats,
    answered: firstDeltaMs !== undefined || answer !== '',
    waitsMs: retries.flatMap(({ waitMs }) => waitMs ?? []),
  });
  return {
    code: failure.code,
    title,
    text,
    steps,
    detail: failure.detail,
    requestId: failure.requestId,
    actions: actions.map((action) => ({ action, label: actionLabels[action] })),
  };
};

/** A table is of use once tokens were reported, or while they may still come. */
const hasUsage = ({ state, usage, replayedFrom }: RunRecord): boolean =>
  replayedFrom === undefined && (usage !== undefined || state !== 'failed');

const partnerOf = (record: RunRecord, records: readonly RunRecord[]): RunRecord | undefined =>
  record.pair && records.find(({ id, pair }) => id !== record.id && pair?.id === record.pair?.id);

const elapsed = ({ state, startedAt }: RunRecord, now: number | undefined): number | undefined =>
  now === undefined || (state !== 'waiting' && state !== 'streaming') ? undefined : Math.max(0, now - startedAt);

const replayView = ({ replayedFrom, startedAt }: RunRecord, now: number | undefined, formats: NumberFormats): RunView['replay'] =>
  replayedFrom === undefined
    ? undefined
    : { text: replayedText((now ?? startedAt) - replayedFrom, formats), label: actionLabels.runForReal };

const runView = (record: RunRecord, { records, now, imagesOf, valuesOf }: RunsInput, formats: NumberFormats): RunView => {
  const measured = measure(record, partnerOf(record, records), formats);
  return {
    id: record.id,
    label: labelOf(record),
    prompt: promptOf(record),
    state: record.state,
    status: statusOf(record, formats),
    elapsedMs: elapsed(record, now),
    model: record.modelName,
    service: { kind: record.service, text: serviceText(record) },
    requestId: record.requestId,
    values: valuesOf?.(record.id) ?? [],
    images: imagesOf?.(record.id) ?? 0,
    answer: record.answer,
    hasTexts: record.restored !== 'figures',
    reasoning: record.reasoning,
    toolUses: record.toolUses.map(({ name, input, byService }) => ({
      name,
      note: byService === true ? ranByService : '',
      input: typeof input === 'string' ? input : JSON.stringify(input, null, 2),
    })),
    parts: partGroups(record.parts),
    usage: hasUsage(record) ? usageRows(record, measured, formats) : [],
    figures: figuresOf(record, measured, formats),
    remarks: remarksOn(record, measured),
    why: whyView(record, formats),
    failure: failureView(record, formats),
    replay: replayView(record, now, formats),
  };
};

interface Listed {
  readonly record: RunRecord;
  readonly measured: Measured | undefined;
}

const historyRow = (
  { record, measured }: Listed,
  { shown, now }: Pick<RunsInput, 'shown' | 'now'>,
  money: Pick<NumberFormats, 'usdBand'>,
  formats: NumberFormats,
): HistoryRow => {
  const total = measured?.cost.total;
  return {
    id: record.id,
    time: formats.moment(record.startedAt, now ?? record.startedAt),
    label: labelOf(record),
    prompt: promptOf(record),
    model: record.modelName,
    state: record.state,
    status: statusOf(record, formats),
    tone: record.failure === undefined || record.failure.code === 'canceled' ? 'neutral' : 'bad',
    hitRate: formats.percent(measured && hitRateOf(measured.counts)),
    read: formats.tokens(measured?.counts.read),
    write: formats.tokens(measured?.counts.written),
    input: formats.tokens(measured?.counts.input),
    output: formats.tokens(measured?.counts.output),
    cost: total === undefined ? unknownFigure : money.usdBand(total.low, total.high),
    total: formats.duration(record.totalMs),
    simulated: record.service === 'emulator',
    shown: shown.includes(record.id),
  };
};

/** The Runs tab, as a pure function of the session's runs. Every figure is finite and formatted; history is newest first. */
export const runsView = (input: RunsInput): RunsView => {
  const { records, shown, locale, timeZone } = input;
  const formats = numberFormats(locale, timeZone);
  const listed = records.map((record): Listed => ({ record, measured: measure(record, undefined, formats) }));
  const money = formats.usdColumn(listed.flatMap(({ measured }) => [measured?.cost.total?.low, measured?.cost.total?.high]));
  return {
    runs: shown.flatMap((id) => records.find((record) => record.id === id) ?? []).map((record) => runView(record, input, formats)),
    history: listed.map((one) => historyRow(one, input, money, formats)).reverse(),
    historyTitle: titleOf(records),
    totals: sessionTotals(records, formats),
    welcome: noRunYet,
  };
};
