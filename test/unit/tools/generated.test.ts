import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { generatedFiles } from '../../../tools/generated';

const root = join(import.meta.dirname, '..', '..', '..');

describe('what is made from the code', () => {
  for (const { path, text } of generatedFiles(root))
    it(`is up to date in ${path} (else: npm run generate)`, () => {
      assert.equal(readFileSync(join(root, path), 'utf8').replaceAll('\r\n', '\n'), text);
    });
});
