import assert from 'node:assert/strict';
import type { PromptIndex, PromptRow } from '../../../src/core/report/promptIndex';
import { nodesOf, readersOf, type PromptNode } from '../../../src/editor/prompts/nodes';

const row = (path: string, title: string, more: Partial<PromptRow> = {}): PromptRow => ({
  path: `/ws/${path}`,
  id: title,
  title,
  format: 'code',
  at: { start: { offset: 0, line: 1, column: 1 }, end: { offset: 0, line: 1, column: 1 } },
  model: 'Claude Sonnet 4.5',
  tokens: 100,
  isOpen: false,
  cachedShare: 0,
  errors: 0,
  warnings: 0,
  sources: [],
  ...more,
});
const at = row('', '').at;

const index: PromptIndex = {
  rows: [
    row('chat.py', 'answer()', { sources: ['/ws/prompts/answer.md'] }),
    row('chat.py', 'summarize()'),
    row('mail.ts', 'remind()', { model: 'Nova Pro' }),
    row('prompts/answer.md', 'Text of a prompt', { sources: ['/ws/prompts/answer.md'] }),
  ],
  members: [
    3,
    {
      tokens: 3100,
      parts: [],
      members: [0, { tokens: 4000, parts: [], members: [1, 2], parting: undefined }],
      parting: { field: 'system', common: 0, rows: [0, 1], at },
    },
  ],
};

type Shape = string | readonly [number, ...Shape[]];
const shapeOf = (node: PromptNode): Shape => {
  if (node.kind === 'prompt') return node.row.title;
  return node.kind === 'parting' ? 'parting' : [node.prompts, ...node.children.map(shapeOf)];
};

describe('the tree of all prompts', () => {
  it('has groups before single prompts, and in each the place where they part', () => {
    assert.deepEqual(nodesOf(index).map(shapeOf), [[3, 'answer()', [2, 'summarize()', 'remind()'], 'parting'], 'Text of a prompt']);
  });

  it('is filtered by words of titles, paths and models; a group of one is that one', () => {
    assert.deepEqual(nodesOf(index, 'nova').map(shapeOf), ['remind()']);
    assert.deepEqual(nodesOf(index, 'CHAT.py sonnet').map(shapeOf), [[2, 'answer()', 'summarize()', 'parting']]);
    assert.deepEqual(nodesOf(index, 'remind chat').map(shapeOf), []);
  });

  it('knows who reads a text, and counts no text among its own readers', () => {
    assert.deepEqual(
      readersOf(index, '/ws/prompts/answer.md').map(({ title }) => title),
      ['answer()'],
    );
    assert.deepEqual(readersOf(index, '/ws/prompts/other.md'), []);
  });
});
