import type { Prompt } from '../prompt/model';
import { missingValues, wireOrder } from '../request/build';
import { nameOfHole, runValues } from '../request/values';
import { segmentsOf } from '../prompt/model';
import { isRecord } from '../text/json';
import { nearestAmong } from '../text/nearest';

/** Values of a prompt's variables for one call, with what its answer should be. */
export interface GivenRow {
  /** Its place in what it was read from: the first is 1. */
  readonly number: number;
  readonly values: Readonly<Record<string, string>>;
  /** What the answer is held against; see `expectation`. */
  readonly expect?: string;
}

/** Rows by the names of their columns, as a file has them: texts, or whatever JSON holds. */
export interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}

/** Why a table gives no rows. */
export type TableProblem =
  | { readonly kind: 'notCsv'; readonly line: number; readonly detail: string }
  | { readonly kind: 'notJson'; readonly line: number }
  | { readonly kind: 'notObject'; readonly line: number }
  | { readonly kind: 'unreadable'; readonly detail: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'tooMany'; readonly rows: number; readonly most: number }
  /** Columns that the prompt has no variable for, with the variable that each was surely meant to be. */
  | { readonly kind: 'unknownColumns'; readonly columns: readonly { readonly name: string; readonly nearest: string | undefined }[] }
  /** Variables without a default that no column gives. */
  | { readonly kind: 'missingColumns'; readonly columns: readonly string[] }
  /** A row without a value for some variables, or with one that is no text, number or boolean. */
  | { readonly kind: 'missingValues'; readonly row: number; readonly names: readonly string[] }
  | { readonly kind: 'notText'; readonly row: number; readonly names: readonly string[] };

/** The column that holds what an answer should be, unless the prompt has a variable of that name. */
export const expectColumn = 'expect';

/** Reads JSON Lines, an object for each row; empty lines are none. */
export const readJsonLines = (text: string): Table | TableProblem => {
  const rows: Readonly<Record<string, unknown>>[] = [];
  for (const [at, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (line.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(line);
    } catch {
      return { kind: 'notJson', line: at + 1 };
    }
    if (!isRecord(value)) return { kind: 'notObject', line: at + 1 };
    rows.push(value);
  }
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
};

/** What a prompt takes: every name it uses or declares, and those that have to be given. */
export const columnsOf = (prompt: Prompt): { readonly known: readonly string[]; readonly needed: readonly string[] } => {
  const { variables } = prompt.header;
  const used = wireOrder(prompt).flatMap(({ block }) => segmentsOf(block).flatMap((segment) => nameOfHole(segment) ?? []));
  return {
    known: [...new Set([...variables.map(({ name }) => name), ...used])],
    needed: missingValues(prompt, runValues(variables, {})),
  };
};

const asText = (value: unknown): string | undefined =>
  typeof value === 'string' ? value : typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;

const isGiven = (value: unknown): boolean => value !== undefined && value !== null;

/** The rows of a table for a prompt, or all that is wrong with it. */
export const rowsOf = (
  table: Table,
  prompt: Prompt,
): { readonly rows: readonly GivenRow[] } | { readonly problems: readonly TableProblem[] } => {
  const { known, needed } = columnsOf(prompt);
  const expects = !known.includes(expectColumn);
  const takes = new Set(expects ? [...known, expectColumn] : known);
  const nearest = nearestAmong(new Set(known));
  const problems: TableProblem[] = [];
  if (table.rows.length === 0) problems.push({ kind: 'empty' });
  if (table.rows.length > mostRows) problems.push({ kind: 'tooMany', rows: table.rows.length, most: mostRows });
  const unknown = table.columns.filter((name) => !takes.has(name));
  if (unknown.length > 0) problems.push({ kind: 'unknownColumns', columns: unknown.map((name) => ({ name, nearest: nearest(name) })) });
  const absent = needed.filter((name) => !table.columns.includes(name));
  if (absent.length > 0 && table.rows.length > 0) problems.push({ kind: 'missingColumns', columns: absent });
  if (problems.length > 0) return { problems };
  const rows = table.rows.map((row, index): GivenRow => {
    const given = Object.entries(row).filter(([, value]) => isGiven(value));
    const notText = given.filter(([, value]) => asText(value) === undefined).map(([name]) => name);
    if (notText.length > 0) problems.push({ kind: 'notText', row: index + 1, names: notText });
    const lacks = needed.filter((name) => !isGiven(row[name]));
    if (lacks.length > 0) problems.push({ kind: 'missingValues', row: index + 1, names: lacks });
    const values = Object.fromEntries(given.map(([name, value]) => [name, asText(value) ?? '']));
    const { [expectColumn]: expect, ...rest } = values;
    return expects && expect !== undefined
      ? { number: index + 1, values: rest, ...(expect === '' ? {} : { expect }) }
      : { number: index + 1, values };
  });
  return problems.length > 0 ? { problems } : { rows };
};

/** More rows than these are a matter for a batch job. */
export const mostRows = 10_000;

/** A prompt's own sample rows as a table. */
export const sampleTable = ({ header }: Prompt): Table => {
  const rows = header.samples.map(({ value }) => value);
  return { columns: [...new Set(rows.flatMap((row) => Object.keys(row)))], rows };
};
