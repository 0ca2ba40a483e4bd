import { machineText } from '../core/messages/editor/machine';
import { CsvError, parse } from 'csv-parse/sync';

/** A table by the names in its first line, or the line that is no CSV. */
export type CsvReading =
  | { readonly columns: readonly string[]; readonly rows: readonly Readonly<Record<string, string>>[] }
  | { readonly kind: 'notCsv'; readonly line: number; readonly detail: string };

/** Reads CSV (RFC 4180) with commas, semicolons or tabs between cells, whichever the first line has most of; its first line names the columns. */
export const readCsv = (text: string): CsvReading => {
  const first = /^\uFEFF?([^\r\n]*)/.exec(text)?.[1] ?? '';
  const [delimiter = ','] = [',', ';', '\t'].sort((a, b) => first.split(b).length - first.split(a).length);
  try {
    const [columns = [], ...rows] = parse(text, { bom: true, delimiter, skip_empty_lines: true, relax_column_count: false });
    const twice = columns.find((name, at) => columns.indexOf(name) !== at);
    if (twice !== undefined) return { kind: 'notCsv', line: 1, detail: machineText.columnTwice(twice) };
    return { columns, rows: rows.map((row) => Object.fromEntries(columns.map((name, at) => [name.trim(), row[at] ?? '']))) };
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line: unknown = 'lines' in error ? error['lines'] : undefined;
    return { kind: 'notCsv', line: typeof line === 'number' ? line : 1, detail: error.message };
  }
};
