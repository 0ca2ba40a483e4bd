import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { actionLabels } from '../../core/messages/failureText';
import { runDialogs } from '../../core/messages/editor/runs';
import type { PromptAnalysis } from '../../core/analysis';
import type { ServiceView } from '../../core/panel/protocol';
import type { RunRecord } from '../../core/runs/record';
import { withSignal } from './cancel';
import { attempt } from '../commands';
import { placeOf } from '../documents/convert';
import { showPlace } from '../documents/openDocuments';
import { promptFor, type Subject } from '../documents/choosePrompt';
import type { AssistPort } from '../assistPort';
import type { FeatureDeps } from '../feature';
import { nameOfPrompt, type PromptRef } from '../promptRef';
import type { RecordedAnswersMemory, RecordedCall } from './recordedAnswers';
import { agreeToCalls, type ConsentDeps, type LiveCalls } from './consent';
import type { DestinationDeps } from './destination';
import type { RunController } from './runList';
import { usesApiKey } from './apiKeys';
import { knownOwner } from './owners';
import { describeTarget, identityText, leavesMachine, shownTarget, targetOf, withApiKey } from './target';
import { tagOf } from './tag';
import { isTrustedFor } from './trust';
import { valuesText } from '../../core/messages/editor/values';
import { usedValues } from './usedValues';
import { noteGiven, valuesFor, type AsksValues } from './lastChoices';
import type { RunFailure } from '../../core/runs/failure';
import type { CallPlace, RunPort, Target } from '../../core/runs/port';
import { secret } from '../../core/runs/secret';
import { messageText } from '../../core/text/visible';
import { createWaysOut, tellUnseen } from './waysOut';
import { tickStep } from '../workspace/steps';

/** Where runs are seen. */
export interface RunStage extends AsksValues {
  readonly visible: boolean;
  reveal(): void;
  select(prompt: PromptRef): void;
  showTab(tab: 'run'): void;
}

export interface RunFlowDeps extends FeatureDeps, DestinationDeps, ConsentDeps {
  /** Counts a prompt before it is sent, where the settings say so. */
  readonly countFirst?: (ref: PromptRef, live: Omit<LiveCalls, 'place'>) => Promise<void>;
  readonly assist: AssistPort;
  readonly controller: RunController;
  readonly panel: RunStage;
  /** Answers of earlier runs that are given again. */
  readonly recorded: RecordedAnswersMemory;
}

/** Addresses in the settings that turned out to be emulators. */
const knownEmulators = new Set<string>();

/** What would make the service refuse the call: it is sent as it is written, and only when the person says so. */
export const askAboutProblems = async (
  document: vscode.TextDocument,
  analysis: PromptAnalysis,
  deps: Pick<FeatureDeps, 'engine' | 'formats'>,
): Promise<boolean> => {
  const [first, ...others] = analysis.problems.filter(({ severity }) => severity === 'error');
  if (first === undefined) return true;
  const [anyway, show] = [runDialogs.sendAnyway, runDialogs.showProblem];
  const message = messageText(
    runDialogs.notSent(`${deps.engine().describeProblem(first, deps.formats)}${runDialogs.moreErrors(others.length)}`),
  );
  const choice = await vscode.window.showWarningMessage(message, anyway, show);
  if (choice === show) await showPlace(placeOf(document, first.span));
  return choice === anyway;
};

/** Where calls are kept within a geography, one that may go anywhere is not sent, whatever its problems are silenced to. `true`: it may be sent. */
export const staysInGeography = (
  { plan }: PromptAnalysis,
  ref: PromptRef,
  { engine, settings, formats }: Pick<FeatureDeps, 'engine' | 'settings' | 'formats'>,
): boolean => {
  if (!settings.read(ref.uri).neverGlobal || engine().goesAnywhere(plan.resolution) !== true) return true;
  const problem = { code: 'request/global-profile', data: { modelId: plan.modelId }, span: { start: 0, end: 0 } } as const;
  const [open, message] = [actionLabels.openSettings, runDialogs.notSent(engine().describeProblem(problem, formats))];
  void vscode.window.showWarningMessage(messageText(message), open).then((choice) => {
    if (choice === open) void vscode.commands.executeCommand('workbench.action.openSettings', 'cachepoint.neverGlobal');
  });
  return false;
};

/** Where a call goes now: the emulator is started where it is meant, and one behind an address is called what it is. */
export const readyTarget = async (deps: Omit<DestinationDeps, 'bedrock'>): Promise<Target> => {
  const settings = deps.settings.read();
  const url = settings.endpoint === 'emulator' ? await deps.emulator.start(settings.emulatorPort) : undefined;
  const named = targetOf(settings, url, { network: deps.settings.network() });
  // A key that was chosen and is gone is no reason to use anything else: the call says so.
  const key = usesApiKey(deps) ? ((await deps.apiKeys.read()) ?? secret('')) : undefined;
  const target = key === undefined ? named : withApiKey(named, key, deps.apiKeys.region);
  if (target.service !== 'custom' || target.endpoint === undefined) return target;
  // Somebody else's emulator, as the one of `npm run emulator`: what it answers is simulated too, and must be called so.
  const simulated = await deps.machine.probeEmulator(target.endpoint);
  if (simulated) knownEmulators.add(target.endpoint);
  else knownEmulators.delete(target.endpoint);
  return simulated ? { ...target, service: 'emulator' } : target;
};

/** The prompt as it can be run from here: what a program adds is asked for. `undefined`: it cannot, which has been said. */
export const runnable = (analysis: PromptAnalysis | undefined, { engine }: Pick<FeatureDeps, 'engine'>): PromptAnalysis | undefined => {
  if (analysis === undefined) return undefined;
  const prompt = engine().withGapTexts(analysis.prompt);
  if (prompt === undefined) void vscode.window.showInformationMessage(runDialogs.toolsUnknown);
  else if (analysis.plan.modelId === '') void vscode.window.showInformationMessage(runDialogs.noModel);
  return prompt === undefined || analysis.plan.modelId === '' ? undefined : { ...analysis, prompt };
};

/** Only one run goes on at a time; the one that does can be ended here. */
const offerCancel = async ({ controller }: RunFlowDeps): Promise<void> => {
  const cancel = runDialogs.cancelRun;
  const choice = await vscode.window.showInformationMessage(runDialogs.stillRunning, cancel);
  if (choice === cancel) controller.cancel();
};

/** One run, or a cold and a warm one, from a prompt to the panel. Gives the records, or nothing when the person turned back. */
export const runPrompt = async (
  subject: Subject,
  how: {
    readonly twice: boolean;
    readonly askAgain: boolean;
    readonly cold?: boolean;
    readonly forReal?: boolean;
    readonly argument?: unknown;
  },
  deps: RunFlowDeps,
): Promise<readonly RunRecord[] | undefined> => {
  if (!isTrustedFor(runDialogs.runsWait, deps.log)) return undefined;
  const open = await promptFor(subject, deps);
  if (open === undefined) return undefined;
  if (deps.controller.busy) {
    void offerCancel(deps);
    return undefined;
  }
  const { document, ref } = open;
  deps.panel.select(ref);
  deps.panel.showTab('run');
  const analysis = runnable(await deps.store.settled(ref), deps);
  if (analysis === undefined || !staysInGeography(analysis, ref, deps)) return undefined;
  if (!(await askAboutProblems(document, analysis, deps))) return undefined;
  const { version } = document;
  const send = valuesText.send[how.twice ? 'runTwice' : how.cold === true ? 'runCold' : 'run'];
  noteGiven(ref, how.argument);
  const choice = await valuesFor(ref, analysis, { askAgain: how.askAgain, send }, deps);
  if (choice === undefined) return undefined;
  // The prompt was edited, or another one run, while a form was open.
  if (document.version !== version || deps.controller.busy) return runPrompt(ref, { ...how, askAgain: false }, deps);
  const coldLine = how.cold === true ? await deps.assist().askForColdLine(analysis, choice.values, deps) : undefined;
  if (how.cold === true && coldLine === undefined) return undefined;
  const target = await readyTarget(deps);
  const file = nameOfPrompt(ref, analysis);
  const calls = how.twice ? 2 : 1;
  const live = { analysis, values: choice.values, calls, target };
  // Who compares calls wants calls, and a line that no other request has makes this one identical to none.
  const isPlain = !how.twice && coldLine === undefined;
  const call = isPlain ? recordedCallOf(ref, analysis, choice.values, how.forReal === true, deps) : undefined;
  const start = await startOf(file, live, call, deps);
  // The person chose another way: the same values go there, without a question about them.
  if (start === 'again') return runPrompt(ref, { ...how, askAgain: false }, deps);
  if (start === undefined) return undefined;
  if (start.isLive && deps.settings.read().countFirst) await deps.countFirst?.(ref, live);
  deps.panel.reveal();
  const job = {
    file,
    ref,
    analysis,
    values: choice.values,
    used: usedValues(analysis, choice.values, deps.engine),
    row: choice.name,
    target,
    twice: how.twice,
    tag: tagOf(ref, deps.settings.read()),
    coldLine,
  };
  const records = await withProgress(deps, file, async (controller) => deps.controller.run(job, start.port, controller));
  await start.settle(records);
  noteFor(records);
  const again = () => vscode.commands.executeCommand(how.twice ? 'cachepoint.runTwice' : 'cachepoint.run', ref);
  // Not waited for: the run is over, whatever becomes of the notification.
  void attempt(deps.log, 'The notice of a failed run', () => tellUnseen(records, deps.panel, createWaysOut(deps, again), deps));
  return records;
};

/** The call as it would be sent, without what is added for the service's logs. */
const recordedCallOf = (
  ref: PromptRef,
  { prompt, plan }: PromptAnalysis,
  values: Readonly<Record<string, string>>,
  forReal: boolean,
  { engine }: Pick<FeatureDeps, 'engine'>,
): RecordedCall => {
  const { callText, runValues, wireCall } = engine();
  const call = wireCall(prompt, runValues(prompt.header.variables, values), plan.modelId, plan.door);
  return { ref, door: plan.door ?? '', modelId: plan.modelId, body: callText(call), forReal };
};

/** By what a run is made, and what is counted when it is over. */
interface Start {
  readonly port: RunPort;
  /** It was agreed to, and costs money. */
  readonly isLive: boolean;
  settle(records: readonly RunRecord[]): Promise<void>;
}

/** A run that cannot start ends as every other: as a record, in the panel. */
const failing = (failure: RunFailure): RunPort =>
  async function* ({ modelId }) {
    yield { type: 'started', at: performance.now(), modelId, identity: '' };
    yield { type: 'failed', at: performance.now(), failure };
  };

/**
 * Finds out whether a run can start before the person is asked whether it may: a question about a call that cannot be made is one too many.
 * `undefined`: the person turned back; `again`: they chose another way for the run to go.
 */
const startOf = async (
  file: string,
  live: Omit<LiveCalls, 'place'>,
  call: RecordedCall | undefined,
  deps: RunFlowDeps,
): Promise<Start | 'again' | undefined> => {
  const { run, readyCall } = await deps.bedrock();
  const free: Start = { port: run, isLive: false, settle: () => Promise.resolve() };
  // The emulator costs nothing, and nothing of it leaves this machine.
  const recorded = async (place: Pick<CallPlace, 'identity' | 'region' | 'address'>) =>
    call === undefined ? { port: run, replays: false } : deps.recorded.portFor(call, place, run, deps.settings.read(call.ref.uri));
  if (live.target.service === 'emulator') {
    // Its port is another one each time it starts.
    const { port } = await recorded({ identity: '', region: live.target.region ?? '', address: 'emulator' });
    return { ...free, port };
  }
  const { modelId, door } = live.analysis.plan;
  const ready = await withProgress(deps, file, ({ signal }) => readyCall(live.target, modelId, signal, door));
  if ('failure' in ready) {
    if (ready.failure.code === 'canceled') return undefined;
    const goesOn = await deps.assist().offerWayOn(ready.failure, live.target, deps);
    if (goesOn !== undefined) return goesOn ? 'again' : undefined;
    return { ...free, port: failing(ready.failure) };
  }
  const { port, replays } = await recorded(ready.place);
  // Nothing leaves, so there is nothing to agree to.
  if (replays) return { ...free, port };
  const agreement = await agreeToCalls({ ...live, place: ready.place }, deps);
  return agreement && { port, isLive: true, settle: (records) => agreement.settle(records) };
};

/** Steps of the walkthrough are ticked when the thing has happened. */
const noteFor = (records: readonly RunRecord[]): void => {
  const [first] = records;
  if (first === undefined || records.some(({ state }) => state !== 'finished')) return;
  if (records.length === 2) void tickStep('twice');
  if (first.service === 'aws') void tickStep('aws');
  if (first.service === 'emulator') void tickStep('emulator');
};

/** A notification that can be canceled, for when the panel cannot be seen. */
const withProgress = <T>(deps: RunFlowDeps, file: string, work: (controller: AbortController) => Promise<T>): Thenable<T> => {
  const controller = new AbortController();
  const options = {
    location: deps.panel.visible ? vscode.ProgressLocation.Window : vscode.ProgressLocation.Notification,
    title: messageText(runDialogs.running(file)),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_progress, token) => withSignal(token, controller, () => work(controller)));
};

/** Where the next run goes, for the panel. `runs`: those it holds, the newest last; what answered there last time is taken to be there still. */
export const serviceView = (deps: DestinationDeps, runs: readonly Pick<RunRecord, 'endpoint' | 'service'>[] = []): ServiceView => {
  const target = shownTarget(deps);
  const place = describeTarget(target);
  const wasEmulator = (): boolean => runs.findLast(({ endpoint }) => endpoint === place)?.service === 'emulator';
  const isEmulator = target.service === 'custom' && (knownEmulators.has(target.endpoint ?? '') || wasEmulator());
  const service = isEmulator ? 'emulator' : target.service;
  const who = identityText(target, knownOwner(target));
  switch (service) {
    case 'aws':
      return { kind: 'aws', text: [sharedText.bedrock, place, who].filter((part) => part !== '').join(', ') };
    case 'emulator':
      return { kind: 'emulator', text: runDialogs.toEmulator(place) };
    case 'custom':
      return {
        kind: 'custom',
        text: [runDialogs.toEndpoint(place), leavesMachine(target) ? who : ''].filter((part) => part !== '').join(', '),
      };
  }
};
