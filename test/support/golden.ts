import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const rewrite = process.env['UPDATE_GOLDEN'] === '1';
const onServer = (process.env['CI'] ?? '') !== '';

/** Writes a golden, or says that it is missing on a build server, where nobody would look at it. */
const write = (path: string, text: string): void => {
  assert.ok(rewrite || !onServer, `there is no ${path}; run the tests with UPDATE_GOLDEN=1 and look at what was written`);
  writeFileSync(path, text);
};

/** Compares a value with the JSON kept at `path`. `UPDATE_GOLDEN=1` writes the file again; a missing one is written too, but is an error on a server. */
export function checkGolden(path: string, actual: unknown): void {
  const text = `${JSON.stringify(actual, undefined, 2)}\n`;
  if (!rewrite && existsSync(path)) return assert.deepEqual(JSON.parse(text), JSON.parse(readFileSync(path, 'utf8')));
  write(path, text);
}

/** The same for a text: lines that are not those of the file are told one by one. */
export function checkGoldenText(path: string, actual: string): void {
  if (rewrite || !existsSync(path)) return write(path, actual);
  const [kept, now] = [readFileSync(path, 'utf8').split('\n'), actual.split('\n')];
  const [gone, added] = [kept.filter((line) => !now.includes(line)), now.filter((line) => !kept.includes(line))];
  assert.deepEqual({ gone, added }, { gone: [], added: [] });
  assert.equal(actual, kept.join('\n'));
}
