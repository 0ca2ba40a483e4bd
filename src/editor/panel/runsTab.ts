import * as vscode from 'vscode';
import { commandText } from '../../core/messages/editor/commands';
import type { ToPanel } from '../../core/panel/protocol';
import type { RequestImage } from '../../core/panel/picture';
import type { WireCall } from '../../core/request/types';
import { beginsAsJson } from '../../core/text/prettyJson';
import type { AssistPort } from '../assistPort';
import type { FeatureDeps } from '../feature';
import type { HistoryPart } from '../history/part';
import type { DestinationDeps } from '../runs/destination';
import type { RunController } from '../runs/runList';
import type { RunsPort } from '../runsPort';
import type { PanelSubject } from './subject';
import type { Tab } from './tabs';

const copy = async (text: string | undefined, what: string): Promise<void> => {
  if (text === undefined) return;
  await vscode.env.clipboard.writeText(text);
  void vscode.window.setStatusBarMessage(commandText.copied(what), 3000);
};

/** An answer as a document of its own, which is not saved anywhere yet. */
const openAnswer = async (text: string | undefined): Promise<void> => {
  if (text === undefined) return;
  const language = beginsAsJson(text) ? 'json' : 'markdown';
  const document = await vscode.workspace.openTextDocument({ content: text, language });
  await vscode.window.showTextDocument(document, { viewColumn: vscode.ViewColumn.Active });
};

/** The runs of this session, and those that came back from earlier ones, whatever prompt they were of. */
export const createRunsTab = (
  deps: FeatureDeps & DestinationDeps & { readonly assist: AssistPort; readonly runs: RunsPort },
  controller: RunController,
  subject: PanelSubject,
  history: () => HistoryPart,
  send: (message: ToPanel) => void,
): Tab<'run'> => {
  const { assist } = deps;
  /** Kept by the call, which never changes: bodies are read once. */
  const images = new WeakMap<WireCall, readonly RequestImage[]>();
  const imagesOf = (run: string): readonly RequestImage[] => {
    const call = controller.callOf(run);
    if (call === undefined) return [];
    const found = images.get(call) ?? assist().requestImages(call);
    images.set(call, found);
    return found;
  };
  // Through the command, so that its error wrapper holds.
  const command = async (name: 'run' | 'runTwice' | 'runCold') => vscode.commands.executeCommand(`cachepoint.${name}`, subject.prompt);
  return {
    view: () =>
      assist().runsView({
        records: controller.records,
        shown: controller.shown,
        locale: vscode.env.language,
        now: Date.now(),
        valuesOf: (run) => controller.valuesOf(run),
        imagesOf: (run) => imagesOf(run).length,
      }),
    receive: {
      run: () => command('run'),
      runTwice: () => command('runTwice'),
      runCold: () => command('runCold'),
      clearEmulator: async () => vscode.commands.executeCommand('cachepoint.clearEmulatorCache'),
      cancel: () => controller.cancel(),
      show: ({ run }) => {
        // A run of another prompt brings that one back: its figures stand under its own name.
        subject.select(controller.promptOf(run));
        controller.show(run);
      },
      copyAnswer: ({ run }) => {
        const record = controller.records.find(({ id }) => id === run);
        return copy(record?.answer, record?.state === 'finished' ? commandText.answer : commandText.answerSoFar);
      },
      copyRequest: async ({ run }) => copy(controller.requestOf(run) ?? (await history().requestOf(run)), commandText.request),
      openAnswer: ({ run }) => openAnswer(controller.records.find(({ id }) => id === run)?.answer),
      images: ({ run }) => send({ type: 'images', run, images: imagesOf(run) }),
      openLink: async ({ url }) => vscode.env.openExternal(vscode.Uri.parse(url, true)),
      clear: () => controller.clear(),
      why: ({ run, action }) => history().why(run, action),
      action: async ({ action }) =>
        deps
          .runs()
          .createWaysOut(deps, () => command('run'))
          [action](),
    },
  };
};
