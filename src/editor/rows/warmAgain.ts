import * as vscode from 'vscode';
import { attempt } from '../commands';
import { debounce } from '../debounce';
import { activePrompt } from '../documents/choosePrompt';
import { refKey } from '../promptRef';
import { shownTarget } from '../runs/target';
import { warmUntilKey, type RowsDeps } from './ports';

/** A later end is written down when it is later by this much. */
const enoughMs = 30_000;
/** Somebody may be on their way to another prompt. */
const pauseMs = 300;

export interface WarmAgainDeps extends Pick<RowsDeps, 'warm' | 'log' | 'store' | 'settings' | 'emulator' | 'apiKeys'> {
  readonly history: () => Pick<ReturnType<RowsDeps['history']>, 'warmBefore'>;
}

/** After a reload the history is asked once for each prompt that comes to the front what is still warm of it; only while something may be. */
export const whenWarmBefore = (deps: WarmAgainDeps, state: Pick<vscode.Memento, 'get' | 'update'>): vscode.Disposable => {
  const { warm: memory, history } = deps;
  let noted = state.get<number>(warmUntilKey) ?? 0;
  const note = (): void => {
    const { until } = memory;
    if (until < noted + enoughMs) return;
    noted = until;
    void state.update(warmUntilKey, until);
  };
  const before = noted;
  note();
  const asked = new Set<string>();
  const look = async (): Promise<void> => {
    if (Date.now() >= before || !vscode.workspace.isTrusted) return;
    const ref = activePrompt(deps);
    if (ref === undefined || asked.has(refKey(ref)) || memory.valuesOf(ref) !== undefined) return;
    asked.add(refKey(ref));
    const analysis = await deps.store.settled(ref);
    const found = analysis && (await history().warmBefore(ref, analysis, shownTarget(deps)));
    // A call of this window knows better.
    if (found === undefined || memory.valuesOf(ref) !== undefined) return;
    for (const { prefix, at } of found.entries) memory.wrote([prefix], at, ref, found.values);
  };
  const watched: vscode.Disposable[] = [memory.onDidChange(note)];
  if (Date.now() < before) {
    const looking = debounce(() => void attempt(deps.log, 'What was warm before', look));
    const soon = (): void => looking.soon(pauseMs);
    soon();
    watched.push(looking, deps.store.onDidChange(soon), vscode.window.onDidChangeActiveTextEditor(soon));
  }
  return vscode.Disposable.from(...watched);
};
