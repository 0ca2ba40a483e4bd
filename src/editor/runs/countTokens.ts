import * as vscode from 'vscode';
import { runDialogs } from '../../core/messages/editor/runs';
import type { PromptAnalysis } from '../../core/analysis';
import { valuesText } from '../../core/messages/editor/values';
import type { ModelEntry } from '../../core/models/types';
import { doorOf, type Door, type WireCall } from '../../core/request/types';
import type { RunFailure } from '../../core/runs/failure';
import type { Target } from '../../core/runs/port';
import { messageText } from '../../core/text/visible';
import type { CountedPrefix } from '../../core/tokens/calibration/pointCounts';
import { conversions } from '../convert/conversions';
import { nameOfPrompt, type PromptRef } from '../promptRef';
import type { CalibrationMemory } from './calibrationMemory';
import { withSignal } from './cancel';
import { failureNote } from './failureNote';
import type { TokenCount } from '../ports';
import { agreedPlaces } from './consent';
import { leavesMachine } from './target';
import { promptFor, type Subject } from '../documents/choosePrompt';
import { askAboutProblems, readyTarget, type RunFlowDeps, runnable } from './runFlow';
import { valuesFor, type AsksValues } from './lastChoices';
import { isTrustedFor } from './trust';

/** What counting needs. */
export type CountDeps = Pick<
  RunFlowDeps,
  'engine' | 'store' | 'settings' | 'formats' | 'log' | 'bedrock' | 'emulator' | 'machine' | 'apiKeys' | 'state'
> & {
  readonly panel: AsksValues;
  readonly memory: Pick<CalibrationMemory, 'counted' | 'keepCounted' | 'learnFromCount'>;
};

const agreedKey = 'cachepoint.agreedCountPlaces';

/**
 * Says that the prompt leaves this machine, before the first count in a workspace and before the first with another identity, Region or address; a count
 * costs nothing (AWS user guide, CountTokens, 2026-10). Nothing is asked about a count that cannot start: that is said.
 */
const confirmCount = async (target: Target, door: Door, deps: CountDeps): Promise<boolean> => {
  if (!leavesMachine(target)) return true;
  const controller = new AbortController();
  const options = { location: vscode.ProgressLocation.Notification, title: runDialogs.countSigningIn, cancellable: true };
  const ready = await vscode.window.withProgress(options, (_progress, token) =>
    withSignal(token, controller, async () => (await deps.bedrock()).readyCall(target, '', controller.signal, door)),
  );
  if ('failure' in ready) {
    if (ready.failure.code !== 'canceled') void showFailure(ready.failure, target, deps);
    return false;
  }
  const agreed = agreedPlaces(deps.state, agreedKey);
  if (agreed.has(ready.place, 'CountTokens')) return true;
  const { name, address, region, identity } = ready.place;
  const send = runDialogs.sendTo(name);
  const choice = await vscode.window.showWarningMessage(
    messageText(runDialogs.countQuestion(name)),
    {
      modal: true,
      detail: messageText(runDialogs.countDetail(address, region, identity)),
    },
    send,
  );
  if (choice !== send) return false;
  await agreed.add(ready.place, 'CountTokens');
  return true;
};

/** How a prompt with these values is counted: what it makes, and the call by which its model's tokens are counted. */
interface Counted {
  readonly ref: PromptRef;
  readonly analysis: PromptAnalysis;
  readonly model: ModelEntry;
  readonly values: Readonly<Record<string, string>>;
  readonly call: WireCall;
}

/** The same prompt as a Messages body, which bedrock-mantle counts; `undefined` where it has no such form. */
const asMessages = ({ prompt }: PromptAnalysis, model: ModelEntry, values: Readonly<Record<string, string>>): WireCall | undefined => {
  const made = conversions().convertPrompt(prompt, 'messages', { modelId: model.id, model, values });
  return made.kind === 'refused' ? undefined : { api: 'messages', door: 'Messages', modelId: model.id, body: made.text, betas: [] };
};

const callFor = (
  analysis: PromptAnalysis,
  model: ModelEntry,
  values: Readonly<Record<string, string>>,
  { engine }: Pick<CountDeps, 'engine'>,
): WireCall | undefined => {
  const { countedBy, runValues, wireCall } = engine();
  const given = runValues(analysis.prompt.header.variables, values);
  if (countedBy(model) === 'runtime') return wireCall(analysis.prompt, given, analysis.plan.modelId);
  return analysis.prompt.api === 'messages' ? wireCall(analysis.prompt, given, model.id, 'Messages') : asMessages(analysis, model, values);
};

type Ask = (call: WireCall) => Promise<TokenCount>;

/** What was counted: the whole, and the prefixes of its cache points by their hashes. */
interface Counts {
  readonly whole: number;
  readonly points: readonly (readonly [hash: string, tokens: number])[];
  /** Cache points that keep their estimates. */
  readonly left: number;
}

/** What of it was not known before. */
interface Fresh {
  readonly fresh: readonly CountedPrefix[];
}

/** Counts the whole and then each prefix; what was counted before is not asked again. Ends at the first failure of the whole. */
const countAll = async (counted: Counted, ask: Ask, { engine, memory }: CountDeps): Promise<(Counts & Fresh) | RunFailure> => {
  const { analysis, model, values, call } = counted;
  const { callBody, hashOf, planRequest, pointCalls, pointCountsOf } = engine();
  const known = pointCountsOf(memory.counted, Date.now());
  const fresh: CountedPrefix[] = [];
  const keep = (hash: string, tokens: number): number => {
    fresh.push([model.id, hash, tokens, Date.now()]);
    return tokens;
  };
  const countOf = async (one: WireCall): Promise<number | RunFailure> => {
    const hash = hashOf(['whole', one.door ?? one.api, callBody(one)]);
    const before = known.tokens(model.id, hash);
    if (before !== undefined) return before;
    const answer = await ask(one);
    return 'tokens' in answer ? keep(hash, answer.tokens) : answer;
  };
  const whole = await countOf(call);
  if (typeof whole !== 'number') return whole;
  const { request, plan } = planRequest(analysis, values);
  const { end, points, left } = pointCalls(request, plan, call);
  const alone = end && (await countOf(end));
  const found: (readonly [hash: string, tokens: number])[] = [];
  for (const point of typeof alone === 'number' ? points : []) {
    const before = known.tokens(model.id, point.hash);
    const both = before === undefined ? await ask(point.call) : undefined;
    const tokens = both !== undefined && 'tokens' in both ? both.tokens - Number(alone) : before;
    if (tokens !== undefined && point.isPlausible(tokens)) found.push([point.hash, before ?? keep(point.hash, tokens)]);
  }
  return { whole, points: found, left: left + points.length - found.length, fresh };
};

const askService = (file: string, counted: Counted, target: Target, deps: CountDeps): Thenable<(Counts & Fresh) | RunFailure> => {
  const controller = new AbortController();
  const options = {
    location: vscode.ProgressLocation.Notification,
    title: messageText(runDialogs.counting(file)),
    cancellable: true,
  };
  return vscode.window.withProgress(options, (progress, token) =>
    withSignal(token, controller, async () => {
      const { countTokens } = await deps.bedrock();
      const ask: Ask = (call) =>
        // Ids and ARNs of inference profiles are refused, so the model's own id is asked about.
        countTokens(call, target, controller.signal, counted.model.id, ({ attempt, reason }) =>
          progress.report({ message: messageText(runDialogs.attempt(attempt, reason)) }),
        );
      return countAll(counted, ask, deps);
    }),
  );
};

/** Counts the prompt with the service's own CountTokens, shows the figure and lets it correct the estimates. Gives the count. */
export const countExactly = async (subject: Subject, deps: CountDeps): Promise<number | undefined> => {
  if (!isTrustedFor(runDialogs.countingWaits, deps.log)) return undefined;
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
  const values = (await valuesFor(open.ref, analysis, { askAgain: false, send: valuesText.send.count }, deps))?.values;
  if (values === undefined) return undefined;
  const call = callFor(analysis, model, values, deps);
  if (call === undefined) {
    void vscode.window.showInformationMessage(messageText(runDialogs.countedOnMantle(model.name)));
    return undefined;
  }
  const target = await readyTarget(deps);
  if (!(await confirmCount(target, doorOf(call), deps))) return undefined;
  const answer = await askService(nameOfPrompt(open.ref, analysis), { ref: open.ref, analysis, model, values, call }, target, deps);
  if ('code' in answer) {
    if (answer.code !== 'canceled') void showFailure(answer, target, deps);
    return undefined;
  }
  const outcome = learn(answer, { ref: open.ref, analysis, model, values, call }, target, deps);
  const { countText, pointsText } = deps.engine();
  const points = pointsText(
    answer.points.map(([, tokens]) => tokens),
    answer.left,
    deps.formats,
  );
  void vscode.window.showInformationMessage(messageText(`${countText(model.name, answer.whole, outcome, deps.formats)}${points}`));
  return answer.whole;
};

/** Lets a count correct the estimates; the emulator's figures are estimates themselves, and are not kept. */
const learn = (answer: Counts & Fresh, { ref, analysis, model, values }: Counted, target: Target, deps: CountDeps) => {
  if (target.service === 'emulator') return 'emulator';
  const { buildRequest, runValues } = deps.engine();
  const request = buildRequest(analysis.prompt, runValues(analysis.prompt.header.variables, values));
  deps.memory.keepCounted(answer.fresh);
  return deps.memory.learnFromCount({ request, model, counted: answer.whole }, ref);
};

/**
 * Counts a prompt before it is run for the first time as it is, where the settings say so. Says nothing but that it counts; where it cannot be counted the
 * estimate stays, and the run goes on.
 */
export const countBeforeRun = async (
  ref: PromptRef,
  { analysis, values, target }: Pick<Counted, 'analysis' | 'values'> & { readonly target: Target },
  deps: CountDeps,
): Promise<void> => {
  const { model } = analysis.plan;
  if (target.service === 'emulator' || model === undefined || deps.engine().notCountable(model) !== undefined) return;
  const call = callFor(analysis, model, values, deps);
  if (call === undefined) return;
  const counted = { ref, analysis, model, values, call };
  const answer = await askService(nameOfPrompt(ref, analysis), counted, target, deps);
  if ('code' in answer) deps.log.info(`Counting before the run ended with ${answer.code}; the estimate stays`);
  else learn(answer, counted, target, deps);
};

const showFailure = (failure: Exclude<TokenCount, { readonly tokens: number }>, target: Target, deps: CountDeps): Thenable<unknown> =>
  vscode.window.showErrorMessage(messageText(runDialogs.notCounted(failureNote(failure, target, deps))));
