import assert from 'node:assert/strict';
import { analyze, type DocumentAnalysis } from '../../../../src/core/analysis';
import { chainedOf, sharedPrefixes } from '../../../../src/core/change/sharedPrefixes';
import { numberFormats } from '../../../../src/core/figures/numbers';
import {
  groupDescription,
  groupDetails,
  groupTitle,
  partingDetails,
  partingTitle,
  readBy,
  rowDescription,
  rowLabel,
  viewNotes,
} from '../../../../src/core/messages/promptsView';
import { filesFrom } from '../../../../src/core/prompt/files';
import { promptIndex, promptRow, type Indexed, type IndexGroup, type PromptIndex } from '../../../../src/core/report/promptIndex';
import { defaultSettings } from '../../../../src/core/settings';
import { lineIndex } from '../../../../src/core/text/lines';

const formats = numberFormats('en');
const policy = `# House rules\n\n${'Answer in one sentence, and name the rule of the handbook. '.repeat(200)}`;
const tool = `\`\`\`json tools\n[{ "toolSpec": { "name": "find", "description": "${'Finds books. '.repeat(40)}", "inputSchema": { "json": { "type": "object" } } } }]\n\`\`\`\n`;
const prompt = (own: string, question: string): string =>
  `---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# system:\n{{> ./policy.md}}\n<!-- cachePoint -->\n${own}\n# user:\n${question}\n`;

/** The index of documents by their paths. */
const indexOf = (documents: Readonly<Record<string, string>>): PromptIndex => {
  const chains = Object.entries(documents).flatMap(([path, text]) => {
    const document: DocumentAnalysis = analyze(text, 'bedrock-prompt', filesFrom({ 'policy.md': policy }), defaultSettings);
    const lines = lineIndex(text);
    return document.prompts.map((one) => chainedOf<Indexed>({ row: promptRow(path, one, lines), lines }, one.prompt, one.plan));
  });
  return promptIndex(
    chains.map(({ of }) => of),
    sharedPrefixes(chains),
  );
};

const groupIn = ({ members }: PromptIndex): IndexGroup => {
  const group = members.find((member) => typeof member !== 'number');
  assert.ok(group !== undefined);
  return group;
};

describe('the index of all prompts', () => {
  const index = indexOf({
    '/ws/a.bedrock.md': prompt('You write letters.', 'Now?'),
    '/ws/sub/b.bedrock.md': prompt('You sort books.', 'Now?'),
    '/ws/c.bedrock.md': '# user:\nNow?\n',
  });

  it('has a row for each, with its figures and the files that it rests on', () => {
    const [a, , c] = index.rows;
    assert.ok(a && c);
    assert.deepEqual(
      [a.path, a.id, a.model, a.at.start.line, a.sources],
      ['/ws/a.bedrock.md', 'only', 'Claude Sonnet 4.5', 1, ['/ws/policy.md']],
    );
    assert.ok(a.tokens > 2000 && a.cachedShare > 0.9);
    assert.equal(index.rows[1]?.sources[0], '/ws/sub/policy.md');
    assert.deepEqual([c.model, c.cachedShare, c.isOpen], ['', 0, false]);
  });

  it('groups them by what they share, called by its file, and says where they part', () => {
    const group = groupIn(index);
    assert.deepEqual(group.members, [0, 1]);
    assert.deepEqual(group.parts, [{ field: 'system', name: 'policy.md' }]);
    assert.deepEqual([group.parting?.field, group.parting?.rows, group.parting?.at.start.line], ['system', [0, 1], 7]);
  });

  it('calls a text by its first words and several tools by one word', () => {
    const write = (own: string): string =>
      `---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n${tool}# system:\n${policy}\n<!-- cachePoint -->\n${own}\n# user:\nNow?\n`;
    const { parts } = groupIn(indexOf({ '/a.bedrock.md': write('One.'), '/b.bedrock.md': write('Two.') }));
    assert.deepEqual(parts.at(-1), { field: 'system', name: 'House rules' });
  });
});

describe('what the view of prompts says', () => {
  const row = { title: 'answer()', model: 'Claude Sonnet 4.5', tokens: 4812, isOpen: false, cachedShare: 0.89, errors: 0, warnings: 1 };

  it('of a prompt', () => {
    assert.equal(rowDescription(row, formats), '4,812 tokens · 89% cached · 1 warning · Claude Sonnet 4.5');
    assert.equal(
      rowDescription({ ...row, model: '', isOpen: true, cachedShare: 0, errors: 2, warnings: 0 }, formats),
      'at least 4,812 tokens · not cached · 2 errors',
    );
    assert.equal(
      rowLabel(row, 'src/chat.py', formats),
      'Prompt answer() in src/chat.py, Claude Sonnet 4.5, 4,812 tokens, 89% cached, 1 warning',
    );
    assert.match(rowLabel({ ...row, model: '' }, 'a', formats), /no model named/);
  });

  it('of a group', () => {
    const parts = [
      { field: 'tools', name: '' },
      { field: 'system', name: 'policy.md' },
    ] as const;
    assert.equal(groupTitle(4, 3100, formats), '4 prompts share 3,100 tokens');
    assert.equal(groupDescription(parts), 'tools + policy.md');
    assert.equal(groupDescription([...parts, ...parts, ...parts]), 'tools + policy.md + tools + 3 more');
    assert.match(groupDetails(3100, parts), /the same tools \+ policy\.md\./);
    assert.equal(groupTitle(2, 0, formats), '2 prompts begin nearly alike');
    assert.match(groupDetails(0, []), /share nothing/);
  });

  it('of the place where they part', () => {
    assert.equal(partingTitle('system', 12, formats), 'They part at the system text');
    assert.equal(partingTitle('system', 1900, formats), 'They part after 1,900 characters of the system text');
    assert.match(partingDetails('a', 'b'), /^a and b differ/);
  });

  it('of who reads a text, and of its search', () => {
    const reader = { title: 'answer()', file: 'chat.py' };
    assert.equal(readBy([reader]), 'Read by answer() in chat.py');
    assert.equal(readBy([reader, reader, reader]), 'Read by answer() in chat.py and 2 more');
    assert.equal(viewNotes.searching(0, 0, formats), 'Looking for prompts…');
    assert.equal(viewNotes.searching(12, 4000, formats), 'Looking for prompts: 12 of 4,000 files…');
  });
});
