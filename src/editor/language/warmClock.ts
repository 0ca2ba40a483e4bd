import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import type { WarmPrefixes } from '../../core/change/predict';
import { warmClock, type Warmth } from '../../core/change/warmClock';
import { warmDetails, warmText } from '../../core/messages/warmText';
import type { Target } from '../../core/runs/port';
import { visible, visibleLine } from '../../core/text/visible';
import { activePrompt } from '../documents/choosePrompt';
import type { FeatureDeps } from '../feature';
import { refKey, type PromptRef } from '../promptRef';
import { cachePlace } from '../runs/target';
import type { WarmMemory } from '../runs/warmMemory';
import { guarded } from '../workspace/log';

const tickMs = 1_000;
/** A change is looked at after this pause, as each look makes a plan of the whole request. */
const pauseMs = 400;
const noPrefixes: WarmPrefixes = new Map();

/** What is warm of a prompt's next call, sent with these values to this place. */
export const warmthOf = (
  analysis: PromptAnalysis,
  values: Readonly<Record<string, string>>,
  where: string,
  warm: WarmPrefixes,
  now: number,
  { engine }: Pick<FeatureDeps, 'engine'>,
): Warmth => {
  const { planRequest, predictCall, usdOfPrediction, warmEntry } = engine();
  const { plan, request } = planRequest(analysis, values);
  const call = { request: { ...request, modelId: plan.modelId }, plan, where, at: now };
  return {
    entry: warmEntry(call, warm),
    next: usdOfPrediction(predictCall(call, warm), plan),
    cold: usdOfPrediction(predictCall(call, noPrefixes), plan),
  };
};

/** What the clock knows of the prompt in front. */
interface Watched {
  readonly key: string;
  readonly warmth: Warmth;
}

/** An item of the status bar: how long the prompt in front stays warm, and what its next call costs. Silent where no call of this window warmed it. */
export const registerWarmClock = (deps: FeatureDeps, memory: WarmMemory, target: () => Target): vscode.Disposable => {
  const item = vscode.window.createStatusBarItem('cachepoint.warm', vscode.StatusBarAlignment.Right, 89);
  item.name = 'Cachepoint: Warm Clock';
  item.command = 'cachepoint.keepWarm';
  /** When each prompt's last warm prefix ended, or will. */
  const ends = new Map<string, number>();
  let watched: Watched | undefined;
  let ticking: ReturnType<typeof setInterval> | undefined;
  let looking: ReturnType<typeof setTimeout> | undefined;

  const draw = (): void => {
    const now = Date.now();
    const { key, warmth } = watched ?? {};
    // What it would read has ended: a shorter prefix may live on.
    if (warmth?.entry !== undefined && warmth.entry.until <= now) return look();
    const clock = warmth && warmClock(warmth, now, ends.get(key ?? ''));
    if (clock === undefined) {
      clearInterval(ticking);
      ticking = undefined;
      return item.hide();
    }
    const text = visibleLine(warmText(clock, memory.keepingOf(key ?? ''), deps.formats));
    item.text = `$(${clock.kind === 'warm' ? 'flame' : 'circle-outline'}) ${text}`;
    item.tooltip = visible(warmDetails(clock, target().service === 'emulator'));
    item.backgroundColor = clock.kind === 'warm' && clock.isEnding ? new vscode.ThemeColor('statusBarItem.warningBackground') : undefined;
    item.accessibilityInformation = { label: `Cachepoint: ${text}` };
    item.show();
    ticking ??= setInterval(draw, tickMs);
  };

  const lookAt = (ref: PromptRef, analysis: PromptAnalysis): Watched | undefined => {
    const values = memory.valuesOf(ref);
    if (values === undefined) return undefined;
    const warmth = warmthOf(analysis, values, cachePlace(target()), memory.prefixes, Date.now(), deps);
    const key = refKey(ref);
    if (warmth.entry !== undefined) ends.set(key, warmth.entry.until);
    return { key, warmth };
  };

  const look = (): void => {
    clearTimeout(looking);
    watched = guarded(
      deps.log,
      'Warm clock',
      () => {
        const ref = activePrompt(deps);
        // Nothing was sent in this window: no plan is made for nothing.
        if (ref === undefined || memory.valuesOf(ref) === undefined) return isElsewhere() ? undefined : watched;
        const analysis = deps.store.of(ref);
        return analysis && lookAt(ref, analysis);
      },
      undefined,
    );
    draw();
  };
  const soon = (): void => {
    clearTimeout(looking);
    looking = setTimeout(look, pauseMs);
  };
  return vscode.Disposable.from(
    item,
    memory.onDidChange(look),
    deps.store.onDidChange(({ uri }) => {
      if (vscode.window.activeTextEditor?.document.uri.toString() === uri.toString()) soon();
    }),
    deps.settings.onDidChange(soon),
    vscode.window.onDidChangeActiveTextEditor(soon),
    new vscode.Disposable(() => {
      clearInterval(ticking);
      clearTimeout(looking);
    }),
  );
};

/** The panel takes the focus from the editor, and its prompt is still the one in front. */
const isElsewhere = (): boolean => vscode.window.activeTextEditor !== undefined || vscode.window.visibleTextEditors.length === 0;
