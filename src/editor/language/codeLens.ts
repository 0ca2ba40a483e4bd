import * as vscode from 'vscode';
import { languageText } from '../../core/messages/editor/language';
import type { PromptAnalysis } from '../../core/analysis';
import { span } from '../../core/text/span';
import { labelText, visible } from '../../core/text/visible';
import { rangeOf } from '../documents/convert';
import { promptSelector } from '../documents/promptSelector';
import type { FeatureDeps } from '../feature';
import type { PromptRef } from '../promptRef';
import { guarded } from '../workspace/log';

/** Run, Run Twice, Preview Request and the totals, above each prompt. */
export const registerCodeLens = (deps: FeatureDeps): vscode.Disposable => {
  const changed = new vscode.EventEmitter<void>();
  const lensesOf = (document: vscode.TextDocument, analysis: PromptAnalysis): vscode.CodeLens[] => {
    const at = rangeOf(document, span(analysis.head.start, analysis.head.start));
    if (at === undefined) return [];
    const ref: PromptRef = { uri: document.uri, id: analysis.id };
    const lens = (title: string, command: string, tooltip: string) =>
      new vscode.CodeLens(at, { title, command, tooltip: visible(tooltip), arguments: [ref] });
    const runs = vscode.workspace.isTrusted
      ? [
          lens(languageText.run, 'cachepoint.run', languageText.runHint),
          lens(languageText.runTwice, 'cachepoint.runTwice', languageText.runTwiceHint),
        ]
      : [lens(languageText.runsWait, 'workbench.trust.manage', languageText.manageTrust)];
    const preview = lens(languageText.preview, 'cachepoint.previewRequest', languageText.previewHint);
    // Without what it includes a prompt would be too short; its figures come when that is read.
    if (!deps.store.isComplete(document)) return [...runs, preview];
    const details = deps.engine().planDetails(analysis.plan, analysis.input.traffic, deps.formats).join('\n');
    return [
      ...runs,
      preview,
      lens(labelText(deps.engine().summaryLine(analysis.plan, analysis.savings, deps.formats)), 'cachepoint.openPanel', details),
    ];
  };
  const provide = (document: vscode.TextDocument): vscode.CodeLens[] => {
    if (!deps.settings.read(document.uri).codeLens) return [];
    return (deps.store.get(document)?.prompts ?? []).flatMap((analysis) => lensesOf(document, analysis));
  };
  return vscode.Disposable.from(
    changed,
    deps.store.onDidChange(() => changed.fire()),
    vscode.workspace.onDidGrantWorkspaceTrust(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(promptSelector, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => guarded(deps.log, 'Code lenses', () => provide(document), []),
    }),
  );
};
