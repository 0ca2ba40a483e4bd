import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { falseAlarmAddress } from '../../../../src/core/editing/falseAlarm';

const root = join(import.meta.dirname, '..', '..', '..', '..');

describe('a false alarm', () => {
  const address = new URL(
    falseAlarmAddress('https://example.com/issues', { code: 'cache/volatile-prefix', version: '0.1.0', format: 'converse-json' }),
  );

  it('is reported in a form that has the fields which are filled in', () => {
    assert.equal(address.pathname, '/issues/new');
    assert.equal(address.searchParams.get('rule'), 'cache/volatile-prefix');
    const form = parse(readFileSync(join(root, '.github', 'ISSUE_TEMPLATE', address.searchParams.get('template') ?? ''), 'utf8')) as {
      readonly body: readonly { readonly id?: string }[]; // our own file
    };
    const ids = form.body.flatMap(({ id }) => id ?? []);
    for (const name of address.searchParams.keys()) assert.ok(['template', 'title', ...ids].includes(name), name);
  });

  it('carries the rule, the version and the kind of file, and nothing else', () => {
    assert.deepEqual([...address.searchParams.keys()], ['template', 'title', 'rule', 'version', 'format']);
  });
});
