import assert from 'node:assert/strict';
import { readExpectation, meets } from '../../../../src/core/rows/expectation';
import { rowFault } from '../../../../src/core/rows/rowFault';
import { sendingOrder, type Job } from '../../../../src/core/rows/schedule';
import { readJsonLines, rowsOf, sampleTable, type Table } from '../../../../src/core/rows/table';
import { noFiles } from '../../../../src/core/prompt/files';
import { parseOnly } from '../../../support/onlyPrompt';

const text = `---
model: anthropic.claude-sonnet-4-5-20250929-v1:0
variables:
  house:
    default: Stark
  question:
    example: Who?
samples:
  - question: One?
    expect: yes
---
# System
Of {{house}} and {{tone}}.

# User
{{question}}
`;
const prompt = parseOnly(text, 'bedrock-prompt', noFiles);
const problems = (table: Table | { readonly kind: string }) => {
  assert.ok('rows' in table);
  const rows = rowsOf(table, prompt);
  return 'problems' in rows ? rows.problems : rows.rows;
};
const table = (...rows: readonly Readonly<Record<string, unknown>>[]): Table => ({
  columns: [...new Set(rows.flatMap(Object.keys))],
  rows,
});

describe('rows of a table', () => {
  it('have a value for each variable without a default, and perhaps what the answer should be', () => {
    assert.deepEqual(problems(table({ question: 'Who?', tone: 'kind', expect: 'Arya' })), [
      { number: 1, values: { question: 'Who?', tone: 'kind' }, expect: 'Arya' },
    ]);
    assert.deepEqual(problems(table({ question: 7, tone: true, expect: '' })), [{ number: 1, values: { question: '7', tone: 'true' } }]);
  });

  it('are none where columns are wrong, which are named', () => {
    assert.deepEqual(problems(table({ qestion: 'Who?', hat: 1 })), [
      {
        kind: 'unknownColumns',
        columns: [
          { name: 'qestion', nearest: 'question' },
          { name: 'hat', nearest: undefined },
        ],
      },
      { kind: 'missingColumns', columns: ['tone', 'question'] },
    ]);
  });

  it('are none where one lacks a value or has one that is no text', () => {
    assert.deepEqual(problems(table({ question: 'a', tone: 'b' }, { question: 'c', tone: null }, { question: {}, tone: 'd' })), [
      { kind: 'missingValues', row: 2, names: ['tone'] },
      { kind: 'notText', row: 3, names: ['question'] },
    ]);
  });

  it('are none of an empty table', () => assert.deepEqual(problems(table()), [{ kind: 'empty' }]));

  it('are the sample rows of the prompt too', () => {
    assert.deepEqual(sampleTable(prompt), { columns: ['question', 'expect'], rows: [{ question: 'One?', expect: 'yes' }] });
  });
});

describe('JSON Lines', () => {
  it('are read with a mark of their bytes, empty lines and either line end', () => {
    assert.deepEqual(readJsonLines('\uFEFF{"a":1}\r\n\r\n{"b":"x"}\n'), { columns: ['a', 'b'], rows: [{ a: 1 }, { b: 'x' }] });
  });

  it('name the line that is none', () => {
    assert.deepEqual(readJsonLines('{"a":1}\n{"a":'), { kind: 'notJson', line: 2 });
    assert.deepEqual(readJsonLines('\n[1]'), { kind: 'notObject', line: 2 });
  });
});

describe('a call that cannot be sent', () => {
  const call = (body: object) => ({ api: 'converse', modelId: 'm', body: { modelId: 'm', ...body } }) as const;
  const schema = (text: string) =>
    call({ outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: text } } } } });
  it('is one whose body or schema is no JSON with the values in place', () => {
    assert.equal(rowFault({ api: 'messages', modelId: 'm', body: '{"messages": "a"b"}' }), 'bodyNotJson');
    assert.equal(rowFault({ api: 'messages', modelId: 'm', body: '{"messages": []}' }), undefined);
    assert.equal(rowFault(schema('{"type": "ob"ject"}')), 'schemaNotJson');
    assert.equal(rowFault(schema('{"type": "object"}')), undefined);
  });
  it('is one with a text of white space alone, or half a character', () => {
    const user = (text: string) => call({ messages: [{ role: 'user', content: [{ text }] }] });
    assert.equal(rowFault(user(' \n')), 'blankText');
    assert.equal(rowFault(user('a\uD800b')), 'loneSurrogate');
    assert.equal(rowFault(user('\u{1F600}')), undefined);
    assert.equal(rowFault(call({ system: [{ text: '' }] })), 'blankText');
  });
});

describe('an expectation', () => {
  const test = (source: string, flags: string, answer: string): boolean | undefined => {
    try {
      return new RegExp(source, flags).test(answer);
    } catch {
      return undefined;
    }
  };
  const check = (expected: string, answer: string): boolean | undefined => meets(readExpectation(expected), answer, test);
  it('is met by an answer that contains it, however it is written', () => {
    assert.equal(check('Winter  is\ncoming', 'They say winter is coming.'), true);
    assert.equal(check('summer', 'They say winter is coming.'), false);
  });
  it('is met by an answer that is it, after an equals sign', () => {
    assert.equal(check('= yes', 'yes\n'), true);
    assert.equal(check('= yes', 'yes, surely'), false);
  });
  it('is met by an answer that fits a pattern', () => {
    assert.equal(check('/^\\d+ kg$/', '12 kg'), true);
    assert.equal(check('/KG/i', '12 kg'), true);
    assert.equal(check('/KG/', '12 kg'), false);
    assert.equal(check('/(/', 'a'), undefined);
  });
});

describe('the order of rows', () => {
  const job = (index: number, ...keys: readonly string[]): Job => ({ index, prefixes: keys.map((key) => ({ key, ttl: '5m' })) });
  const order = (...jobs: readonly Job[]): readonly number[] => sendingOrder(jobs).map(({ index }) => index);
  it('keeps rows of one prefix together, and within it those of a longer one', () => {
    assert.deepEqual(
      order(job(0, 'a', 'ax'), job(1, 'b'), job(2, 'a', 'ay'), job(3, 'a', 'ax'), job(4, 'b'), job(5, 'a', 'ay')),
      [0, 3, 2, 5, 1, 4],
    );
  });
  it('is that of the rows where they share nothing', () => assert.deepEqual(order(job(0), job(1, 'b'), job(2), job(3, 'c')), [0, 1, 2, 3]));
});
