import * as vscode from 'vscode';
import { actionLabels } from '../../core/messages/failureText';
import { keysRefusedText } from '../../core/messages/storedPrompts';
import type { OrFailure } from '../../core/runs/account';
import type { CancelSignal } from '../../core/runs/cancel';
import type { Target } from '../../core/runs/port';
import { areKeysRefused, type OfStore } from '../../core/runs/storedPrompts';
import { messageText } from '../../core/text/visible';
import { askAccount, type AccountDeps } from '../account/ask';
import type { BedrockPort } from '../ports';

export interface StoredDeps extends AccountDeps {
  readonly state: Pick<vscode.Memento, 'get' | 'update'>;
  /** Shows a text beside another, read-only. */
  readonly showBeside: (left: string, right: string, title: string) => Promise<void>;
}

/** Asks Prompt Management; `undefined`: there is no answer, and it has been said why. */
export const askStore = async <T extends object>(
  what: { readonly title: string; readonly refused: string; readonly action: string },
  work: (port: BedrockPort, target: Target, signal: CancelSignal) => Promise<OrFailure<OfStore<T>>>,
  deps: StoredDeps,
): Promise<{ readonly answer: T; readonly region: string } | undefined> => {
  const asked = await askAccount<OfStore<T>>({ ...what, work }, deps);
  if (asked === undefined) return undefined;
  const { answer, target } = asked;
  if (!areKeysRefused(answer)) return { answer, region: target.region ?? '' };
  const choose = actionLabels.chooseProfile;
  void vscode.window.showWarningMessage(messageText(keysRefusedText), choose).then((choice) => {
    if (choice === choose) void vscode.commands.executeCommand('cachepoint.chooseProfile');
  });
  return undefined;
};
