import * as vscode from 'vscode';
import type { AssistPort } from '../assistPort';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';

/** What VS Code asks for by a gesture in a prompt file; whatever answers is in a bundle that is read then. */
export const registerAssistance = (deps: FeatureDeps, assist: AssistPort): vscode.Disposable => {
  const language = { language: 'bedrock-prompt' };
  const { log } = deps;
  return vscode.Disposable.from(
    vscode.languages.registerCompletionItemProvider(
      language,
      {
        provideCompletionItems: (document, position) =>
          guarded(log, 'Completion', () => assist().completionsAt(document, position, deps), []),
      },
      '{',
      '<',
      '#',
      ':',
      ' ',
    ),
    vscode.languages.registerDocumentSymbolProvider(language, {
      provideDocumentSymbols: (document) => guarded(log, 'Outline', () => assist().symbolsOf(document, deps), Promise.resolve([])),
    }),
    vscode.languages.registerDocumentLinkProvider(language, {
      provideDocumentLinks: (document) => guarded(log, 'Links', () => assist().linksOf(document, deps), []),
    }),
    vscode.languages.registerDefinitionProvider(language, {
      provideDefinition: (document, position) =>
        guarded(log, 'Definition', () => assist().definitionAt(document, position, deps), undefined),
    }),
    vscode.languages.registerFoldingRangeProvider(language, {
      provideFoldingRanges: (document) => guarded(log, 'Folding', () => assist().foldingOf(document, deps), []),
    }),
  );
};
