import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const rewrite = process.env['UPDATE_GOLDEN'] === '1';
const onServer = (process.env['CI'] ?? '') !== '';

/**
 * Compares a value with the JSON kept at `path`. `UPDATE_GOLDEN=1` writes the file again; a missing one is written too, but is an error on a
 * build server, where nobody would look at it.
 */
export function checkGolden(path: string, actual: unknown): void {
  const text = `${JSON.stringify(actual, undefined, 2)}\n`;
  if (!rewrite && existsSync(path)) return assert.deepEqual(JSON.parse(text), JSON.parse(readFileSync(path, 'utf8')));
  assert.ok(rewrite || !onServer, `there is no ${path}; run the tests with UPDATE_GOLDEN=1 and look at what was written`);
  writeFileSync(path, text);
}
