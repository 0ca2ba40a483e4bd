import assert from 'node:assert/strict';
import { catalog, catalogChecked, catalogWith, findEntry, sources } from '../../../../src/core/models/catalog';
import { fiveMinutes, gated, old, recent, upToAnHour } from '../../../../src/core/models/claudeShape';
import { shape } from '../../../../src/core/models/shape';
import type { ModelEntry } from '../../../../src/core/models/types';

const entry = (id: string): ModelEntry => {
  const found = findEntry(id);
  assert.ok(found, id);
  return found;
};
const explicit = (id: string) => {
  const { caching } = entry(id);
  assert.ok(caching.kind === 'explicit', id);
  return caching;
};
const isoDate = /^\d{4}-\d{2}(-\d{2})?$/;

describe('the model catalog', () => {
  it('has every known model once', () => {
    assert.equal(new Set(catalog.map(({ id }) => id)).size, catalog.length);
  });

  for (const model of catalog) {
    it(`knows where ${model.id} was read and when`, () => {
      assert.ok(model.sources.length > 0);
      for (const key of model.sources) assert.ok(sources[key], `no source "${key}"`);
      assert.equal(new Set(model.sources).size, model.sources.length, 'a source is listed twice');
      assert.match(model.checked, /^\d{4}-\d{2}-\d{2}$/);
      assert.equal(new Date(model.checked).toISOString().slice(0, 10), model.checked);
      assert.ok(model.checked >= catalogChecked, 'whoever compares the catalog again drops the older days of single entries');
      for (const key of model.sources) assert.ok((sources[key]?.date ?? '') <= model.checked, `"${key}" is younger than the comparison`);
    });

    it(`has sound figures for ${model.id}`, () => {
      assert.match(model.id, /^[a-z]+\.[a-z0-9.:-]+$/);
      assert.ok(model.name.length > 2 && model.provider.length > 1);
      assert.ok(model.contextWindow >= 32_000 && model.maxOutputTokens >= 4_000);
      assert.ok(model.maxOutputTokens <= model.contextWindow);
      assert.equal(new Set(model.profiles).size, model.profiles.length);
      for (const note of model.notes) assert.match(note, /^[A-Z0-9].*\.$/);
    });

    it(`has sound caching facts for ${model.id}`, () => {
      const { caching } = model;
      const minimum = caching.kind === 'none' ? undefined : caching.minimum;
      if (minimum) {
        assert.ok(0 < minimum.low && minimum.low <= minimum.likely && minimum.likely <= minimum.high);
        assert.equal(minimum.low === minimum.high, minimum.why === undefined, 'a range says why, a certain figure does not');
      }
      if (caching.kind !== 'explicit') return;
      assert.ok(caching.ttls.includes(caching.defaultTtl));
      assert.ok(caching.fields.length > 0 && caching.maxCheckpoints > 0);
    });

    it(`has prices of ${model.id} that are finite, and reads no dearer than input`, () => {
      const tables = [model.prices, ...model.priceTiers.map(({ prices }) => prices)];
      for (const row of tables.flatMap((table) => Object.values(table))) {
        for (const usd of Object.values(row)) assert.ok(usd === null || (Number.isFinite(usd) && usd >= 0));
        assert.ok(row.input > 0 && row.output >= row.input);
        if (row.cacheRead) assert.ok(row.cacheRead < row.input);
        if (model.caching.kind === 'explicit') assert.ok(typeof row.cacheRead === 'number');
        if (model.caching.kind === 'none') assert.equal(row.cacheRead, null);
      }
    });
  }

  it('uses every source and dates each', () => {
    const used = new Set(catalog.flatMap((model) => model.sources));
    for (const [key, { title, date }] of Object.entries(sources)) {
      assert.ok(used.has(key), `nothing cites "${key}"`);
      assert.match(date, isoDate);
      assert.ok(title.length > 10);
      assert.doesNotMatch(title, /[/\\](home|tmp|work)|https?:/);
    }
  });

  it('gives a price for every model but the one whose price is not published', () => {
    const unpriced = catalog.filter(({ prices }) => Object.keys(prices).length === 0).map(({ id }) => id);
    assert.deepEqual(unpriced, ['anthropic.claude-mythos-preview']);
  });
});

describe('the day of an entry', () => {
  const common = { sources: ['pi-ai'], prices: {}, contextWindow: 200_000, maxOutputTokens: 64_000 };
  const given = { ...common, id: 'acme.one', name: 'One', provider: 'Acme', tokens: 'other', caching: { kind: 'none' } } as const;
  const sonnet = { ...common, id: 'anthropic.claude-sonnet-9', name: 'Claude Sonnet 9', caching: upToAnHour(1024) };

  it("is the catalog's day unless it says otherwise", () => {
    assert.equal(shape(given).checked, catalogChecked);
    assert.equal(shape({ ...given, checked: '2027-01-05' }).checked, '2027-01-05');
  });

  it('may be given to one Claude model alone', () => {
    assert.equal(recent({ ...sonnet, toolPromptOf: 'Sonnet 5', checked: '2027-01-05' }).checked, '2027-01-05');
    assert.equal(old({ ...sonnet, toolPrompt: [1, 2] }).checked, catalogChecked);
    assert.equal(gated({ ...sonnet, certainty: 'low', checked: '2027-01-05' }).checked, '2027-01-05');
  });
});

describe('the hidden tool prompt of a Claude model', () => {
  const sonnet = { id: 'anthropic.claude-sonnet-9', name: 'Claude Sonnet 9', sources: ['card'], notes: ['A note.'], prices: {} };

  it('cites where it was read', () => {
    const model = old({ ...sonnet, caching: fiveMinutes(1024), toolPrompt: [1, 2] });
    assert.deepEqual([model.toolPrompt, model.sources, model.notes], [[1, 2], ['card', 'anthropic-tools'], ['A note.']]);
  });

  it('says so where it is that of another', () => {
    const model = recent({ ...sonnet, caching: fiveMinutes(1024), toolPromptOf: 'Opus 5' });
    assert.deepEqual(model.toolPrompt, entry('anthropic.claude-opus-5').toolPrompt);
    assert.deepEqual(model.sources, ['card']);
    assert.deepEqual(model.notes, ['A note.', 'The size of its hidden tool prompt is not published; that of Opus 5 is used.']);
    assert.deepEqual(
      recent({ ...sonnet, caching: fiveMinutes(1024), toolPromptOf: 'Sonnet 5' }).toolPrompt,
      entry('anthropic.claude-sonnet-5').toolPrompt,
    );
  });
});

describe('facts of single models, written by hand', () => {
  const minimums: readonly (readonly [string, number])[] = [
    ['anthropic.claude-3-5-haiku-20241022-v1:0', 2048],
    ['anthropic.claude-3-5-sonnet-20241022-v2:0', 1024],
    ['anthropic.claude-3-7-sonnet-20250219-v1:0', 1024],
    ['anthropic.claude-sonnet-4-20250514-v1:0', 1024],
    ['anthropic.claude-opus-4-20250514-v1:0', 1024],
    ['anthropic.claude-opus-4-1-20250805-v1:0', 1024],
    ['anthropic.claude-sonnet-4-5-20250929-v1:0', 1024],
    ['anthropic.claude-haiku-4-5-20251001-v1:0', 4096],
    ['anthropic.claude-opus-4-5-20251101-v1:0', 4096],
    ['anthropic.claude-opus-4-6-v1', 4096],
    ['anthropic.claude-opus-4-8', 1024],
    ['anthropic.claude-sonnet-5', 1024],
    ['anthropic.claude-opus-5', 512],
    ['anthropic.claude-fable-5', 512],
    ['anthropic.claude-fable-5-1', 512],
    ['anthropic.claude-fable-5-2', 512],
    ['anthropic.claude-opus-5-5', 512],
    ['anthropic.claude-sonnet-5-5', 512],
    ['anthropic.claude-haiku-5-5', 512],
    ['anthropic.claude-mythos-5', 512],
    ['anthropic.claude-mythos-5-1', 512],
    ['zai.glm-5.3', 1024],
  ];
  for (const [id, tokens] of minimums) {
    it(`needs ${tokens} tokens before a cache point on ${id}`, () => {
      assert.deepEqual(explicit(id).minimum, { low: tokens, likely: tokens, high: tokens });
    });
  }

  it('carries disputed minimums as ranges', () => {
    const range = (id: string) => {
      const { low, likely, high } = explicit(id).minimum;
      return [low, likely, high];
    };
    assert.deepEqual(range('anthropic.claude-sonnet-4-6'), [1024, 1024, 2048]);
    assert.deepEqual(range('anthropic.claude-opus-4-7'), [2048, 4096, 4096]);
    assert.deepEqual(range('anthropic.claude-mythos-preview'), [2048, 4096, 4096]);
    for (const { id, caching } of catalog.filter(({ provider }) => provider === 'Amazon')) {
      assert.deepEqual(range(id), [240, 355, 1536]);
      assert.ok(caching.kind === 'explicit' && caching.maximum === 20_000);
    }
  });

  it('offers an hour since Claude 4.5 and five minutes before', () => {
    for (const id of ['anthropic.claude-opus-4-1-20250805-v1:0', 'anthropic.claude-3-7-sonnet-20250219-v1:0', 'amazon.nova-pro-v1:0'])
      assert.deepEqual(explicit(id).ttls, ['5m']);
    for (const id of ['anthropic.claude-sonnet-4-5-20250929-v1:0', 'anthropic.claude-opus-4-7', 'anthropic.claude-haiku-5-5'])
      assert.deepEqual(explicit(id).ttls, ['5m', '1h']);
    assert.equal(explicit('zai.glm-5.3').defaultTtl, '30m');
  });

  it('lets Claude mark tools, system and messages, and Nova no tools', () => {
    assert.deepEqual([...explicit('anthropic.claude-sonnet-4-6').fields].sort(), ['messages', 'system', 'tools']);
    assert.equal(explicit('anthropic.claude-sonnet-4-6').lookBack, 20);
    assert.equal(explicit('anthropic.claude-sonnet-4-6').maxCheckpoints, 4);
    assert.equal(explicit('anthropic.claude-sonnet-4-6').refusesAfterDocument, true);
    const nova = explicit('amazon.nova-lite-v1:0');
    assert.deepEqual([...nova.fields].sort(), ['messages', 'system']);
    assert.deepEqual([nova.lookBack, nova.implicit, nova.refusesToolMessages], [undefined, true, true]);
  });

  it('says that GPT, Grok and Kimi K3 cache without markers and others not at all', () => {
    for (const id of ['openai.gpt-5.6-sol', 'openai.gpt-6-astra', 'openai.gpt-5.5', 'xai.grok-4.6', 'moonshotai.kimi-k3'])
      assert.equal(entry(id).caching.kind, 'implicit');
    for (const id of ['anthropic.claude-3-haiku-20240307-v1:0', 'openai.gpt-oss-120b-1:0', 'deepseek.v3.2', 'moonshotai.kimi-k2.5'])
      assert.equal(entry(id).caching.kind, 'none');
  });

  it('dates what has ended or will', () => {
    assert.deepEqual(entry('anthropic.claude-3-5-haiku-20241022-v1:0').lifecycle, { kind: 'retired', endOfLife: '2026-06-19' });
    assert.deepEqual(entry('anthropic.claude-sonnet-4-20250514-v1:0').lifecycle, { kind: 'retired', endOfLife: '2026-10-14' });
    assert.deepEqual(entry('anthropic.claude-opus-4-1-20250805-v1:0').lifecycle, { kind: 'legacy', endOfLife: '2027-01-08' });
    assert.equal(entry('amazon.nova-premier-v1:0').lifecycle.kind, 'retired');
    assert.equal(entry('anthropic.claude-mythos-5').lifecycle.kind, 'gated');
  });

  it('knows sizes, quotas and counting', () => {
    const of = (id: string) => {
      const { contextWindow, maxOutputTokens, countTokens, outputBurndown } = entry(id);
      return [contextWindow, maxOutputTokens, countTokens, outputBurndown];
    };
    assert.deepEqual(of('anthropic.claude-sonnet-4-6'), [1_000_000, 128_000, true, 5]);
    assert.deepEqual(of('anthropic.claude-haiku-4-5-20251001-v1:0'), [200_000, 64_000, true, 5]);
    assert.deepEqual(of('anthropic.claude-opus-4-7'), [1_000_000, 128_000, false, 5]);
    assert.deepEqual(of('anthropic.claude-opus-4-8'), [1_000_000, 128_000, false, 15]);
    assert.deepEqual(of('anthropic.claude-opus-5'), [1_000_000, 128_000, false, 10]);
    assert.deepEqual(of('amazon.nova-micro-v1:0'), [128_000, 10_000, false, 1]);
    assert.deepEqual(of('meta.llama4-scout-17b-instruct-v1:0'), [10_000_000, 8192, false, 1]);
    assert.deepEqual(of('openai.gpt-5.6-terra'), [1_050_000, 128_000, false, 10]);
  });

  it('knows the vocabulary and the hidden tool prompt', () => {
    const of = (id: string) => [entry(id).tokens, ...(entry(id).toolPrompt ?? [])];
    assert.deepEqual(of('anthropic.claude-sonnet-4-6'), ['claude-3', 497, 589]);
    assert.deepEqual(of('anthropic.claude-haiku-4-5-20251001-v1:0'), ['claude-3', 496, 588]);
    assert.deepEqual(of('anthropic.claude-opus-4-7'), ['claude-4.7', 675, 804]);
    assert.deepEqual(of('anthropic.claude-opus-4-8'), ['claude-5', 290, 410]);
    assert.deepEqual(of('anthropic.claude-sonnet-5'), ['claude-5', 354, 474]);
    assert.deepEqual(of('amazon.nova-pro-v1:0'), ['nova-1', 345, 345]);
    assert.deepEqual(of('amazon.nova-2-lite-v1:0'), ['nova-2', 818, 818]);
  });

  it('refuses bare ids only where a source says so', () => {
    assert.equal(entry('anthropic.claude-haiku-4-5-20251001-v1:0').onDemand, false);
    assert.equal(entry('anthropic.claude-opus-4-8').onDemand, false);
    assert.equal(entry('amazon.nova-pro-v1:0').onDemand, true);
    assert.equal(entry('anthropic.claude-sonnet-4-6').onDemand, true);
    assert.equal(entry('anthropic.claude-sonnet-4-5-20250929-v1:0').onDemand, undefined);
  });
});

describe('catalogWith', () => {
  it('puts an override in the place of its model and an addition at the end', () => {
    const changed = { ...entry('amazon.nova-pro-v1:0'), name: 'Mine' };
    const added = { ...changed, id: 'acme.model' };
    const models = catalogWith([added, changed]);
    assert.equal(models.length, catalog.length + 1);
    assert.equal(
      models.findIndex(({ name }) => name === 'Mine'),
      catalog.findIndex(({ id }) => id === changed.id),
    );
    assert.equal(models.at(-1), added);
    assert.equal(findEntry('amazon.nova-pro-v1:0', [changed])?.name, 'Mine');
  });
});
