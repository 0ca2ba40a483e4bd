import assert from 'node:assert/strict';
import { analyze, modelOverridesOf } from '../../../../src/core/analysis';
import { findEntry } from '../../../../src/core/models/catalog';
import { atContractPrices } from '../../../../src/core/models/contract';
import { parseModelOverrides } from '../../../../src/core/models/overrides';
import { filesFrom } from '../../../../src/core/prompt/files';
import { defaultSettings } from '../../../../src/core/settings';

const sonnet = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const nova = 'amazon.nova-2-lite-v1:0';

describe('prices by contract', () => {
  it('are every price of the model times its factor, on all profiles and tiers', () => {
    const [entry] = atContractPrices([], { [sonnet]: 0.5 });
    const listed = findEntry(sonnet);
    assert.ok(entry && listed);
    for (const [kind, row] of Object.entries(listed.prices))
      for (const [what, price] of Object.entries(row))
        if (typeof price === 'number')
          assert.equal(Object.entries(entry.prices[kind] ?? {}).find(([name]) => name === what)?.[1], price * 0.5);
    assert.equal(entry.priceTiers.length, listed.priceTiers.length);
    assert.deepEqual({ ...entry, prices: {}, priceTiers: [], priceFactor: 0 }, { ...listed, prices: {}, priceTiers: [], priceFactor: 0 });
  });

  it('start from what the settings say of the model', () => {
    const { entries } = parseModelOverrides({ [sonnet]: { prices: { default: { input: 2, output: 10 } } }, [nova]: { contextWindow: 5 } });
    const priced = atContractPrices(entries, { [sonnet]: 2 });
    assert.equal(priced.find(({ id }) => id === sonnet)?.prices['default']?.input, 4);
    assert.deepEqual(
      priced.find(({ id }) => id === nova),
      entries.find(({ id }) => id === nova),
    );
  });

  it('leave out models that nobody knows, and change nothing at a factor of one', () => {
    assert.deepEqual(atContractPrices([], { 'acme.unknown': 0.5, toString: 2 }), []);
    assert.deepEqual(atContractPrices([], { [sonnet]: 1 }), [findEntry(sonnet)]);
  });

  it('are what costs are worked out by', () => {
    const text = `---\nmodelId: us.${sonnet}\n---\n# user:\n${'Hello there. '.repeat(100)}\n`;
    const costAt = (priceFactors: Readonly<Record<string, number>>) =>
      analyze(text, 'bedrock-prompt', filesFrom({}), { ...defaultSettings, priceFactors }).prompts[0]?.savings?.cold.likely ?? 0;
    assert.ok(Math.abs(costAt({ [sonnet]: 0.85 }) / costAt({}) - 0.85) < 1e-9);
  });

  it('are worked out once for the values that the settings have', () => {
    const settings = { ...defaultSettings, priceFactors: { [sonnet]: 0.85 } };
    assert.equal(modelOverridesOf(settings), modelOverridesOf({ ...settings }));
    assert.notEqual(modelOverridesOf(settings), modelOverridesOf(defaultSettings));
  });
});
