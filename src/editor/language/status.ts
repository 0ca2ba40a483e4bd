import * as vscode from 'vscode';
import { languageText } from '../../core/messages/editor/language';
import type { PromptAnalysis } from '../../core/analysis';
import { labelText, visible } from '../../core/text/visible';
import type { ActiveContext } from '../workspace/activeContext';
import { activePrompt } from '../documents/choosePrompt';
import { debounce } from '../debounce';
import type { FeatureDeps } from '../feature';
import { guarded } from '../workspace/log';

/** A longer selection is not counted with each move of the cursor. */
const mostCounted = 200_000;

const analysisAtCursor = (deps: FeatureDeps): PromptAnalysis | undefined => {
  const ref = activePrompt(deps);
  return ref && deps.store.of(ref);
};

const selectedText = (): string => {
  const editor = vscode.window.activeTextEditor;
  const chosen = editor?.selections?.filter(({ isEmpty }) => !isEmpty) ?? [];
  return chosen.map((selection) => editor?.document.getText(selection) ?? '').join('\n');
};

/**
 * One item of the status bar: tokens and cached share of the prompt in front, those of what is selected, and where runs go; a click opens the choices.
 * It also says which kind of editor is active, for the key that commands are shown by.
 */
export const registerStatus = (deps: FeatureDeps, active: ActiveContext, destination: () => string): vscode.Disposable => {
  const item = vscode.window.createStatusBarItem('cachepoint.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Cachepoint';
  item.command = 'cachepoint.showChoices';
  // At once: the palette asks for the key when it opens, and not again.
  const tellActive = (): void => {
    const document = vscode.window.activeTextEditor?.document;
    active.setEditor(document !== undefined && deps.store.holdsPrompt(document));
  };
  const show = (analysis: PromptAnalysis): void => {
    const { plan, savings } = analysis;
    const engine = deps.engine();
    const selected = selectedText();
    const counted = selected === '' || selected.length > mostCounted ? '' : engine.selectionText(selected, plan.model, deps.formats);
    item.text = labelText(
      [counted, engine.statusText(plan, savings, deps.formats), destination()].filter((part) => part !== '').join(' · '),
    );
    item.tooltip = visible(engine.planDetails(plan, analysis.input.traffic, deps.formats).join('\n'));
    item.accessibilityInformation = {
      label: languageText.status(engine.summaryLine(plan, savings, deps.formats), destination()),
    };
    item.show();
  };
  const update = (): void => {
    const analysis = guarded(deps.log, 'Status', () => analysisAtCursor(deps), undefined);
    const document = vscode.window.activeTextEditor?.document;
    // Figures of half a prompt would be wrong; the whole one is announced.
    if (analysis !== undefined && document !== undefined && !deps.store.isComplete(document)) return;
    // The panel takes the focus from the editor, and its prompt is still the one in front.
    const isElsewhere = vscode.window.activeTextEditor !== undefined || vscode.window.visibleTextEditors.length === 0;
    if (analysis === undefined && isElsewhere) item.hide();
    else if (analysis !== undefined) guarded(deps.log, 'Status', () => show(analysis), undefined);
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
    deps.settings.onDidChange(() => updating.soon()),
    vscode.window.onDidChangeActiveTextEditor(() => {
      tellActive();
      update();
    }),
    // The cursor can go from one prompt of a document to another.
    vscode.window.onDidChangeTextEditorSelection(() => updating.soon()),
    updating,
  );
};
