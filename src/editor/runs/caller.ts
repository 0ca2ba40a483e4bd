import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { destinationDialogs } from '../../core/messages/editor/destination';
import { actionLabels } from '../../core/messages/failureText';
import type { RunFailure } from '../../core/runs/failure';
import type { Target } from '../../core/runs/port';
import { messageText } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import type { Caller } from '../ports';
import { withSignal } from './cancel';
import type { DestinationDeps } from './destination';
import { signIn } from './login';

type CallerDeps = DestinationDeps & Pick<FeatureDeps, 'engine' | 'formats'>;

const ask = (target: Target, { bedrock }: DestinationDeps): Thenable<Caller | RunFailure> => {
  const controller = new AbortController();
  const options = { location: vscode.ProgressLocation.Notification, title: destinationDialogs.askingCaller, cancellable: true };
  return vscode.window.withProgress(options, (_progress, token) =>
    withSignal(token, controller, async () => (await bedrock()).callerIdentity(target, controller.signal)),
  );
};

const tell = async (caller: Caller): Promise<void> => {
  const copy = sharedText.copyArn;
  const who = caller.arn === undefined ? caller.identity : `${caller.identity}: ${caller.arn}`;
  const message = messageText(destinationDialogs.signedAs(caller.region, who));
  const choice = await vscode.window.showInformationMessage(message, ...(caller.arn === undefined ? [] : [copy]));
  if (choice === copy && caller.arn !== undefined) await vscode.env.clipboard.writeText(caller.arn);
};

const tellFailure = async (failure: RunFailure, target: Target, deps: CallerDeps): Promise<void> => {
  const { engine, formats } = deps;
  const { title, text, actions } = engine().describeFailure(failure, { service: target.service, formats, answered: false });
  const again = actions.includes('signIn') ? [actionLabels.signIn] : [];
  const choice = await vscode.window.showErrorMessage(messageText(`${title}. ${text}`), ...again);
  if (choice === actionLabels.signIn && (await signIn(deps))) await vscode.commands.executeCommand('cachepoint.showIdentity');
};

/** Says as whom the next run is signed: signs in, and asks AWS. Gives what AWS said. */
export const showIdentity = async (target: Target, deps: CallerDeps): Promise<Caller | undefined> => {
  if (target.service === 'emulator' || target.endpoint?.startsWith('http:') === true) {
    void vscode.window.showInformationMessage(destinationDialogs.signedByPlaceholder);
    return;
  }
  const answer = await ask(target, deps);
  if ('code' in answer) {
    if (answer.code !== 'canceled') void tellFailure(answer, target, deps);
    return undefined;
  }
  void tell(answer);
  return answer;
};
