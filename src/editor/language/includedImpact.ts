import * as vscode from 'vscode';
import { foreignPlace } from '../../core/editing/included';
import type { Span } from '../../core/text/span';
import { touches } from '../../core/text/span';
import { labelText, visible } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';
import type { Compared, EditImpact } from './impactLens';
import { fileOf, foreignRange, includingLanguage, type IncludedFiles, type IncludingPrompt } from './includedFiles';
import { toHover } from './markdown';

/** What an edit of a file costs one of the prompts that bring it in. */
interface Loss extends Compared, IncludingPrompt {
  readonly span: Span;
  readonly range: vscode.Range;
}

/** "This edit invalidates 8,412 cached tokens since the last run, in Support desk", in a file that prompts include. */
export const registerIncludedImpact = (deps: FeatureDeps, included: IncludedFiles, impact: EditImpact): vscode.Disposable => {
  const lossesIn = (document: vscode.TextDocument): readonly Loss[] =>
    included.promptsOf(document).flatMap((prompt): readonly Loss[] => {
      const { uri, analysis } = prompt;
      const [compared] = impact.of({ uri, languageId: includingLanguage, format: includingLanguage }, analysis);
      const place = compared && foreignPlace(analysis.prompt, compared.impact.foreign);
      if (compared === undefined || place === undefined || compared.impact.lost.length === 0) return [];
      // The first difference may stand in another file, which then says so.
      if (fileOf(uri, place.path).path !== document.uri.path) return [];
      return [{ ...compared, ...prompt, span: place.span, range: foreignRange(place) }];
    });
  const told = (losses: readonly Loss[]): readonly string[] => deps.engine().includedImpact(losses, deps.formats);

  const lenses = (document: vscode.TextDocument): vscode.CodeLens[] => {
    const losses = lossesIn(document);
    const [first] = losses;
    if (first === undefined || !deps.settings.read(document.uri).codeLens) return [];
    const [title = '', ...details] = told(losses);
    const arguments_ = [{ uri: first.uri, id: first.analysis.id }];
    const command = {
      title: labelText(title),
      command: 'cachepoint.openPanel',
      tooltip: visible(details.join('\n')),
      arguments: arguments_,
    };
    return [new vscode.CodeLens(first.range, command)];
  };
  const hover = (document: vscode.TextDocument, position: vscode.Position): vscode.Hover | undefined => {
    const offset = document.offsetAt(position);
    const here = lossesIn(document).filter(({ span, range }) => {
      // One character is hard to point at: its word counts too.
      const word = document.getWordRangeAtPosition(range.start);
      return touches(span, offset) || word?.contains(position) === true;
    });
    const [first] = here;
    return first && toHover(told(here), first.range);
  };
  const changed = new vscode.EventEmitter<void>();
  const anyFile = { scheme: 'file' };
  return vscode.Disposable.from(
    changed,
    included.onDidChange(() => changed.fire()),
    impact.onDidChange(() => changed.fire()),
    vscode.languages.registerCodeLensProvider(anyFile, {
      onDidChangeCodeLenses: changed.event,
      provideCodeLenses: (document) => guarded(deps.log, 'Edit impact of an included file', () => lenses(document), []),
    }),
    vscode.languages.registerHoverProvider(anyFile, {
      provideHover: (document, position) =>
        guarded(deps.log, 'Edit impact of an included file', () => hover(document, position), undefined),
    }),
  );
};
