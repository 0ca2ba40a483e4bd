import assert from 'node:assert/strict';
import { analyze } from '../../../../src/core/analysis';
import { formats } from '../../../../src/core/formats/index';
import { wireCall } from '../../../../src/core/formats/wireCall';
import { noFiles } from '../../../../src/core/prompt/files';
import { callText } from '../../../../src/core/request/json';
import { applyEdits } from '../../../../src/core/text/edit';
import { defaultSettings } from '../../../../src/core/settings';

const record = (id: string, text: string, more: object = {}): string =>
  JSON.stringify({
    recordId: id,
    modelInput: {
      anthropic_version: 'bedrock-2023-05-31',
      max_tokens: 9,
      system: 'You rate.',
      messages: [{ role: 'user', content: text }],
      ...more,
    },
  });
const read = (text: string) => formats['json-lines'].read(text, noFiles).prompts;
const settings = { ...defaultSettings, defaultModelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' };

describe('JSON Lines', () => {
  it('hold a prompt in each line that is a request, named by its record or its number', () => {
    const lines = [
      record('REC1', 'One.'),
      '',
      '{"modelInput": {"inputText": "a model without messages"}}',
      '{"messages": [{"role": "user", "content": "of another service, about \\"modelInput\\": 1"}]}',
      '{"schemaVersion": "messages-v1", "messages": [{"role": "user", "content": [{"text": "Two."}]}]}',
      record('REC1', 'Three.'),
      record('a "quoted" name', 'Four.'),
    ];
    const prompts = read(`\uFEFF${lines.join('\r\n')}`);
    assert.deepEqual(
      prompts.map(({ id, title }) => [id, title]),
      [
        ['REC1', 'REC1'],
        ['Line 5', 'Line 5'],
        ['REC1 (line 6)', 'REC1'],
        ['a "quoted" name', 'a "quoted" name'],
      ],
    );
    assert.deepEqual(
      prompts.map((entry) => [entry.read().api, entry.read().batch === true]),
      [
        ['messages', true],
        ['nova', false],
        ['messages', true],
        ['messages', true],
      ],
    );
  });

  it('are found without being read, and each line is read for itself', () => {
    const text = [record('A', 'One.'), '{"recordId": "B", "modelInput": {"messages": [{', record('C', 'Three.')].join('\n');
    const [a, b, c] = read(text).map((entry) => entry.read());
    assert.deepEqual([a?.problems.length, c?.problems.length], [0, 0]);
    const [start, end] = [text.indexOf('{"recordId": "B"'), text.indexOf(record('C', 'Three.'))];
    assert.ok((b?.problems.length ?? 0) > 0);
    for (const { span } of b?.problems ?? []) assert.ok(start <= span.start && span.end <= end);
  });

  it('take a record that says nothing of itself for a body of InvokeModel, which a job sends by default, by the form of its blocks', () => {
    const apis = read(
      [
        '{"recordId":"1","modelInput":{"messages":[{"role":"user","content":[{"text":"a"}]}]}}',
        '{"recordId":"2","modelInput":{"messages":[{"role":"user","content":"a"}]}}',
        '{"recordId":"3","modelInput":{"messages":[{"role":"user","content":[{"type":"text","text":"a"}]}]}}',
        '{"recordId":"4","modelInput":{"inferenceConfig":{"maxTokens":9},"messages":[{"role":"user","content":[{"text":"a"}]}]}}',
      ].join('\n'),
    ).map((entry) => entry.read().api);
    assert.deepEqual(apis, ['nova', 'messages', 'messages', 'converse']);
  });

  it('say of a cache point in a batch job that it does nothing, in its line, and ask for none', () => {
    const marked = { system: [{ type: 'text', text: 'You rate. '.repeat(2_000), cache_control: { type: 'ephemeral' } }] };
    const text = [record('A', 'One.', { system: 'You rate. '.repeat(2_000) }), record('B', 'Two.', marked)].join('\n');
    const document = analyze(text, 'json-lines', noFiles, settings);
    assert.deepEqual(
      document.problems.map(({ code, severity, prompt }) => [code, severity, prompt]),
      [['cache/not-on-demand', 'information', 'B']],
    );
    assert.equal(document.problems[0]?.span.start, text.indexOf('"cache_control"'));
    assert.equal(document.of('A')?.savings, undefined);
  });

  it('are changed in their own line', () => {
    const text = `${record('A', 'One.')}\n${record('B', 'Two.')}\n`;
    const prompt = read(text)[1]?.read();
    const [system] = prompt?.system ?? [];
    assert.ok(prompt && system);
    const edits = prompt.write.insertMarker(system);
    assert.ok(edits);
    const [first, second] = applyEdits(text, edits).split('\n');
    assert.equal(first, record('A', 'One.'));
    assert.ok(second?.includes('"system":[{ "type": "text", "text": "You rate.", "cache_control": { "type": "ephemeral" } }]'));
  });

  it('are sent as the characters of the record', () => {
    const prompt = read(record('A', 'One.'))[0]?.read();
    assert.ok(prompt);
    assert.equal(
      callText(wireCall(prompt, () => undefined, 'm')),
      JSON.stringify((JSON.parse(record('A', 'One.')) as { modelInput: object }).modelInput),
    );
  });

  it('are analyzed up to a number where there are very many, and the others when they are looked at', () => {
    const text = Array.from({ length: 30 }, (_, index) => record(`R${index}`, 'Hi.', { tool_choice: 1, unknown: 1 })).join('\n');
    const document = analyze(text, 'json-lines', noFiles, settings, { most: 10 });
    assert.equal(document.prompts.length, 10);
    assert.equal(document.reading.prompts.length, 30);
    assert.ok(document.problems.every(({ prompt }) => /^R\d$/.test(prompt ?? '')));
    assert.equal(document.of('R25')?.problems[0]?.code, 'request/unknown-field');
    assert.equal(document.at(text.indexOf('"R29"'))?.id, 'R29');
  });
});
