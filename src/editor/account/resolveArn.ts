import * as vscode from 'vscode';
import { accountDialogs } from '../../core/messages/editor/account';
import { notResolvedText, resolvedText } from '../../core/messages/account';
import { messageText } from '../../core/text/visible';
import type { OpenPrompt } from '../documents/choosePrompt';
import { askAccount, type AccountDeps } from './ask';

/** Asks the account which model answers behind the prompt's ARN, and remembers it for all prompts that name it. */
export const resolveArn = async ({ ref }: OpenPrompt, deps: AccountDeps): Promise<void> => {
  const resolution = (await deps.store.settled(ref))?.plan.resolution;
  if (resolution?.kind !== 'opaque') {
    void vscode.window.showInformationMessage(accountDialogs.namedAlready);
    return;
  }
  const { arn } = resolution;
  const asked = await askAccount(
    {
      title: accountDialogs.asking,
      refused: accountDialogs.notAsked,
      action: accountDialogs.resolveActions,
      work: (port, target, signal) => port.resolveModel(arn, target, signal),
    },
    deps,
  );
  if (asked === undefined) return;
  const { found } = asked.answer;
  if (found !== undefined) deps.account.remember([{ ...found, id: arn }], asked.target.region);
  void vscode.window.showInformationMessage(messageText(found === undefined ? notResolvedText(arn) : resolvedText(found)));
};
