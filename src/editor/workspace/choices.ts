import * as vscode from 'vscode';
import { workspaceDialogs } from '../../core/messages/editor/workspace';
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
          group(workspaceDialogs.thisPrompt),
          item(workspaceDialogs.run, 'run'),
          item(workspaceDialogs.runTwice, 'runTwice', workspaceDialogs.runTwiceDetail),
          item(workspaceDialogs.openPanel, 'openPanel'),
          item(workspaceDialogs.previewRequest, 'previewRequest'),
          item(workspaceDialogs.optimize, 'optimize'),
          item(workspaceDialogs.compareModels, 'compareModels'),
          item(workspaceDialogs.chooseModel, 'chooseModel'),
          item(workspaceDialogs.forecast, 'forecast'),
        ]
      : []),
    group(workspaceDialogs.runs),
    item(workspaceDialogs.chooseEndpoint, 'chooseEndpoint', workspaceDialogs.now(destination)),
    item(workspaceDialogs.chooseProfile, 'chooseProfile'),
    item(workspaceDialogs.chooseRegion, 'chooseRegion'),
    item(workspaceDialogs.chooseDoor, 'chooseDoor'),
    group(workspaceDialogs.editor),
    item(workspaceDialogs.toggleCacheMap, 'toggleCacheMap'),
    item(workspaceDialogs.showLog, 'showLog'),
  ];
  const picked = await vscode.window.showQuickPick(items, { title: 'Cachepoint' });
  if (picked?.name !== undefined) await vscode.commands.executeCommand(`cachepoint.${picked.name}`);
};
