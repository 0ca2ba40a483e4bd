import * as vscode from 'vscode';
import { nameFaults, workspaceDialogs } from '../../core/messages/editor/workspace';
import { newPromptSnippet } from '../../core/formats/newPrompt';
import { nameFault, promptFileName } from '../../core/formats/promptFileName';
import { messageText } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import { askFolder, frontFolder } from './workspaceFolder';

const statOf = async (uri: vscode.Uri): Promise<vscode.FileType | undefined> => {
  try {
    return (await vscode.workspace.fs.stat(uri)).type;
  } catch {
    return undefined; // the file system has no gentler way to ask
  }
};

/** The folder that was pointed at, that of the file in front, else one of the workspace; `undefined` where there is none. */
const folderFor = async (subject: vscode.Uri | undefined): Promise<vscode.Uri | undefined> => {
  if (subject !== undefined && subject.scheme !== 'untitled') {
    const type = await statOf(subject);
    return type === vscode.FileType.Directory ? subject : vscode.Uri.joinPath(subject, '..');
  }
  const front = vscode.window.activeTextEditor?.document.uri;
  return front !== undefined && frontFolder() !== undefined ? vscode.Uri.joinPath(front, '..') : askFolder();
};

const askName = async (folder: vscode.Uri): Promise<vscode.Uri | undefined> => {
  const at = (typed: string): vscode.Uri => vscode.Uri.joinPath(folder, promptFileName(typed.trim()));
  const typed = await vscode.window.showInputBox({
    title: workspaceDialogs.newTitle,
    prompt: messageText(workspaceDialogs.newName(vscode.workspace.asRelativePath(folder))),
    value: 'prompt',
    validateInput: async (value) => {
      const fault = nameFault(value);
      if (fault !== undefined) return nameFaults[fault];
      return (await statOf(at(value))) === undefined ? undefined : workspaceDialogs.exists;
    },
  });
  return typed === undefined ? undefined : at(typed);
};

/** Without a folder a person says where the file goes. */
const askPlace = async (): Promise<vscode.Uri | undefined> => {
  const picked = await vscode.window.showSaveDialog({
    title: workspaceDialogs.newTitle,
    filters: { [workspaceDialogs.promptFiles]: ['bedrock.md'] },
  });
  return picked?.with({ path: promptFileName(picked.path) });
};

/** Asks for a name, creates the prompt file, and opens it with what is to be filled in selected. */
export const newPrompt = async (subject: vscode.Uri | undefined, { engine, settings }: FeatureDeps): Promise<void> => {
  const folder = await folderFor(subject);
  const target = folder === undefined ? await askPlace() : await askName(folder);
  if (target === undefined || (await statOf(target)) !== undefined) return;
  await vscode.workspace.fs.writeFile(target, new Uint8Array());
  const { defaultModelId, region, neverGlobal } = settings.read(target);
  const modelId =
    defaultModelId !== ''
      ? defaultModelId
      : engine().modelForNewPrompt(region === '' ? undefined : region, [], neverGlobal ? 'geography' : 'anywhere');
  const editor = await vscode.window.showTextDocument(target);
  await editor.insertSnippet(new vscode.SnippetString(newPromptSnippet(modelId)));
  await editor.document.save();
};
