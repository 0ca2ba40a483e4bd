import type { PromptAnalysis } from '../../core/analysis';
import type { CachePlan } from '../../core/cache/plan';
import type { ConverseRequest } from '../../core/request/types';
import type { Target } from '../../core/runs/port';
import type { UsedValue } from '../../core/panel/valuesProtocol';
import type { RunRecord } from '../../core/runs/record';
import type { Learned } from '../../core/tokens/calibration/lesson';
import type { PromptRef } from '../promptRef';
import type { WarmMemory } from './warmMemory';

/** What the panel is told. */
export interface RunsObserver {
  /** What calls have written, where others ask for it too. */
  readonly warm?: WarmMemory;
  /** Something other than text changed: draw again. */
  changed(): void;
  /** Text of a running answer arrived. */
  append(run: string, channel: 'answer' | 'reasoning', text: string): void;
  /** A call was answered to its end: what it sent can be in the cache. */
  finished?(job: RunJob): void;
  /** What the log says of a run, without any text of prompt or answer. */
  log?(line: string): void;
  /** The same call's usage can teach how good the estimates are; gives what it taught. */
  learn?(record: RunRecord, request: ConverseRequest, job: RunJob): Learned | undefined;
  /** A run is over, well or not: it may be kept, and explained. */
  over?(record: RunRecord, sent: SentRun): void;
}

/** What a run sent, as the analysis sees it, for whoever keeps and explains it. */
export interface SentRun {
  readonly request: ConverseRequest;
  readonly plan: CachePlan;
  readonly analysis: PromptAnalysis;
  /** As *Preview Request* shows it. */
  readonly text: () => string;
}

export interface RunJob {
  /** The prompt as a person knows it. */
  readonly file: string;
  readonly ref: PromptRef;
  readonly analysis: PromptAnalysis;
  readonly values: Readonly<Record<string, string>>;
  /** The name of these values, where the prompt takes any. */
  readonly row?: string | undefined;
  /** Those of them that the panel shows with the run. */
  readonly used?: readonly UsedValue[];
  readonly target: Target;
  readonly twice: boolean;
  /** The prompt's id for the service's logs, where they are to know it. */
  readonly tag?: string | undefined;
  /** A line that no other request has, put before the prefix so that nothing in the cache fits it. */
  readonly coldLine?: string | undefined;
}
