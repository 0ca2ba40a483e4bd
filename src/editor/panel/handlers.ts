import * as vscode from 'vscode';
import type { ActiveContext } from '../workspace/activeContext';
import { panelState } from '../../core/panel/state';
import type { FromPanel, PanelTab } from '../../core/panel/protocol';
import type { PanelAction } from '../../core/messages/failures';
import { assertNever } from '../../core/text/assertNever';
import { baseName } from '../../core/text/path';
import { createCalibrationCommands, type CalibrationMemory } from '../runs/calibrationMemory';
import { attempt, type CommandHandlers } from '../commands';
import { countExactly } from '../runs/countTokens';
import { DisposableStore } from '../dispose';
import { typingPauseMs, type FeatureDeps } from '../feature';
import type { EditImpact } from '../language/impactLens';
import { guarded } from '../workspace/log';
import { createForecastTab } from './forecastTab';
import { createModelsTab } from './modelsTab';
import { compareSamples, optimisePrompt } from '../language/optimise';
import { RunPanel } from './panel';
import { chooseEndpoint, chooseProfile, chooseRegion, signIn, type PlacesDeps } from '../runs/destination';
import type { RequestPreview } from '../runs/requestPreview';
import { promptDocument, runPrompt, serviceView, useEmulator, type RunFlowDeps } from '../runs/runFlow';
import { RunController } from '../runs/runList';
import { newPrompt, openSample } from '../workspace/samples';

export interface HandlerDeps extends FeatureDeps, PlacesDeps {
  readonly preview: RequestPreview;
  readonly active: ActiveContext;
  readonly context: vscode.ExtensionContext;
  readonly impact: Pick<EditImpact, 'ran'>;
  readonly memory: CalibrationMemory;
}

/** What each command does, with the panel and the runs that they share. */
export const createHandlers = (deps: HandlerDeps): { readonly handlers: CommandHandlers; readonly dispose: () => void } => {
  const owned = new DisposableStore();
  /** The prompt that the panel's own buttons are about. */
  let current: vscode.Uri | undefined;

  const controller: RunController = owned.add(
    new RunController(deps.engine, {
      changed: () => panel.update(),
      append: (run, channel, text) => panel.append(run, channel, text),
      finished: ({ uri, analysis }) => deps.impact.ran(uri, analysis),
      learn: (record, request, { uri, analysis }) =>
        guarded(deps.log, 'Calibration', () => deps.memory.learnFromRun(record, request, analysis.plan.model, uri), undefined),
    }),
  );
  const models = createModelsTab(deps);
  const forecast = createForecastTab(deps);
  const calibration = owned.add(createCalibrationCommands(deps, deps.memory));
  let tab: PanelTab = 'run';
  const showTab = (next: PanelTab): void => {
    tab = next;
    panel.update();
  };
  const state = () =>
    panelState({
      tab,
      models: tab === 'models' ? models.view(current) : undefined,
      forecast: tab === 'forecast' ? forecast.view(current) : undefined,
      file: current === undefined ? '' : baseName(current.path),
      records: controller.records,
      shown: controller.shown,
      busy: controller.busy,
      locale: vscode.env.language,
      service: serviceView(deps),
    });
  const panel: RunPanel = owned.add(
    new RunPanel({
      state,
      receive: (message) => void attempt(deps.log, `Panel message ${message.type}`, () => receive(message)),
      activated: (active) => deps.active.setPanel(active),
      restored: (file) => {
        current ??= activePrompt(deps) ?? openTabNamed(file);
        panel.update();
        // After a reload a tab has no document until somebody looks at it; a file that is gone has none for good.
        if (current !== undefined) vscode.workspace.openTextDocument(current).then(undefined, () => undefined);
      },
      extension: deps.context.extensionUri,
    }),
  );
  const flow: RunFlowDeps = { ...deps, controller, panel, state: deps.context.workspaceState };

  /** What a command is about: what it was called on, the prompt in front, or, with the focus in the panel, the panel's own. */
  const subject = (uri: vscode.Uri | undefined): vscode.Uri | undefined => uri ?? activePrompt(deps) ?? current;

  const run = async (uri: vscode.Uri | undefined, twice: boolean, askAgain = false) => {
    const target = subject(uri);
    // While a run goes on the page stays with it; the flow says so.
    if (!controller.busy) {
      tab = 'run';
      current = target;
    }
    return runPrompt(target, { twice, askAgain }, flow);
  };

  const act = async (action: PanelAction): Promise<void> => {
    switch (action) {
      case 'useEmulator':
        await useEmulator(deps);
        return;
      case 'chooseProfile':
        return chooseProfile(deps);
      case 'chooseRegion':
        return chooseRegion(deps);
      case 'signIn':
        return signIn(deps);
      case 'openSettings':
        await vscode.commands.executeCommand('workbench.action.openSettings', '@ext:cachepoint.cachepoint');
        return;
      case 'showLog':
        return deps.log.show();
      case 'runAgain':
        await vscode.commands.executeCommand('cachepoint.run', current);
        return;
      default:
        return assertNever(action);
    }
  };

  const copy = async (text: string | undefined, what: string): Promise<void> => {
    if (text === undefined) return;
    await vscode.env.clipboard.writeText(text);
    void vscode.window.setStatusBarMessage(`$(check) ${what} copied`, 3000);
  };

  const receive = async (message: FromPanel): Promise<void> => {
    switch (message.type) {
      case 'ready':
        return;
      case 'run':
      case 'runTwice':
        // Through the command, so that its error wrapper holds.
        await vscode.commands.executeCommand(`cachepoint.${message.type}`, current);
        return;
      case 'cancel':
        return controller.cancel();
      case 'show':
        return controller.show(message.run);
      case 'copyAnswer':
        return copy(controller.records.find(({ id }) => id === message.run)?.answer, 'Answer');
      case 'copyRequest':
        return copy(controller.requestOf(message.run), 'Request');
      case 'clear':
        return controller.clear();
      case 'tab':
        return showTab(message.tab);
      case 'traffic':
        forecast.tryTraffic(current, message.callsPerHour);
        return panel.update();
      case 'useModel':
        return models.useModel(current, message.modelId);
      case 'action':
        return act(message.action);
      default:
        return assertNever(message);
    }
  };

  owned.add(deps.settings.onDidChange(() => panel.update()));
  // The panel is about the prompt that one is working on, and stays with it while a run goes on.
  owned.add(
    vscode.window.onDidChangeActiveTextEditor(() => {
      const active = activePrompt(deps);
      if (active === undefined || controller.busy || active.toString() === current?.toString()) return;
      current = active;
      panel.update();
    }),
  );
  let timer: ReturnType<typeof setTimeout> | undefined;
  owned.add(new vscode.Disposable(() => clearTimeout(timer)));
  owned.add(
    deps.store.onDidChange((document) => {
      if (tab === 'run' || document.uri.toString() !== current?.toString()) return;
      // Planning the prompt on every model takes longer than a keystroke may.
      clearTimeout(timer);
      timer = setTimeout(() => panel.update(), typingPauseMs);
    }),
  );
  owned.add(
    vscode.workspace.onDidRenameFiles(({ files }) => {
      const renamed = files.find(({ oldUri }) => oldUri.toString() === current?.toString());
      if (renamed === undefined) return;
      current = renamed.newUri;
      panel.update();
    }),
  );
  owned.add(
    deps.emulator.onDidChange(() => {
      void vscode.commands.executeCommand('setContext', 'cachepoint.emulatorRunning', deps.emulator.url !== undefined);
      panel.update();
    }),
  );

  const handlers: CommandHandlers = {
    run: (uri) => run(uri, false),
    runTwice: (uri) => run(uri, true),
    runWithValues: (uri) => run(uri, false, true),
    cancelRun: () => controller.cancel(),
    previewRequest: async (uri) => {
      const document = await promptDocument(subject(uri), deps);
      if (document !== undefined) await deps.preview.show(document);
    },
    openPanel: (uri) => {
      current = subject(uri);
      panel.reveal();
      panel.update();
    },
    compareModels: (uri) => {
      current = subject(uri);
      panel.reveal();
      showTab('models');
    },
    forecast: (uri) => {
      current = subject(uri);
      panel.reveal();
      showTab('forecast');
    },
    optimise: async (uri) => {
      const document = await promptDocument(subject(uri), deps);
      if (document !== undefined) await optimisePrompt(document, deps);
    },
    compareSamples: async (uri) => {
      const document = await promptDocument(subject(uri), deps);
      if (document !== undefined) await compareSamples(document, deps);
    },
    clearRuns: () => controller.clear(),
    countTokens: (uri) => countExactly(subject(uri), { ...flow, memory: deps.memory }),
    showCalibration: () => calibration.show(),
    resetCalibration: (uri) => calibration.reset(uri),
    toggleCacheMap: async () => {
      await deps.settings.update('editor.cacheMap', !deps.settings.read().cacheMap);
    },
    treatAsConverse: async (uri) => {
      const target = uri ?? vscode.window.activeTextEditor?.document.uri;
      if (target === undefined) return;
      await deps.documents.treatAsConverse(target);
      deps.store.refresh();
    },
    chooseEndpoint: () => chooseEndpoint(deps),
    chooseProfile: () => chooseProfile(deps),
    chooseRegion: () => chooseRegion(deps),
    signIn: () => signIn(deps),
    startEmulator: async () => {
      await useEmulator(deps);
      void vscode.window.showInformationMessage(
        `The local emulator answers at ${deps.emulator.url ?? ''}. Runs go to it now; answers are simulated.`,
      );
    },
    stopEmulator: () => deps.emulator.stop(),
    newPrompt,
    openSample: () => openSample(deps.context.extensionUri),
    showLog: () => deps.log.show(),
  };
  return { handlers, dispose: () => owned.dispose() };
};

/** The file of this name that a tab shows. */
const openTabNamed = (file: string): vscode.Uri | undefined =>
  vscode.window.tabGroups.all
    .flatMap(({ tabs }) => tabs)
    .flatMap(({ input }) => (input instanceof vscode.TabInputText ? [input.uri] : []))
    .find(({ path }) => baseName(path) === file);

const activePrompt = (deps: FeatureDeps): vscode.Uri | undefined => {
  const document = vscode.window.activeTextEditor?.document;
  return document !== undefined && deps.documents.formatOf(document) !== undefined ? document.uri : undefined;
};
