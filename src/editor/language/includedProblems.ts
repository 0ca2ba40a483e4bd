import * as vscode from 'vscode';
import { languageText } from '../../core/messages/editor/language';
import type { PromptAnalysis } from '../../core/analysis';
import { foreignProblems } from '../../core/editing/included';
import type { RatedProblem } from '../../core/rules/index';
import { groupedBy } from '../../core/text/grouped';
import type { Span } from '../../core/text/span';
import { visibleLine } from '../../core/text/visible';
import { toSeverity } from '../documents/convert';
import { findDocument } from '../documents/openDocuments';
import { cellScheme } from '../documents/wholes';
import { debounce } from '../debounce';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';
import { fileOf, foreignRange, promptName, type IncludedFiles } from './includedFiles';
import type { RuleDocs } from './ruleDocs';
import { createTyping } from './typing';

/** A problem of a prompt that is written in a file which the prompt brings in. */
interface Brought {
  readonly file: vscode.Uri;
  readonly range: vscode.Range;
  readonly span: Span;
  readonly problem: RatedProblem;
  readonly name: string;
  /** Where the prompt names the file. */
  readonly by: vscode.Location;
}

/** Problems of prompts, told in the files where they are written. */
export interface IncludedProblems extends vscode.Disposable {
  /** All prompts of an open document as they are now; none once it is closed. */
  set(uri: vscode.Uri, prompts: readonly PromptAnalysis[]): void;
}

const broughtBy = (uri: vscode.Uri, analysis: PromptAnalysis): readonly Brought[] => {
  // The cells of a notebook have one text, of which a cell is a part.
  const found = uri.scheme === cellScheme ? [] : foreignProblems(analysis.prompt, analysis.problems);
  return found.map((one) => ({
    file: fileOf(uri, one.path),
    range: foreignRange(one),
    span: one.span,
    problem: one.problem,
    name: promptName(uri, analysis),
    by: new vscode.Location(uri, foreignRange({ text: analysis.text, span: one.problem.span })),
  }));
};

const placeKey = ({ span: { start, end }, problem }: Brought): string => `${problem.code} ${start} ${end}`;

/** Tells in each file the problems that are written there and show only in prompts which bring it in: once each, whoever brings it in. */
export const createIncludedProblems = (deps: FeatureDeps, docs: RuleDocs, included: IncludedFiles): IncludedProblems => {
  const collection = vscode.languages.createDiagnosticCollection('cachepoint-included');
  const open = new Map<string, readonly Brought[]>();
  const typing = createTyping(() => telling.soon(0));
  let told: readonly vscode.Uri[] = [];

  const toDiagnostic = (same: readonly [Brought, ...Brought[]]): vscode.Diagnostic => {
    const [{ range, problem }] = same;
    const engine = deps.engine();
    const sentence = engine.describeProblem(problem, deps.formats);
    const message = engine.includedProblem(
      same.map(({ name }) => name),
      sentence,
    );
    const diagnostic = new vscode.Diagnostic(range, visibleLine(message), toSeverity(problem.severity));
    diagnostic.source = 'Cachepoint';
    diagnostic.code = { value: problem.code, target: docs.addressOf(problem.code) };
    diagnostic.relatedInformation = same.map(
      ({ by, name }) => new vscode.DiagnosticRelatedInformation(by, visibleLine(languageText.bringsIn(name))),
    );
    return diagnostic;
  };
  /** What somebody types in the file waits there as it does in a prompt. */
  const toldOf = (here: readonly [Brought, ...Brought[]]): readonly Brought[] => {
    const document = findDocument(here[0].file);
    if (document === undefined) return here;
    const placed = here.map((one) => ({ ...one.problem, span: one.span, brought: one }));
    return typing.told(document, document.getText(), placed).map(({ brought }) => brought);
  };
  const tell = (): void => {
    const looked = included.closed().flatMap(({ uri, analysis }) => (open.has(uri.toString()) ? [] : broughtBy(uri, analysis)));
    const files = groupedBy([...[...open.values()].flat(), ...looked], ({ file }) => file.toString());
    for (const uri of told) collection.delete(uri);
    told = files.map(([{ file }]) => file);
    for (const here of files) {
      const isWanted = deps.settings.read(here[0].file).problems;
      if (isWanted) collection.set(here[0].file, groupedBy(toldOf(here), placeKey).map(toDiagnostic));
    }
  };
  const telling = debounce(() => guarded(deps.log, 'Problems of included files', tell, undefined));
  const listening = included.onDidChange(() => telling.soon(0));
  return {
    set(uri, prompts) {
      const key = uri.toString();
      const fresh = prompts.flatMap((analysis) => broughtBy(uri, analysis));
      const isAsBefore = fresh.length === 0 && (open.get(key) ?? []).length === 0;
      if (prompts.length === 0) open.delete(key);
      else open.set(key, fresh);
      if (!isAsBefore) telling.soon(0);
    },
    dispose: () => vscode.Disposable.from(collection, typing, telling, listening).dispose(),
  };
};
