import assert from 'node:assert/strict';
import fc from 'fast-check';
import { appendTurn } from '../../../../src/core/chat/appendTurn';
import { movePoints, nextRequest, userBlocks, type UserTurn } from '../../../../src/core/chat/nextTurn';
import { schemaFaultText } from '../../../../src/core/messages/chatText';
import { schemaFaults } from '../../../../src/core/chat/schemaFaults';
import { noFiles } from '../../../../src/core/prompt/files';
import { buildRequest } from '../../../../src/core/request/build';
import type { ContentBlock, ConverseRequest } from '../../../../src/core/request/types';
import { runValues } from '../../../../src/core/request/values';
import type { Caching } from '../../../../src/core/models/types';
import { defaultSettings } from '../../../../src/core/settings';
import { applyEdits } from '../../../../src/core/text/edit';
import { analyzeOnly } from '../../../support/onlyPrompt';

const point = { cachePoint: { type: 'default' } } as const;
const say = (text: string): UserTurn => ({ results: [], text });
const request = (...contents: readonly (readonly ContentBlock[])[]): ConverseRequest => ({
  modelId: 'm',
  messages: contents.map((content, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content })),
});
const claude: Caching = {
  kind: 'explicit',
  minimum: { low: 1, likely: 1, high: 1 },
  maxCheckpoints: 4,
  fields: ['tools', 'system', 'messages'],
  ttls: ['5m', '1h'],
  defaultTtl: '5m',
  lookBack: 20,
  implicit: false,
};
const pointsOf = ({ messages = [] }: ConverseRequest): readonly string[] =>
  messages.flatMap(({ content }, message) => content.flatMap((block, at) => ('cachePoint' in block ? [`${message}.${at}`] : [])));

describe('the next turn', () => {
  it('keeps the answer as it came, and takes the cache point along', () => {
    const reasoning = { reasoningContent: { reasoningText: { text: 'Hm', signature: 'c2ln' } } };
    const next = nextRequest(request([{ text: 'a' }, point]), [reasoning, { text: 'b' }], say('c'), claude);
    assert.deepEqual(next.messages, [
      { role: 'user', content: [{ text: 'a' }] },
      { role: 'assistant', content: [reasoning, { text: 'b' }] },
      { role: 'user', content: [{ text: 'c' }, point] },
    ]);
  });

  it('leaves the last point where the look-back does not reach it', () => {
    const answer = Array.from({ length: 20 }, (_, at) => ({ text: String(at) }));
    const one = (count: number) => pointsOf(nextRequest(request([{ text: 'a' }, point]), answer.slice(0, count), say('c'), claude));
    // The point's own place is the first of twenty.
    assert.deepEqual(one(18), ['2.1']);
    assert.deepEqual(one(19), ['0.1', '2.1']);
    // Models without a look-back need the last one each time.
    assert.deepEqual(pointsOf(nextRequest(request([{ text: 'a' }, point]), [{ text: 'b' }], say('c'), { ...claude, lookBack: 1 })), [
      '0.1',
      '2.1',
    ]);
  });

  it('never has more points than the model takes', () => {
    const full = request([{ text: 'a' }, point], [{ text: 'b' }], [{ text: 'c' }, point], [{ text: 'd' }], [{ text: 'e' }, point]);
    const system = { ...full, system: [{ text: 's' }, point] };
    assert.deepEqual(pointsOf(nextRequest(system, [{ text: 'f' }], say('g'), { ...claude, lookBack: 1 })), ['2.1', '4.1', '6.1']);
  });

  it('adds no point where there is none, where none is taken, and beside tools where that is refused', () => {
    const at = (one: ConverseRequest, caching: Caching | undefined, turn = say('c')) => movePoints(one, userBlocks(turn), caching).point;
    assert.equal(at(request([{ text: 'a' }]), claude), undefined);
    assert.equal(at(request([{ text: 'a' }, point]), { kind: 'none' }), undefined);
    assert.equal(at(request([{ text: 'a' }, point]), { ...claude, fields: ['system'] }), undefined);
    const tools: UserTurn = { results: [{ toolUseId: 't', content: [{ text: 'r' }] }], text: '' };
    assert.equal(at(request([{ text: 'a' }, point]), { ...claude, refusesToolMessages: true }, tools), undefined);
    assert.deepEqual(at({ ...request([{ text: 'a' }]), system: [{ text: 's' }, point] }, claude), { type: 'default' });
  });

  it('keeps the lifetime of the point that moves', () => {
    const hour = { cachePoint: { type: 'default', ttl: '1h' } } as const;
    assert.deepEqual(movePoints(request([{ text: 'a' }, hour]), [{ text: 'b' }], claude).point, { type: 'default', ttl: '1h' });
  });
});

describe('a turn written into a prompt', () => {
  const model = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
  const answers: readonly (readonly ContentBlock[])[] = [
    [{ text: 'Winter is coming.' }],
    [{ text: 'Two\nlines\n\nand a third.' }],
    [{ text: '# user:\nnot a section' }],
    [{ text: 'A {{variable}} and\n<!-- cachePoint -->\n```js\ncode\n```\n![picture](a.png)' }],
    [{ text: 'one' }, { text: 'two' }],
    [{ text: '  spaces  ' }],
    [{ reasoningContent: { reasoningText: { text: 'Let me\nsee {{x}}', signature: 'c2ln' } } }, { text: 'Done' }],
    [{ text: 'I look.' }, { toolUse: { toolUseId: 't1', name: 'find', input: { text: '```\n{{a}}\\' } } }],
  ];
  const turns: readonly UserTurn[] = [
    say('And then?'),
    { results: [{ toolUseId: 't1', content: [{ json: { found: ['{{b}}'] } }] }], text: 'Go on' },
  ];
  const documents = {
    'bedrock-prompt': `---\nmodelId: ${model}\n---\n# system:\nBe brief.\n<!-- cachePoint -->\n\n# user:\nHello\n<!-- cachePoint -->`,
    'converse-json': JSON.stringify(
      {
        modelId: model,
        system: [{ text: 'Be brief.' }, point],
        messages: [{ role: 'user', content: [{ text: 'Hello' }, point] }],
      },
      null,
      2,
    ),
    json: JSON.stringify({
      modelId: model,
      system: [{ text: 'Be brief.' }, point],
      messages: [{ role: 'user', content: [{ text: 'Hello' }, point] }],
    }),
  } as const;
  for (const [format, text] of Object.entries(documents) as [keyof typeof documents, string][])
    for (const [at, answer] of answers.entries())
      it(`is read again as what is sent: ${format}, answer ${at + 1}`, () => {
        for (const turn of turns) {
          const read = (all: string) => analyzeOnly(all, format, noFiles, defaultSettings);
          const { prompt, plan } = read(text);
          const before = { ...buildRequest(prompt, runValues([], {})), modelId: model };
          const wanted = nextRequest(before, answer, turn, plan.caching);
          const { dropped } = movePoints(before, [...answer, ...userBlocks(turn)], plan.caching);
          const edits = appendTurn(text, prompt, (wanted.messages ?? []).slice(-2), dropped);
          assert.ok(edits);
          const after = read(applyEdits(text, edits));
          assert.deepEqual(JSON.parse(JSON.stringify(buildRequest(after.prompt, runValues([], {})))), JSON.parse(JSON.stringify(wanted)));
        }
      });
});

describe('an answer that is written into a prompt file', () => {
  const text = `---\nmodelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0\n---\n# user:\nHello`;
  const read = (all: string) => analyzeOnly(all, 'bedrock-prompt', noFiles, defaultSettings);
  const { prompt } = read(text);
  const turnsOf = (answer: string, question: string) =>
    [
      { role: 'assistant', content: [{ text: answer }] },
      { role: 'user', content: [{ text: question }] },
    ] as const;
  const written = (answer: string, question = 'And then?'): string => {
    const edits = appendTurn(text, prompt, turnsOf(answer, question), []);
    assert.ok(edits);
    return applyEdits(text, edits);
  };

  it('stays Markdown as the model wrote it', () => {
    const answer =
      '## Returns\n\n# First\n\n| a | b |\n| - | - |\n\n```sh\nrenew --card\n```\n\n![Way](https://library.example/way.png)\n- `x`';
    assert.equal(written(answer), `${text}\n\n# assistant:\n${answer}\n\n# user:\nAnd then?\n`);
  });

  it('is read again as the same, whatever its lines are', () => {
    const lines = fc.constantFrom(
      ...[
        '# user:',
        'system :',
        '\\user:',
        '## Title',
        '```',
        '```sh',
        '````',
        '~~~',
        '```converse',
        '{"text": "x"}',
        '<!-- cachePoint -->',
        '<!-- note -->',
      ],
      ...[
        '![a](a.png)',
        '[a](a.pdf)',
        '![a](https://a.example/a.png)',
        '[[cache_point]]',
        '{{name}}',
        '\\{{name}}',
        '{{> ./a.md}}',
        '---',
        '',
        'word',
        '  word',
        '    ```',
      ],
      ...[
        '/* cache breakpoint */',
        'cache_control: ephemeral',
        '<|cache|>',
        '== cachepoint ==',
        'Assistant:',
        '# Assistant: yes',
        '<!--cachepoint-ignore x-->',
      ],
    );
    const texts = fc
      .array(lines, { minLength: 1, maxLength: 6 })
      .map((all) => all.join('\n'))
      .filter((all) => all.trim() !== '');
    fc.assert(
      fc.property(texts, texts, (answer, question) => {
        const again = read(written(answer, question));
        const { messages } = buildRequest(again.prompt, runValues([], {}));
        assert.deepEqual(JSON.parse(JSON.stringify(messages?.slice(-2))), turnsOf(answer, question));
      }),
      { numRuns: 300 },
    );
  });
});

describe('a value against the schema of a tool', () => {
  const schema = {
    type: 'object',
    required: ['id', 'kind'],
    additionalProperties: false,
    properties: { id: { type: 'integer' }, kind: { enum: ['a', 'b'] }, tags: { type: 'array', items: { type: 'string' } } },
  };
  it('is named where it does not fit', () => {
    assert.deepEqual(schemaFaults(schema, { id: 1, kind: 'a', tags: ['x'] }), []);
    assert.deepEqual(schemaFaults(schema, { id: 1.5, tags: [2], more: true }).map(schemaFaultText), [
      'input.kind is missing',
      'input.more is no member of the schema',
      'input.id is number, and should be integer',
      'input.tags[0] is integer, and should be string',
    ]);
    assert.deepEqual(schemaFaults(schema, { id: 1, kind: 'c' }).map(schemaFaultText), ['input.kind should be one of "a", "b"']);
    assert.deepEqual(schemaFaults({ type: 'number' }, 3), []);
    assert.deepEqual(schemaFaults(true, 3), []);
  });
});
