import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { messageText } from '../../core/text/visible';
import { attempt } from '../commands';
import type { Log } from '../workspace/log';

/** Is the workspace trusted? Where it is not, says what waits for that, with the way to change it. */
export const isTrustedFor = (what: string, log: Log): boolean => {
  if (vscode.workspace.isTrusted) return true;
  const manage = sharedText.manageTrust;
  void attempt(log, 'Managing trust', async () => {
    const choice = await vscode.window.showInformationMessage(messageText(sharedText.untilTrusted(what)), manage);
    if (choice === manage) await vscode.commands.executeCommand('workbench.trust.manage');
  });
  return false;
};
