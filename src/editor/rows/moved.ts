import * as vscode from 'vscode';
import { entryLine, type BatchEntry, type MovedEntry } from '../../core/rows/journal';
import { baseName } from '../../core/text/path';
import { movedRun, type MoveKey } from '../movedKeys';
import { knownBatches, type FlowDeps } from './known';

/** Where a batch's prompt and rows are after files got other names; `undefined`: where they were. */
export const movedBatch = ({ prompt, source }: BatchEntry, move: MoveKey): Pick<MovedEntry, 'prompt' | 'source'> | undefined => {
  const { prompt: moved, file } = movedRun(
    { subject: prompt.uri, prompt: { document: prompt.uri, id: prompt.id }, file: prompt.name },
    move,
  );
  const path = source.path === undefined ? undefined : move(source.path);
  if (moved.document === prompt.uri && path === source.path) return undefined;
  return {
    prompt: { ...prompt, uri: moved.document, name: file },
    source: path === undefined || path === source.path ? source : { ...source, path, name: baseName(vscode.Uri.parse(path).path) },
  };
};

/** Journals of batches that are not open here belong to their files under new names, too. An entry is one line, so another window may write meanwhile. */
export const moveJournals = async (move: MoveKey, isOpen: (batch: string) => boolean, deps: FlowDeps): Promise<void> => {
  // The oldest first, so that they stay in their order.
  for (const { path, record } of (await knownBatches(deps)).toReversed()) {
    const to = isOpen(record.batch.id) ? undefined : movedBatch(record.batch, move);
    if (to === undefined) continue;
    const journal = await deps.rows.openJournal(path);
    try {
      await journal.append(entryLine({ t: 'moved', at: Date.now(), ...to }));
    } finally {
      await journal.close();
    }
  }
};
