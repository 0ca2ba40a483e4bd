import * as vscode from 'vscode';
import { commandText } from '../../core/messages/editor/commands';
import { onlyPrompt } from '../../core/prompt/model';
import type { Calibration, CalibrationContext } from '../../core/tokens/calibrate';
import type { CountedPrefix } from '../../core/tokens/calibration/pointCounts';
import type { CountAnswer, Learned, Lesson, NoLesson, RunAnswer } from '../../core/tokens/calibration/lesson';
import type { CalibrationSource } from '../documents/analysisStore';
import { visibleLine } from '../../core/text/visible';
import { DisposableStore } from '../dispose';
import type { FeatureDeps } from '../feature';
import type { Log } from '../workspace/log';
import type { MoveKey } from '../movedKeys';
import { refKey, type PromptRef } from '../promptRef';
import type { EnginePort } from '../ports';

/** Key in the editor's global state, which holds numbers and hashes and never a text. */
const memoryKey = 'cachepoint.calibration';
const countedKey = 'cachepoint.counted';

/** What past answers of the service taught, kept over sessions and shared by all windows. Nothing is read before the first prompt. */
export class CalibrationMemory implements CalibrationSource, vscode.Disposable {
  readonly #state: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #engine: EnginePort;
  readonly #log: Pick<Log, 'error'>;
  readonly #changed = new vscode.EventEmitter<void>();
  /** Names of this session's prompts by the hash of their address. */
  readonly #names = new Map<string, string>();
  readonly #keys = new Set<string>();
  #stored: unknown;
  #parsed: Calibration | undefined;

  readonly onDidChange = this.#changed.event;

  constructor(state: Pick<vscode.Memento, 'get' | 'update'>, engine: EnginePort, log: Pick<Log, 'error'>) {
    this.#state = state;
    this.#engine = engine;
    this.#log = log;
  }

  /** All that is known; asked again each time, as another window may have learned too. */
  get current(): Calibration {
    const stored = this.#state.get<unknown>(memoryKey);
    if (this.#parsed === undefined || stored !== this.#stored) {
      this.#stored = stored;
      this.#parsed = this.#engine().parseCalibration(stored);
    }
    return this.#parsed;
  }

  /** What the service counted, of prefixes and of whole requests. */
  get counted(): readonly CountedPrefix[] {
    const stored = this.#state.get<unknown>(countedKey);
    return stored === undefined ? [] : this.#engine().parseCounted(stored);
  }

  contextFor(ref: PromptRef): CalibrationContext | undefined {
    const file = this.#keyOf(ref);
    const { counted } = this;
    if (counted.length === 0) return Object.keys(this.current.models).length === 0 ? undefined : { ...this.#contextOf(ref), file };
    return { ...this.#contextOf(ref), points: this.#engine().pointCountsOf(counted, Date.now()) };
  }

  /** Keeps what the service counted. */
  keepCounted(counts: readonly CountedPrefix[]): void {
    if (counts.length === 0) return;
    const all = this.#engine().addCounted(this.counted, counts);
    this.#state.update(countedKey, all).then(undefined, (error: unknown) => this.#log.error('Counts were not stored', error));
    this.#changed.fire();
  }

  /** Takes in a finished run; gives what it taught, for the panel. */
  learnFromRun(answer: RunAnswer, request: CountAnswer['request'], model: CountAnswer['model'], ref: PromptRef): Learned | undefined {
    const outcome = this.#keep(this.#engine().learnFromRun(answer, request, model, this.#contextOf(ref)));
    return typeof outcome === 'string' ? undefined : outcome;
  }

  /** Takes in an answer of CountTokens; gives what it taught, or why it teaches nothing. */
  learnFromCount(answer: Omit<CountAnswer, 'source'>, ref: PromptRef): Learned | NoLesson | undefined {
    return this.#keep(this.#engine().learnFromCount({ ...answer, source: 'countTokens' }, this.#contextOf(ref)));
  }

  /** Forgets one model, or all. */
  forget(modelId?: string): void {
    const { counted } = this;
    const rest = counted.filter(([model]) => modelId !== undefined && model !== modelId);
    if (rest.length < counted.length) void this.#state.update(countedKey, rest);
    this.#store(this.#engine().forget(this.current, modelId));
  }

  /** Files got other names; `more`: keys beside those of the prompts of this session, as hashes do not tell what they are of. */
  moveKeys(move: MoveKey, more: readonly string[]): void {
    const { hashOf, moveFiles } = this.#engine();
    const moved = [...this.#keys, ...more].filter((key) => move(key) !== key);
    const hashes = new Map(moved.map((key) => [hashOf(key), hashOf(move(key))]));
    const { current } = this;
    const next = moveFiles(current, (file) => hashes.get(file) ?? file);
    if (next !== current) this.#store(next);
  }

  /** A prompt's name by its hash, for prompts seen in this session. */
  nameOf(file: string): string | undefined {
    return this.#names.get(file);
  }

  dispose(): void {
    this.#changed.dispose();
  }

  #contextOf(ref: PromptRef): CalibrationContext {
    return { calibration: this.current, file: this.#keyOf(ref), now: Date.now() };
  }

  #keyOf(ref: PromptRef): string {
    this.#keys.add(refKey(ref));
    const key = this.#engine().hashOf(refKey(ref));
    const part = ref.id === onlyPrompt ? '' : `: ${ref.id}`;
    if (!this.#names.has(key)) this.#names.set(key, `${vscode.workspace.asRelativePath(ref.uri)}${part}`);
    return key;
  }

  #keep(lesson: Lesson): Learned | NoLesson | undefined {
    if (lesson.kind === 'nothing') return lesson.why;
    this.#store(lesson.calibration);
    return lesson.learned;
  }

  #store(calibration: Calibration): void {
    this.#state.update(memoryKey, calibration).then(undefined, (error: unknown) => this.#log.error('Calibration was not stored', error));
    this.#changed.fire();
  }
}

const reportScheme = 'cachepoint-calibration';

/** The commands that show and reset what was learned. */
export const createCalibrationCommands = (
  deps: Pick<FeatureDeps, 'engine' | 'formats' | 'store'>,
  memory: Pick<CalibrationMemory, 'current' | 'nameOf' | 'forget' | 'onDidChange'>,
) => {
  const owned = new DisposableStore();
  const uri = vscode.Uri.from({ scheme: reportScheme, path: 'Calibration.md' });
  const changed = owned.add(new vscode.EventEmitter<vscode.Uri>());
  owned.add(
    vscode.workspace.registerTextDocumentContentProvider(reportScheme, {
      onDidChange: changed.event,
      provideTextDocumentContent: () =>
        deps.engine().calibrationReport(memory.current, {
          now: Date.now(),
          models: deps.engine().catalogWith([]),
          fileName: (file) => visibleLine(memory.nameOf(file) ?? '') || undefined,
          date: (at) => new Date(at).toISOString().slice(0, 10),
          formats: deps.formats,
        }),
    }),
  );
  owned.add(memory.onDidChange(() => changed.fire(uri)));

  /** Opens the report rendered, as text where the editor renders no Markdown; it follows what is learned while it is open. */
  const show = async (): Promise<void> => {
    changed.fire(uri);
    try {
      await vscode.commands.executeCommand('markdown.showPreview', uri);
    } catch {
      // Without the editor's own Markdown there is no such command.
      await vscode.window.showTextDocument(uri);
    }
  };

  const learnedModel = (prompt: PromptRef | undefined) => {
    const model = prompt && deps.store.of(prompt)?.plan.model;
    return model !== undefined && deps.engine().observationsOf(memory.current, model.id).length > 0 ? model : undefined;
  };

  /** Asks what to forget: the model of this prompt, or all. */
  const reset = async (prompt: PromptRef | undefined): Promise<void> => {
    const count = Object.keys(memory.current.models).length;
    if (count === 0) {
      void vscode.window.showInformationMessage(commandText.nothingLearned);
      return;
    }
    const model = learnedModel(prompt);
    const [only, all] = [commandText.only(model?.name ?? ''), commandText.allModels];
    const detail = commandText.forgetDetail;
    const choices = model === undefined ? [all] : [only, all];
    const choice = await vscode.window.showWarningMessage(commandText.forgetQuestion, { modal: true, detail }, ...choices);
    if (choice === all) memory.forget();
    else if (choice === only && model !== undefined) memory.forget(model.id);
  };

  return { show, reset, dispose: () => owned.dispose() };
};
