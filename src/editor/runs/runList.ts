import * as vscode from 'vscode';
import { numberFormats } from '../../core/figures/numbers';
import type { UsedValue } from '../../core/panel/valuesProtocol';
import type { WireCall } from '../../core/request/types';
import type { RunEvent } from '../../core/runs/events';
import type { RunPort } from '../../core/runs/port';
import { reduceRun, type RunRecord } from '../../core/runs/record';
import type { RunWhy } from '../../core/runs/explanation';
import type { EnginePort } from '../ports';
import { movedRef, movedRun, type MoveKey } from '../movedKeys';
import { refKey, type PromptRef } from '../promptRef';
import { jobRequest, recordOf, type JobRequest } from './jobRequest';
import type { RunJob, RunsObserver } from './runJob';
import { cachePlace } from './target';
import { WarmMemory } from './warmMemory';

/** More runs than this are forgotten, the oldest first. */
const maxRuns = 50;

/** Comes thousands of times, and is nothing for the log. */
const isPart = ({ type }: RunEvent): boolean => type === 'text' || type === 'reasoning';

/** Owns this session's runs: starts, cancels and folds their events; one job at a time. */
export class RunController implements vscode.Disposable {
  #records: readonly RunRecord[] = [];
  #shown: readonly string[] = [];
  #controller: AbortController | undefined;
  #next = 1;
  readonly #calls = new Map<string, WireCall>();
  readonly #prompts = new Map<string, PromptRef>();
  readonly #values = new Map<string, readonly UsedValue[]>();
  readonly #observer: RunsObserver;
  readonly #session: string;
  readonly #engine: EnginePort;
  readonly #warm: WarmMemory;
  readonly #formats = numberFormats('en');

  /** `session`: part of every id, so that runs of other windows and sessions have others. */
  constructor(engine: EnginePort, observer: RunsObserver, session = '') {
    this.#engine = engine;
    this.#observer = observer;
    this.#warm = observer.warm ?? new WarmMemory(engine);
    this.#session = session;
  }

  get records(): readonly RunRecord[] {
    return this.#records;
  }

  get shown(): readonly string[] {
    return this.#shown;
  }

  get busy(): boolean {
    return this.#controller !== undefined;
  }

  /** Runs once, or twice in a row with the same values; resolves with the records when all is over. A second job waits for nothing: it is refused. */
  async run(job: RunJob, port: RunPort, controller: AbortController): Promise<readonly RunRecord[]> {
    if (this.busy) return [];
    this.#controller = controller;
    void vscode.commands.executeCommand('setContext', 'cachepoint.running', true);
    try {
      const request = jobRequest(job, this.#engine);
      const pair = job.twice ? `pair ${this.#session}${this.#next}` : undefined;
      const first = await this.#one(job, request, port, controller, pair === undefined ? undefined : { id: pair, part: 'cold' });
      if (pair === undefined || first.state !== 'finished') return [first];
      return [first, await this.#one(job, request, port, controller, { id: pair, part: 'warm' })];
    } finally {
      this.#controller = undefined;
      void vscode.commands.executeCommand('setContext', 'cachepoint.running', false);
      this.#observer.changed();
    }
  }

  /** Ends the running job, if any. */
  cancel(): void {
    this.#controller?.abort();
  }

  show(id: string): void {
    const record = this.#records.find((candidate) => candidate.id === id);
    if (record === undefined) return;
    this.#shown = this.#withPair(record);
    this.#observer.changed();
  }

  /** Shows the last run of this prompt, or none: figures never stand under another prompt. */
  showLastOf(prompt: PromptRef | undefined): void {
    const last = prompt && this.#records.findLast(({ subject }) => subject === refKey(prompt));
    this.#shown = last === undefined ? [] : this.#withPair(last);
    this.#observer.changed();
  }

  /** The prompt whose run this is. */
  promptOf(id: string): PromptRef | undefined {
    return this.#prompts.get(id);
  }

  /** Files got other names: the runs of their prompts stay their own. */
  moveKeys(move: MoveKey): void {
    this.#records = this.#records.map((record) => movedRun(record, move));
    for (const [id, prompt] of this.#prompts) this.#prompts.set(id, movedRef(prompt, move));
    this.#observer.changed();
  }

  clear(): void {
    this.remove(() => true);
  }

  /** Says of a run why it did or did not read the cache. */
  explain(id: string, why: RunWhy | undefined): void {
    this.#note(id, { why });
  }

  /** Takes in runs of earlier sessions, with the prompts that they were of; those that are here already stay as they are. */
  bringBack(runs: readonly { readonly record: RunRecord; readonly prompt: PromptRef | undefined }[]): void {
    const fresh = runs.filter(({ record }) => !this.#records.some(({ id }) => id === record.id));
    if (fresh.length === 0) return;
    for (const { record, prompt } of fresh) if (prompt !== undefined) this.#prompts.set(record.id, prompt);
    const all = [...fresh.map(({ record }) => record), ...this.#records].sort((a, b) => a.startedAt - b.startedAt);
    this.#records = all.slice(-maxRuns);
    this.#forgetCalls();
    this.#observer.changed();
  }

  /** Takes runs off the list that were deleted. */
  remove(isMeant: (record: RunRecord) => boolean): void {
    this.#records = this.#records.filter((record) => record.state === 'waiting' || record.state === 'streaming' || !isMeant(record));
    this.#shown = this.#shown.filter((id) => this.#records.some((record) => record.id === id));
    this.#forgetCalls();
    this.#observer.changed();
  }

  /** What a run sent. */
  callOf(id: string): WireCall | undefined {
    return this.#calls.get(id);
  }

  /** With which values a run of this session was made; none of one that came back. */
  valuesOf(id: string): readonly UsedValue[] {
    return this.#values.get(id) ?? [];
  }

  /** The last run of a prompt that was answered here, with its request. */
  lastAnswered(prompt: PromptRef): { readonly record: RunRecord; readonly request: string } | undefined {
    const record = this.#records.findLast(
      ({ subject, state, id }) => subject === refKey(prompt) && state === 'finished' && this.#calls.has(id),
    );
    const request = record && this.requestOf(record.id);
    return record === undefined || request === undefined ? undefined : { record, request };
  }

  /** The request of a run as JSON text. */
  requestOf(id: string): string | undefined {
    const call = this.#calls.get(id);
    return call && this.#engine().callText(call);
  }

  dispose(): void {
    this.cancel();
  }

  async #one(
    job: RunJob,
    { modeled: request, sent }: JobRequest,
    port: RunPort,
    controller: AbortController,
    pair: RunRecord['pair'],
  ): Promise<RunRecord> {
    // What is sent decides, and not the examples.
    const { plan } = this.#engine().planRequest(job.analysis, job.values);
    const startedAt = Date.now();
    const call = { request, plan, where: cachePlace(job.target), at: startedAt };
    const id = `run-${this.#session}${this.#next}`;
    this.#next += 1;
    this.#add(
      recordOf(job, sent, plan, {
        id,
        pair,
        startedAt,
        prediction: this.#engine().predictCall(call, this.#warm.prefixes),
      }),
      sent,
      job,
    );
    try {
      for await (const event of port(sent, job.target, controller.signal)) {
        this.#fold(id, event);
        this.#log(id, event, sent);
      }
    } catch (error) {
      // A mistake of ours, for whoever started the run to report; the record must not wait for ever.
      const failure = { code: 'unexpected', detail: error instanceof Error ? error.message : String(error), requestId: undefined } as const;
      this.#fold(id, { type: 'failed', at: performance.now(), failure });
      throw error;
    }
    const record = this.#find(id);
    // Nothing was sent: it teaches nothing, warms nothing, and is no run to be remembered.
    if (record.replayedFrom !== undefined) return record;
    if (record.state === 'finished') {
      this.#warm.answered(call, job.ref, job.values);
      this.#observer.finished?.(job);
      this.#note(id, { learned: this.#observer.learn?.(record, request, job) });
    }
    this.#observer.over?.(record, { request, plan, analysis: job.analysis, text: () => this.#engine().callText(sent) });
    return this.#find(id);
  }

  #withPair({ id, pair }: RunRecord): readonly string[] {
    return pair === undefined ? [id] : this.#records.filter((one) => one.pair?.id === pair.id).map((one) => one.id);
  }

  #add(record: RunRecord, call: WireCall, job: RunJob): void {
    this.#records = [...this.#records, record].slice(-maxRuns);
    this.#shown = record.pair?.part === 'warm' ? [...this.#shown, record.id] : [record.id];
    this.#calls.set(record.id, call);
    this.#prompts.set(record.id, job.ref);
    this.#values.set(record.id, job.used ?? []);
    this.#forgetCalls();
    this.#observer.changed();
  }

  #fold(id: string, event: RunEvent): void {
    const before = this.#find(id);
    const after = reduceRun(before, event);
    this.#records = this.#records.map((record) => (record.id === id ? after : record));
    if (event.type === 'text' || event.type === 'reasoning') {
      this.#observer.append(id, event.type === 'text' ? 'answer' : 'reasoning', event.delta);
      if (before.state === after.state) return;
    }
    this.#observer.changed();
  }

  #log(id: string, event: RunEvent, sent: WireCall): void {
    const { log } = this.#observer;
    if (log === undefined || isPart(event)) return;
    const { callText, runBegins, runGoesOn } = this.#engine();
    const record = this.#find(id);
    const line =
      event.type === 'started'
        ? runBegins(record, new TextEncoder().encode(callText(sent)).length, this.#formats)
        : runGoesOn(record, event, this.#formats);
    if (line !== undefined) log(line);
  }

  #note(id: string, found: Pick<Partial<RunRecord>, 'learned' | 'why'>): void {
    if (Object.values(found).every((value) => value === undefined)) return;
    this.#records = this.#records.map((one) => (one.id === id ? { ...one, ...found } : one));
    this.#observer.changed();
  }

  #find(id: string): RunRecord {
    const record = this.#records.find((candidate) => candidate.id === id);
    if (record === undefined) throw new Error(`no record of ${id}`);
    return record;
  }

  #forgetCalls(): void {
    const kept = new Set(this.#records.map(({ id }) => id));
    for (const known of [this.#calls, this.#prompts, this.#values]) for (const id of known.keys()) if (!kept.has(id)) known.delete(id);
  }
}
