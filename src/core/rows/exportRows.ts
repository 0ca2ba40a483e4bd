import { countTokensOf } from '../tokens/usage';
import type { BatchRecord } from './journal';
import type { GivenRow } from './table';

/** What an export has besides the journal. */
export interface ExportedBatch {
  readonly record: BatchRecord;
  readonly rowOf: (row: number) => GivenRow | undefined;
  readonly answerOf: (job: number) => string | undefined;
}

type Cell = string | number | boolean | undefined;

const usualColumns = [
  'row',
  'model',
  'state',
  'answer',
  'met',
  'read',
  'written',
  'input',
  'output',
  'usd',
  'firstMs',
  'ms',
  'stop',
] as const;

const jobCells = (
  { record, answerOf }: ExportedBatch,
  row: number,
  model: number,
): Readonly<Record<(typeof usualColumns)[number], Cell>> => {
  const { batch, jobs } = record;
  const job = row * batch.models.length + model;
  const state = jobs[job];
  const result = state?.kind === 'done' ? state.result : undefined;
  const counts = result?.usage && countTokensOf(result.usage);
  return {
    row: batch.rows[row]?.number,
    model: batch.models[model]?.id,
    state: state?.kind === 'failed' ? `failed: ${state.code}` : state?.kind,
    answer: result && (answerOf(job) ?? result.answer.text),
    met: result?.met,
    read: counts?.read,
    written: counts?.written,
    input: counts?.input,
    output: counts?.output,
    usd: result?.usd,
    firstMs: result?.firstMs,
    ms: result?.ms,
    stop: result?.stop,
  };
};

/** Every job of a batch with its row's values: names of variables, then the columns of the call. */
const records = (exported: ExportedBatch) => {
  const { batch } = exported.record;
  const given = batch.rows.map((_, row) => exported.rowOf(row));
  const names = [...new Set(given.flatMap((row) => Object.keys(row?.values ?? {})))];
  const expects = given.some((row) => row?.expect !== undefined);
  const lines = batch.rows.flatMap((_, row) =>
    batch.models.map((_model, model) => ({
      values: given[row]?.values ?? {},
      expect: given[row]?.expect,
      cells: jobCells(exported, row, model),
    })),
  );
  return { names, expects, lines };
};

/** A table program would take these for formulas (OWASP, CSV injection). */
const looksLikeFormula = /^[=+\-@\t\r]/;

const csvCell = (value: Cell): string => {
  if (value === undefined) return '';
  const text = typeof value === 'string' && looksLikeFormula.test(value) ? `'${value}` : String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

/** The batch as CSV (RFC 4180). A text that a table program would take for a formula gets an apostrophe before it. */
export const csvOf = (exported: ExportedBatch): string => {
  const { names, expects, lines } = records(exported);
  const head = [...names, ...(expects ? ['expect'] : []), ...usualColumns];
  const rows = lines.map(({ values, expect, cells }) => [
    ...names.map((name) => values[name]),
    ...(expects ? [expect] : []),
    ...usualColumns.map((name) => cells[name]),
  ]);
  return [head, ...rows].map((row) => `${row.map(csvCell).join(',')}\r\n`).join('');
};

/** The batch as JSON Lines, an object for each call. */
export const jsonLinesOf = (exported: ExportedBatch): string =>
  records(exported)
    .lines.map(({ values, expect, cells }) => `${JSON.stringify({ values, expect, ...cells })}\n`)
    .join('');
