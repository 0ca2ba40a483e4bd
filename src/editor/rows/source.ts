import * as vscode from 'vscode';
import { rowsDialogs } from '../../core/messages/editor/rows';
import type { PromptAnalysis } from '../../core/analysis';
import type { BatchEntry } from '../../core/rows/journal';
import { readJsonLines, rowsOf, sampleTable, type GivenRow, type Table, type TableProblem } from '../../core/rows/table';
import { baseName } from '../../core/text/path';
import type { RowsMachine } from './ports';

/** Rows for a prompt, with where they came from; or what is wrong with them. */
export type ReadRows =
  | { readonly source: BatchEntry['source']; readonly rows: readonly GivenRow[] }
  | { readonly source: BatchEntry['source']; readonly problems: readonly TableProblem[] };

const tableOfFile = (source: BatchEntry['source'], text: string, { readCsv }: Pick<RowsMachine, 'readCsv'>): Table | TableProblem =>
  source.kind === 'csv' ? readCsv(text) : readJsonLines(text);

/** Which kind of table a file is, by its ending. */
export const sourceOfFile = (uri: vscode.Uri): BatchEntry['source'] => ({
  kind: /\.(?:jsonl|ndjson)$/i.test(uri.path) ? 'jsonLines' : 'csv',
  name: baseName(uri.path),
  path: uri.toString(),
});

export const samples: BatchEntry['source'] = { kind: 'samples', name: rowsDialogs.samplesName };

/** Reads rows where they are kept, also once more when a batch goes on. */
export const readRows = async (
  source: BatchEntry['source'],
  { prompt }: PromptAnalysis,
  machine: Pick<RowsMachine, 'readCsv'>,
): Promise<ReadRows> => {
  if (source.path === undefined) return { source, ...rowsOf(sampleTable(prompt), prompt) };
  let bytes: Uint8Array;
  try {
    bytes = await vscode.workspace.fs.readFile(vscode.Uri.parse(source.path));
  } catch (error) {
    return { source, problems: [{ kind: 'unreadable', detail: error instanceof Error ? error.message : String(error) }] };
  }
  const table = tableOfFile(source, new TextDecoder().decode(bytes), machine);
  return 'columns' in table && 'rows' in table ? { source, ...rowsOf(table, prompt) } : { source, problems: [table] };
};
