import * as vscode from 'vscode';
import type { PanelState, PanelTab, TabViews } from '../../core/panel/protocol';
import type { ValuesMessage } from '../../core/panel/valuesProtocol';
import { panelState } from '../../core/panel/state';
import { onlyPrompt } from '../../core/prompt/model';
import { baseName } from '../../core/text/path';
import type { AssistPort } from '../assistPort';
import { attempt } from '../commands';
import { debounce } from '../debounce';
import { DisposableStore } from '../dispose';
import { activePrompt } from '../documents/choosePrompt';
import { openDocument } from '../documents/openDocuments';
import type { FeatureDeps } from '../feature';
import type { HistoryPart } from '../history/part';
import { movedRef, type KeepsKeys } from '../movedKeys';
import { isSameRef, refKey, type PromptRef } from '../promptRef';
import type { DestinationDeps } from '../runs/destination';
import { RunController } from '../runs/runList';
import type { RunsObserver } from '../runs/runJob';
import type { RunsPort } from '../runsPort';
import type { ActiveContext } from '../workspace/activeContext';
import { createForecastTab } from './forecastTab';
import { createReceiver } from './messages';
import { createModelsTab } from './modelsTab';
import { RunPanel } from './panel';
import { createRunsTab } from './runsTab';
import type { PanelSubject } from './subject';
import type { Receivers, Tabs } from './tabs';
import type { AskedValues, ValuesFormPart } from '../runs/valuesForm';

export interface SessionDeps extends FeatureDeps, DestinationDeps {
  readonly assist: AssistPort;
  /** What says where runs go, and helps where one failed; the first call loads it. */
  readonly runs: RunsPort;
  readonly active: ActiveContext;
  readonly extension: vscode.Uri;
  /** What else a finished run is told to. */
  readonly observer: Pick<RunsObserver, 'finished' | 'learn' | 'warm'>;
  /** The runs that are remembered; the first call loads them. */
  readonly history: () => HistoryPart;
  /** Part of the ids of this session's runs. */
  readonly window: string;
}

/** The panel with the prompt that it is about, the tab that it shows, and the runs of this session with earlier ones that came back. */
export interface PanelSession extends vscode.Disposable, KeepsKeys {
  readonly prompt: PromptRef | undefined;
  readonly controller: RunController;
  readonly visible: boolean;
  /** Opens the panel, or brings it to the front. */
  reveal(): void;
  /** The panel is about this prompt from now on. */
  select(prompt: PromptRef | undefined): void;
  showTab(tab: PanelTab): void;
  /** Asks for values of a call, in the panel; `undefined`: the person turned back. */
  ask(asked: AskedValues): Promise<Readonly<Record<string, string>> | undefined>;
  /** Something that it shows changed outside of it. */
  refresh(): void;
  /** Takes over a panel that VS Code kept over a restart, with what its page kept. */
  restore(panel: vscode.WebviewPanel, kept: unknown): void;
}

/** The file of this name that a tab of the editor shows. */
const openTabNamed = (file: string): vscode.Uri | undefined =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
    .find(({ path }) => baseName(path) === file);

export const createPanelSession = (deps: SessionDeps): PanelSession => {
  const owned = new DisposableStore();
  let prompt: PromptRef | undefined;
  let shown: PanelTab = 'run';

  const controller: RunController = owned.add(
    new RunController(
      deps.engine,
      {
        ...deps.observer,
        changed: () => panel.update(),
        log: (line) => deps.log.info(line),
        append: (run, channel, text) => panel.append(run, channel, text),
        over: (record, sent) => void deps.history().record(record, sent),
      },
      deps.window,
    ),
  );
  const subject: PanelSubject = {
    get prompt() {
      return prompt;
    },
    changed: () => panel.update(),
    select: (next) => select(next),
  };
  const tabs: Tabs = {
    run: createRunsTab(deps, controller, subject, deps.history, (message) => panel.send(message)),
    models: createModelsTab(deps, subject),
    forecast: createForecastTab(deps, subject),
  };
  // It comes with what a run needs, which the panel asks for anyway once it is seen.
  let asked: ValuesFormPart | undefined;
  const form = (): ValuesFormPart => (asked ??= deps.runs().createValuesForm(deps, () => panel.update()));
  const answers: Receivers<ValuesMessage> = {
    valuesTyped: (message) => form().receive.valuesTyped(message),
    valuesGiven: (message) => form().receive.valuesGiven(message),
    valuesSaved: (message) => form().receive.valuesSaved(message),
    valuesDropped: (message) => form().receive.valuesDropped(message),
  };
  const viewOf = <T extends PanelTab>(tab: T): TabViews => ({ [tab]: tabs[tab].view(prompt) });
  const state = (): PanelState => {
    const file = prompt === undefined ? '' : baseName(prompt.uri.path);
    // A screen reader is told of runs whatever tab is shown.
    return panelState(
      shown,
      { ...viewOf('run'), ...viewOf(shown) },
      { file, busy: controller.busy, service: deps.runs().serviceView(deps, controller.records), form: asked?.view(prompt) },
    );
  };
  const showTab = (tab: PanelTab): void => {
    shown = tab;
    panel.update();
  };
  const select = (next: PromptRef | undefined): void => {
    if (isSameRef(next, prompt)) return;
    prompt = next;
    controller.showLastOf(next);
    bringBack();
  };
  /** Prompts whose earlier runs are here. */
  const broughtBack = new Set<string>();
  /** Runs of earlier sessions come back with the panel, for the prompt that it is about. */
  const bringBack = (): void => {
    const wanted = prompt;
    if (wanted === undefined || !panel.visible || broughtBack.has(refKey(wanted))) return;
    broughtBack.add(refKey(wanted));
    void attempt(deps.log, 'Bringing runs back', async () => {
      await deps.history().bringBack(wanted);
      if (isSameRef(wanted, prompt) && controller.shown.length === 0) controller.showLastOf(wanted);
    });
  };
  const receive = createReceiver(tabs, showTab, answers);

  const restore = async (file: string): Promise<void> => {
    const named = openTabNamed(file);
    const restored = prompt ?? activePrompt(deps) ?? (named && { uri: named, id: onlyPrompt });
    select(restored);
    bringBack();
    panel.update();
    // After a reload a tab has no document until somebody looks at it; a file that is gone has none for good.
    if (restored !== undefined) await openDocument(restored.uri);
  };
  const panel: RunPanel = owned.add(
    new RunPanel({
      state,
      receive: (message) => void attempt(deps.log, `Panel message ${message.type}`, () => receive(message)),
      closed: () => asked?.drop(),
      activated: (active) => deps.active.setPanel(active),
      restored: (file) => void attempt(deps.log, 'Restoring the panel', () => restore(file)),
      extension: deps.extension,
    }),
  );

  // The panel is about the prompt that one is working on, and stays with it while a run goes on.
  const follow = owned.add(
    debounce(() => {
      if (!controller.busy) select(activePrompt(deps) ?? prompt);
    }),
  );
  // Planning the prompt on every model takes longer than a keystroke may.
  const drawing = owned.add(debounce(() => panel.update()));
  owned.add(deps.settings.onDidChange(() => panel.update()));
  owned.add(vscode.window.onDidChangeActiveTextEditor(() => follow.soon(0)));
  owned.add(vscode.window.onDidChangeTextEditorSelection(() => follow.soon()));
  owned.add(
    deps.store.onDidChange(({ uri }) => {
      if (shown !== 'run' && uri.toString() === prompt?.uri.toString()) drawing.soon();
    }),
  );
  owned.add(
    deps.emulator.onDidChange(() => {
      void vscode.commands.executeCommand('setContext', 'cachepoint.emulatorRunning', deps.emulator.url !== undefined);
      panel.update();
    }),
  );
  return {
    get prompt() {
      return prompt;
    },
    get visible() {
      return panel.visible;
    },
    controller,
    reveal() {
      panel.reveal();
      bringBack();
    },
    select,
    showTab,
    ask(question) {
      select(question.prompt);
      const answer = form().ask(question);
      panel.reveal(false);
      return answer;
    },
    refresh: () => panel.update(),
    moveKeys(move) {
      controller.moveKeys(move);
      asked?.moveKeys(move);
      for (const key of [...broughtBack]) broughtBack.add(move(key));
      if (prompt !== undefined) select(movedRef(prompt, move));
    },
    restore: (kept, state) => panel.restore(kept, state),
    dispose: () => owned.dispose(),
  };
};
