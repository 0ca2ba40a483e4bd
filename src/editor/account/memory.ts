import * as vscode from 'vscode';
import type { Callable } from '../../core/runs/account';
import { factOf, modelsBehind, parseAccountFacts, withCallables, type AccountFact, type AccountFacts } from '../../core/runs/accountFacts';
import type { Settings } from '../../core/settings';
import type { Log } from '../workspace/log';
import type { SettingsReader } from '../workspace/settings';

/** Key in the editor's global state: ids, ARNs and Regions, and never a text or a secret. */
const memoryKey = 'cachepoint.account';

/** What accounts told of their profiles, routers and what they bought, kept over sessions and shared by all windows. */
export class AccountMemory implements vscode.Disposable {
  readonly #state: Pick<vscode.Memento, 'get' | 'update'>;
  readonly #log: Pick<Log, 'error'>;
  readonly #changed = new vscode.EventEmitter<void>();
  #stored: unknown;
  #facts: AccountFacts | undefined;
  #models: Readonly<Record<string, string>> = {};

  readonly onDidChange = this.#changed.event;

  constructor(state: Pick<vscode.Memento, 'get' | 'update'>, log: Pick<Log, 'error'>) {
    this.#state = state;
    this.#log = log;
  }

  /** All that is known; asked again each time, as another window may have learned too. */
  get facts(): AccountFacts {
    const stored = this.#state.get<unknown>(memoryKey);
    if (this.#facts === undefined || stored !== this.#stored) {
      this.#stored = stored;
      this.#facts = parseAccountFacts(stored);
      this.#models = modelsBehind(this.#facts);
    }
    return this.#facts;
  }

  /** Which model answers behind an ARN that does not name it. */
  get models(): Readonly<Record<string, string>> {
    void this.facts;
    return this.#models;
  }

  of(id: string, region: string | undefined): AccountFact | undefined {
    return factOf(this.facts, id, region);
  }

  remember(callables: readonly Callable[], region: string | undefined): void {
    const facts = withCallables(this.facts, callables, region, Date.now());
    this.#state.update(memoryKey, facts).then(undefined, (error: unknown) => this.#log.error('Models of the account were not kept', error));
    this.#changed.fire();
  }

  dispose(): void {
    this.#changed.dispose();
  }
}

/** Settings in which ARNs that an account has told are mapped to their models; what a setting says of one comes before. */
export const withAccount = (settings: SettingsReader, memory: AccountMemory): SettingsReader => {
  const changed = new vscode.EventEmitter<void>();
  const withModels = <S extends Pick<Settings, 'profileModels'>>(read: S): S => ({
    ...read,
    profileModels: { ...memory.models, ...read.profileModels },
  });
  const listeners = [settings.onDidChange(() => changed.fire()), memory.onDidChange(() => changed.fire())];
  return {
    ...settings,
    read: (uri) => withModels(settings.read(uri)),
    own: () => withModels(settings.own()),
    onDidChange: changed.event,
    dispose: () => {
      for (const listener of listeners) listener.dispose();
      changed.dispose();
      settings.dispose();
    },
  };
};
