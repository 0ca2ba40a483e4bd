import * as vscode from 'vscode';
import type { SentCall, WarmPrefixes } from '../../core/change/predict';
import { recent } from '../../core/text/recent';
import type { EnginePort } from '../ports';
import type { MoveKey } from '../movedKeys';
import { refKey, type PromptRef } from '../promptRef';
import { emulatorPlace } from './target';

type Row = Readonly<Record<string, string>>;

/** Prefixes that calls of this window have written, by what answered them; and with which values each prompt was sent last. */
export class WarmMemory implements vscode.Disposable {
  #prefixes: WarmPrefixes = new Map();
  readonly #values = recent<string, Row>(50);
  readonly #keeping = new Map<string, number>();
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #engine: EnginePort;

  readonly onDidChange = this.#changed.event;

  constructor(engine: EnginePort) {
    this.#engine = engine;
  }

  get prefixes(): WarmPrefixes {
    return this.#prefixes;
  }

  /** When the last of them ends, in milliseconds since 1970; 0: there is none. */
  get until(): number {
    return Math.max(0, ...[...this.#prefixes.values()].map(({ until }) => until));
  }

  /** A call was answered to its end. */
  answered(call: SentCall, prompt: PromptRef, values: Row): void {
    this.#prefixes = this.#engine().warmAfter(call, this.#prefixes);
    this.#values.set(refKey(prompt), values);
    this.#changed.fire();
  }

  /** The same for a call of which only the prefixes are at hand. */
  wrote(prefixes: Parameters<ReturnType<EnginePort>['warmWith']>[0], at: number, prompt: PromptRef, values: Row): void {
    this.#prefixes = this.#engine().warmWith(prefixes, at, this.#prefixes);
    this.#values.set(refKey(prompt), values);
    this.#changed.fire();
  }

  /** An emulator at this address has forgotten its cache. */
  forget(endpoint: string): void {
    const place = emulatorPlace(endpoint);
    this.#prefixes = new Map([...this.#prefixes].filter(([key]) => !key.startsWith(place)));
    this.#changed.fire();
  }

  /** So many calls will keep this prompt warm; `undefined`: none. */
  keep(prompt: PromptRef, calls: number | undefined): void {
    if (calls === undefined) this.#keeping.delete(refKey(prompt));
    else this.#keeping.set(refKey(prompt), calls);
    void vscode.commands.executeCommand('setContext', 'cachepoint.keepingWarm', this.#keeping.size > 0);
    this.#changed.fire();
  }

  keepingOf(key: string): number | undefined {
    return this.#keeping.get(key);
  }

  /** The values that a prompt was sent with last; none where it was not. */
  valuesOf(prompt: PromptRef): Row | undefined {
    return this.#values.get(refKey(prompt));
  }

  /** Files got other names. */
  moveKeys(move: MoveKey): void {
    this.#values.rekey(move);
  }

  dispose(): void {
    this.#changed.dispose();
  }
}
