import * as vscode from 'vscode';
import { actionLabels } from '../../core/messages/failureText';
import { actionDenied, notAskable } from '../../core/messages/account';
import { isFailure, type OrFailure } from '../../core/runs/account';
import type { CancelSignal } from '../../core/runs/cancel';
import type { RunFailure } from '../../core/runs/failure';
import type { Target } from '../../core/runs/port';
import { messageText } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import type { BedrockPort } from '../ports';
import { withSignal } from '../runs/cancel';
import { failureNote } from '../runs/failureNote';
import type { AccountMemory } from './memory';

/** What the commands about an account need. */
export interface AccountDeps extends FeatureDeps {
  readonly account: Pick<AccountMemory, 'remember'>;
  readonly bedrock: () => Promise<BedrockPort>;
  /** Where runs go now, with the emulator started where it is meant. */
  readonly readyTarget: () => Promise<Target>;
}

/** A question to the services beside Bedrock Runtime, as a person is told of it. */
export interface Question<T> {
  /** Of the progress: "Listing the models of the account". */
  readonly title: string;
  /** Of a refusal: "The models were not listed." */
  readonly refused: string;
  /** The IAM action that it needs. */
  readonly action: string;
  readonly work: (port: BedrockPort, target: Target, signal: CancelSignal) => Promise<OrFailure<T>>;
}

const showRefusal = (
  failure: RunFailure,
  target: Target,
  { refused, action }: Pick<Question<unknown>, 'refused' | 'action'>,
  deps: AccountDeps,
) => {
  const commands =
    failure.code === 'credentials' || failure.code === 'signIn'
      ? (['signIn', 'chooseProfile'] as const)
      : failure.code === 'regionMissing'
        ? (['chooseRegion'] as const)
        : [];
  const why = failure.code === 'accessDenied' ? actionDenied(action) : failureNote(failure, target, deps);
  void vscode.window.showErrorMessage(messageText(`${refused} ${why}`), ...commands.map((name) => actionLabels[name])).then((choice) => {
    const command = commands.find((name) => actionLabels[name] === choice);
    if (command !== undefined) void vscode.commands.executeCommand(`cachepoint.${command}`);
  });
};

/** Asks, with progress that can be canceled, and says what was refused. `undefined`: there is no answer, which has been said where it had to be. */
export const askAccount = async <T extends object>(
  question: Question<T>,
  deps: AccountDeps,
): Promise<{ readonly answer: T; readonly target: Target } | undefined> => {
  const target = await deps.readyTarget();
  if (target.service === 'custom') {
    void vscode.window.showInformationMessage(messageText(notAskable));
    return undefined;
  }
  const controller = new AbortController();
  const options = { location: vscode.ProgressLocation.Notification, title: messageText(question.title), cancellable: true };
  const answer = await vscode.window.withProgress(options, (_progress, token) =>
    withSignal(token, controller, async () => question.work(await deps.bedrock(), target, controller.signal)),
  );
  if (!isFailure(answer)) return { answer, target };
  if (answer.code !== 'canceled') showRefusal(answer, target, question, deps);
  return undefined;
};
