import * as vscode from 'vscode';
import type { AssistPort } from '../assistPort';
import type { AssistDeps } from '../feature';
import { guarded, guardedLater } from '../workspace/log';

/** What VS Code asks for by a gesture in a prompt file; whatever answers is in a bundle that is read then. */
export const registerAssistance = (deps: AssistDeps, assist: AssistPort): vscode.Disposable => {
  const language = { language: 'bedrock-prompt' };
  const now = <T>(feature: string, work: () => T, otherwise: T): T => guarded(deps.log, feature, work, otherwise);
  const later = <T>(feature: string, work: () => Promise<T>, otherwise: T): Promise<T> => guardedLater(deps.log, feature, work, otherwise);
  const { languages, Disposable } = vscode;
  // Also what a command made a prompt: whether a document is one is asked each time, and nothing is loaded for other JSON.
  const isPrompt = (document: vscode.TextDocument): boolean => deps.store.get(document) !== undefined;
  const json = [{ language: 'json' }, { language: 'jsonc' }, { language: 'jsonl' }];
  const yaml = { language: 'yaml' };
  const programs = ['python', 'typescript', 'typescriptreact', 'javascript', 'javascriptreact'].map((language) => ({ language }));
  const hints = new vscode.EventEmitter<void>();
  return Disposable.from(
    languages.registerCompletionItemProvider(
      json,
      {
        provideCompletionItems: (document, position) =>
          now('Completion', () => (isPrompt(document) ? assist().jsonCompletionsAt(document, document.offsetAt(position), deps) : []), []),
      },
      ...['"', ':', ' '],
    ),
    languages.registerHoverProvider(json, {
      provideHover: (document, position) =>
        now('Hover', () => (isPrompt(document) ? assist().jsonHoverAt(document, document.offsetAt(position), deps) : undefined), undefined),
    }),
    languages.registerCompletionItemProvider(
      yaml,
      {
        provideCompletionItems: (document, position) =>
          now('Completion', () => (isPrompt(document) ? assist().yamlCompletionsAt(document, document.offsetAt(position), deps) : []), []),
      },
      ...[' '],
    ),
    languages.registerHoverProvider(programs, {
      provideHover: (document, position) =>
        now('Hover', () => (isPrompt(document) ? assist().fileHoverAt(document, position, deps) : undefined), undefined),
    }),
    languages.registerHoverProvider(yaml, {
      provideHover: (document, position) =>
        now('Hover', () => (isPrompt(document) ? assist().yamlHoverAt(document, document.offsetAt(position), deps) : undefined), undefined),
    }),
    languages.registerCompletionItemProvider(
      language,
      { provideCompletionItems: (document, position) => later('Completion', () => assist().completionsAt(document, position, deps), []) },
      ...['{', '<', '#', ':', ' ', '/', '>'],
    ),
    languages.registerHoverProvider(language, {
      provideHover: (document, position) => now('Hover', () => assist().frontMatterHoverAt(document, position, deps), undefined),
    }),
    languages.registerDocumentSymbolProvider(language, {
      provideDocumentSymbols: (document) => later('Outline', () => assist().symbolsOf(document, deps), []),
    }),
    languages.registerDocumentLinkProvider(language, {
      provideDocumentLinks: (document) => now('Links', () => assist().linksOf(document, deps), []),
    }),
    languages.registerDefinitionProvider(language, {
      provideDefinition: (document, position) => now('Definition', () => assist().definitionAt(document, position, deps), undefined),
    }),
    languages.registerReferenceProvider(language, {
      provideReferences: (document, position, { includeDeclaration }) =>
        later('References', () => assist().referencesAt(document, position, includeDeclaration, deps), []),
    }),
    // What cannot be renamed is said by an error, which VS Code shows at the cursor.
    languages.registerRenameProvider(language, {
      prepareRename: (document, position) => assist().renameRangeAt(document, position, deps),
      provideRenameEdits: (document, position, name) => assist().renameAt(document, position, name, deps),
    }),
    languages.registerFoldingRangeProvider(language, {
      provideFoldingRanges: (document) => now('Folding', () => assist().foldingOf(document, deps), []),
    }),
    hints,
    deps.store.onDidChange(() => hints.fire()),
    deps.settings.onDidChange(() => hints.fire()),
    languages.registerInlayHintsProvider(language, {
      onDidChangeInlayHints: hints.event,
      provideInlayHints: (document, range) =>
        deps.settings.read(document.uri).headingTokens
          ? later('Tokens of headings', () => assist().headingHintsOf(document, range, deps), [])
          : [],
    }),
    languages.registerSelectionRangeProvider(language, {
      provideSelectionRanges: (document, positions) => now('Selection', () => assist().selectionRangesOf(document, positions, deps), []),
    }),
  );
};
