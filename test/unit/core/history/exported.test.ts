import assert from 'node:assert/strict';
import { parse } from 'csv-parse/sync';
import { exportedRun, exportHead } from '../../../../src/core/history/exported';
import { aStoredRun } from '../../../support/storedRuns';

const iso = (at: number): string => new Date(at).toISOString();
const texts = { request: '{\n  "a": 1\n}', answer: 'Yes, "today".', reasoning: '', toolUses: [] };
const run = aStoredRun({ id: 'r1', row: '=HYPERLINK("x")', region: 'us-east-1' }, texts);

describe('exported runs', () => {
  it('are CSV that other programs read, without a formula and without texts unless they are wanted', () => {
    const [plain] = parse(`${exportHead('csv', false)}${exportedRun(run, 'csv', false, iso)}`, { columns: true }) as Record<
      string,
      string
    >[];
    assert.equal(plain?.['started_at'], '2026-11-23T14:03:27.000Z');
    assert.equal(plain['row'], `'=HYPERLINK("x")`);
    assert.equal(plain['cache_write_tokens'], '2000');
    assert.equal(plain['hit_rate'], '0');
    assert.ok(!('answer' in plain));
    const [whole] = parse(`${exportHead('csv', true)}${exportedRun(run, 'csv', true, iso)}`, { columns: true }) as Record<string, string>[];
    assert.equal(whole?.['answer'], texts.answer);
    assert.equal(whole['request'], texts.request);
  });

  it('are JSON Lines with all that is kept, and texts only where they are wanted', () => {
    assert.equal(exportHead('jsonl', true), '');
    assert.deepEqual((JSON.parse(exportedRun(run, 'jsonl', true, iso)) as { texts: unknown }).texts, texts);
    assert.doesNotMatch(exportedRun(run, 'jsonl', false, iso), /today/);
  });
});
