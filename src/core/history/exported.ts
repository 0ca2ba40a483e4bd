import { countTokensOf, hitRateOf } from '../tokens/usage';
import type { StoredRun } from './stored';

/** Forms in which runs leave the history. */
export type ExportForm = 'csv' | 'jsonl';

type Cell = string | number | undefined;

const columns: readonly (readonly [name: string, of: (run: StoredRun) => Cell])[] = [
  ['id', ({ id }) => id],
  ['prompt', ({ file }) => file],
  ['document', ({ prompt }) => prompt?.document],
  ['prompt_id', ({ prompt }) => prompt?.id],
  ['row', ({ row }) => row],
  ['model_id', ({ modelId }) => modelId],
  ['service', ({ service }) => service],
  ['region', ({ region }) => region],
  ['state', ({ state }) => state],
  ['failure', ({ failure }) => failure?.code],
  ['stop_reason', ({ stopReason }) => stopReason],
  ['input_tokens', ({ usage }) => usage && countTokensOf(usage).input],
  ['cache_read_tokens', ({ usage }) => usage && countTokensOf(usage).read],
  ['cache_write_tokens', ({ usage }) => usage && countTokensOf(usage).written],
  ['output_tokens', ({ usage }) => usage && countTokensOf(usage).output],
  ['hit_rate', ({ usage }) => usage && hitRateOf(countTokensOf(usage))],
  ['usd_low', ({ usd }) => usd?.low],
  ['usd', ({ usd }) => usd?.likely],
  ['usd_high', ({ usd }) => usd?.high],
  ['first_token_ms', ({ firstDeltaMs }) => firstDeltaMs],
  ['total_ms', ({ totalMs }) => totalMs],
  ['request_id', ({ requestId }) => requestId],
];

const textColumns: readonly (readonly [name: string, of: (run: StoredRun) => Cell])[] = [
  ['request', ({ texts }) => texts?.request],
  ['answer', ({ texts }) => texts?.answer],
];

/** A cell of CSV (RFC 4180). What a spreadsheet would take for a formula gets an apostrophe before it. */
const cell = (value: Cell): string => {
  if (value === undefined) return '';
  const text = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

const line = (cells: readonly Cell[]): string => `${cells.map(cell).join(',')}\r\n`;

/** What stands before the first run. */
export const exportHead = (form: ExportForm, texts: boolean): string =>
  form === 'jsonl' ? '' : line(['started_at', ...[...columns, ...(texts ? textColumns : [])].map(([name]) => name)]);

/** One run in a form, with its texts or without; `iso` says a time as ISO 8601 does. */
export const exportedRun = (run: StoredRun, form: ExportForm, texts: boolean, iso: (at: number) => string): string =>
  form === 'jsonl'
    ? `${JSON.stringify(texts ? run : { ...run, texts: undefined })}\n`
    : line([iso(run.startedAt), ...[...columns, ...(texts ? textColumns : [])].map(([, of]) => of(run))]);
