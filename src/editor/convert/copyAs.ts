import * as vscode from 'vscode';
import { convertDialogs } from '../../core/messages/editor/convert';
import type { TargetId } from '../../core/convert/targetIds';
import type { CodeLanguage } from '../../core/convert/types';
import { messageText } from '../../core/text/visible';
import type { OpenPrompt } from '../documents/choosePrompt';
import type { FeatureDeps } from '../feature';
import { guardedLater } from '../workspace/log';
import { conversions, optionsFor } from './conversions';

interface Choice extends vscode.QuickPickItem {
  readonly target: TargetId;
  readonly language?: CodeLanguage;
}

/** The forms to pick from; a client that exists in two languages stands there twice. */
const choices = (): readonly Choice[] => {
  const { targetIds, targetTitles } = conversions();
  return targetIds.flatMap((target): readonly Choice[] =>
    target === 'anthropic-sdk'
      ? [
          { target, language: 'python', label: convertDialogs.pythonAnthropic },
          { target, language: 'typescript', label: convertDialogs.typescriptAnthropic },
        ]
      : [{ target, label: targetTitles[target] }],
  );
};

const offerToOpen = async (said: string, text: { readonly language: string; readonly content: string }): Promise<void> => {
  const open = convertDialogs.openInEditor;
  if ((await vscode.window.showInformationMessage(messageText(said), open)) !== open) return;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(text), { viewColumn: vscode.ViewColumn.Beside });
};

/** Puts a prompt into the clipboard in the form that the person picks, and says what is different there. */
export const copyPromptAs = async ({ document, ref }: OpenPrompt, { store, log }: FeatureDeps): Promise<void> => {
  const analysis = await store.settled(ref);
  if (analysis === undefined) return;
  const picked = await vscode.window.showQuickPick([...choices()], {
    title: convertDialogs.copyTitle,
    placeHolder: convertDialogs.copyHint,
  });
  if (picked === undefined) return;
  const { target, label, language } = picked;
  const result = conversions().convertPrompt(analysis.prompt, target, {
    ...optionsFor(analysis, document.uri),
    ...(language === undefined ? {} : { language }),
  });
  if (result.kind === 'refused') {
    void vscode.window.showWarningMessage(messageText(result.reason));
    return;
  }
  await vscode.env.clipboard.writeText(result.text);
  // The text is there: the command is over, whatever becomes of the notification.
  void guardedLater(
    log,
    convertDialogs.openInEditor,
    () => offerToOpen([convertDialogs.copied(label), ...result.notes].join(' '), { language: result.languageId, content: result.text }),
    undefined,
  );
};
