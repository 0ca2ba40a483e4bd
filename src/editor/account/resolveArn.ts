import * as vscode from 'vscode';
import { notResolvedText, resolvedText } from '../../core/messages/account';
import { messageText } from '../../core/text/visible';
import type { OpenPrompt } from '../documents/choosePrompt';
import { askAccount, type AccountDeps } from './ask';

/** Asks the account which model answers behind the prompt's ARN, and remembers it for all prompts that name it. */
export const resolveArn = async ({ ref }: OpenPrompt, deps: AccountDeps): Promise<void> => {
  const resolution = (await deps.store.settled(ref))?.plan.resolution;
  if (resolution?.kind !== 'opaque') {
    void vscode.window.showInformationMessage('The model id of this prompt names its model already: only an ARN can hide one.');
    return;
  }
  const { arn } = resolution;
  const asked = await askAccount(
    {
      title: 'Asking which model answers',
      refused: 'Which model answers could not be asked.',
      action: 'bedrock:GetInferenceProfile, bedrock:GetPromptRouter or bedrock:GetProvisionedModelThroughput',
      work: (port, target, signal) => port.resolveModel(arn, target, signal),
    },
    deps,
  );
  if (asked === undefined) return;
  const { found } = asked.answer;
  if (found !== undefined) deps.account.remember([{ ...found, id: arn }], asked.target.region);
  void vscode.window.showInformationMessage(messageText(found === undefined ? notResolvedText(arn) : resolvedText(found)));
};
