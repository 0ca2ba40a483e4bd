import assert from 'node:assert/strict';
import { disposeClients, run } from '../../../src/bedrock';
import * as engine from '../../../src/core/engine';
import { numberFormats } from '../../../src/core/figures/numbers';
import { noFiles } from '../../../src/core/prompt/files';
import { startBatch, type BatchEntry } from '../../../src/core/rows/journal';
import { rowsOf, sampleTable } from '../../../src/core/rows/table';
import { defaultSettings } from '../../../src/core/settings';
import { openBatch, type OpenBatch } from '../../../src/editor/rows/openBatch';
import { prepareBatch } from '../../../src/editor/rows/prepare';
import { createEmulator } from '../../../src/emulator/server';
import type { Emulator } from '../../../src/emulator/options';
import { matchesPattern } from '../../../src/machine/matchesPattern';
import { beginBlank } from '../../support/batches';
import { analyzeOnly } from '../../support/onlyPrompt';

const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const other = 'us.anthropic.claude-sonnet-4-6';

/** A prompt whose rows share the house rules, and by twos a customer's file. */
const prompt = (rows: number): string => `---
modelId: ${sonnet}
inferenceConfig: { maxTokens: 20 }
variables:
  customer: { varies: session }
  question: { varies: request }
samples:
${Array.from({ length: rows }, (_, row) => `  - { customer: ${'Customer '.repeat(600)}${Math.floor(row / 2)}, question: "Question ${row}?", expect: ${row === 0 ? 'Simulated' : '= never'} }`).join('\n')}
---
# system:
${'Answer as the house rules say. '.repeat(400)}
<!-- cachePoint -->

{{customer}}
<!-- cachePoint -->

# user:
{{question}}
`;

describe('a batch against the emulator', function () {
  this.timeout(60_000);

  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await createEmulator({ speed: 0 });
    process.env['AWS_ACCESS_KEY_ID'] = 'a';
    process.env['AWS_SECRET_ACCESS_KEY'] = 'b';
  });
  afterEach(async () => {
    disposeClients();
    await emulator.close();
  });

  const open = async (
    text: string,
    models: readonly string[] = [sonnet],
    most = 4,
  ): Promise<{ readonly batch: OpenBatch; readonly lines: () => string }> => {
    const own = analyzeOnly(text, 'bedrock-prompt', noFiles, defaultSettings);
    const analyses = models.map((id) => analyzeOnly(text.replace(sonnet, id), 'bedrock-prompt', noFiles, defaultSettings));
    const read = rowsOf(sampleTable(own.prompt), own.prompt);
    assert.ok('rows' in read, JSON.stringify(read));
    const prepared = await prepareBatch(analyses, read.rows, 'here', {
      engine: () => engine,
      digest: (all) => engine.hashOf(all),
      breathe: () => Promise.resolve(),
    });
    assert.deepEqual(prepared.faults, []);
    const entry: BatchEntry = {
      t: 'batch',
      id: 'wire',
      at: 0,
      prompt: { uri: 'file:///p.bedrock.md', id: 'only', name: 'p.bedrock.md' },
      source: { kind: 'samples', name: 'samples' },
      models: models.map((id) => ({ id, name: id })),
      service: 'emulator',
      place: emulator.url,
      rows: prepared.rows,
    };
    let journal = '';
    const batch = openBatch({
      record: startBatch(entry),
      jobs: prepared.jobs,
      rowOf: (row) => read.rows[row],
      money: prepared.money,
      earlier: undefined,
      target: { service: 'emulator', endpoint: emulator.url, region: 'us-east-1', profile: undefined, timeoutMs: 10_000, maxAttempts: 3 },
      most,
      journal: {
        append: (lines) => Promise.resolve(void (journal += lines)),
        close: () => Promise.resolve(),
      },
      digest: (all) => engine.hashOf(all),
      matchesPattern,
      begin: beginBlank,
      port: run,
      formats: numberFormats('en'),
      agree: () => Promise.resolve({ settle: () => Promise.resolve() }),
    });
    return { batch, lines: () => journal };
  };

  const usagesOf = ({ record }: OpenBatch) => record.jobs.map((job) => (job.kind === 'done' ? job.result.usage : undefined));

  it('writes each prefix once, and every other row reads it', async () => {
    const { batch } = await open(prompt(8));
    await batch.start();
    assert.equal(batch.head.state, 'over');
    const usages = usagesOf(batch);
    // The house rules are written once; each customer's file by the first of its two rows, whichever that is.
    assert.equal(usages.filter((usage) => usage?.cacheRead === 0).length, 1);
    for (let customer = 0; customer < 4; customer += 1) {
      const [one, two] = usages.slice(customer * 2, customer * 2 + 2);
      const written = [one?.cacheWrite ?? 0, two?.cacheWrite ?? 0].sort((a, b) => a - b);
      assert.equal(written[0], 0);
      assert.ok((written[1] ?? 0) > 500);
    }
    const { totals } = batch;
    assert.equal(totals.done, 8);
    assert.ok(
      totals.usd !== undefined && totals.coldUsd !== undefined && totals.usd < totals.coldUsd / 2,
      'warm costs less than half of cold',
    );
  });

  it('costs what it said at least, and no more than it said at most', async () => {
    const { batch } = await open(prompt(4));
    const range = (await open(prompt(4))).batch;
    await batch.start();
    const promised = range.record.jobs.length;
    assert.equal(promised, 4);
    const [low, high] = await (async () => {
      const own = analyzeOnly(prompt(4), 'bedrock-prompt', noFiles, defaultSettings);
      const read = rowsOf(sampleTable(own.prompt), own.prompt);
      assert.ok('rows' in read);
      const prepared = await prepareBatch([own], read.rows, 'here', {
        engine: () => engine,
        digest: String,
        breathe: () => Promise.resolve(),
      });
      return prepared.usd ?? [NaN, NaN];
    })();
    assert.ok(
      batch.totals.usd !== undefined && low < batch.totals.usd && batch.totals.usd < high,
      `${low} < ${batch.totals.usd} < ${high}`,
    );
  });

  it('has a column for each model, none of which reads what another wrote', async () => {
    const { batch } = await open(prompt(4), [sonnet, other]);
    await batch.start();
    const usages = usagesOf(batch);
    for (const model of [0, 1]) {
      const own = usages.filter((_, job) => job % 2 === model);
      assert.equal(own.filter((usage) => usage?.cacheRead === 0).length, 1, `model ${model}`);
    }
    assert.equal(batch.line(0).cells.length, 2);
    assert.equal(batch.head.models.length, 2);
    assert.match(batch.head.models[1]?.summary ?? '', /read/);
  });

  it('says which answers are as expected, and exports all of it', async () => {
    const { batch, lines } = await open(prompt(2));
    await batch.start();
    assert.deepEqual(
      batch.line(0).cells.map(({ met }) => met),
      ['yes'],
    );
    assert.deepEqual(
      batch.line(1).cells.map(({ met }) => met),
      ['no'],
    );
    assert.match(batch.line(0).cells[0]?.text ?? '', /Simulated/);
    const csv = batch.exported('csv').split('\r\n');
    assert.equal(csv[0], 'customer,question,expect,row,model,state,answer,met,read,written,input,output,usd,firstMs,ms,stop');
    assert.match(csv[1] ?? '', /,Question 0\?,Simulated,1,/);
    assert.match(csv[2] ?? '', /,'= never,2,/);
    const [first] = batch.exported('jsonLines').split('\n');
    assert.equal((JSON.parse(first ?? '') as { values: { question: string } }).values.question, 'Question 0?');
    // Neither values nor answers stand in the journal.
    assert.doesNotMatch(lines(), /Question|Customer|Simulated/);
  });

  it('goes on where the emulator throttles', async () => {
    const faults = await fetch(`${emulator.url}/_emulator/faults`, { method: 'POST', body: JSON.stringify({ faults: ['throttle'] }) });
    assert.equal(faults.status, 200);
    const { batch } = await open(prompt(2));
    await batch.start();
    assert.deepEqual(
      batch.record.jobs.map(({ kind }) => kind),
      ['done', 'done'],
    );
  });
});
