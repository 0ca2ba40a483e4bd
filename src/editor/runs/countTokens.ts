import * as vscode from 'vscode';
import type { ModelEntry } from '../../core/models/types';
import type { WireCall } from '../../core/request/types';
import type { Target } from '../../core/runs/port';
import { messageText } from '../../core/text/visible';
import type { CalibrationMemory } from './calibrationMemory';
import { withSignal } from './cancel';
import { failureNote } from './failureNote';
import type { TokenCount } from '../ports';
import { describeDestination, leavesMachine, nameOf } from './target';
import { promptFor, type Subject } from '../documents/choosePrompt';
import { askAboutProblems, nameOfPrompt, readyTarget, valuesFor, type RunFlowDeps, runnable } from './runFlow';
import { isTrustedFor } from './trust';

export interface CountDeps extends RunFlowDeps {
  readonly memory: CalibrationMemory;
}

const confirmedKey = 'cachepoint.confirmedCounts';

/** Says once per workspace that the prompt leaves this machine; a count costs nothing (AWS user guide, CountTokens, 2026-10). */
const confirmCount = async (target: Target, deps: CountDeps): Promise<boolean> => {
  if (!leavesMachine(target) || deps.state.get<boolean>(confirmedKey, false)) return true;
  const detail = `${describeDestination(target)} Its tokens are counted; no model answers, and nothing is billed.`;
  const send = `Send to ${nameOf(target)}`;
  const choice = await vscode.window.showWarningMessage(
    messageText(`Send this prompt to ${nameOf(target)} to be counted?`),
    { modal: true, detail: messageText(detail) },
    send,
  );
  if (choice !== send) return false;
  await deps.state.update(confirmedKey, true);
  return true;
};

const askService = (file: string, call: WireCall, model: ModelEntry, target: Target, deps: CountDeps): Thenable<TokenCount> => {
  const controller = new AbortController();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: messageText(`Counting the tokens of ${file}`),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) =>
    withSignal(token, controller, async () => {
      const { countTokens } = await deps.bedrock();
      // Ids and ARNs of inference profiles are refused, so the model's own id is asked about.
      return countTokens(call, target, controller.signal, model.id, ({ attempt, reason }) =>
        progress.report({ message: messageText(`attempt ${attempt}, after ${reason}`) }),
      );
    }),
  );
};

/** Counts the prompt with the service's own CountTokens, shows the figure and lets it correct the estimates. Gives the count. */
export const countExactly = async (subject: Subject, deps: CountDeps): Promise<number | undefined> => {
  if (!isTrustedFor('Counting waits', deps.log)) return undefined;
  const open = await promptFor(subject, deps);
  const analysis = open && runnable(await deps.store.settled(open.ref), deps);
  if (open === undefined || analysis === undefined) return undefined;
  const { model } = analysis.plan;
  const refusal = deps.engine().notCountable(model);
  if (model === undefined || refusal !== undefined) {
    void vscode.window.showInformationMessage(messageText(refusal ?? ''));
    return undefined;
  }
  if (!(await askAboutProblems(open.document, analysis, deps))) return undefined;
  const values = (await valuesFor(open.ref, analysis, false, deps))?.values;
  if (values === undefined) return undefined;
  const target = await readyTarget(deps);
  if (!(await confirmCount(target, deps))) return undefined;
  const { buildRequest, runValues, wireCall } = deps.engine();
  const given = runValues(analysis.prompt.header.variables, values);
  const request = buildRequest(analysis.prompt, given);
  const sent = wireCall(analysis.prompt, given, analysis.plan.modelId, analysis.plan.door);
  const answer = await askService(nameOfPrompt(open.ref, analysis), sent, model, target, deps);
  if ('code' in answer) {
    if (answer.code !== 'canceled') void showFailure(answer, target, deps);
    return undefined;
  }
  const counted = { request, model, counted: answer.tokens };
  const outcome = target.service === 'emulator' ? 'emulator' : deps.memory.learnFromCount(counted, open.ref);
  void vscode.window.showInformationMessage(messageText(deps.engine().countText(model.name, answer.tokens, outcome, deps.formats)));
  return answer.tokens;
};

const showFailure = (failure: Exclude<TokenCount, { readonly tokens: number }>, target: Target, deps: CountDeps): Thenable<unknown> =>
  vscode.window.showErrorMessage(messageText(`The tokens were not counted. ${failureNote(failure, target, deps)}`));
