import assert from 'node:assert/strict';
import fc from 'fast-check';
import { perHour } from '../../../../src/core/prompt/traffic';
import { modelMatrix } from '../../../../src/core/advice/matrix';
import { optimizePlacement, planFigures } from '../../../../src/core/advice/solve';
import { fits, surelyTooShort } from '../../../../src/core/cache/fit';
import { highlightsOf } from '../../../../src/core/cache/highlights';
import { fitOf } from '../../../../src/core/cache/written';
import { exactly, widen } from '../../../../src/core/figures/band';
import { catalog } from '../../../../src/core/models/catalog';
import { forecastOf } from '../../../../src/core/traffic/forecast';
import { savingsOf } from '../../../../src/core/traffic/savings';
import { filler, readPrompt } from './prompts';

const caching = { minimum: { low: 1024, likely: 2048, high: 3072 }, maximum: 10_000 };

describe('whether a prefix fits', () => {
  it('is sure only where every size of it does', () => {
    assert.equal(fits(exactly(2048), caching), 'surely');
    assert.equal(fits(widen(exactly(2048), 1), caching), 'likely');
    assert.equal(fits(widen(exactly(2047), 100), caching), 'no');
    assert.equal(fits(exactly(10_000), caching), 'surely');
    assert.equal(fits(exactly(10_001), caching), 'no');
  });

  it('is surely not where no source of the minimum can be right', () => {
    assert.equal(surelyTooShort(exactly(1023), caching), true);
    assert.equal(surelyTooShort(widen(exactly(1023), 1), caching), false);
  });

  it('never becomes less sure as the prefix grows, up to the maximum', () => {
    const order = ['no', 'likely', 'surely'];
    const sizes = fc.integer({ min: 0, max: 9000 });
    fc.assert(
      fc.property(sizes, sizes, fc.integer({ min: 0, max: 500 }), (a, b, doubt) => {
        const [less, more] = [widen(exactly(Math.min(a, b)), doubt), widen(exactly(Math.max(a, b)), doubt)];
        assert.ok(order.indexOf(fits(less, caching)) <= order.indexOf(fits(more, caching)));
        assert.ok(fits(less, caching) === 'no' || !surelyTooShort(less, caching));
      }),
    );
  });
});

describe('near a minimum', () => {
  const traffic = { traffic: perHour(60) };
  const prompt = (modelId: string, words: number) =>
    readPrompt(
      'desk.bedrock.md',
      `---\nmodelId: ${modelId}\n---\n# system:\n${filler(words)}\n<!-- cachePoint -->\n\n# user:\n{{question}}\n`,
    );
  const seen = new Set<string>();

  for (const model of ['us.anthropic.claude-sonnet-4-5-20250929-v1:0', 'us.anthropic.claude-opus-4-7', 'us.amazon.nova-pro-v1:0'])
    it(`the savings, the forecast, the matrix, the tints and the solver say the same: ${model}`, () => {
      for (let words = 50; words < 5000; words *= 1.03) {
        const read = prompt(model, words);
        const [point] = read.plan.checkpoints;
        assert.ok(point);
        const written = fitOf(point) !== 'no';
        seen.add(fitOf(point));
        assert.equal((savingsOf(read.plan)?.readTokens ?? 0) > 0, written);
        assert.equal(forecastOf(read.plan, perHour(60))?.points.length, written ? 1 : 0);
        assert.equal(planFigures(read.plan, traffic).points.length, written ? 1 : 0);
        assert.equal(
          highlightsOf(read.plan).some(({ style }) => style === 'checkpoint1'),
          written,
        );
        const answer = optimizePlacement(read, traffic);
        if (written) assert.ok(answer.kind === 'placement' && answer.changes.every(({ kind }) => kind !== 'remove'));
      }
    });

  it('each of the three answers was met', () => {
    assert.deepEqual([...seen].sort(), ['likely', 'no', 'surely']);
  });

  it('every row of the matrix reads what its reason says', () => {
    const { prompt: read } = prompt('us.anthropic.claude-sonnet-4-5-20250929-v1:0', 1050);
    const rows = modelMatrix(read, { traffic });
    assert.equal(rows.length, catalog.filter(({ surfaces }) => surfaces.includes('runtime')).length);
    for (const { readTokens, reason } of rows) assert.equal(readTokens > 0, reason.kind === 'caches');
  });
});
