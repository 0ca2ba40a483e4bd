import * as vscode from 'vscode';
import { rowsDialogs } from '../../core/messages/editor/rows';
import type { PromptAnalysis } from '../../core/analysis';
import { keepingPlan, type KeepingPlan } from '../../core/change/warmClock';
import { keepWarmChoice, keepWarmRefusals, keptWarmText } from '../../core/messages/warmText';
import { lifetimeMsOf } from '../../core/models/lifetimes';
import type { ConverseRequest, WireCall } from '../../core/request/types';
import type { RunPort, Target } from '../../core/runs/port';
import { reduceRun, type RunRecord } from '../../core/runs/record';
import { usdOfUsage } from '../../core/rows/totals';
import { isRecord } from '../../core/text/json';
import { messageText } from '../../core/text/visible';
import { warmthOf } from '../language/warmClock';
import { nameOfPrompt, refKey, type PromptRef } from '../promptRef';
import { cachePlace } from '../runs/target';
import type { WarmMemory } from '../runs/warmMemory';
import { beginQuietly, type QuietCallDeps } from './keptCalls';
import type { Analyses } from '../feature';
import type { BedrockPort } from '../ports';
import type { RowsDeps } from './ports';

type Row = Readonly<Record<string, string>>;

/** Minutes that are offered, by the lifetime of the prefix. */
const offers: Readonly<Record<string, readonly number[]>> = { '5m': [15, 30, 60], '30m': [60, 120], '1h': [120, 240] };

const thinkingNames = ['thinking', 'reasoning_config', 'reasoningConfig'];

/** Why a prompt's answer cannot be cut to one token, so that keeping it warm would cost an answer each time. */
const refusalOf = ({ prompt }: PromptAnalysis): string | undefined => {
  if (prompt.api !== 'converse' && prompt.api !== 'text') return keepWarmRefusals.body;
  const extra = prompt.header.fields['additionalModelRequestFields']?.value;
  return isRecord(extra) && thinkingNames.some((name) => name in extra) ? keepWarmRefusals.thinking : undefined;
};

/** The call that reads the prefix and asks for one token. The length of an answer is no part of what is cached. */
const shortCall = (analysis: PromptAnalysis, values: Row, { engine }: Pick<RowsDeps, 'engine'>): WireCall | undefined => {
  const { runValues, wireCall } = engine();
  const call = wireCall(analysis.prompt, runValues(analysis.prompt.header.variables, values), analysis.plan.modelId);
  if (call.api !== 'converse') return undefined;
  const body: ConverseRequest = { ...call.body, inferenceConfig: { ...call.body.inferenceConfig, maxTokens: 1 } };
  return { ...call, body };
};

const send = async (call: WireCall, begun: RunRecord, target: Target, port: RunPort, signal: AbortSignal): Promise<RunRecord> => {
  let record = begun;
  for await (const event of port(call, target, signal)) record = reduceRun(record, event);
  return record;
};

/** What keeping warm needs. */
export type KeepWarmDeps = Pick<RowsDeps, 'engine' | 'formats' | 'runnable' | 'readyTarget' | 'agree'> &
  QuietCallDeps & {
    readonly store: Pick<Analyses, 'of'>;
    readonly bedrock: () => Promise<Pick<BedrockPort, 'run'>>;
  };

/** What is kept warm, one prompt at a time each; all of it ends with the window. */
export interface KeepWarm extends vscode.Disposable {
  ask(ref: PromptRef): Promise<void>;
  stopAll(): void;
}

export const createKeepWarm = (deps: KeepWarmDeps, memory: WarmMemory): KeepWarm => {
  const running = new Map<string, AbortController>();

  const stop = (ref: PromptRef): void => {
    running.get(refKey(ref))?.abort();
    running.delete(refKey(ref));
    memory.keep(ref, undefined);
  };

  const pause = (ms: number, signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      signal.addEventListener('abort', () => {
        clearTimeout(timer);
        resolve();
      });
    });

  /** Sends the calls of the plan; gives what they cost, and why they ended early. */
  const keep = async (ref: PromptRef, analysis: PromptAnalysis, values: Row, plan: KeepingPlan, target: Target) => {
    const controller = new AbortController();
    const { signal } = controller;
    running.set(refKey(ref), controller);
    const { run } = await deps.bedrock();
    let [done, usd]: [number, number | undefined] = [0, 0];
    const end = (why: string | undefined) => ({ done, usd, why });
    for (let wait = plan.firstMs; done < plan.calls; wait = plan.everyMs) {
      memory.keep(ref, plan.calls - done);
      await pause(wait, signal);
      if (signal.aborted) return end(undefined);
      // What is kept warm has to be what would be sent now.
      const now = deps.store.of(ref);
      if (now !== undefined && warmthOf(now, values, cachePlace(target), memory.prefixes, Date.now(), deps).entry === undefined)
        return end(keptWarmText.changed);
      const call = shortCall(analysis, values, deps);
      if (call === undefined) return end(keepWarmRefusals.body);
      const at = Date.now();
      const named = { id: `warm-${crypto.randomUUID()}`, file: nameOfPrompt(ref, analysis), row: keptWarmText.row };
      const begun = beginQuietly({ ...named, ref, analysis, values, target, startedAt: at }, call, deps);
      const record = await send(call, begun.record, target, run, signal);
      begun.keep(record);
      if (signal.aborted) return end(undefined);
      if (record.state !== 'finished') return end(keptWarmText.failed);
      done += 1;
      const cost = usdOfUsage(record.usage, analysis.plan.prices, '5m');
      usd = usd === undefined || cost === undefined ? undefined : usd + cost;
      if ((record.usage?.cacheRead ?? 0) === 0) return end(keptWarmText.missed);
      const { plan: sent, request } = deps.engine().planRequest(analysis, values);
      memory.answered({ request: { ...request, modelId: sent.modelId }, plan: sent, where: cachePlace(target), at }, ref, values);
    }
    return end(keptWarmText.done(done, usd, deps.formats));
  };

  const tell = (text: string): void => void vscode.window.showInformationMessage(messageText(text));

  return {
    async ask(ref) {
      if (running.has(refKey(ref))) {
        const choice = await vscode.window.showInformationMessage(rowsDialogs.keptWarm, rowsDialogs.stopKeeping);
        if (choice !== undefined) stop(ref);
        return;
      }
      const values = memory.valuesOf(ref);
      const analysis = values && (await deps.runnable(ref));
      if (values === undefined) return tell(keepWarmRefusals.notWarm);
      if (analysis === undefined) return;
      const refusal = refusalOf(analysis);
      if (refusal !== undefined) return tell(refusal);
      const target = await deps.readyTarget();
      const { entry, next } = warmthOf(analysis, values, cachePlace(target), memory.prefixes, Date.now(), deps);
      if (entry === undefined) return tell(keepWarmRefusals.notWarm);
      const now = Date.now();
      const items = (offers[entry.ttl] ?? []).map((minutes) => {
        const plan = keepingPlan(entry.until, lifetimeMsOf(entry.ttl), minutes * 60_000, now);
        const usd = next === undefined ? undefined : next.high * plan.calls;
        return { label: keepWarmChoice(minutes, plan.calls, usd, deps.formats), plan, usd };
      });
      const picked = await vscode.window.showQuickPick(items, {
        title: rowsDialogs.keepWarm,
        placeHolder: rowsDialogs.keepWarmHint,
      });
      if (picked === undefined || picked.plan.calls === 0) return;
      const { plan, usd, label } = picked;
      const agreement = await deps.agree({
        calls: plan.calls,
        usd: usd === undefined ? undefined : [0, usd],
        target,
        analysis,
        question: (destination) => rowsDialogs.keepWarmDetail(destination, label),
      });
      if (agreement === undefined) return;
      const over = await keep(ref, analysis, values, plan, target).finally(() => stop(ref));
      await agreement.settle(over.usd);
      if (over.why !== undefined) tell(over.why);
    },
    stopAll() {
      for (const controller of running.values()) controller.abort();
    },
    dispose() {
      for (const controller of running.values()) controller.abort();
      running.clear();
    },
  };
};
