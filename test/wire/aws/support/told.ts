import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import type { RunView } from '../../../../src/core/panel/protocol';
import { runsView } from '../../../../src/core/panel/runsView';
import type { RunEvent } from '../../../../src/core/runs/events';
import { aStart, fold } from '../../../support/runRecords';

/** What the panel shows of a live run with these events. */
export const viewOf = (events: readonly RunEvent[]): RunView => {
  const record = fold(aStart({ service: 'aws', prices: undefined }), ...events);
  const [view = assert.fail('no view')] = runsView({ records: [record], shown: [record.id], locale: 'en', timeZone: 'UTC' }).runs;
  return view;
};

/** A table of a document for people, by the title of its section. */
export interface Section {
  readonly title: string;
  /** Heads of the columns. */
  readonly columns: readonly string[];
  /** One line for each row, as `rowOf` makes it. */
  readonly rows: readonly string[];
}

export const rowOf = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

/** The document says what tests saw, row for row; what stands before its first section is left as it is. Written again with UPDATE_GOLDEN=1. */
export const isTold = (document: string, sections: readonly Section[]): void => {
  const [head = ''] = readFileSync(document, 'utf8').split(/^## /m);
  const tables = sections.map(({ title, columns, rows }) =>
    [`## ${title}`, '', rowOf(...columns), rowOf(...columns.map(() => '---')), ...rows].join('\n'),
  );
  const expected = `${head}${tables.join('\n\n')}\n`;
  if (process.env['UPDATE_GOLDEN'] !== undefined) writeFileSync(document, expected);
  assert.equal(readFileSync(document, 'utf8'), expected);
};
