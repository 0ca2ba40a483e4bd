import * as vscode from 'vscode';
import { actionLabels } from '../../core/messages/failureText';
import { commandText } from '../../core/messages/editor/commands';
import { debounce } from '../debounce';
import type { Analyses, FeatureDeps } from '../feature';
import { messageText } from '../../core/text/visible';
import { guarded } from './log';

/** Says once what in the setting `cachepoint.models` does not fit; the rest of it is used all the same. */
export const registerModelOverrides = (
  deps: Pick<FeatureDeps, 'engine' | 'settings' | 'log'> & { readonly store: Pick<Analyses, 'onDidChange'> },
): vscode.Disposable => {
  const warned = new Set<string>();
  const check = (): void => {
    const settings = deps.settings.read();
    if (Object.keys(settings.models).length === 0) return;
    const engine = deps.engine();
    const fresh = engine
      .modelOverridesOf(settings)
      .problems.map(engine.describeOverrideProblem)
      .filter((sentence) => !warned.has(sentence));
    const [first] = fresh;
    if (first === undefined) return;
    for (const sentence of fresh) {
      warned.add(sentence);
      deps.log.warn(sentence);
    }
    const [open, show] = [actionLabels.openSettings, actionLabels.showLog];
    const more = fresh.length > 1 ? commandText.moreInLog(fresh.length - 1) : '';
    void vscode.window.showWarningMessage(messageText(`${first}${more}`), open, show).then((choice) => {
      if (choice === open) void vscode.commands.executeCommand('workbench.action.openSettings', 'cachepoint.models');
      if (choice === show) deps.log.show();
    });
  };
  const checking = debounce(() => guarded(deps.log, 'Model overrides', check, undefined));
  // A prompt that was open before the extension began is never announced.
  checking.soon();
  return vscode.Disposable.from(
    deps.settings.onDidChange(() => checking.soon()),
    deps.store.onDidChange(() => checking.soon()),
    checking,
  );
};
