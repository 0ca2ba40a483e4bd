import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PredictionReport } from '../../src/core/report/predictionReport';
import { makeFolder, type TestFolder } from '../support/folder';
import { faultsOf } from '../support/jsonSchema';
import { runCli } from '../support/runCli';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'prediction.schema.json'), 'utf8')) as object; // ours
const policy = 'The support desk answers within one working day, and every answer names the rule that it rests on.\n'.repeat(120);
const head = (model: string): string => `---\nmodelId: ${model}\nvariables:\n  question: { varies: request, example: Where is it? }\n---\n`;
const deskOn = (model: string): string => `${head(model)}# system:\n${policy}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n`;

describe('cachepoint predict', function () {
  this.timeout(60_000);
  let folder: TestFolder;
  const run = (...args: readonly string[]) => runCli(folder.path, ['predict', ...args]);
  const calls = async (...args: readonly string[]): Promise<PredictionReport['calls']> => {
    const { code, out, err } = await run(...args, '--json');
    assert.deepEqual([code, err], [0, '']);
    const report = JSON.parse(out) as PredictionReport; // held to its schema on the next line
    assert.deepEqual(faultsOf(report, schema), []);
    return report.calls;
  };
  const assumed = async (...args: readonly string[]) => (await calls(...args)).map(({ assumes }) => assumes).join(' ');

  beforeEach(() => {
    folder = makeFolder();
    folder.put({
      'desk.bedrock.md': deskOn('us.anthropic.claude-sonnet-4-5-20250929-v1:0'),
      'gov.bedrock.md': deskOn('us-gov.anthropic.claude-sonnet-4-5-20250929-v1:0'),
      'plain.bedrock.md': `${head('us.anthropic.claude-sonnet-4-5-20250929-v1:0')}# user:\n{{question}}\n`,
      'unknown.bedrock.md': deskOn('acme.model-1'),
      'values.json': JSON.stringify([{ question: 'Who?' }, { question: 'When will it come, and who brings it?' }]),
      'one.json': JSON.stringify([{ question: 'Who?' }]),
      'numbers.json': JSON.stringify([{ question: 1 }, {}]),
      'broken.json': '[{',
    });
  });
  afterEach(() => folder.remove());

  it('says what each call reads, writes and pays, in the order given and in the form of its schema', async () => {
    const [first, second] = await calls('desk.bedrock.md', 'desk.bedrock.md');
    assert.ok(first?.usd && second?.usd);
    assert.deepEqual([first.path, first.assumes, second.assumes], ['desk.bedrock.md', 'cold', 'warm']);
    assert.deepEqual(Object.keys(first.writeByTtl), ['5m']);
    assert.equal(second.read.likely, first.write.likely);
    assert.ok(second.usd.likely < first.usd.likely / 5);
  });

  it('knows when calls are made, and when their answers begin', async () => {
    const two = ['desk.bedrock.md', 'desk.bedrock.md'];
    assert.equal(await assumed(...two, '--at', '0,299'), 'cold warm');
    assert.equal(await assumed(...two, '--at', '0,301'), 'cold cold');
    assert.equal(await assumed(...two, '--at', '60,0'), 'warm cold');
    assert.equal(await assumed(...two, '--at', '0,1', '--begins', '3,'), 'cold cold');
    assert.equal(await assumed(...two, '--at', '0,4', '--begins', '3,'), 'cold warm');
  });

  it('is about the values of each call', async () => {
    const [short, long] = await calls('desk.bedrock.md', 'desk.bedrock.md', '--values', 'values.json');
    assert.ok(short && long && long.input.likely > short.input.likely + 4);
  });

  it('says where nothing works, where nothing is promised, and where no price is known', async () => {
    assert.equal(await assumed('plain.bedrock.md', 'gov.bedrock.md', 'gov.bedrock.md'), 'noCaching cold unsure');
    const [unknown] = await calls('unknown.bedrock.md');
    assert.deepEqual([unknown?.usd, unknown?.assumes, unknown?.writeByTtl], [null, 'noCaching', {}]);
  });

  it('prints a table, and below it why nothing is promised', async () => {
    const { code, out } = await run('desk.bedrock.md', 'gov.bedrock.md', 'gov.bedrock.md', '--at', '0,0,60');
    assert.equal(code, 0);
    const [heads = '', , , ...rest] = out.trimEnd().split('\n');
    assert.deepEqual(heads.trim().split(/ {2,}/), ['At', 'File', 'Read', 'Written', 'Uncached', 'Input', 'Cache']);
    assert.match(out, /60 +gov\.bedrock\.md +0 .* unsure$/m);
    assert.match(rest.at(-1) ?? '', /^No saving is promised in GovCloud/);
  });

  // Each with the sentence on standard error.
  const refused: readonly (readonly [args: readonly string[], sentence: RegExp])[] = [
    [[], /predict/],
    [['nowhere.bedrock.md'], /nowhere\.bedrock\.md/],
    [['desk.bedrock.md', '--at', '0,1'], /--at/],
    [['desk.bedrock.md', '--at', '-1'], /--at/],
    [['desk.bedrock.md', '--at', 'soon'], /--at/],
    [['desk.bedrock.md', 'desk.bedrock.md', '--begins', '1'], /--begins/],
    [['desk.bedrock.md', 'desk.bedrock.md', '--values', 'one.json'], /one\.json must hold a JSON list with 2 objects/],
    [['desk.bedrock.md', 'desk.bedrock.md', '--values', 'numbers.json'], /numbers\.json must hold/],
    [['desk.bedrock.md', '--values', 'broken.json'], /broken\.json must hold a JSON list with one object/],
    [['desk.bedrock.md', '--values', 'none.json'], /none\.json/],
    [['desk.bedrock.md', '--until', '4'], /--until/],
  ];
  for (const [args, sentence] of refused)
    it(`refuses "${args.join(' ')}" in one sentence`, async () => {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, sentence);
      assert.equal(err.trimEnd().split('\n').length, 1);
    });
});
