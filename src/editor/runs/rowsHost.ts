import * as vscode from 'vscode';
import { messageText } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import { openDocument } from '../documents/openDocuments';
import type { BatchAsk, RowsHost } from '../rows/ports';
import type { DestinationDeps } from './destination';
import { askAboutProblems, readyTarget, runnable } from './runFlow';
import { describeDestination, leavesMachine, nameOf } from './target';
import { isTrustedFor } from './trust';

/** What batches need of runs: prompts that can be sent, where to, and whether a person agrees. */
export const createRowsHost = (deps: FeatureDeps & DestinationDeps): RowsHost => ({
  async runnable(ref) {
    if (!isTrustedFor('Runs wait', deps.log)) return undefined;
    const document = await openDocument(ref.uri);
    if (document === undefined) return undefined;
    const analysis = runnable(await deps.store.settled(ref), deps);
    return analysis !== undefined && (await askAboutProblems(document, analysis, deps)) ? analysis : undefined;
  },
  readyTarget: () => readyTarget(deps),
  async agree({ calls, target, question }: BatchAsk) {
    const agreement = { settle: () => Promise.resolve() };
    // The emulator costs nothing, and nothing of it leaves this machine.
    if (!leavesMachine(target)) return agreement;
    const send = `Send to ${nameOf(target)}`;
    const choice = await vscode.window.showWarningMessage(
      messageText(`Send ${deps.formats.tokens(calls)} calls to ${nameOf(target)}?`),
      { modal: true, detail: messageText(question(describeDestination(target))) },
      send,
    );
    return choice === send ? agreement : undefined;
  },
});
