import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulationReport } from '../../src/core/report/simulationReport';
import { makeFolder, type TestFolder } from '../support/folder';
import { faultsOf } from '../support/jsonSchema';
import { runCli } from '../support/runCli';

const schema = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'schemas', 'simulation.schema.json'), 'utf8')) as object; // ours
const rules = 'The support desk answers within one working day, and every answer names the rule that it rests on.\n'.repeat(120);
const deskOn = (model: string): string => `---\nmodelId: ${model}\n---\n# system:\n${rules}\n# user:\nWhere is my parcel?\n`;

describe('cachepoint simulate', function () {
  this.timeout(60_000);
  let folder: TestFolder;
  const run = (...args: readonly string[]) => runCli(folder.path, ['simulate', ...args]);
  const report = async (...args: readonly string[]): Promise<SimulationReport> => {
    const { code, out, err } = await run(...args, '--json');
    assert.deepEqual([code, err], [0, '']);
    const found = JSON.parse(out) as SimulationReport; // held to its schema on the next line
    assert.deepEqual(faultsOf(found, schema), []);
    return found;
  };

  beforeEach(() => {
    folder = makeFolder();
    folder.put({
      'desk.bedrock.md': deskOn('us.anthropic.claude-sonnet-4-5-20250929-v1:0'),
      'unknown.bedrock.md': deskOn('acme.model-1'),
    });
  });
  afterEach(() => folder.remove());

  it('plays the prompt by each place of cache points, and names the cheapest', async () => {
    const { code, out } = await run('desk.bedrock.md', '--turns', '4');
    assert.equal(code, 0);
    assert.match(out, /^Claude Sonnet 4\.5: 4 turns with 0 tool calls each, 4 calls in all, cache points of 5m\n/);
    assert.match(out, /\nNo caching +0 +0 +\$[\d.]+ +0%\n/);
    assert.match(out, /\nLeast: points after the system text and the newest turn, with \$/);
  });

  it('has each call as JSON, with the sizes of the prompt where none are given', async () => {
    const { path, input, best, strategies } = await report('desk.bedrock.md', '--turns', '3', '--tool-calls', '1', '--ttl', '1h');
    assert.deepEqual([path, input.turns, input.toolRounds, input.ttl, best], ['desk.bedrock.md', 3, 1, '1h', 'rolling']);
    assert.ok(input.system > 2_000);
    for (const { calls } of strategies)
      assert.deepEqual(
        calls.map(({ turn }) => turn),
        [1, 1, 2, 2, 3, 3],
      );
    const rolling = strategies.find(({ strategy }) => strategy === 'rolling');
    assert.deepEqual(Object.keys(rolling?.calls[0]?.writeByTtl ?? {}), ['1h']);
    assert.ok((rolling?.calls[1]?.read ?? 0) > 2_000);
  });

  it('knows that pauses end what is cached', async () => {
    const { strategies, best } = await report('desk.bedrock.md', '--turns', '3', '--pause', '400');
    assert.equal(best, 'none');
    assert.ok(strategies.every(({ read }) => read === 0));
  });

  it('says so where no price is known', async () => {
    const { strategies, best } = await report('unknown.bedrock.md', '--turns', '2');
    assert.equal(best, null);
    assert.ok(strategies.every(({ usd }) => usd === null));
  });

  it('refuses what it cannot play, in one sentence', async () => {
    for (const [args, sentence] of [
      [['desk.bedrock.md', '--turns', '0'], /^--turns takes a whole number from 1 to 100, not: 0$/m],
      [['desk.bedrock.md', '--pause', 'soon'], /^--pause takes a whole number from 0 to 86400, not: soon$/m],
      [['desk.bedrock.md', '--ttl', '7m'], /^--ttl takes 5m or 1h, not: 7m$/m],
      [[], /takes one file/],
      [['none.bedrock.md'], /does not exist/],
    ] as const) {
      const { code, out, err } = await run(...args);
      assert.deepEqual([code, out], [2, '']);
      assert.match(err, sentence);
    }
  });
});
