import assert from 'node:assert/strict';
import { documentNames, volatileInName } from '../../../../src/core/varies/documentNames';

const found = (name: string): readonly string[] => volatileInName(name).map(({ kind, start, end }) => `${kind}: ${name.slice(start, end)}`);

describe('the name of a document', () => {
  it('looks made for an upload with an identifier or a date and a time', () => {
    assert.deepEqual(found('scan-20261014-094107'), ['time: 20261014-094107']);
    assert.deepEqual(found('Screenshot 2026-10-14 at 09'), []);
    assert.deepEqual(found('export 2026-10-14 09-41'), ['time: 2026-10-14 09-41']);
    assert.deepEqual(found('upload-1795357927123'), ['epoch: 1795357927123']);
    assert.deepEqual(found('file-7c9e6679-7425-40de-944b-e07fc1f90ae7'), ['uuid: 7c9e6679-7425-40de-944b-e07fc1f90ae7']);
    assert.deepEqual(found('doc 4bf92f3577b34da6a3ce929d0e0e4736'), ['hexId: 4bf92f3577b34da6a3ce929d0e0e4736']);
    assert.deepEqual(found('doc-7f3a9c2e'), ['hexId: 7f3a9c2e']);
    assert.deepEqual(found('tmpx3_k9a1b'), ['requestId: tmpx3_k9a1b']);
  });

  it('is fixed with a year, a date of an edition, a number or a word', () => {
    for (const name of [
      'house-rules-2026',
      'price list 2026-10-14',
      'invoice 20261014',
      'chapter 12',
      'deadbeef',
      'ISO 13485',
      'form 1040 (2024)',
      '',
    ])
      assert.deepEqual(found(name), [], name);
  });

  it('is found in the block itself and in the results of a tool', () => {
    const document = { format: 'txt', name: 'rules', source: { text: 'x' } };
    assert.deepEqual([...documentNames('document', document)], ['rules']);
    assert.deepEqual([...documentNames('toolResult', { content: [{ document }, { text: 'rules' }] })], ['rules']);
    assert.deepEqual([...documentNames('toolUse', { name: 'find', input: { name: 'x' } })], []);
  });
});
