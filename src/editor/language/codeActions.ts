import * as vscode from 'vscode';
import type { DocumentAnalysis, DocumentProblem } from '../../core/analysis';
import type { Fix, FixKind } from '../../core/rules/types';
import type { Edits } from '../../core/text/edit';
import { messageText, visibleLine } from '../../core/text/visible';
import { toRange, toWorkspaceEdit } from '../documents/convert';
import { promptSelector } from '../documents/promptDocuments';
import { findDocument } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';
import type { EnginePort } from '../ports';
import type { PromptRef } from '../promptRef';

/** The action that applies every preferred fix that stands in no other's way. */
const fixAllKind = (): vscode.CodeActionKind => vscode.CodeActionKind.SourceFixAll.append('cachepoint');

const fixesOf = (analysis: DocumentAnalysis, problem: DocumentProblem, engine: EnginePort): readonly Fix[] => {
  const prompt = problem.prompt === undefined ? undefined : analysis.of(problem.prompt);
  return prompt === undefined ? [] : engine().fixesOf(prompt, problem);
};

const quickFixes = (
  document: vscode.TextDocument,
  analysis: DocumentAnalysis,
  problem: DocumentProblem,
  diagnostics: readonly vscode.Diagnostic[],
  engine: EnginePort,
): vscode.CodeAction[] =>
  fixesOf(analysis, problem, engine).map((fix) => {
    const action = new vscode.CodeAction(visibleLine(fix.title), vscode.CodeActionKind.QuickFix);
    action.edit = toWorkspaceEdit(document, fix.edits);
    if (fix.create !== undefined) action.edit.createFile(vscode.Uri.joinPath(document.uri, '..', fix.create), { ignoreIfExists: true });
    action.isPreferred = fix.preferred;
    const range = toRange(document, problem.span);
    action.diagnostics = diagnostics.filter((diagnostic) => codeOf(diagnostic) === problem.code && diagnostic.range.isEqual(range));
    return action;
  });

const codeOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code);

/** What the fixes of these kinds change, as one edit. `stopped`: there may be more to fix. */
export const fixAllEdits = (
  analysis: DocumentAnalysis,
  { engine }: Pick<FeatureDeps, 'engine'>,
  kinds: readonly FixKind[],
): { readonly edits: Edits; readonly stopped: boolean } => {
  const { fixDocument, differenceOf } = engine();
  const { text, stopped } = fixDocument(analysis, kinds);
  return { edits: differenceOf(analysis.text, text), stopped };
};

/** Applies what can be fixed with the same lines sent, in one step that can be undone: safe fixes, and those that move lines or cache points. */
export const fixAllProblems = async (ref: PromptRef, deps: FeatureDeps): Promise<void> => {
  await deps.store.settled(ref);
  const document = findDocument(ref.uri);
  const analysis = document && deps.store.get(document);
  if (document === undefined || analysis === undefined) return;
  const { edits, stopped } = fixAllEdits(analysis, deps, ['safe', 'moves']);
  const { fixAllNotes } = deps.engine();
  if (edits.length > 0) await vscode.workspace.applyEdit(toWorkspaceEdit(document, edits));
  if (stopped) void vscode.window.showInformationMessage(messageText(fixAllNotes.stopped('this document')));
  else if (edits.length === 0) void vscode.window.showInformationMessage(messageText(fixAllNotes.nothing));
};

/** Offers the fixes of the problems at the cursor, and all of them together. */
export const registerCodeActions = (deps: FeatureDeps): vscode.Disposable => {
  const provide = (document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] => {
    const analysis = deps.store.get(document);
    if (analysis === undefined) return [];
    const wanted = (kind: vscode.CodeActionKind) => context.only === undefined || context.only.contains(kind);
    const actions: vscode.CodeAction[] = [];
    if (wanted(vscode.CodeActionKind.QuickFix))
      for (const problem of analysis.problems)
        if (toRange(document, problem.span).intersection(range) !== undefined)
          actions.push(...quickFixes(document, analysis, problem, context.diagnostics, deps.engine));
    if (context.only !== undefined && (context.only.contains(fixAllKind()) || fixAllKind().contains(context.only))) {
      // On save nobody looks: only what leaves the request as it is.
      const { edits } = fixAllEdits(analysis, deps, ['safe']);
      if (edits.length > 0) {
        const action = new vscode.CodeAction('Fix all Cachepoint problems', fixAllKind());
        action.edit = toWorkspaceEdit(document, edits);
        actions.push(action);
      }
    }
    return actions;
  };
  return vscode.languages.registerCodeActionsProvider(
    promptSelector,
    { provideCodeActions: (document, range, context) => guarded(deps.log, 'Quick fixes', () => provide(document, range, context), []) },
    { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix, fixAllKind()] },
  );
};
