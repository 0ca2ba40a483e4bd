import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formats } from '../../../../src/core/formats/index';
import { wireCall } from '../../../../src/core/formats/wireCall';
import { noFiles } from '../../../../src/core/prompt/files';
import type { Prompt } from '../../../../src/core/prompt/model';
import { buildRequest } from '../../../../src/core/request/build';
import { callBody, callText } from '../../../../src/core/request/json';
import { decode } from '../../../../src/core/text/notation';
import { placeOf } from '../../../../src/core/text/segment';
import { nestedJson } from '../../../../src/core/text/nestedJson';

const none = (): undefined => undefined;
const read = (value: unknown): Prompt | undefined =>
  formats.json.read(typeof value === 'string' ? value : JSON.stringify(value, undefined, 2), noFiles).prompts[0]?.read();
const ask = [{ role: 'user', content: [{ text: 'Hi.' }] }];
const chat = [{ role: 'user', content: 'Hi.' }];
const version = 'bedrock-2023-05-31';

describe('JSON of any name', () => {
  const found: readonly (readonly [name: string, value: object, api: Prompt['api'], modelId: string | undefined])[] = [
    ['a Converse request', { modelId: 'm', messages: ask }, 'converse', 'm'],
    ['one that names no model', { messages: ask, inferenceConfig: {} }, 'converse', undefined],
    ['a Messages body', { anthropic_version: version, max_tokens: 9, messages: chat }, 'messages', undefined],
    [
      'one as Anthropic’s clients take it',
      { model: 'us.anthropic.claude-x', max_tokens: 9, messages: chat },
      'messages',
      'us.anthropic.claude-x',
    ],
    ['a Nova body', { schemaVersion: 'messages-v1', messages: ask }, 'nova', undefined],
    ['a Nova body without its version', { messages: ask, inferenceConfig: { max_new_tokens: 9 } }, 'nova', undefined],
    ['a wrapped Converse request', { modelId: 'm', body: { messages: ask, system: [] } }, 'converse', 'm'],
    ['a wrapped Messages body', { modelId: 'm', body: { anthropic_version: version, messages: chat } }, 'messages', 'm'],
    ['a body as a string', { modelId: 'm', body: JSON.stringify({ anthropic_version: version, messages: chat }) }, 'messages', 'm'],
    [
      'a body in base64',
      { modelId: 'm', body: Buffer.from(JSON.stringify({ schemaVersion: 'messages-v1', messages: ask })).toString('base64') },
      'nova',
      'm',
    ],
    ['a record of a batch job', { recordId: 'r', modelInput: { anthropic_version: version, messages: chat } }, 'messages', undefined],
  ];
  for (const [name, value, api, modelId] of found)
    it(`is ${name}`, () => {
      const prompt = read(value);
      assert.equal(prompt?.api, api);
      assert.equal(prompt.header.modelId?.value, modelId);
      assert.equal(prompt.messages[0]?.content.length, 1);
    });

  const others: readonly (readonly [name: string, value: unknown])[] = [
    ['a manifest with the same names', { name: 'modelId', messages: { greeting: 'cachePoint' }, system: ['linux'] }],
    [
      'a chat request of another service',
      { model: 'gpt-5.5', messages: [{ role: 'system', content: 'Be brief.' }, ...chat], max_tokens: 5 },
    ],
    ['a list of requests', [{ modelId: 'm', messages: ask }]],
    ['a recording', { interactions: [{ request: { modelId: 'm', messages: ask } }] }],
    ['an answer', { output: { message: { role: 'assistant', content: [{ text: 'a' }] } }, usage: {} }],
    ['a schema', { properties: { messages: { type: 'array' }, modelId: { type: 'string' }, inferenceConfig: {} } }],
    ['a body for other models', { modelId: 'm', body: { inputText: 'messages' } }],
    ['a body that is no JSON', { modelId: 'm', body: 'messages' }],
    ['nothing', ''],
    ['a word', '"messages"'],
  ];
  for (const [name, value] of others) it(`is no prompt where it is ${name}`, () => assert.equal(read(value), undefined));
});

describe('a document that a person calls a request', () => {
  it('is read as what it is, whatever it is called', () => {
    const body = JSON.stringify({ anthropic_version: version, max_tokens: 9, messages: chat });
    for (const format of ['converse-json', 'messages', 'nova'] as const) {
      const prompt = formats[format].read(body, noFiles).prompts[0]?.read();
      assert.deepEqual([prompt?.api, prompt?.format, prompt?.problems], ['messages', 'messages', []]);
    }
  });

  it('is one even where it says nothing yet', () => {
    for (const [format, api] of [
      ['converse-json', 'converse'],
      ['messages', 'messages'],
      ['nova', 'nova'],
    ] as const)
      for (const text of ['', '{', '{ "messages": [', '[]']) assert.equal(formats[format].read(text, noFiles).prompts[0]?.read().api, api);
  });
});

describe('the body that is sent', () => {
  const sent = (prompt: Prompt | undefined): string => callBody(wireCall(prompt ?? assert.fail(), none, 'm'));

  it('is the body as it is written, character for character, and that is what is shown', () => {
    const body = `{ "anthropic_version": "${version}",\n\t"unknown": 1e2, "max_tokens" : 9, "messages":[{"role":"user","content":"\\u00e9"}] }`;
    for (const text of [body, `\uFEFF\n${body}\n`, `{ "modelId": "m", "body": ${body} }`, JSON.stringify({ body })]) {
      const prompt = read(text);
      assert.equal(sent(prompt), body);
      assert.equal(callText(wireCall(prompt ?? assert.fail(), none, 'm')), body);
    }
  });

  it('is JSON where what is written is not', () => {
    const text = `{ // why\n "anthropic_version": "${version}", "messages": [], }`;
    assert.equal(sent(read(text)), `{"anthropic_version":"${version}","messages":[]}`);
  });

  it('is what Anthropic’s clients make of what they take', () => {
    const value = { model: 'anthropic.claude-x', max_tokens: 9, stream: true, messages: chat };
    assert.equal(sent(read(value)), JSON.stringify({ anthropic_version: version, max_tokens: 9, messages: chat }));
  });
});

describe('a body as a string', () => {
  it('keeps the place of each character of its texts', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 20 }), fc.nat(), fc.nat(), (said, a, b) => {
        const document = JSON.stringify({ modelId: 'm', body: JSON.stringify({ system: [{ text: said }], messages: ask }) });
        const prompt = read(document);
        const [block] = prompt?.system ?? [];
        assert.ok(prompt && block?.kind === 'text');
        const [segment] = block.segments;
        assert.ok(segment?.kind === 'text');
        assert.equal(segment.text, said);
        const [from, to] = [a % (said.length + 1), b % (said.length + 1)].sort((one, other) => one - other) as [number, number];
        const { span } = placeOf(prompt.sources, segment, from, to);
        assert.equal(decode(nestedJson, document, span), said.slice(from, to));
        assert.equal(
          decode(nestedJson, `"${nestedJson.write(said) ?? ''}"`, { start: 1, end: (nestedJson.write(said) ?? '').length + 1 }),
          said,
        );
        assert.deepEqual(buildRequest(prompt, none).system, [{ text: said }]);
      }),
      { numRuns: 500 },
    );
  });

  it('tells what is wrong inside of it where that stands', () => {
    const text =
      '{ "modelId": "m", "body": "{\\"inferenceConfig\\": {}, \\"messages\\": [{\\"role\\": \\"user\\", \\"content\\": [{\\"text\\": oops}]}]}" }';
    const problem = read(text)?.problems[0];
    assert.equal(problem && text.slice(problem.span.start, problem.span.end), 'oops');
  });
});
