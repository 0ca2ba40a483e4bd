import * as vscode from 'vscode';
import { sharedText } from '../../core/messages/editor/shared';
import { runDialogs } from '../../core/messages/editor/runs';
import type { DoorChoice } from '../../core/request/types';
import type { SettingsReader } from '../workspace/settings';

interface Item extends vscode.QuickPickItem {
  readonly value: DoorChoice;
}

const choices: readonly { readonly value: DoorChoice; readonly label: string; readonly detail: string }[] = [
  {
    value: 'stream',
    label: runDialogs.stream,
    detail: runDialogs.streamDetail,
  },
  {
    value: 'whole',
    label: runDialogs.whole,
    detail: runDialogs.wholeDetail,
  },
  {
    value: 'mantle',
    label: runDialogs.mantle,
    detail: runDialogs.mantleDetail,
  },
];

/** Asks by which operation prompts are sent, and remembers it for this machine. */
export const chooseDoor = async ({ settings }: { readonly settings: SettingsReader }): Promise<void> => {
  const current = settings.read().door;
  const items: readonly Item[] = choices.map((choice) => ({ ...choice, description: choice.value === current ? sharedText.current : '' }));
  const picked = await vscode.window.showQuickPick(items, { title: runDialogs.doorTitle, matchOnDetail: true });
  if (picked !== undefined) await settings.update('run.door', picked.value);
};
