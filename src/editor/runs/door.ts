import * as vscode from 'vscode';
import type { DoorChoice } from '../../core/request/types';
import type { SettingsReader } from '../workspace/settings';

interface Item extends vscode.QuickPickItem {
  readonly value: DoorChoice;
}

const choices: readonly { readonly value: DoorChoice; readonly label: string; readonly detail: string }[] = [
  {
    value: 'stream',
    label: 'As a stream',
    detail: 'ConverseStream, or InvokeModelWithResponseStream for a body of InvokeModel. Converse where a model takes no tools in a stream',
  },
  {
    value: 'whole',
    label: 'In one piece',
    detail: 'Converse, or InvokeModel for a body of InvokeModel. The answer shows when all of it is there',
  },
  {
    value: 'mantle',
    label: 'Messages on bedrock-mantle',
    detail: 'For Messages bodies of Claude: in the Region of the run, by the bare model id and at its price. Other prompts go as a stream',
  },
];

/** Asks by which operation prompts are sent, and remembers it for this machine. */
export const chooseDoor = async ({ settings }: { readonly settings: SettingsReader }): Promise<void> => {
  const current = settings.read().door;
  const items: readonly Item[] = choices.map((choice) => ({ ...choice, description: choice.value === current ? 'current' : '' }));
  const picked = await vscode.window.showQuickPick(items, { title: 'How are prompts sent to Amazon Bedrock?', matchOnDetail: true });
  if (picked !== undefined) await settings.update('run.door', picked.value);
};
