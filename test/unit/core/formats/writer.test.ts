import assert from 'node:assert/strict';
import { filesFrom } from '../../../../src/core/prompt/files';
import { blockText } from '../../../../src/core/prompt/blockText';
import type { FormatId, Prompt, TextBlock } from '../../../../src/core/prompt/model';
import { buildRequest } from '../../../../src/core/request/build';
import { applyEdits, type Edits } from '../../../../src/core/text/edit';
import { parseOnly } from '../../../support/onlyPrompt';

const files = filesFrom({
  'a.md': 'Included line.\nAnother.\n',
  'tools.json': '[{ "toolSpec": { "name": "t" } }, { "cachePoint": { "type": "default" } }]',
});
const lines = ['First {{name}}.', '- a list item', '- today is {{today}}', 'Last.'];
const asPrompt = (body: string): string => `# system:\n${body}\n<!-- cachePoint -->\n# user:\nHi.\n`;
const asJson = (text: string): string =>
  `{\n  "system": [\n    { "text": ${JSON.stringify(text)} },\n    { "cachePoint": { "type": "default" } }\n  ],\n  "messages": [{ "role": "user", "content": [{ "text": "Hi." }] }]\n}\n`;

const read = (text: string, format: FormatId): Prompt => parseOnly(text, format, files);
const firstText = ({ system }: Prompt): TextBlock => {
  const found = system.find((block) => block.kind === 'text');
  assert.ok(found?.kind === 'text');
  return found;
};
/** What the system list sends after the edits, which leave a text that can be read. */
const after = (text: string, format: FormatId, edits: Edits | undefined): readonly unknown[] => {
  assert.ok(edits);
  const prompt = read(applyEdits(text, edits), format);
  assert.deepEqual(prompt.problems, []);
  return (buildRequest(prompt, () => undefined).system ?? []).map((block) => ('text' in block ? block.text : Object.keys(block)[0]));
};

const forms = [
  ['bedrock-prompt', asPrompt(lines.join('\n'))],
  ['bedrock-prompt', asPrompt(lines.join('\n')).replaceAll('\n', '\r\n')],
  ['converse-json', asJson(lines.join('\n'))],
] as const;

describe('a writer', () => {
  for (const [format, text] of forms) {
    const name = `${format}${text.includes('\r\n') ? ' with CRLF' : ''}`;
    const prompt = read(text, format);
    const block = firstText(prompt);
    const whole = blockText(block);
    const item = whole.indexOf('- today');
    const behind = prompt.system.at(-1);

    it(`splits a text at a line of ${name}, and what is sent stays together`, () => {
      const [head, point, tail] = after(text, format, prompt.write.splitAt(block, item, '1h'));
      assert.equal(point, 'cachePoint');
      assert.equal(`${String(head).trimEnd()}\n${String(tail)}`, whole);
    });

    it(`splits a text in the middle of a line of ${name}, and loses nothing`, () => {
      const [head, , tail] = after(text, format, prompt.write.splitAt(block, 6));
      assert.equal(String(head) + String(tail), whole);
    });

    it(`moves a list item of ${name} behind a marker`, () => {
      assert.ok(behind);
      const sent = after(text, format, prompt.write.moveText(block, item, whole.indexOf('Last.'), behind));
      assert.deepEqual(sent, [[lines[0], lines[1], lines[3]].join('\n'), 'cachePoint', lines[2]]);
    });

    it(`moves the last line of ${name}, and the only one`, () => {
      assert.ok(behind);
      const last = after(text, format, prompt.write.moveText(block, whole.indexOf('Last.'), whole.length, behind));
      assert.deepEqual(last, [lines.slice(0, 3).join('\n'), 'cachePoint', 'Last.']);
      const all = after(text, format, prompt.write.moveText(block, 0, whole.length, behind));
      assert.deepEqual(all, ['cachePoint', whole]);
    });

    it(`moves whole lines of ${name} only`, () => {
      assert.ok(behind);
      assert.equal(prompt.write.moveText(block, item + 2, whole.length, behind), undefined);
      assert.equal(prompt.write.moveText(block, 0, 5, behind), undefined);
      assert.equal(prompt.write.moveText(block, 3, 3, behind), undefined);
    });

    it(`puts a text before a block of ${name}`, () => {
      assert.ok(behind);
      const sent = after(text, format, prompt.write.insertText(behind, 'Say "{{x}}".'));
      assert.match(sent.join('\n'), /Say "\{\{x\}\}"\.\ncachePoint$/);
    });
  }

  it('does not part a variable or an include', () => {
    const text = asPrompt('A {{name}}.\n{{> a.md}}\nB.');
    const { write, system } = read(text, 'bedrock-prompt');
    const block = firstText({ system } as Prompt);
    const whole = blockText(block);
    assert.equal(write.splitAt(block, whole.indexOf('name')), undefined);
    assert.equal(write.splitAt(block, whole.indexOf('Another')), undefined);
    assert.ok(write.splitAt(block, whole.indexOf('B.')));
  });

  it('puts no marker where it would be text, and makes no line into something else', () => {
    const fenced = asPrompt('Log:\n```\nline one\nline two\n```\nDone.');
    const prompt = read(fenced, 'bedrock-prompt');
    const block = firstText(prompt);
    assert.equal(prompt.write.splitAt(block, blockText(block).indexOf('line two')), undefined);
    const role = read(asPrompt('Ask the user:\nnow.'), 'bedrock-prompt');
    assert.equal(role.write.splitAt(firstText(role), 'Ask the '.length), undefined);
    const [marker] = role.system.slice(-1);
    assert.ok(marker);
    assert.equal(role.write.insertText(marker, 'a\nuser:\nb'), undefined);
  });

  it('writes nothing into a file that the document brings in', () => {
    const { write, tools } = read('---\ntoolConfig: ./tools.json\n---\n# user:\nHi.\n', 'bedrock-prompt');
    const [tool, marker] = tools;
    assert.ok(tool?.kind === 'json' && marker?.kind === 'cachePoint' && marker.foreign !== undefined);
    assert.equal(write.insertMarker(tool), undefined);
    assert.equal(write.removeMarker(marker), undefined);
    assert.equal(write.setTtl(marker, '1h'), undefined);
    assert.equal(write.setMember(tool, ['name'], 'u'), undefined);
  });

  it('removes neighbors of a list together with their separators', () => {
    const text = '{ "system": [{ "cachePoint": { "type": "default" } }, { "cachePoint": { "type": "default" } }, { "text": "a" }] }';
    const { write, system } = read(text, 'converse-json');
    const edits = write.together(system.map((block) => (block.kind === 'cachePoint' ? write.removeMarker(block) : [])));
    assert.equal(edits && applyEdits(text, edits), '{ "system": [{ "text": "a" }] }');
    assert.equal(write.together([[], undefined]), undefined);
  });
});
