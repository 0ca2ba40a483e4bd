import * as vscode from 'vscode';
import { reportText, workspaceDialogs } from '../../core/messages/editor/workspace';
import type { PromptAnalysis } from '../../core/analysis';
import type { PromptSizes } from '../../core/messages/diagnosticsText';
import type { RunRecord } from '../../core/runs/record';
import { changedSettings } from '../../core/settings';
import type { FeatureDeps } from '../feature';

const sizesOf = ({ format, plan, text, problems }: PromptAnalysis): PromptSizes => ({
  format,
  model: plan.model?.name,
  address: plan.resolution.kind,
  characters: text.length,
  tokens: plan.total.likely,
  blocks: plan.blocks.length,
  cachePoints: plan.checkpoints.length,
  problems: problems.map(({ code }) => code),
});

/** What is put into the clipboard for a report of a mistake: no text of a prompt and no name of a file. */
export const copyDiagnostics = async (extensionVersion: string, records: readonly RunRecord[], deps: FeatureDeps): Promise<void> => {
  const failed = records.findLast(({ failure }) => failure !== undefined);
  const text = deps.engine().diagnosticsText({
    versions: [
      ['Cachepoint', extensionVersion],
      [reportText.editor, `${vscode.env.appName} ${vscode.version}`],
      [reportText.host, `${vscode.env.remoteName ?? 'local'}, ${vscode.env.uiKind === vscode.UIKind.Web ? 'web' : 'desktop'}`],
      [reportText.workspace, reportText.workspaceState(vscode.workspace.isTrusted, vscode.workspace.workspaceFolders?.length ?? 0)],
    ],
    settings: changedSettings(deps.settings.read()),
    prompts: vscode.workspace.textDocuments.flatMap((document) => (deps.store.get(document)?.prompts ?? []).map(sizesOf)),
    lastFailure: failed?.failure && { code: failed.failure.code, service: failed.service },
  });
  await vscode.env.clipboard.writeText(text);
  void vscode.window.setStatusBarMessage(workspaceDialogs.diagnosticsCopied, 3000);
};
