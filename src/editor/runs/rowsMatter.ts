import * as vscode from 'vscode';
import type { FeatureDeps } from '../feature';
import type { KeepsKeys } from '../movedKeys';
import type { RowsPart } from '../rows/part';
import { openRowsKey, rowsFolder, warmUntilKey } from '../rows/ports';
import { attempt } from '../commands';

/** Front matter is at the beginning; further on nothing is looked for, as every change asks. */
const mostLines = 500;

const pauseMs = 500;

/** A sample row that may say what its answer should be. */
const mayExpect = /\bexpect["']?[ \t]*:/;

/** Loads what runs rows where a prompt says what its answers should be, where rows of an earlier window are not finished, and where what an earlier
 * window sent may still be warm. */
export const whenRowsMatter = (
  { store, log }: Pick<FeatureDeps, 'store' | 'log'>,
  state: Pick<vscode.Memento, 'get'>,
  rows: () => RowsPart,
): vscode.Disposable => {
  const followed = new Set<string>();
  const look = (document: vscode.TextDocument): void => {
    const key = document.uri.toString();
    if (
      !vscode.workspace.isTrusted ||
      followed.has(key) ||
      !store.holdsPrompt(document) ||
      !mayExpect.test(document.getText(new vscode.Range(0, 0, mostLines, 0)))
    )
      return;
    followed.add(key);
    rows().tests.follow(document);
  };
  vscode.workspace.textDocuments.forEach(look);
  if (state.get<boolean>(openRowsKey) === true) void attempt(log, 'Rows of earlier', () => rows().tellUnfinished());
  // The start of the window is for others.
  const mayBeWarm = (state.get<number>(warmUntilKey) ?? 0) > Date.now();
  const waiting = mayBeWarm ? setTimeout(() => rows().showClock(), pauseMs) : undefined;
  return vscode.Disposable.from(store.onDidChange(look), new vscode.Disposable(() => clearTimeout(waiting)));
};

/** Journals of rows follow files that get other names; where there are none, nothing is loaded for them. */
export const keptRows = (storage: vscode.Uri, rows: () => RowsPart): KeepsKeys => ({
  async moveKeys(move) {
    const folder = await Promise.resolve(vscode.workspace.fs.stat(rowsFolder(storage))).catch(() => undefined); // no rows were ever run
    if (folder !== undefined) await rows().moveKeys(move);
  },
});
