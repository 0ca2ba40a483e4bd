import * as vscode from 'vscode';
import { languageText } from '../../core/messages/editor/language';
import type { DocumentAnalysis, DocumentProblem } from '../../core/analysis';
import { falseAlarmAddress } from '../../core/editing/falseAlarm';
import type { PromptOrigin } from '../../core/prompt/model';
import type { Fix, FixKind } from '../../core/rules/types';
import { onlyPrompt } from '../../core/prompt/model';
import { isAskable } from '../../core/runs/account';
import { messageText, visibleLine } from '../../core/text/visible';
import { partOf, rangeOf, toRange, toWorkspaceEdit } from '../documents/convert';
import { promptSelector } from '../documents/promptSelector';
import { findDocument } from '../documents/openDocuments';
import { wholeOf } from '../documents/cells';
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
  fixesOf(analysis, problem, engine).flatMap((fix) => {
    const edit = toWorkspaceEdit(document, fix.edits);
    if (edit === undefined) return [];
    const action = new vscode.CodeAction(visibleLine(fix.title), vscode.CodeActionKind.QuickFix);
    action.edit = edit;
    const { uri } = wholeOf(document);
    if (fix.create !== undefined) edit.createFile(vscode.Uri.joinPath(uri, '..', fix.create), { ignoreIfExists: true });
    action.isPreferred = fix.preferred;
    const range = toRange(document, problem.span);
    action.diagnostics = diagnostics.filter((diagnostic) => codeOf(diagnostic) === problem.code && diagnostic.range.isEqual(range));
    return [action];
  });

/** An ARN that hides its model: the account can be asked about it. */
const askAccount = (document: vscode.TextDocument, problem: DocumentProblem, diagnostics: readonly vscode.Diagnostic[]) => {
  if (problem.code !== 'cache/opaque-profile' || !isAskable(problem.data.resource)) return [];
  const action = new vscode.CodeAction(languageText.askAccount, vscode.CodeActionKind.QuickFix);
  const subject: PromptRef = { uri: document.uri, id: problem.prompt ?? onlyPrompt };
  action.command = { command: 'cachepoint.resolveModel', title: action.title, arguments: [subject] };
  action.diagnostics = diagnostics.filter((diagnostic) => codeOf(diagnostic) === problem.code);
  return [action];
};

/** The page of a rule, at the end of the list. */
const explain = ({ code }: DocumentProblem, diagnostics: readonly vscode.Diagnostic[]): vscode.CodeAction => {
  const action = new vscode.CodeAction(languageText.explain(code), vscode.CodeActionKind.QuickFix);
  action.command = { command: 'cachepoint.explainRule', title: action.title, arguments: [code] };
  action.diagnostics = diagnostics.filter((diagnostic) => codeOf(diagnostic) === code);
  return action;
};

/** Where the extension takes its issues, and its version: what its manifest says. */
export interface ExtensionFacts {
  readonly version: string;
  readonly bugs: { readonly url: string };
}

/** Opens the form for a false alarm in a browser, filled in with the rule and the version. The editor shows the address first. */
const reportFalseAlarm = (
  { code }: DocumentProblem,
  format: PromptOrigin | undefined,
  { version, bugs }: ExtensionFacts,
  diagnostics: readonly vscode.Diagnostic[],
): vscode.CodeAction => {
  const action = new vscode.CodeAction(languageText.reportFalseAlarm(code), vscode.CodeActionKind.QuickFix);
  const address = falseAlarmAddress(bugs.url, { code, version, format });
  action.command = { command: 'vscode.open', title: action.title, arguments: [vscode.Uri.parse(address)] };
  action.diagnostics = diagnostics.filter((diagnostic) => codeOf(diagnostic) === code);
  return action;
};

const codeOf = ({ code }: vscode.Diagnostic): unknown => (typeof code === 'object' ? code.value : code);

/** What the fixes of these kinds change in a document, as one edit. `stopped`: there may be more to fix. */
const fixAllEdits = (
  document: vscode.TextDocument,
  analysis: DocumentAnalysis,
  { engine }: Pick<FeatureDeps, 'engine'>,
  kinds: readonly FixKind[],
): { readonly edit: vscode.WorkspaceEdit | undefined; readonly stopped: boolean } => {
  const { fixDocument, differenceOf } = engine();
  const { text, stopped } = fixDocument(analysis, kinds, partOf(document));
  const edits = differenceOf(analysis.text, text);
  return { edit: edits.length === 0 ? undefined : toWorkspaceEdit(document, edits), stopped };
};

/** Applies what can be fixed with the same lines sent, in one step that can be undone: safe fixes, and those that move lines or cache points. */
export const fixAllProblems = async (ref: PromptRef, deps: FeatureDeps): Promise<void> => {
  await deps.store.settled(ref);
  const document = findDocument(ref.uri);
  const analysis = document && deps.store.get(document);
  if (document === undefined || analysis === undefined) return;
  const { edit, stopped } = fixAllEdits(document, analysis, deps, ['safe', 'moves']);
  const { fixAllNotes } = deps.engine();
  if (edit !== undefined) await vscode.workspace.applyEdit(edit);
  if (stopped) void vscode.window.showInformationMessage(messageText(fixAllNotes.stopped(languageText.thisDocument)));
  else if (edit === undefined) void vscode.window.showInformationMessage(messageText(fixAllNotes.nothing));
};

/** Offers the fixes of the problems at the cursor, and all of them together. */
export const registerCodeActions = (deps: FeatureDeps, facts: ExtensionFacts): vscode.Disposable => {
  const provide = (document: vscode.TextDocument, range: vscode.Range, context: vscode.CodeActionContext): vscode.CodeAction[] => {
    const analysis = deps.store.get(document);
    if (analysis === undefined) return [];
    const wanted = (kind: vscode.CodeActionKind) => context.only === undefined || context.only.contains(kind);
    const actions: vscode.CodeAction[] = [];
    if (wanted(vscode.CodeActionKind.QuickFix)) {
      const here = analysis.problems.filter(({ span }) => rangeOf(document, span)?.intersection(range) !== undefined);
      actions.push(...here.flatMap((problem) => quickFixes(document, analysis, problem, context.diagnostics, deps.engine)));
      actions.push(...here.flatMap((problem) => askAccount(document, problem, context.diagnostics)));
      const codes = new Map(here.map((problem) => [problem.code, problem]));
      const format = deps.documents.formatOf(document);
      for (const problem of codes.values())
        actions.push(explain(problem, context.diagnostics), reportFalseAlarm(problem, format, facts, context.diagnostics));
    }
    if (context.only !== undefined && (context.only.contains(fixAllKind()) || fixAllKind().contains(context.only))) {
      // On save nobody looks: only what leaves the request as it is.
      const { edit } = fixAllEdits(document, analysis, deps, ['safe']);
      if (edit !== undefined) {
        const action = new vscode.CodeAction(languageText.fixAll, fixAllKind());
        action.edit = edit;
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
