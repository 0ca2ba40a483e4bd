import assert from 'node:assert/strict';
import { moveVarying, type VaryingMove } from '../../../../src/core/advice/moveVarying';
import { filesFrom } from '../../../../src/core/prompt/files';
import type { FormatId } from '../../../../src/core/prompt/model';
import { defaultSettings } from '../../../../src/core/settings';
import { applyEdits } from '../../../../src/core/text/edit';
import { analyzeOnly } from '../../../support/onlyPrompt';

const model = 'us.anthropic.claude-opus-5';
const point = '<!-- cachePoint -->\n';
const policy = Array.from({ length: 60 }, (_, at) => `Rule ${at}: a parcel that is late is told of at once.\n`).join('');
const files = filesFrom({ 'now.txt': 'Current time: 09:40\n', 'rules.txt': `Current time: 09:40\n${policy}` });

const file = (system: string, user = 'Where is it?\n', front = ''): string =>
  `---\nmodelId: ${model}\n${front}---\n# system:\n${system}\n# user:\n${user}`;

const moveIn = (text: string, format: FormatId = 'bedrock-prompt'): VaryingMove | undefined =>
  moveVarying(analyzeOnly(text, format, files, defaultSettings).input);

const after = (text: string, format: FormatId = 'bedrock-prompt'): string | undefined => {
  const move = moveIn(text, format);
  return move && applyEdits(text, move.edits).replace(policy, 'POLICY\n').replace(JSON.stringify(policy).slice(1, -1), 'POLICY');
};

const bodyAfter = (text: string): string | undefined => after(text)?.split('# system:\n')[1];

describe('moving what varies', () => {
  it('writes it behind the last cache point that can work', () => {
    const text = file(`Current time: 09:40\n\n${policy}${point}`);
    assert.equal(bodyAfter(text), `\nPOLICY\n${point}Current time: 09:40\n\n# user:\nWhere is it?\n`);
    assert.deepEqual([moveIn(text)?.what, moveIn(text)?.parts, moveIn(text)?.to], ['Current time: 09:40', 1, 'cachePoint']);
  });

  it('writes it to the end of the last user message where there is no cache point', () => {
    assert.match(bodyAfter(file(`Current time: 09:40\n\n${policy}`)) ?? '', /# user:\nWhere is it\?\nCurrent time: 09:40\n$/);
    assert.equal(moveIn(file(`Current time: 09:40\n\n${policy}`))?.to, 'message');
  });

  it('takes all that varies along, in its order', () => {
    const text = file(`- now: {{now}}\n- fixed\n\n${policy}\nFor {{who}}.\n${point}`, 'Hi\n', 'variables:\n  now: x\n  who: y\n');
    assert.match(bodyAfter(text) ?? '', /<!-- cachePoint -->\n- now: \{\{now\}\}\nFor \{\{who\}\}\.\n/);
    assert.equal(moveIn(text)?.parts, 2);
  });

  it('names the first line that says something, not the one that opens a fence', () => {
    const text = file(`\`\`\`yaml\nnow: {{now}}\n\`\`\`\n${policy}${point}`, 'Hi\n', 'variables:\n  now: x\n');
    assert.equal(moveIn(text)?.what, 'now: {{now}}');
  });

  it('leaves what varies by session only', () => {
    const front = 'variables:\n  who: { example: y, varies: session }\n';
    assert.equal(moveIn(file(`For {{who}}.\n${policy}${point}`, 'Hi\n', front)), undefined);
  });

  it('moves an include whose whole text varies as its line, and no part of another file', () => {
    assert.match(bodyAfter(file(`{{> ./now.txt}}\n\n${policy}${point}`)) ?? '', /<!-- cachePoint -->\n\{\{> \.\/now\.txt\}\}\n/);
    assert.equal(moveIn(file(`{{> ./rules.txt}}\n\nMore.\n${point}`)), undefined);
  });

  it('splits a text of JSON, or moves its block', () => {
    const request = (system: string): string =>
      `{ "modelId": "${model}", "system": [${system}, { "cachePoint": { "type": "default" } }], "messages": [{ "role": "user", "content": [{ "text": "Hi" }] }] }`;
    const written = JSON.stringify(policy).slice(1, -1);
    const split = after(request(`{ "text": "Current time: 09:40\\n${written}" }`), 'converse-json') ?? '';
    assert.match(split, /\[\{ "text": "POLICY" \}, \{ "cachePoint": \{ "type": "default" \} \}, \{ "text": "Current time: 09:40" \}\]/);
    const whole = after(request(`{ "text": "Current time: 09:40" }, { "text": "${written}" }`), 'converse-json') ?? '';
    assert.match(whole, /\[\{ "text": "POLICY" \}, \{ "cachePoint": \{ "type": "default" \} \}, \{ "text": "Current time: 09:40" \}\]/);
  });

  it('is not offered where it cannot be written: in a tool, in what an assistant says, with nothing that varies', () => {
    const tool = `toolConfig:\n  tools:\n    - toolSpec: { name: a, description: "Today is 2026-11-28.", inputSchema: { json: { type: object } } }\n`;
    assert.equal(moveIn(file(`${policy}${point}`, 'Hi\n', tool)), undefined);
    const said = `Hi\n\n# assistant:\nCurrent time: 09:40\n\n# user:\nAnd now?\n${point}`;
    assert.equal(moveIn(file(policy, said)), undefined);
    assert.equal(moveIn(file(`${policy}${point}`)), undefined);
  });
});
