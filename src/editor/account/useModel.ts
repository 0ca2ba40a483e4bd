import * as vscode from 'vscode';
import { accountDialogs } from '../../core/messages/editor/account';
import { messageText } from '../../core/text/visible';
import { toWorkspaceEdit } from '../documents/convert';
import type { OpenPrompt } from '../documents/choosePrompt';
import type { FeatureDeps } from '../feature';

/** Writes the id of a model into the prompt; where it has no place for one, it can become the usual model. One undo takes the edit back. */
export const useModel = async ({ document, ref }: OpenPrompt, modelId: string, deps: FeatureDeps): Promise<void> => {
  const edits = deps.store.of(ref)?.prompt.write.setModelId(modelId);
  const edit = edits && toWorkspaceEdit(document, edits);
  if (edit !== undefined) {
    await vscode.workspace.applyEdit(edit);
    return;
  }
  const usual = accountDialogs.useAsUsual;
  const message = accountDialogs.noPlace;
  const choice = await vscode.window.showInformationMessage(messageText(message), usual);
  if (choice === usual) await deps.settings.update('defaultModelId', modelId);
};
