import assert from 'node:assert/strict';
import fc from 'fast-check';
import { perHour } from '../../../../src/core/prompt/traffic';
import { modelMatrix, type MatrixOptions, type MatrixRow } from '../../../../src/core/advice/matrix';
import { savingsOf } from '../../../../src/core/traffic/savings';
import { planFigures } from '../../../../src/core/advice/solve';
import { catalog, findEntry } from '../../../../src/core/models/catalog';
import { resolveModel } from '../../../../src/core/models/resolve';
import { filler, fixturePrompts, readPrompt, shippedSamples, type ReadPrompt } from '../cache/prompts';

const options: MatrixOptions = { traffic: { traffic: perHour(60) } };
const matrix = ({ prompt }: ReadPrompt, more: Partial<MatrixOptions> = {}): readonly MatrixRow[] =>
  modelMatrix(prompt, { ...options, ...more });
const rowOf = (rows: readonly MatrixRow[], id: string): MatrixRow => {
  const row = rows.find(({ entry }) => entry.id === id);
  assert.ok(row, id);
  return row;
};
const desk = (modelId: string, body: string, more = '') => readPrompt('desk.bedrock.md', `---\nmodelId: ${modelId}\n${more}---\n${body}`);

const sonnet46 = 'anthropic.claude-sonnet-4-6';
const haiku45 = 'anthropic.claude-haiku-4-5-20251001-v1:0';
const llama = 'meta.llama3-3-70b-instruct-v1:0';
const marked = (tokens: number, ttl = '') => `# system:\n${filler(tokens)}\n<!-- cachePoint${ttl} -->\n\n# user:\n{{question}}\n`;

describe('the model matrix', () => {
  const rows = matrix(desk(`us.${sonnet46}`, marked(2000)));

  it('has one row for every model that Converse serves, and one of them is the prompt\u2019s own', () => {
    const served = catalog.filter(({ surfaces }) => surfaces.includes('runtime'));
    assert.equal(rows.length, served.length);
    assert.equal(new Set(rows.map(({ entry }) => entry.id)).size, rows.length);
    assert.deepEqual(
      rows.filter(({ current }) => current).map(({ entry }) => entry.id),
      [sonnet46],
    );
  });

  it('names no profile that goes anywhere where calls stay within a geography', () => {
    const anywhere = matrix(desk(`global.${sonnet46}`, marked(2000)));
    assert.equal(rowOf(anywhere, sonnet46).modelId, `global.${sonnet46}`);
    for (const region of ['ap-northeast-1', 'us-east-1', undefined]) {
      const kept = matrix(desk(`global.${sonnet46}`, marked(2000)), { reach: 'geography', ...(region === undefined ? {} : { region }) });
      assert.deepEqual(
        kept.filter(({ modelId }) => modelId.startsWith('global.')),
        [],
      );
    }
  });

  it('tells a model that caches the prompt from one whose minimum it does not reach', () => {
    const [sonnet, haiku] = [rowOf(rows, sonnet46), rowOf(rows, haiku45)];
    assert.deepEqual([sonnet.caches, sonnet.reason.kind, sonnet.minimum?.likely], ['yes', 'caches', 1024]);
    assert.ok(haiku.reason.kind === 'verdict' && haiku.reason.verdict.kind === 'belowMinimum');
    assert.deepEqual([haiku.caches, haiku.refused, haiku.reason.verdict.minimum], ['no', false, 4096]);
  });

  it('says that markers are refused by a model without caching, and prices it without', () => {
    const row = rowOf(rows, llama);
    assert.ok(row.reason.kind === 'verdict' && row.reason.verdict.kind === 'unsupportedModel');
    assert.deepEqual([row.refused, row.caches, row.readTokens], [true, 'no', 0]);
    assert.ok(row.expectedUsd !== undefined && row.expectedUsd === row.uncachedUsd && row.warmUsd === row.uncachedUsd);
  });

  it('puts callable before retired, caching before not caching, cheap before dear', () => {
    const rank = (row: MatrixRow) => [
      row.lifecycle.kind === 'retired' ? 1 : 0,
      ['yes', 'maybe', 'no'].indexOf(row.caches),
      row.expectedUsd ?? Infinity,
    ];
    for (const [at, row] of rows.entries()) {
      const next = rows[at + 1];
      if (next === undefined) continue;
      const [a, b] = [rank(row), rank(next)];
      const differing = a.findIndex((value, index) => value !== b[index]);
      assert.ok(differing === -1 || (a[differing] ?? 0) < (b[differing] ?? 0), `${row.entry.id} before ${next.entry.id}`);
    }
  });

  it('keeps the prompt\u2019s kind of profile where the model has it', () => {
    const ids = (modelId: string, region?: string) => matrix(desk(modelId, marked(100)), region === undefined ? {} : { region });
    assert.equal(rowOf(ids(`global.${sonnet46}`), haiku45).modelId, `global.${haiku45}`);
    assert.equal(rowOf(ids(`eu.${sonnet46}`), haiku45).modelId, `eu.${haiku45}`);
    assert.equal(rowOf(ids(`eu.${sonnet46}`), llama).modelId, `us.${llama}`);
    assert.equal(rowOf(ids('', 'eu-west-1'), haiku45).modelId, `eu.${haiku45}`);
    assert.equal(rowOf(ids('amazon.nova-lite-v1:0'), 'amazon.nova-pro-v1:0').modelId, 'amazon.nova-pro-v1:0');
  });

  it('gives ids that resolve to their own model', () => {
    for (const modelId of [`us.${sonnet46}`, `global.${sonnet46}`, 'amazon.nova-lite-v1:0', 'nobody.knows', ''])
      for (const row of matrix(desk(modelId === '' ? "''" : modelId, marked(100)))) {
        const resolution = resolveModel(row.modelId);
        assert.ok((resolution.kind === 'bare' || resolution.kind === 'profile') && resolution.entry.id === row.entry.id, row.modelId);
        if (resolution.kind === 'profile') assert.ok(resolution.listed, row.modelId);
      }
  });

  it('refuses a lifetime that the model does not have', () => {
    const hour = matrix(desk(`us.${sonnet46}`, marked(6000, ' ttl=1h')));
    const nova = rowOf(hour, 'amazon.nova-pro-v1:0');
    assert.deepEqual([nova.reason, nova.refused, nova.caches], [{ kind: 'ttl', checkpoint: 1, ttl: '1h' }, true, 'no']);
    assert.equal(rowOf(hour, haiku45).caches, 'yes');
  });

  it('says what varies where no marker can ever be read', () => {
    const never = matrix(desk(`us.${sonnet46}`, `# system:\n${filler(3000)}\n\n# user:\n{{question}}\n<!-- cachePoint -->\n`));
    const { reason, caches } = rowOf(never, sonnet46);
    assert.ok(reason.kind === 'neverRead' && reason.by.text === 'question' && caches === 'no');
  });

  it('says of a prompt without markers whether one would do something', () => {
    const byItself = catalog.find(({ caching, surfaces }) => caching.kind === 'implicit' && surfaces.includes('runtime'));
    assert.ok(byItself);
    const plain = matrix(desk(`us.${sonnet46}`, `# system:\n${filler(2000)}\n\n# user:\n{{question}}\n`));
    assert.deepEqual(rowOf(plain, sonnet46).reason, { kind: 'noMarkers', possible: true });
    assert.deepEqual(rowOf(plain, haiku45).reason, { kind: 'noMarkers', possible: false });
    assert.deepEqual(rowOf(plain, llama).reason, { kind: 'noCaching', byItself: false });
    assert.deepEqual([rowOf(plain, llama).refused, rowOf(plain, byItself.id).reason], [false, { kind: 'noCaching', byItself: true }]);
  });

  it('goes from no over may to yes as the prefix grows', () => {
    const steps = [300, 900, 1000, 1050, 1200, 2000].map((tokens) => rowOf(matrix(desk(`us.${sonnet46}`, marked(tokens))), sonnet46));
    const order = steps.map(({ caches }) => ['no', 'maybe', 'yes'].indexOf(caches));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
    );
    assert.deepEqual([order[0], order.at(-1)], [0, 2]);
    for (const { caches, reason } of steps)
      assert.equal(
        caches === 'maybe',
        (reason.kind === 'caches' && !reason.sure) ||
          (reason.kind === 'verdict' && reason.verdict.kind === 'belowMinimum' && !reason.verdict.certain),
      );
  });

  it('marks what does not fit and what the model refuses to read', () => {
    const long = matrix(desk(`us.${sonnet46}`, marked(20_000), 'inferenceConfig: { maxTokens: 60000 }\n'));
    const small = rowOf(long, 'mistral.voxtral-mini-3b-2507');
    assert.deepEqual([small.fitsContext, small.refused], [small.tokens.likely + 4096 <= 32_768, true]);
    const picture = rowOf(matrix(desk(`us.${sonnet46}`, '# user:\n![](./a.png)\nWhat is it?\n')), 'amazon.nova-micro-v1:0');
    assert.deepEqual([picture.refusedContent, picture.refused], [['image'], true]);
  });

  it('agrees with the plan and its savings for the prompt\u2019s own model', () => {
    for (const read of shippedSamples()) {
      const own = matrix(read).find(({ current }) => current);
      const savings = savingsOf(read.plan);
      assert.ok(own && savings, read.name);
      if (own.refused) continue;
      assert.deepEqual([own.coldUsd, own.warmUsd, own.readTokens], [savings.cold.likely, savings.warm.likely, savings.readTokens]);
      assert.equal(own.expectedUsd, planFigures(read.plan, options.traffic).usdPerCall);
    }
  });

  it('takes overridden and added models in', () => {
    const base = findEntry(sonnet46);
    assert.ok(base);
    const dear = { ...base, prices: { default: { input: 1000, output: 1 } } };
    const own = { ...base, id: 'own.model', name: 'Own' };
    const changed = matrix(desk(`us.${sonnet46}`, marked(2000)), { overrides: [dear, own] });
    assert.equal(changed.length, rows.length + 1);
    assert.ok((rowOf(changed, sonnet46).uncachedUsd ?? 0) > 100 * (rowOf(rows, sonnet46).uncachedUsd ?? Infinity));
    assert.equal(rowOf(changed, 'own.model').caches, 'yes');
  });

  it('is total and the same each time, for any fixture and any traffic', () => {
    const all = fixturePrompts().filter(({ text }) => text.length < 10_000);
    fc.assert(
      fc.property(
        fc.constantFrom(...all),
        fc.double({ min: 0, max: 1e6, noNaN: true }),
        fc.boolean(),
        (read, callsPerHour, conversation) => {
          const traffic = { traffic: perHour(callsPerHour), conversation };
          const first = matrix(read, { traffic });
          assert.deepEqual(matrix(read, { traffic }), first);
          for (const { expectedUsd, tokens } of first)
            assert.ok(expectedUsd === undefined || (Number.isFinite(expectedUsd) && expectedUsd >= 0 && tokens.likely >= 0));
        },
      ),
      { numRuns: 8 },
    );
  });
});
