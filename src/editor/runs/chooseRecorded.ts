import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { destinationDialogs } from '../../core/messages/editor/destination';
import { keepTextsQuestion, modeTitles } from '../../core/messages/recordedText';
import { recordedModes, type RecordedMode } from '../../core/runs/recorded';
import { messageText } from '../../core/text/visible';
import type { OpenPrompt } from '../documents/choosePrompt';
import type { FeatureDeps } from '../feature';
import type { RecordedAnswersMemory } from './recordedAnswers';

interface Item extends vscode.QuickPickItem {
  readonly mode: RecordedMode | undefined;
}

/** Asks whether this prompt uses recorded answers, and for the consent that answers may outlast the window. */
export const chooseRecorded = async ({ ref }: OpenPrompt, recorded: RecordedAnswersMemory, { settings }: FeatureDeps): Promise<void> => {
  const read = settings.read(ref.uri);
  const chosen = recorded.chosenFor(ref);
  const items: readonly Item[] = [
    { label: destinationDialogs.asSettingSays, description: modeTitles[read.recordedAnswers][0], mode: undefined },
    ...recordedModes.map((mode): Item => ({
      label: modeTitles[mode][0],
      detail: modeTitles[mode][1],
      description: mode === chosen ? sharedText.current : '',
      mode,
    })),
  ];
  const picked = await vscode.window.showQuickPick([...items], {
    title: destinationDialogs.recordedTitle,
    placeHolder: destinationDialogs.recordedHint,
  });
  if (picked === undefined) return;
  if (picked.mode === 'persistent' && !read.keepTexts) {
    const keep = destinationDialogs.keepTexts;
    const choice = await vscode.window.showWarningMessage(messageText(keepTextsQuestion), { modal: true }, keep);
    if (choice !== keep) return;
    await settings.update('history.keepTexts', true);
  }
  await recorded.choose(ref, picked.mode);
};
