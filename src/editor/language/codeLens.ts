import * as vscode from 'vscode';
import { promptSelector } from '../documents/promptDocuments';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';

/** Run, Run Twice, Preview Request and the totals, above the prompt. */
export const registerCodeLens = (deps: FeatureDeps): vscode.Disposable => {
  const changed = new vscode.EventEmitter<void>();
  const provide = (document: vscode.TextDocument): vscode.CodeLens[] => {
    if (!deps.settings.read(document.uri).codeLens) return [];
    const analysis = deps.store.get(document);
    if (analysis === undefined) return [];
    const top = new vscode.Range(0, 0, 0, 0);
    const lens = (title: string, command: string, tooltip: string) =>
      new vscode.CodeLens(top, { title, command, tooltip, arguments: [document.uri] });
    const runs = vscode.workspace.isTrusted
      ? [
          lens('$(play) Run', 'cachepoint.run', 'Send this prompt once and show tokens read from and written to the cache'),
          lens(
            '$(run-all) Run twice (cold → warm)',
            'cachepoint.runTwice',
            'Send this prompt twice: the first call writes the cache, the second reads it',
          ),
        ]
      : [];
    const details = deps.engine().planDetails(analysis.plan, deps.engine().trafficOf(analysis), deps.formats).join('\n');
    return [
      ...runs,
      lens('$(json) Preview request', 'cachepoint.previewRequest', 'Show the Converse request that a run would send'),
      lens(deps.engine().summaryLine(analysis.plan, analysis.savings, deps.formats), 'cachepoint.openPanel', details),
    ];
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
