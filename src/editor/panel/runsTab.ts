import * as vscode from 'vscode';
import type { PanelAction } from '../../core/messages/failureText';
import { beginsAsJson } from '../../core/text/prettyJson';
import type { AssistPort } from '../assistPort';
import type { FeatureDeps } from '../feature';
import { chooseProfile, chooseRegion, type DestinationDeps } from '../runs/destination';
import { signIn } from '../runs/login';
import { useEmulator } from '../runs/runFlow';
import type { RunController } from '../runs/runList';
import type { PanelSubject } from './subject';
import type { Tab } from './tabs';

const copy = async (text: string | undefined, what: string): Promise<void> => {
  if (text === undefined) return;
  await vscode.env.clipboard.writeText(text);
  void vscode.window.setStatusBarMessage(`$(check) ${what} copied`, 3000);
};

/** An answer as a document of its own, which is not saved anywhere yet. */
const openAnswer = async (text: string | undefined): Promise<void> => {
  if (text === undefined) return;
  const language = beginsAsJson(text) ? 'json' : 'markdown';
  const document = await vscode.workspace.openTextDocument({ content: text, language });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active });
};

/** This session's runs, whatever prompt they were of. */
export const createRunsTab = (
  deps: FeatureDeps & DestinationDeps,
  controller: RunController,
  subject: PanelSubject,
  assist: AssistPort,
): Tab<'run'> => {
  // Through the command, so that its error wrapper holds.
  const command = async (name: 'run' | 'runTwice') => vscode.commands.executeCommand(`cachepoint.${name}`, subject.prompt);
  /** The ways out that the card of a failed run offers. */
  const actions: { readonly [A in PanelAction]: () => unknown } = {
    useEmulator: () => useEmulator(deps),
    chooseProfile: () => chooseProfile(deps),
    chooseRegion: () => chooseRegion(deps),
    signIn: async () => {
      if (await signIn(deps)) await command('run');
    },
    openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:cachepoint.cachepoint'),
    showLog: () => deps.log.show(),
    runAgain: () => command('run'),
  };
  return {
    view: () => assist().runsView({ records: controller.records, shown: controller.shown, locale: vscode.env.language }),
    receive: {
      run: () => command('run'),
      runTwice: () => command('runTwice'),
      cancel: () => controller.cancel(),
      show: ({ run }) => {
        // A run of another prompt brings that one back: its figures stand under its own name.
        subject.select(controller.promptOf(run));
        controller.show(run);
      },
      copyAnswer: ({ run }) => copy(controller.records.find(({ id }) => id === run)?.answer, 'Answer'),
      copyRequest: ({ run }) => copy(controller.requestOf(run), 'Request'),
      openAnswer: ({ run }) => openAnswer(controller.records.find(({ id }) => id === run)?.answer),
      openLink: async ({ url }) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
      clear: () => controller.clear(),
      action: async ({ action }) => actions[action](),
    },
  };
};
