import * as vscode from 'vscode';
import { runDialogs } from '../../core/messages/editor/runs';
import { actionLabels, type PanelAction } from '../../core/messages/failureText';
import type { RunRecord } from '../../core/runs/record';
import { messageText } from '../../core/text/visible';
import type { FeatureDeps } from '../feature';
import type { AssistPort } from '../assistPort';
import type { DestinationDeps } from './destination';
import { useEmulator } from './useEmulator';

/** What each button of a failure does. */
export type WaysOut = { readonly [A in PanelAction]: () => unknown };

/** The ways out that the card of a failed run offers; `again` runs the prompt once more. */
export const createWaysOut = (deps: FeatureDeps & DestinationDeps & { readonly assist: AssistPort }, again: () => unknown): WaysOut => ({
  useEmulator: () => useEmulator(deps),
  chooseProfile: () => deps.assist().chooseProfile(deps),
  chooseRegion: () => deps.assist().chooseRegion(deps),
  signIn: async () => {
    if (await deps.assist().signIn(deps)) await again();
  },
  openSettings: () => vscode.commands.executeCommand('workbench.action.openSettings', '@ext:cachepoint.cachepoint'),
  showLog: () => deps.log.show(),
  runAgain: again,
  runForReal: () => vscode.commands.executeCommand('cachepoint.runForReal'),
});

/** More buttons than this hide what a notification says. */
const mostButtons = 2;

/**
 * Tells of a failed run where its card cannot be seen, with the buttons that most likely help; elsewhere the card is the one place that tells it.
 * What the person did is not told at all.
 */
export const tellUnseen = async (
  records: readonly RunRecord[],
  panel: { readonly visible: boolean; reveal(): void },
  ways: WaysOut,
  { engine, formats }: Pick<FeatureDeps, 'engine' | 'formats'>,
): Promise<void> => {
  const record = records.find(({ failure }) => failure !== undefined);
  if (record?.failure === undefined || record.failure.code === 'canceled' || panel.visible) return;
  const { service, failure, answer } = record;
  const { title, text, actions } = engine().describeFailure(failure, { service, formats, answered: answer !== '' });
  const offered = actions.slice(0, mostButtons);
  const show = runDialogs.showRun;
  const choice = await vscode.window.showErrorMessage(
    messageText(`${title}. ${text}`),
    ...offered.map((action) => actionLabels[action]),
    show,
  );
  if (choice === show) panel.reveal();
  await offered.filter((action) => actionLabels[action] === choice).map((action) => ways[action]())[0];
};
