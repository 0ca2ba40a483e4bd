import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import type { ServiceView } from '../../core/panel/protocol';
import type { RunRecord } from '../../core/runs/record';
import { baseName } from '../../core/text/path';
import { withSignal } from './cancel';
import { attempt } from '../commands';
import { toRange } from '../documents/convert';
import type { FeatureDeps } from '../feature';
import type { RunPanel } from '../panel/panel';
import { chooseProfile, type PlacesDeps } from './destination';
import type { RunController } from './runList';
import { describeDestination, describeTarget, leavesMachine, nameOf, targetOf } from './target';
import { pickValues, stillFits, type Choice } from './values';
import type { Target } from '../../core/runs/port';

export interface RunFlowDeps extends FeatureDeps, PlacesDeps {
  readonly controller: RunController;
  readonly panel: RunPanel;
  readonly state: vscode.Memento;
}

/** The values used last for a prompt, so that a second run asks nothing. */
const lastChoices = new WeakMap<vscode.TextDocument, Choice>();

/** Addresses in the settings that turned out to be emulators. */
const knownEmulators = new Set<string>();

const confirmedKey = 'cachepoint.confirmedLiveRuns';

/** A document that was deleted, or saved under another name, leaves the panel with an address that leads nowhere. */
const openIfThere = async (uri: vscode.Uri): Promise<vscode.TextDocument | undefined> => {
  const isOpen = vscode.workspace.textDocuments.some((document) => document.uri.toString() === uri.toString());
  // Opening an untitled document that is not there would make a new one.
  if (!isOpen && uri.scheme === 'untitled') return undefined;
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch {
    return undefined; // whatever hinders opening it, there is no prompt to use
  }
};

/** The prompt a command is about: the resource it was called on, or the active editor's. */
export const promptDocument = async (uri: vscode.Uri | undefined, deps: FeatureDeps): Promise<vscode.TextDocument | undefined> => {
  const document = uri === undefined ? vscode.window.activeTextEditor?.document : await openIfThere(uri);
  if (document !== undefined && deps.documents.formatOf(document) !== undefined) return document;
  void vscode.window.showInformationMessage('Open a prompt file first: *.bedrock.md, or a Converse request as *.converse.json.');
  return undefined;
};

/** What would make the service refuse the call, or leave out what the person wrote. */
const askAboutProblems = async (document: vscode.TextDocument, analysis: PromptAnalysis, deps: FeatureDeps): Promise<boolean> => {
  const first = analysis.problems.find(({ severity }) => severity === 'error');
  if (first === undefined) return true;
  const [anyway, show] = ['Run Anyway', 'Show Problem'];
  const message = deps.engine().describeProblem(first, deps.formats);
  const choice = await vscode.window.showWarningMessage(message, anyway, show);
  if (choice === show) await vscode.window.showTextDocument(document, { selection: toRange(document, first.span) });
  return choice === anyway;
};

/** Says once per workspace what a live run does, and asks again above the cost that the settings name. */
const confirmLive = async (analysis: PromptAnalysis, target: Target, runs: number, deps: RunFlowDeps): Promise<boolean> => {
  if (!leavesMachine(target)) return true;
  const cost = (analysis.savings?.cold.high ?? 0) * runs;
  const known = deps.state.get<boolean>(confirmedKey, false);
  if (known && cost <= deps.settings.read().confirmAboveUsd) return true;
  const detail = [
    describeDestination(target),
    `Model: ${analysis.plan.model?.name ?? analysis.prompt.header.modelId?.value ?? 'not named'}. Calls: ${runs}. Estimated input cost: ${analysis.savings === undefined ? 'not known' : `at most ${deps.formats.usd(cost)}`}; the answer is billed on top.`,
  ].join('\n\n');
  const send = `Send to ${nameOf(target)}`;
  const choice = await vscode.window.showWarningMessage(`Send this prompt to ${nameOf(target)}?`, { modal: true, detail }, send);
  if (choice !== send) return false;
  await deps.state.update(confirmedKey, true);
  return true;
};

/** Where a call goes now: the emulator is started where it is meant, and one behind an address is called what it is. */
export const readyTarget = async (deps: RunFlowDeps): Promise<Target> => {
  const settings = deps.settings.read();
  const url = settings.endpoint === 'emulator' ? await deps.emulator.start(settings.emulatorPort) : undefined;
  const target = targetOf(settings, url);
  if (target.service !== 'custom' || target.endpoint === undefined) return target;
  // Somebody else's emulator, as the one of `npm run emulator`: what it answers is simulated too, and must be called so.
  const simulated = await deps.machine.probeEmulator(target.endpoint);
  if (simulated) knownEmulators.add(target.endpoint);
  else knownEmulators.delete(target.endpoint);
  return simulated ? { ...target, service: 'emulator' } : target;
};

/** The values of one call, those used last where they still fit; `undefined` when the person turned back. */
export const valuesFor = async (document: vscode.TextDocument, analysis: PromptAnalysis, askAgain: boolean) => {
  const { prompt } = analysis;
  const known = askAgain ? undefined : lastChoices.get(document);
  const choice = known !== undefined && stillFits(prompt, known) ? known : await pickValues(prompt, askAgain);
  if (choice !== undefined) lastChoices.set(document, choice);
  return choice?.values;
};

/** One run, or a cold and a warm one, from a prompt to the panel. Gives the records, or nothing when the person turned back. */
export const runPrompt = async (
  uri: vscode.Uri | undefined,
  how: { readonly twice: boolean; readonly askAgain: boolean },
  deps: RunFlowDeps,
): Promise<readonly RunRecord[] | undefined> => {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage('Runs wait until this workspace is trusted.');
    return undefined;
  }
  const document = await promptDocument(uri, deps);
  if (document === undefined) return undefined;
  if (deps.controller.busy) {
    void vscode.window.showInformationMessage('A run is still in progress. Cancel it first, or wait for it.');
    return undefined;
  }
  const analysis = await deps.store.settled(document);
  if (analysis === undefined || !(await askAboutProblems(document, analysis, deps))) return undefined;
  const values = await valuesFor(document, analysis, how.askAgain);
  if (values === undefined) return undefined;
  const target = await readyTarget(deps);
  if (!(await confirmLive(analysis, target, how.twice ? 2 : 1, deps))) return undefined;
  deps.panel.reveal();
  const job = { file: baseName(document.uri.path), uri: document.uri, analysis, values, target, twice: how.twice };
  const records = await withProgress(deps, job.file, async (controller) => {
    const { converse } = await deps.bedrock();
    return deps.controller.run(job, converse, controller);
  });
  // Not waited for: the run is over, whatever becomes of the notification.
  void attempt(deps.log, 'The offer after a failed run', () => offerWayOut(records, deps));
  return records;
};

/** A notification that can be cancelled, for when the panel cannot be seen. */
const withProgress = (deps: RunFlowDeps, file: string, work: (controller: AbortController) => Promise<readonly RunRecord[]>) => {
  const controller = new AbortController();
  const options = {
    location: deps.panel.visible ? vscode.ProgressLocation.Window : vscode.ProgressLocation.Notification,
    title: `Running ${file}`,
    cancellable: true,
  };
  return vscode.window.withProgress(options, (_progress, token) => withSignal(token, controller, () => work(controller)));
};

/** Without credentials, the emulator is one click away. */
const offerWayOut = async (records: readonly RunRecord[], deps: RunFlowDeps): Promise<void> => {
  const failure = records.find(({ failure: found }) => found !== undefined)?.failure;
  if (failure?.code !== 'credentials') return;
  const [emulator, profile] = ['Use Local Emulator', 'Choose Profile'];
  const choice = await vscode.window.showErrorMessage('The run found no usable AWS credentials.', emulator, profile);
  if (choice === emulator) await useEmulator(deps);
  if (choice === profile) await chooseProfile(deps);
};

/** Lets runs go to the emulator from now on, and starts it. */
export const useEmulator = async (deps: PlacesDeps): Promise<void> => {
  await deps.settings.update('endpoint', 'emulator');
  await deps.emulator.start(deps.settings.read().emulatorPort);
};

/** Where the next run goes, for the panel. */
export const serviceView = (deps: PlacesDeps): ServiceView => {
  const target = targetOf(deps.settings.read(), deps.emulator.url);
  const place = describeTarget(target);
  const service = knownEmulators.has(target.endpoint ?? '') ? 'emulator' : target.service;
  switch (service) {
    case 'aws':
      return {
        kind: 'aws',
        text: ['Amazon Bedrock', place, target.profile === undefined ? '' : `profile ${target.profile}`]
          .filter((part) => part !== '')
          .join(', '),
      };
    case 'emulator':
      return { kind: 'emulator', text: `Local emulator, ${place}` };
    case 'custom':
      return { kind: 'custom', text: `Endpoint ${place}` };
  }
};
