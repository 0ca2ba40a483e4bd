import type { PromptAnalysis } from '../../core/analysis';
import { rowName } from '../../core/messages/rowsText';
import type { BatchEntry } from '../../core/rows/journal';
import type { GivenRow } from '../../core/rows/table';
import type { ConverseRequest, WireCall } from '../../core/request/types';
import type { Target } from '../../core/runs/port';
import type { RunRecord, RunStart } from '../../core/runs/record';
import type { HistoryPart } from '../history/part';
import type { EnginePort } from '../ports';
import type { PreparedJob } from './runner';
import type { PromptRef } from '../promptRef';
import { recordOf } from '../runs/jobRequest';
import type { SentRun } from '../runs/runJob';
import { cachePlace } from '../runs/target';
import type { WarmMemory } from '../runs/warmMemory';

/** A call that no card of the panel is about: of a batch, or one that keeps a prompt warm. */
export interface QuietCall {
  readonly id: string;
  readonly file: string;
  readonly ref: PromptRef;
  readonly analysis: PromptAnalysis;
  readonly values: Readonly<Record<string, string>>;
  readonly row: string | undefined;
  readonly batch?: RunStart['batch'];
  readonly target: Target;
  readonly startedAt: number;
}

export interface QuietCallDeps {
  readonly engine: EnginePort;
  readonly warm: Pick<WarmMemory, 'prefixes'>;
  readonly history: () => Pick<HistoryPart, 'keep'>;
}

/** What a call begins with, and how it is kept once it is over. */
export interface BegunCall {
  readonly record: RunRecord;
  /** Writes it into the history; never rejects. */
  keep(record: RunRecord): void;
}

/** The record of a call that leaves now, with what is predicted of the request that is sent. */
export const beginQuietly = (call: QuietCall, sent: WireCall, { engine, warm, history }: QuietCallDeps): BegunCall => {
  const { analysis, values, target, startedAt, id, batch } = call;
  const { callText, planRequest, predictCall } = engine();
  const { plan, request: made } = planRequest(analysis, values);
  const request: ConverseRequest = { ...made, modelId: plan.modelId };
  const prediction = predictCall({ request, plan, where: cachePlace(target), at: startedAt }, warm.prefixes);
  const record = recordOf({ ...call, twice: false }, sent, plan, { id, pair: undefined, startedAt, prediction, batch });
  const kept: SentRun = { request, plan, analysis, text: () => callText(sent) };
  return { record, keep: (over) => void history().keep(over, kept) };
};

/** The same for a call of a batch: a row on a model. */
export const beginRow = (
  call: Pick<QuietCall, 'ref' | 'analysis' | 'target' | 'startedAt'> & {
    readonly job: PreparedJob;
    readonly batch: BatchEntry;
    readonly row: GivenRow | undefined;
  },
  sent: WireCall,
  deps: QuietCallDeps,
): BegunCall => {
  const { job, batch, row, startedAt } = call;
  return beginQuietly(
    {
      ...call,
      id: ['row', batch.id, job.index, startedAt].join('-'),
      file: batch.prompt.name,
      values: row?.values ?? {},
      row: row && rowName(batch.source.kind, row.number),
      batch: { id: batch.id, job: job.index },
    },
    sent,
    deps,
  );
};
