import * as vscode from 'vscode';
import { rowsDialogs } from '../../core/messages/editor/rows';
import type { PromptAnalysis } from '../../core/analysis';
import type { GivenRow } from '../../core/rows/table';
import type { PromptRef } from '../promptRef';
import { tagOf } from '../runs/tag';
import { cachePlace } from '../runs/target';
import type { RowsDeps, RowsMachine } from './ports';
import { prepareBatch, type PreparedBatch } from './prepare';

const breathe = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** Everything of a batch but its journal. */
export interface Ready {
  readonly analyses: readonly PromptAnalysis[];
  readonly rows: readonly GivenRow[];
  readonly prepared: PreparedBatch;
  readonly digest: (text: string) => string;
  readonly target: Awaited<ReturnType<RowsDeps['readyTarget']>>;
}

/** Fills the prompt with each row on each model, for where runs go now. */
export const prepare = async (
  ref: PromptRef,
  analyses: readonly PromptAnalysis[],
  rows: readonly GivenRow[],
  deps: RowsDeps & { readonly rows: RowsMachine },
): Promise<Ready> => {
  const target = await deps.readyTarget();
  const digest = await deps.rows.digestOf(vscode.Uri.joinPath(deps.storage, 'history').fsPath);
  const work = () =>
    prepareBatch(analyses, rows, cachePlace(target), { engine: deps.engine, digest, breathe, tag: tagOf(ref, deps.settings.read()) });
  const options = { location: vscode.ProgressLocation.Window, title: rowsDialogs.reading };
  return { analyses, rows, digest, target, prepared: await vscode.window.withProgress(options, work) };
};
