import * as vscode from 'vscode';
import { commandText } from '../core/messages/editor/commands';
import { once } from '../core/text/once';
import { messageText } from '../core/text/visible';
import type { AccountDeps } from './account/ask';
import type { AccountMemory } from './account/memory';
import type { AssistPort } from './assistPort';
import { createShownTexts } from './shownTexts';
import type { CommandHandlers } from './commands';
import { wholeOf } from './documents/cells';
import { findDocument } from './documents/openDocuments';
import { findPrompt, isActivePrompt, promptFor, type OpenPrompt, type Subject } from './documents/choosePrompt';
import type { FeatureDeps } from './feature';
import { fixAllProblems } from './language/codeActions';
import { showProposal } from './language/proposals';
import type { HistoryPart } from './history/part';
import type { PromptsPart } from './promptsPart';
import type { RowsPart } from './rows/part';
import type { KeepsKeys, MoveKey } from './movedKeys';
import type { PanelSession } from './panel/session';
import { createCalibrationCommands } from './runs/calibrationMemory';
import type { CountDeps } from './runs/countTokens';
import type { RunFlowDeps } from './runs/runFlow';
import type { DestinationDeps } from './runs/destination';
import type { RecordedAnswersMemory } from './runs/recordedAnswers';
import type { RequestPreview } from './runs/requestPreview';
import { destinationText } from './runs/target';
import type { Spending } from './runs/spending';
import { isTrustedFor } from './runs/trust';
import type { WarmMemory } from './runs/warmMemory';
import type { RunsPort } from './runsPort';

export interface CommandDeps extends FeatureDeps, DestinationDeps {
  readonly assist: AssistPort;
  /** What a run needs until it is on its way; the first call loads it. */
  readonly runs: RunsPort;
  readonly session: PanelSession;
  readonly preview: Pick<RequestPreview, 'show'>;
  readonly memory: CountDeps['memory'] & Parameters<typeof createCalibrationCommands>[1];
  readonly warm: Pick<WarmMemory, 'forget'>;
  /** What today's calls cost; asked for with the first run. */
  readonly spending: () => Spending;
  readonly account: Pick<AccountMemory, 'of' | 'remember'>;
  /** The prompts of the workspace; the first call loads them. */
  readonly prompts: () => PromptsPart;
  /** The runs that are remembered; the first call loads them. */
  readonly history: () => HistoryPart;
  /** Rows as batches; the first call loads them. */
  readonly rows: () => RowsPart;
  readonly context: Pick<vscode.ExtensionContext, 'extensionUri' | 'workspaceState'> & {
    readonly extension: { readonly packageJSON: { readonly version: string } };
  };
}

const uriOf = (subject: Subject): vscode.Uri | undefined => (subject !== undefined && 'uri' in subject ? subject.uri : subject);

/** What each command does. */
export const createCommandTable = (deps: CommandDeps): { readonly handlers: CommandHandlers } & vscode.Disposable & KeepsKeys => {
  const { session, runs } = deps;
  let answers: RecordedAnswersMemory | undefined;
  const recorded = once(() => (answers = new (runs().RecordedAnswersMemory)(deps.context.workspaceState)));
  const flow = once((): CountDeps & RunFlowDeps => ({
    ...deps,
    spending: deps.spending(),
    controller: session.controller,
    panel: session,
    state: deps.context.workspaceState,
    recorded: recorded(),
    countFirst: (ref, live) => runs().countBeforeRun(ref, live, flow()),
  }));
  const readyTarget = () => runs().readyTarget(deps);
  const account: AccountDeps = { ...deps, readyTarget };
  const texts = createShownTexts();
  const stored = { ...account, state: deps.context.workspaceState, showBeside: texts.showBeside };
  const calibration = createCalibrationCommands(deps, deps.memory);

  /** What it was called on, the prompt in front, or, with the focus in the panel, the panel's own. */
  const meant = (subject: Subject): Subject => subject ?? (isActivePrompt(deps) ? undefined : session.prompt);
  const run = (
    subject: Subject,
    how: {
      readonly twice?: boolean;
      readonly askAgain?: boolean;
      readonly cold?: boolean;
      readonly forReal?: boolean;
      readonly argument?: unknown;
    } = {},
  ) => runs().runPrompt(meant(subject), { twice: false, askAgain: false, ...how }, flow());
  const withPrompt = async (subject: Subject, work: (prompt: OpenPrompt) => Promise<void>): Promise<void> => {
    const open = await promptFor(meant(subject), deps);
    if (open !== undefined) await work(open);
  };
  const runRows = async (subject: Subject, onModels: boolean) => {
    const open = await promptFor(meant(subject), deps);
    return open && deps.rows().run(open.ref, onModels);
  };
  /** What asks an account waits until the workspace is trusted. */
  const inTrust = (what: string, subject: Subject, work: (prompt: OpenPrompt) => Promise<void>) =>
    isTrustedFor(what, deps.log) ? withPrompt(subject, work) : undefined;
  const showPanel = async (subject: Subject): Promise<void> => {
    const open = await findPrompt(meant(subject), deps);
    if (open !== undefined) session.select(open.ref);
    session.reveal();
  };
  const treat = async (subject: Subject, isPrompt: boolean): Promise<void> => {
    const called = uriOf(subject);
    const document = called === undefined ? vscode.window.activeTextEditor?.document : findDocument(called);
    const target = document === undefined ? called : wholeOf(document).uri;
    if (target === undefined) return;
    await deps.documents.treatAsPrompt(target, isPrompt);
    deps.store.refresh(target);
  };

  const handlers: CommandHandlers = {
    run: (subject, argument) => run(subject, { argument }),
    runTwice: (subject, argument) => run(subject, { twice: true, argument }),
    runCold: (subject, argument) => run(subject, { cold: true, argument }),
    runWithValues: (subject) => run(subject, { askAgain: true }),
    runForReal: (subject) => run(subject, { forReal: true }),
    recordedAnswers: (subject) => withPrompt(subject, (open) => deps.assist().chooseRecorded(open, recorded(), deps)),
    runRows: (subject) => runRows(subject, false),
    runRowsOnModels: (subject) => runRows(subject, true),
    showRows: () => deps.rows().show(),
    continueRun: async (subject) => {
      const open = await promptFor(meant(subject), deps);
      return open && deps.rows().continueRun(open.ref, session.controller.lastAnswered(open.ref));
    },
    simulateChat: (subject) => withPrompt(subject, ({ ref }) => deps.rows().simulate(ref)),
    keepWarm: (subject) => withPrompt(subject, ({ ref }) => deps.rows().keepWarm(ref)),
    stopKeepingWarm: () => deps.rows().stopKeepingWarm(),
    cancelRun: () => session.controller.cancel(),
    previewRequest: (subject) => withPrompt(subject, ({ ref }) => deps.preview.show(ref)),
    previewRequestAs: (subject) =>
      withPrompt(subject, async ({ ref }) => {
        const samples = (await deps.store.settled(ref))?.prompt.header.samples ?? [];
        const choice = await deps.assist().choosePreview(samples.map(({ value }) => value));
        if (choice !== undefined) await deps.preview.show(ref, choice);
      }),
    copyAs: (subject) => withPrompt(subject, (open) => deps.assist().copyPromptAs(open, deps)),
    extractPrompt: (subject) => withPrompt(subject, (open) => deps.assist().extractPrompt(open, deps)),
    openPanel: showPanel,
    compareModels: async (subject) => {
      await showPanel(subject);
      session.showTab('models');
    },
    forecast: async (subject) => {
      await showPanel(subject);
      session.showTab('forecast');
    },
    optimize: (subject) => withPrompt(subject, (open) => deps.assist().optimizePrompt(open, { ...deps, showProposal })),
    fixAll: (subject) => withPrompt(subject, ({ ref }) => fixAllProblems(ref, deps)),
    compareSamples: (subject) => withPrompt(subject, (open) => deps.assist().compareSamples(open, deps)),
    clearRuns: () => session.controller.clear(),
    countTokens: (subject) => runs().countExactly(meant(subject), flow()),
    showCalibration: () => calibration.show(),
    resetCalibration: async (subject) => calibration.reset((await findPrompt(subject, deps))?.ref),
    toggleCacheMap: async () => {
      await deps.settings.update('editor.cacheMap', !deps.settings.read().cacheMap);
    },
    treatAsPrompt: (subject) => treat(subject, true),
    stopTreatingAsPrompt: (subject) => treat(subject, false),
    chooseModel: (subject) => withPrompt(subject, (open) => deps.assist().chooseModel(open, account)),
    accountModels: (subject) => inTrust(commandText.modelsWait, subject, (open) => deps.assist().chooseAccountModel(open, account)),
    resolveModel: (subject) => inTrust(commandText.accountWaits, subject, (open) => deps.assist().resolveArn(open, account)),
    openStoredPrompt: () => (isTrustedFor(commandText.promptsWait, deps.log) ? deps.assist().openStoredPrompt(stored) : undefined),
    compareStoredPrompt: (subject) => inTrust(commandText.promptsWait, subject, (open) => deps.assist().compareStoredPrompt(open, stored)),
    saveStoredPrompt: (subject) => inTrust(commandText.savingWaits, subject, (open) => deps.assist().saveStoredPrompt(open, stored)),
    chooseEndpoint: () => deps.assist().chooseEndpoint(deps),
    chooseProfile: () => (isTrustedFor(commandText.profilesWait, deps.log) ? deps.assist().chooseProfile(deps) : undefined),
    chooseRegion: () => deps.assist().chooseRegion(deps),
    chooseDoor: () => runs().chooseDoor(deps),
    keepApiKey: () => deps.assist().keepApiKey(deps),
    removeApiKey: () => deps.assist().removeApiKey(deps),
    showIdentity: async () => {
      if (!isTrustedFor(commandText.signInWaits, deps.log)) return undefined;
      const target = await readyTarget();
      const caller = await deps.assist().showIdentity(target, deps);
      if (caller !== undefined) runs().noteOwner(target, caller);
      session.refresh();
      return caller;
    },
    signIn: async () => {
      if (isTrustedFor(commandText.signInWaits, deps.log) && (await deps.assist().signIn(deps)))
        vscode.window.setStatusBarMessage(commandText.signedIn, 5000);
    },
    startEmulator: async () => {
      await runs().useEmulator(deps);
      void vscode.window.showInformationMessage(messageText(commandText.emulatorStarted(deps.emulator.url ?? '')));
    },
    stopEmulator: () => deps.emulator.stop(),
    clearEmulatorCache: async () => deps.assist().clearEmulatorCache(await readyTarget(), deps),
    newPrompt: (subject) => deps.assist().newPrompt(uriOf(subject), deps),
    openSample: () => deps.assist().openSample(deps.context.extensionUri),
    filterPrompts: () => deps.prompts().askForFilter(),
    refreshPrompts: () => deps.prompts().refresh(),
    stopSearch: () => deps.prompts().stop(),
    filterRuns: () => deps.history().filter(),
    compareRuns: (_subject, node) => deps.history().compare(node),
    exportRuns: (_subject, node) => deps.history().export(node),
    deleteRuns: (_subject, node) => deps.history().remove(node),
    writePolicy: () =>
      isTrustedFor(commandText.promptsWait, deps.log)
        ? deps.prompts().writePolicy({ bedrock: deps.bedrock, target: readyTarget })
        : undefined,
    showChoices: () => deps.assist().showChoices(destinationText(deps), isActivePrompt(deps)),
    explainRule: (_subject, code) => deps.assist().explainRule(typeof code === 'string' ? code : undefined, deps.context.extensionUri),
    copyDiagnostics: () => deps.assist().copyDiagnostics(deps.context.extension.packageJSON.version, session.controller.records, deps),
    showLog: () => deps.log.show(),
  };
  const moveKeys = (move: MoveKey): void => {
    // Nothing is loaded for a window that has run nothing.
    if (answers === undefined) return;
    answers.moveKeys(move);
    runs().lastChoices.rekey(move);
  };
  return { handlers, moveKeys, dispose: () => vscode.Disposable.from(calibration, texts).dispose() };
};
