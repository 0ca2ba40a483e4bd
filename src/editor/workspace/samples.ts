import * as vscode from 'vscode';
import { workspaceDialogs } from '../../core/messages/editor/workspace';
import { fileExists } from './fileExists';
import { tickStep } from './steps';
import { askFolder } from './workspaceFolder';

interface Sample {
  readonly file: string;
  readonly label: string;
  readonly detail: string;
}

const samples: readonly Sample[] = [
  {
    file: 'support-desk.bedrock.md',
    label: workspaceDialogs.supportDesk,
    detail: workspaceDialogs.supportDeskDetail,
  },
  {
    file: 'handbook-tools.bedrock.md',
    label: workspaceDialogs.handbook,
    detail: workspaceDialogs.handbookDetail,
  },
  { file: 'agent-transcript.bedrock.md', label: workspaceDialogs.agent, detail: workspaceDialogs.agentDetail },
  { file: 'nova-translator.bedrock.md', label: workspaceDialogs.nova, detail: workspaceDialogs.novaDetail },
  {
    file: 'broken-on-purpose.bedrock.md',
    label: workspaceDialogs.broken,
    detail: workspaceDialogs.brokenDetail,
  },
  { file: 'support-desk.converse.json', label: workspaceDialogs.converse, detail: workspaceDialogs.converseDetail },
];

/**
 * Opens a sample. In a workspace it is copied there with what it includes, for includes only work inside one; without a workspace, or for a
 * file that exists, nothing is overwritten.
 */
export const openSample = async (extension: vscode.Uri): Promise<void> => {
  const picked = await vscode.window.showQuickPick(
    samples.map((sample) => ({ ...sample })),
    { title: workspaceDialogs.sampleTitle, matchOnDetail: true },
  );
  if (picked === undefined) return;
  const from = vscode.Uri.joinPath(extension, 'media', 'samples');
  const folder = await targetFolder();
  if (folder === undefined) return;
  await copyMissing(from, folder, picked.file);
  const companion = picked.file.replace(/\.(bedrock\.md|converse\.json)$/, '');
  if (picked.file.endsWith('.md')) await copyFolder(vscode.Uri.joinPath(from, companion), vscode.Uri.joinPath(folder, companion));
  await vscode.window.showTextDocument(vscode.Uri.joinPath(folder, picked.file));
  void tickStep('sample');
};

/** A folder `cachepoint-samples` in the workspace, in the folder of the file in front where it has several, or one that the person picks. */
const targetFolder = async (): Promise<vscode.Uri | undefined> => {
  const workspace = await askFolder();
  if (workspace !== undefined) return vscode.Uri.joinPath(workspace, 'cachepoint-samples');
  if ((vscode.workspace.workspaceFolders ?? []).length > 0) return undefined;
  const picked = await vscode.window.showOpenDialog({
    canSelectFiles: false,
    canSelectFolders: true,
    openLabel: workspaceDialogs.copySample,
  });
  return picked?.[0];
};

const copyMissing = async (from: vscode.Uri, to: vscode.Uri, name: string): Promise<void> => {
  const target = vscode.Uri.joinPath(to, name);
  if (await fileExists(target)) return;
  await vscode.workspace.fs.writeFile(target, await vscode.workspace.fs.readFile(vscode.Uri.joinPath(from, name)));
};

const copyFolder = async (from: vscode.Uri, to: vscode.Uri): Promise<void> => {
  if (!(await fileExists(from))) return;
  for (const [name, type] of await vscode.workspace.fs.readDirectory(from))
    if (type === vscode.FileType.File) await copyMissing(from, to, name);
};
