import * as vscode from 'vscode';
import type { DocumentAnalysis, DocumentProblem } from '../../core/analysis';
import { foreignPlace } from '../../core/editing/included';
import { languageText } from '../../core/messages/editor/language';
import { visibleLine } from '../../core/text/visible';
import { placeOf, rangeOf, toSeverity } from '../documents/convert';
import { debounce, type Debounced } from '../debounce';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';
import { createIncludedProblems } from './includedProblems';
import { fileOf, foreignRange, type IncludedFiles } from './includedFiles';
import { createTyping } from './typing';
import { createRuleDocs, type RuleDocs } from './ruleDocs';

const diagnosticSource = 'Cachepoint';

/** The other places that a problem is about: what varies, and which cache point is lost to it. */
const relatedInformation = (
  document: vscode.TextDocument,
  analysis: DocumentAnalysis,
  problem: DocumentProblem,
  deps: FeatureDeps,
): vscode.DiagnosticRelatedInformation[] => {
  const prompt = problem.prompt === undefined ? undefined : analysis.of(problem.prompt);
  if (prompt === undefined) return [];
  const others = deps
    .engine()
    .relatedOf(prompt, problem)
    .map(({ span, text }) => {
      const { document: own, range } = placeOf(document, span);
      return new vscode.DiagnosticRelatedInformation(new vscode.Location(own.uri, range), visibleLine(text));
    });
  const written = foreignPlace(prompt.prompt, problem.foreign);
  if (written === undefined) return others;
  const place = new vscode.Location(fileOf(document.uri, written.path), foreignRange(written));
  return [new vscode.DiagnosticRelatedInformation(place, languageText.writtenHere), ...others];
};

const toDiagnostic = (
  document: vscode.TextDocument,
  range: vscode.Range,
  problem: DocumentProblem,
  analysis: DocumentAnalysis,
  docs: RuleDocs,
  deps: FeatureDeps,
): vscode.Diagnostic => {
  const message = visibleLine(deps.engine().describeProblem(problem, deps.formats));
  const diagnostic = new vscode.Diagnostic(range, message, toSeverity(problem.severity));
  diagnostic.source = diagnosticSource;
  diagnostic.code = { value: problem.code, target: docs.addressOf(problem.code) };
  diagnostic.relatedInformation = relatedInformation(document, analysis, problem, deps);
  if (problem.code === 'request/unused-variable' || problem.code === 'cache/redundant')
    diagnostic.tags = [vscode.DiagnosticTag.Unnecessary];
  return diagnostic;
};

/** Shows the problems of every open prompt, a moment after the last change. */
export const registerDiagnostics = (deps: FeatureDeps, extension: vscode.Uri, files: IncludedFiles): vscode.Disposable => {
  const docs = createRuleDocs(extension, () => scheduleAll());
  const collection = vscode.languages.createDiagnosticCollection('cachepoint');
  const updates = new Map<string, Debounced>();
  const typing = createTyping((document) => schedule(document, 0));
  const included = createIncludedProblems(deps, docs, files);

  const update = (document: vscode.TextDocument): void => {
    if (document.isClosed) return;
    const found = guarded(
      deps.log,
      'Analysis',
      () => {
        const analysis = deps.store.get(document);
        return analysis && { analysis, problems: analysis.problems };
      },
      undefined,
    );
    // Half a prompt would be too short, and its problems would flash up and go.
    if (!deps.store.isComplete(document)) return;
    included.set(document.uri, found?.analysis.prompts ?? []);
    if (found === undefined || !deps.settings.read(document.uri).problems) collection.delete(document.uri);
    else
      collection.set(
        document.uri,
        typing.told(document, found.analysis.text, found.problems).flatMap((problem) => {
          const range = rangeOf(document, problem.span);
          return range === undefined ? [] : [toDiagnostic(document, range, problem, found.analysis, docs, deps)];
        }),
      );
  };
  const schedule = (document: vscode.TextDocument, pauseMs?: number): void => {
    const key = document.uri.toString();
    const known = updates.get(key) ?? debounce(() => update(document));
    updates.set(key, known);
    known.soon(pauseMs);
  };
  const forget = (document: vscode.TextDocument): void => {
    const key = document.uri.toString();
    updates.get(key)?.dispose();
    updates.delete(key);
    typing.forget(document);
    included.set(document.uri, []);
    collection.delete(document.uri);
  };
  const scheduleAll = (): void => {
    for (const document of vscode.workspace.textDocuments) if (deps.documents.formatOf(document)) schedule(document, 0);
  };
  scheduleAll();
  return vscode.Disposable.from(
    collection,
    deps.store.onDidChange((document) => schedule(document)),
    vscode.workspace.onDidCloseTextDocument(forget),
    typing,
    included,
    new vscode.Disposable(() => {
      for (const waiting of updates.values()) waiting.dispose();
    }),
  );
};
