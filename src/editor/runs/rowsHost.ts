import * as vscode from 'vscode';
import { runDialogs } from '../../core/messages/editor/runs';
import type { RunFailure } from '../../core/runs/failure';
import { messageText } from '../../core/text/visible';
import { openDocument } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';
import type { BatchAgreement, BatchAsk, RowsHost } from '../rows/ports';
import { tellLimit } from './consent';
import type { DestinationDeps } from './destination';
import { askAboutProblems, readyTarget, runnable } from './runFlow';
import type { Spending } from './spending';
import { describeDestination, leavesMachine, nameOf } from './target';
import { isTrustedFor } from './trust';

export type RowsHostDeps = FeatureDeps & DestinationDeps & { readonly spending: Spending };

const free: BatchAgreement = { settle: () => Promise.resolve() };

const tellFailure = (failure: RunFailure, { target }: BatchAsk, { engine, formats }: RowsHostDeps): void => {
  const { title, text, steps } = engine().describeFailure(failure, { service: target.service, formats, answered: false });
  void vscode.window.showErrorMessage(messageText(runDialogs.notSent([`${title}.`, text, ...steps.slice(0, 1)].join(' '))));
};

/** Asks about calls that leave this machine each time, and counts what all of them may cost, over all windows. */
const agree = async (ask: BatchAsk, deps: RowsHostDeps): Promise<BatchAgreement | undefined> => {
  const { calls, usd, target, analysis, question } = ask;
  // The emulator costs nothing, and nothing of it leaves this machine.
  if (target.service === 'emulator') return free;
  const { readyCall } = await deps.bedrock();
  const ready = await readyCall(target, analysis.plan.modelId, new AbortController().signal, analysis.plan.door);
  if ('failure' in ready) {
    tellFailure(ready.failure, ask, deps);
    return undefined;
  }
  // By the person's own prices too: a limit is not for a workspace to move.
  const own = deps.engine().plannedCallsOf(analysis, {}, calls, deps.settings.own());
  const planned = { ...own, usd: own.usd === undefined || usd === undefined ? undefined : Math.max(own.usd, usd[1]) };
  const verdict = await deps.spending.judge(planned);
  const refuse = (over: typeof verdict): undefined => {
    if (over.kind === 'overLimit') void tellLimit(deps.engine().overLimitText(over, planned, deps.formats));
    return undefined;
  };
  if (verdict.kind === 'overLimit') return refuse(verdict);
  if (leavesMachine(target)) {
    const send = runDialogs.sendTo(nameOf(target));
    const title = messageText(runDialogs.sendCalls(deps.formats.tokens(calls), nameOf(target)));
    const detail = messageText(`${question(runDialogs.signedAs(describeDestination(target), ready.place.identity))}`);
    if ((await vscode.window.showWarningMessage(title, { modal: true, detail }, send)) !== send) return undefined;
  }
  return (await deps.spending.book(planned)) ?? refuse(await deps.spending.judge(planned));
};

/** What batches need of runs: prompts that can be sent, where to, and whether a person agrees. */
export const createRowsHost = (deps: RowsHostDeps): RowsHost => ({
  async runnable(ref) {
    if (!isTrustedFor(runDialogs.runsWait, deps.log)) return undefined;
    const document = await openDocument(ref.uri);
    if (document === undefined) return undefined;
    const analysis = runnable(await deps.store.settled(ref), deps);
    return analysis !== undefined && (await askAboutProblems(document, analysis, deps)) ? analysis : undefined;
  },
  readyTarget: () => readyTarget(deps),
  agree: (ask) => agree(ask, deps),
});
