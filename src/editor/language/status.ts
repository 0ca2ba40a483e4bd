import * as vscode from 'vscode';
import type { PromptAnalysis } from '../../core/analysis';
import { labelText } from '../../core/text/visible';
import type { ActiveContext } from '../workspace/activeContext';
import { promptSelector } from '../documents/promptSelector';
import { activePrompt } from '../documents/choosePrompt';
import { debounce } from '../debounce';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';

const analysisAtCursor = (deps: FeatureDeps): PromptAnalysis | undefined => {
  const ref = activePrompt(deps);
  return ref && deps.store.of(ref);
};

/** The totals of the active prompt as a language status item; it also says which kind of editor is active, for the key that commands are shown by. */
export const registerStatus = (deps: FeatureDeps, active: ActiveContext): vscode.Disposable => {
  const item = vscode.languages.createLanguageStatusItem('cachepoint.totals', promptSelector);
  item.name = 'Cachepoint';
  item.command = { command: 'cachepoint.openPanel', title: 'Open Run Panel' };
  // At once: the palette asks for the key when it opens, and not again.
  const tellActive = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    active.setEditor(document !== undefined && deps.store.holdsPrompt(document));
  };
  const update = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    const analysis = guarded(deps.log, 'Status', () => analysisAtCursor(deps), undefined);
    if (analysis === undefined) {
      // A status item is shown by language; other JSON files have nothing to say here.
      item.selector = { language: 'bedrock-prompt' };
      return;
    }
    item.selector = { scheme: document?.uri.scheme ?? 'file', language: document?.languageId ?? 'bedrock-prompt' };
    const { plan, savings } = analysis;
    const engine = deps.engine();
    item.text = labelText(engine.statusText(plan, savings, deps.formats));
    item.detail = labelText(engine.planDetails(plan, analysis.input.traffic, deps.formats).join(' '));
    item.accessibilityInformation = { label: engine.summaryLine(plan, savings, deps.formats) };
  };
  const updating = debounce(update);
  tellActive();
  updating.soon(0);
  return vscode.Disposable.from(
    item,
    deps.store.onDidChange(() => {
      tellActive();
      updating.soon();
    }),
    vscode.window.onDidChangeActiveTextEditor(() => {
      tellActive();
      update();
    }),
    // The cursor can go from one prompt of a document to another.
    vscode.window.onDidChangeTextEditorSelection(() => updating.soon()),
    updating,
  );
};
