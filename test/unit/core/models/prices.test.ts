import assert from 'node:assert/strict';
import fc from 'fast-check';
import { catalog, findEntry } from '../../../../src/core/models/catalog';
import { pricesFor } from '../../../../src/core/models/prices';
import type { ModelEntry, Prices } from '../../../../src/core/models/types';

const model = (id: string): ModelEntry => {
  const entry = findEntry(id);
  assert.ok(entry, id);
  return entry;
};
const price = (id: string, kind: string, inputTokens?: number, region?: string): Prices => {
  const prices = pricesFor(model(id), kind, inputTokens, region);
  assert.ok(prices, `${id} ${kind}`);
  return prices;
};
/** Input, output, read, five-minute write, one-hour write. */
const five = (id: string, kind: string, inputTokens?: number): readonly (number | null | undefined)[] => {
  const { input, output, cacheRead, cacheWrite5m, cacheWrite1h } = price(id, kind, inputTokens);
  return [input, output, cacheRead, cacheWrite5m, cacheWrite1h];
};

describe('prices, against figures written by hand', () => {
  const table: readonly (readonly [string, string, readonly (number | null)[]])[] = [
    ['anthropic.claude-sonnet-4-6', 'global', [3, 15, 0.3, 3.75, 6]],
    ['anthropic.claude-sonnet-4-6', 'us', [3.3, 16.5, 0.33, 4.125, 6.6]],
    ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'us-gov', [3.6, 18, 0.36, 4.5, 7.2]],
    ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'jp', [3.3, 16.5, 0.33, 4.125, 6.6]],
    ['anthropic.claude-haiku-4-5-20251001-v1:0', 'global', [1, 5, 0.1, 1.25, 2]],
    ['anthropic.claude-haiku-4-5-20251001-v1:0', 'eu', [1.1, 5.5, 0.11, 1.375, 2.2]],
    ['anthropic.claude-opus-4-5-20251101-v1:0', 'eu', [5.5, 27.5, 0.55, 6.875, 11]],
    ['anthropic.claude-opus-4-6-v1', 'inRegion', [5.5, 27.5, 0.55, 6.875, 11]],
    ['anthropic.claude-opus-4-7', 'global', [5, 25, 0.5, 6.25, 10]],
    ['anthropic.claude-sonnet-5', 'global', [2, 10, 0.2, 2.5, 4]],
    ['anthropic.claude-sonnet-5-5', 'us', [2.2, 11, 0.11, 2.75, 4.4]],
    ['anthropic.claude-opus-5-5', 'global', [4, 20, 0.2, 5, 8]],
    ['anthropic.claude-opus-5-5', 'au', [4.4, 22, 0.22, 5.5, 8.8]],
    ['anthropic.claude-fable-5', 'us', [11, 55, 1.1, 13.75, 22]],
    ['anthropic.claude-fable-5-1', 'global', [10, 50, 0.25, 12.5, 20]],
    ['anthropic.claude-fable-5-1', 'us', [11, 55, 0.275, 13.75, 22]],
    ['anthropic.claude-fable-5-2', 'us', [8.8, 44, 0.22, 11, 17.6]],
    ['anthropic.claude-haiku-5-5', 'global', [0.1, 0.5, 0.01, 0.125, 0.2]],
    ['anthropic.claude-3-5-haiku-20241022-v1:0', 'us', [0.8, 4, 0.08, 1, null]],
    ['anthropic.claude-sonnet-4-20250514-v1:0', 'global', [3, 15, 0.3, 3.75, null]],
    ['anthropic.claude-opus-4-1-20250805-v1:0', 'us', [15, 75, 1.5, 18.75, null]],
    ['amazon.nova-micro-v1:0', 'us', [0.035, 0.14, 0.00875, 0, null]],
    ['amazon.nova-lite-v1:0', 'ca', [0.064, 0.256, 0.016, 0, null]],
    ['amazon.nova-pro-v1:0', 'apac', [0.84, 3.36, 0.21, 0, null]],
    ['amazon.nova-2-lite-v1:0', 'jp', [0.396, 3.311, 0.099, 0, null]],
    ['amazon.nova-2-lite-v1:0', 'global', [0.3, 2.5, 0.075, 0, null]],
    ['anthropic.claude-3-haiku-20240307-v1:0', 'us', [0.25, 1.25, null, null, null]],
    ['meta.llama3-3-70b-instruct-v1:0', 'us', [0.72, 0.72, null, null, null]],
  ];
  for (const [id, kind, figures] of table) {
    it(`prices ${kind} of ${id} at ${figures.join(', ')}`, () => assert.deepEqual(five(id, kind), figures));
  }

  it('has the disputed write price of Nova as its upper bound', () => {
    for (const kind of ['us', 'eu', 'apac']) {
      const { input, cacheWrite5m, cacheWrite5mHigh } = price('amazon.nova-pro-v1:0', kind);
      assert.deepEqual([cacheWrite5m, cacheWrite5mHigh], [0, input]);
    }
  });

  it('has thirty-minute writes of GPT and GLM', () => {
    assert.equal(price('openai.gpt-5.6-sol', 'us').cacheWrite30m, 5.5);
    assert.equal(price('openai.gpt-6.1-terra', 'global').cacheRead, 0.05);
    assert.deepEqual([price('zai.glm-5.3', 'global').cacheWrite30m, price('zai.glm-5.3', 'us').cacheRead], [2.1, 0.3432]);
    assert.equal(price('openai.gpt-5.5', 'inRegion').input, 5.5);
  });
});

describe('price tiers', () => {
  it('bill the whole request at the higher price above the threshold', () => {
    const haiku = 'anthropic.claude-haiku-5-5';
    assert.deepEqual(five(haiku, 'global', 100_000), [0.1, 0.5, 0.01, 0.125, 0.2]);
    assert.deepEqual(five(haiku, 'global', 100_001), [0.5, 2.5, 0.05, 0.625, 1]);
    assert.deepEqual(five(haiku, 'us', 250_000), [0.55, 2.75, 0.055, 0.6875, 1.1]);
    assert.equal(price('openai.gpt-5.6-luna', 'global', 272_001).output, 1.8);
    assert.equal(price('openai.gpt-6-astra', 'us', 300_000).input, 22);
  });

  it('exist for Haiku 5.5 and GPT-5.6 and later only', () => {
    assert.equal(catalog.filter(({ priceTiers }) => priceTiers.length > 0).length, 9);
  });

  it('take the highest threshold passed, in any order', () => {
    const base = model('anthropic.claude-haiku-5-5');
    const at = (input: number) => ({ default: { input, output: input } });
    const entry = {
      ...base,
      priceTiers: [
        { aboveInputTokens: 200, prices: at(3) },
        { aboveInputTokens: 100, prices: at(2) },
      ],
    };
    assert.deepEqual(
      [100, 150, 201].map((tokens) => pricesFor(entry, 'us', tokens)?.input),
      [0.11, 2, 3],
    );
  });
});

describe('prices of a kind without a row', () => {
  it('come from the geography of the Region for a bare id', () => {
    assert.equal(price('amazon.nova-pro-v1:0', 'inRegion', 0, 'eu-west-1').input, 0.92);
    assert.equal(price('amazon.nova-pro-v1:0', 'inRegion', 0, 'ap-south-1').input, 0.84);
    assert.equal(price('amazon.nova-pro-v1:0', 'inRegion').input, 0.8);
  });

  it('come from the nearest row', () => {
    assert.equal(price('amazon.nova-2-lite-v1:0', 'apac').input, 0.33);
    assert.equal(price('anthropic.claude-sonnet-4-6', 'ca').input, 3.3);
    assert.equal(price('mistral.pixtral-large-2502-v1:0', 'eu').input, 2);
    assert.equal(price('openai.gpt-5.4', 'global').input, 2.75);
  });

  it('are unknown where no price is known', () => {
    assert.equal(pricesFor(model('anthropic.claude-mythos-preview'), 'inRegion'), undefined);
  });
});

describe('pricesFor', () => {
  const kinds = fc.oneof(fc.constantFrom('global', 'us', 'inRegion', 'default', '__proto__', 'constructor', 'toString'), fc.string());
  it('never gives a figure that is not a finite number, for any kind, length and Region', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...catalog),
        kinds,
        fc.double(),
        fc.option(fc.string(), { nil: undefined }),
        (entry, kind, tokens, region) => {
          const prices = pricesFor(entry, kind, tokens, region);
          assert.equal(prices === undefined, Object.keys(entry.prices).length === 0);
          for (const usd of Object.values(prices ?? {})) assert.ok(usd === null || Number.isFinite(usd));
        },
      ),
    );
  });
});
