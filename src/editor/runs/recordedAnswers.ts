import type * as vscode from 'vscode';
import type { CallPlace, RunPort } from '../../core/runs/port';
import {
  findAnswer,
  holdsSecret,
  keyText,
  parseRecorded,
  recordedModes,
  recording,
  replaying,
  withAnswer,
  type RecordedAnswers,
  type RecordedMode,
} from '../../core/runs/recorded';
import type { Settings } from '../../core/settings';
import { isRecord } from '../../core/text/json';
import type { MoveKey } from '../movedKeys';
import { refKey, type PromptRef } from '../promptRef';

const answersKey = 'cachepoint.recordedAnswers';
const modesKey = 'cachepoint.recordedAnswersOf';

/** A call as it would be sent. */
export interface RecordedCall {
  readonly ref: PromptRef;
  readonly door: string;
  readonly modelId: string;
  /** The request as text. */
  readonly body: string;
  /** Send it, whatever was recorded. */
  readonly forReal: boolean;
}

type Wishes = Pick<Settings, 'recordedAnswers' | 'keepTexts'>;

const hashOf = async (text: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))).toString('hex');

/** Answers of earlier runs that are given again: those of this window in memory, others in the workspace's state. */
export class RecordedAnswersMemory {
  readonly #state: Pick<vscode.Memento, 'get' | 'update'>;
  #inWindow: RecordedAnswers = [];

  constructor(state: Pick<vscode.Memento, 'get' | 'update'>) {
    this.#state = state;
  }

  /** What was chosen for a prompt, else what the setting says. Texts outlast the window only where they may be kept. */
  modeFor(ref: PromptRef, { recordedAnswers, keepTexts }: Wishes): RecordedMode {
    const wished = this.chosenFor(ref) ?? recordedAnswers;
    return wished === 'persistent' && !keepTexts ? 'window' : wished;
  }

  chosenFor(ref: PromptRef): RecordedMode | undefined {
    const chosen = this.#modes()[refKey(ref)];
    return recordedModes.find((mode) => mode === chosen);
  }

  /** `undefined`: as the setting says. */
  async choose(ref: PromptRef, mode: RecordedMode | undefined): Promise<void> {
    const { [refKey(ref)]: _before, ...others } = this.#modes();
    await this.#state.update(modesKey, mode === undefined ? others : { ...others, [refKey(ref)]: mode });
    if (mode === 'off' || mode === 'window') await this.forget(ref, mode === 'off');
  }

  /** Drops what is kept of a prompt with the workspace, and in this window too. */
  async forget(ref: PromptRef, inWindow = true): Promise<void> {
    if (inWindow) this.#inWindow = this.#inWindow.filter(({ subject }) => subject !== refKey(ref));
    await this.#state.update(
      answersKey,
      this.#kept().filter(({ subject }) => subject !== refKey(ref)),
    );
  }

  /** What makes the call: the recorded answer where there is one, else the port, whose answer is recorded. `replays`: nothing will be sent. */
  async portFor(
    { ref, door, modelId, body, forReal }: RecordedCall,
    place: Pick<CallPlace, 'identity' | 'region' | 'address'>,
    port: RunPort,
    wishes: Wishes,
  ): Promise<{ readonly port: RunPort; readonly replays: boolean }> {
    const mode = this.modeFor(ref, wishes);
    if (mode === 'off') return { port, replays: false };
    const key = await hashOf(keyText(place, door, modelId, body));
    const subject = refKey(ref);
    const known = mode === 'persistent' ? [...this.#inWindow, ...this.#kept()] : this.#inWindow;
    const found = forReal ? undefined : findAnswer(known, key, subject, Date.now());
    if (found !== undefined) return { port: replaying(found, () => performance.now()), replays: true };
    const keep = (said: RecordedAnswers[number]['said']): void => {
      const answer = { key, subject, at: Date.now(), said };
      this.#inWindow = withAnswer(this.#inWindow, answer);
      if (mode === 'persistent' && !holdsSecret(said)) void this.#state.update(answersKey, withAnswer(this.#kept(), answer));
    };
    return { port: recording(port, keep), replays: false };
  }

  /** Files got other names; what is kept with the workspace is moved there. */
  moveKeys(move: MoveKey): void {
    this.#inWindow = this.#inWindow.map((one) => ({ ...one, subject: move(one.subject) }));
  }

  #kept(): RecordedAnswers {
    return parseRecorded(this.#state.get<unknown>(answersKey));
  }

  #modes(): Readonly<Record<string, unknown>> {
    const modes = this.#state.get<unknown>(modesKey);
    return isRecord(modes) ? modes : {};
  }
}
