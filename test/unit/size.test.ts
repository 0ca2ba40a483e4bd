import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, '..', '..', 'src');
const maxLines = 300;

/** Files that are data: long because there is much of it. */
const data: readonly string[] = ['core/models/claude.ts'];

describe('source files', () => {
  const lines = new Map(
    readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => [file.replaceAll('\\', '/'), readFileSync(join(folder, file), 'utf8').split('\n').length - 1]),
  );

  it('are short enough to be read in one go', () => {
    assert.deepEqual(
      [...lines].filter(([file, count]) => count > maxLines && !data.includes(file)),
      [],
    );
  });

  it('that may be longer are there, and are longer', () => {
    for (const file of data) assert.ok((lines.get(file) ?? 0) > maxLines, file);
  });
});
