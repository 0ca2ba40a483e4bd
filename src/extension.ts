import { randomUUID } from 'node:crypto';
import * as vscode from 'vscode';
import { createActiveContext } from './editor/workspace/activeContext';
import { AccountMemory, withAccount } from './editor/account/memory';
import { AnalysisStore } from './editor/documents/analysisStore';
import { CalibrationMemory } from './editor/runs/calibrationMemory';
import { registerCodeActions, type ExtensionFacts } from './editor/language/codeActions';
import { registerCodeLens } from './editor/language/codeLens';
import { attempt, registerCommands } from './editor/commands';
import { registerDecorations } from './editor/language/cacheMap';
import { registerDiagnostics } from './editor/language/diagnostics';
import { createPromptDocuments } from './editor/documents/promptDocuments';
import { createSurroundings } from './editor/documents/surroundings';
import type { FeatureDeps } from './editor/feature';
import { FileMemory } from './editor/documents/fileMemory';
import { createGitHead } from './editor/documents/gitHead';
import { createCommandTable } from './editor/commandTable';
import { createApiKeys } from './editor/runs/apiKeys';
import { destinationText } from './editor/runs/target';
import { askMfaCode } from './editor/runs/mfa';
import { createPanelSession, type PanelSession } from './editor/panel/session';
import type { HistoryDeps, HistoryPart } from './editor/history/part';
import type * as historyPart from './history';
import { registerIncludedFiles } from './editor/language/includedFiles';
import { registerIncludedImpact } from './editor/language/includedImpact';
import { registerExplainHover } from './editor/language/explainHover';
import { whenTextIsRead } from './editor/language/textReaders';
import { registerHover } from './editor/language/hover';
import { registerEditImpact } from './editor/language/impactLens';
import { createLog, guarded } from './editor/workspace/log';
import { registerModelOverrides } from './editor/workspace/modelOverrides';
import { registerProposals } from './editor/language/proposals';
import type { AssistPort } from './editor/assistPort';
import type { RunsPort } from './editor/runsPort';
import type { KeepsKeys } from './editor/movedKeys';
import type * as promptsPart from './editor/promptsPart';
import type * as rowsPart from './rows';
import { keptRows, whenRowsMatter } from './editor/runs/rowsMatter';
import { registerAssistance } from './editor/language/assistance';
import type { BedrockPort, CodePort, EmulatorPort, EnginePort } from './editor/ports';
import { WarmMemory } from './editor/runs/warmMemory';
import { RequestPreview } from './editor/runs/requestPreview';
import { createSettingsReader } from './editor/workspace/settings';
import { registerStatus } from './editor/language/status';
import { once } from './core/text/once';
import { numberFormats } from './core/figures/numbers';
import { createEmulatorProcess } from './machine/emulatorProcess';
import { createLedger } from './machine/ledger';
import { clearEmulator, probeEmulator } from './machine/probeEmulator';
import { realPath } from './machine/realPath';
import { startThread } from './machine/thread';

/** The AWS SDK lives in a bundle of its own, read on the first run. */
const createBedrock = (): { readonly load: () => Promise<BedrockPort>; readonly dispose: () => void } => {
  let loaded: Promise<BedrockPort> | undefined;
  return {
    load: () =>
      (loaded ??= import('./bedrock').then((port) => {
        port.useMfaQuestion(askMfaCode);
        return port;
      })),
    dispose: () => void loaded?.then((port) => port.disposeClients()),
  };
};

/** The analysis is a bundle of its own too: parsers, rules, token weights and the catalog are read with the first prompt. */
const createEngine = (): EnginePort => {
  let loaded: ReturnType<EnginePort> | undefined;
  return () => (loaded ??= require('./core/engine') as ReturnType<EnginePort>); // the bundle of exactly this module
};

/** Parsers of programming languages: a bundle of their own, read with the first code that may hold a prompt. */
const createCode = (): CodePort => {
  let loaded: ReturnType<CodePort> | undefined;
  return () => (loaded ??= require('./core/code') as ReturnType<CodePort>); // the bundle of exactly this module
};

/** What is used on a gesture, and what the panel says of runs. */
const createAssist = (): AssistPort => {
  let loaded: ReturnType<AssistPort> | undefined;
  return () => (loaded ??= require('./editor/assist') as ReturnType<AssistPort>); // the bundle of exactly this module
};

/** What runs and counts need until they are on their way, and what the panel says of where runs go. */
const createRuns = (): RunsPort => {
  let loaded: ReturnType<RunsPort> | undefined;
  return () => (loaded ??= require('./editor/runsPart') as ReturnType<RunsPort>); // the bundle of exactly this module
};

const createEmulator = (script: vscode.Uri): EmulatorPort => {
  const changed = new vscode.EventEmitter<void>();
  const emulator = createEmulatorProcess(script.fsPath, () => changed.fire());
  return {
    start: (port) => emulator.start(port),
    stop: () => emulator.stop(),
    get url() {
      return emulator.url;
    },
    onDidChange: changed.event,
    dispose() {
      emulator.dispose();
      changed.dispose();
    },
  };
};

/** What `main`, which VS Code knows, hands on. */
export interface Started {
  /** A view of the side bar is looked at. */
  showView(view: 'prompts' | 'runs'): void;
  restorePanel(panel: vscode.WebviewPanel, kept: unknown): void;
}

/** Builds the parts and registers one feature a line. Synchronous: no file is read, no request made, no SDK loaded. */
export const activate = (context: vscode.ExtensionContext): Started => {
  const own = <T extends vscode.Disposable>(part: T): T => {
    context.subscriptions.push(part);
    return part;
  };
  const log = own(createLog());
  const account = own(new AccountMemory(context.globalState, log));
  const settings = own(withAccount(createSettingsReader(context.workspaceState), account));
  const documents = createPromptDocuments(context.workspaceState, createSurroundings(settings.promptFiles));
  const machine = { realPath, probeEmulator, clearEmulator };
  const files = own(new FileMemory(machine));
  const engine = createEngine();
  const assist = createAssist();
  const runs = createRuns();
  const memory = own(new CalibrationMemory(context.globalState, engine, log));
  const store = own(new AnalysisStore({ engine, code: createCode() }, documents, files, settings, memory));
  const bedrock = createBedrock();
  own(new vscode.Disposable(bedrock.dispose));
  const emulator = own(createEmulator(vscode.Uri.joinPath(context.extensionUri, 'dist', 'emulator.js')));
  const apiKeys = createApiKeys(context);
  const deps: FeatureDeps = { engine, store, documents, settings, formats: numberFormats(vscode.env.language), log };

  const active = createActiveContext();
  const included = own(registerIncludedFiles(deps));
  own(registerDiagnostics(deps, context.extensionUri, included));
  own(registerCodeActions(deps, context.extension.packageJSON as ExtensionFacts));
  own(registerCodeLens(deps));
  own(registerDecorations(deps, context.extensionUri, included));
  own(registerHover(deps, (prompt) => warm.valuesOf(prompt)));
  own(registerExplainHover(deps));
  own(registerAssistance({ ...deps, account }, assist));
  own(registerStatus(deps, active, () => destinationText({ settings, emulator, apiKeys })));
  own(registerProposals());
  const impact = own(registerEditImpact(deps, own(createGitHead(log))));
  own(registerIncludedImpact(deps, included, impact));
  own(registerModelOverrides(deps));
  const preview = own(new RequestPreview(engine, store, settings, assist));
  const ledger = createLedger(vscode.Uri.joinPath(context.globalStorageUri, 'spending').fsPath);
  const window = randomUUID();
  const spending = once(() => runs().createSpending({ ledger, settings, log, window }));
  const shared = { ...deps, assist, runs, emulator, bedrock: bedrock.load, machine, apiKeys };
  const warm = own(new WarmMemory(engine));
  const history = once((): HistoryPart => {
    const part = require('./history') as typeof historyPart; // the bundle of exactly this module
    const show: HistoryDeps['show'] = (prompt, run) => {
      session.select(prompt);
      session.showTab('run');
      session.controller.show(run);
      session.reveal();
    };
    return own(
      part.createHistory(
        { ...deps, runs: session.controller, show, window },
        vscode.Uri.joinPath(context.globalStorageUri, 'history').fsPath,
      ),
    );
  });
  const session: PanelSession = own(
    createPanelSession({
      ...shared,
      history,
      window,
      active,
      extension: context.extensionUri,
      observer: {
        warm,
        finished: ({ ref, analysis }) => impact.ran(ref, analysis),
        learn: (record, request, { ref, analysis }) =>
          guarded(log, 'Calibration', () => memory.learnFromRun(record, request, analysis.plan.model, ref), undefined),
      },
    }),
  );
  const indexer = vscode.Uri.joinPath(context.extensionUri, 'dist', 'indexer.js').fsPath;
  const prompts = once(() => {
    const part = require('./editor/promptsPart') as typeof promptsPart; // the bundle of exactly this module
    return own(part.createPrompts(deps, (heard, failed) => startThread(indexer, heard, failed)));
  });
  own(whenTextIsRead(deps, prompts));
  const rows = once(() => {
    const part = require('./rows') as typeof rowsPart; // the bundle of exactly this module
    const host = runs().createRowsHost({ ...shared, spending: spending() });
    return own(
      part.createRows(
        { ...shared, ...host, warm, history, extension: context.extensionUri, storage: context.globalStorageUri },
        context.workspaceState,
      ),
    );
  });
  own(whenRowsMatter(deps, context.workspaceState, rows));
  // Nothing is warm before the first answer.
  own(warm.onDidChange(() => rows().showClock()));
  const commands = own(
    createCommandTable({ ...shared, session, history, preview, memory, warm, account, spending, context, prompts, rows }),
  );
  own(registerCommands(commands.handlers, log));
  const state = context.workspaceState;
  const keepers: readonly KeepsKeys[] = [
    warm,
    impact,
    commands,
    session,
    { moveKeys: (move) => history().moveKeys(move) },
    keptRows(context.globalStorageUri, rows),
  ];
  const renaming = { state, documents, memory, keepers, refresh: (uri: vscode.Uri) => store.refresh(uri) };
  own(
    vscode.workspace.onDidRenameFiles(({ files }) =>
      attempt(log, 'Following a renamed file', () => assist().followRenamed(files, renaming)),
    ),
  );
  return {
    showView: (view) => guarded(log, `View ${view}`, () => (view === 'prompts' ? prompts() : history()).showView(), undefined),
    restorePanel: (panel, kept) => session.restore(panel, kept),
  };
};
