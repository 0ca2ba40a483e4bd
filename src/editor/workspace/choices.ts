import * as vscode from 'vscode';
import type { CommandName } from '../commandIds';

interface Item extends vscode.QuickPickItem {
  readonly name?: CommandName;
}

const group = (label: string): Item => ({ label, kind: vscode.QuickPickItemKind.Separator });
const item = (label: string, name: CommandName, description = ''): Item => ({ label, name, description });

/** What can be done with the prompt in front, and where its runs go. */
export const showChoices = async (destination: string, hasPrompt: boolean): Promise<void> => {
  const items: readonly Item[] = [
    ...(hasPrompt
      ? [
          group('This prompt'),
          item('$(play) Run', 'run'),
          item('$(run-all) Run Twice', 'runTwice', 'cold, then warm'),
          item('$(layout-sidebar-right) Open Panel', 'openPanel'),
          item('$(json) Preview Request', 'previewRequest'),
          item('$(symbol-numeric) Optimize Cache Points', 'optimize'),
          item('$(table) Compare Models', 'compareModels'),
          item('$(symbol-class) Choose Model…', 'chooseModel'),
          item('$(graph-line) Forecast Costs', 'forecast'),
        ]
      : []),
    group('Runs'),
    item('$(plug) Choose Where Runs Go…', 'chooseEndpoint', `now: ${destination}`),
    item('$(account) Choose AWS Profile…', 'chooseProfile'),
    item('$(globe) Choose AWS Region…', 'chooseRegion'),
    item('$(arrow-swap) Choose How Prompts Are Sent…', 'chooseDoor'),
    group('Editor'),
    item('$(symbol-color) Toggle Cache Map', 'toggleCacheMap'),
    item('$(output) Show Log', 'showLog'),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Cachepoint' });
  if (picked?.name !== undefined) await vscode.commands.executeCommand(`cachepoint.${picked.name}`);
};
