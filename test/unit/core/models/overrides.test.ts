import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { catalog, findEntry } from '../../../../src/core/models/catalog';
import { fieldNames } from '../../../../src/core/models/overrideFields';
import { parseModelOverrides } from '../../../../src/core/models/overrides';
import { resolveModel } from '../../../../src/core/models/resolve';

const sonnet = 'anthropic.claude-sonnet-4-6';
const parseOne = (fields: unknown, id = sonnet) => {
  const { entries, problems } = parseModelOverrides({ [id]: fields });
  return { entry: entries[0], problems };
};
const accepted = (fields: unknown, id = sonnet) => {
  const { entry, problems } = parseOne(fields, id);
  assert.deepEqual(problems, []);
  assert.ok(entry);
  return entry;
};

describe('overriding a known model', () => {
  it('changes the given fields and no others', () => {
    const entry = accepted({ contextWindow: 200_000, outputBurndown: 3 });
    assert.deepEqual(entry, {
      ...findEntry(sonnet),
      contextWindow: 200_000,
      outputBurndown: 3,
      overridden: ['contextWindow', 'outputBurndown'],
    });
  });

  it('takes a plain number as a certain minimum', () => {
    const { caching } = accepted({ caching: { minimum: 2048 } });
    assert.ok(caching.kind === 'explicit');
    assert.deepEqual(caching.minimum, { low: 2048, likely: 2048, high: 2048 });
    assert.equal(caching.lookBack, 20);
    assert.deepEqual(caching.ttls, ['5m', '1h']);
  });

  it('takes a range as an uncertain minimum', () => {
    const minimum = { low: 512, likely: 1024, high: 2048, why: 'Measured twice.' };
    const { caching } = accepted({ caching: { minimum } });
    assert.ok(caching.kind === 'explicit');
    assert.deepEqual(caching.minimum, minimum);
  });

  it('keeps the default lifetime among the lifetimes', () => {
    const { caching } = accepted({ caching: { ttls: ['1h'] } });
    assert.ok(caching.kind === 'explicit');
    assert.equal(caching.defaultTtl, '1h');
    assert.deepEqual(parseOne({ caching: { ttls: ['5m'], defaultTtl: '1h' } }).problems, [
      { code: 'badValue', model: sonnet, path: 'caching.defaultTtl', expected: 'defaultTtl' },
    ]);
  });

  it('turns caching off and on', () => {
    assert.deepEqual(accepted({ caching: 'none' }).caching, { kind: 'none' });
    assert.equal(accepted({ caching: { minimum: 1024 } }, 'deepseek.v3.2').caching.kind, 'explicit');
    assert.deepEqual(accepted({ caching: { kind: 'implicit', minimum: 1024, note: 'By itself.' } }).caching, {
      kind: 'implicit',
      minimum: { low: 1024, likely: 1024, high: 1024 },
      note: 'By itself.',
    });
  });

  it('takes one price for all endpoints or a table laid over the known one', () => {
    assert.deepEqual(accepted({ prices: { input: 1, output: 2, cacheRead: 0.1 } }).prices, {
      default: { input: 1, output: 2, cacheRead: 0.1 },
    });
    const { prices } = accepted({ prices: { jp: { input: 9, output: 10, cacheWrite1h: null } } });
    assert.equal(prices['jp']?.input, 9);
    assert.equal(prices['global']?.input, 3);
  });

  it('takes a lifecycle as a word or with its date', () => {
    assert.deepEqual(accepted({ lifecycle: 'retired' }).lifecycle, { kind: 'retired' });
    assert.deepEqual(accepted({ lifecycle: { kind: 'legacy', endOfLife: '2027-06-01' } }).lifecycle, {
      kind: 'legacy',
      endOfLife: '2027-06-01',
    });
  });
});

describe('adding a model', () => {
  it('needs what cannot be guessed', () => {
    assert.deepEqual(parseOne({ name: 'One' }, 'acme.one').problems, [
      { code: 'missingFields', model: 'acme.one', fields: ['caching', 'contextWindow', 'maxOutputTokens'] },
    ]);
    const entry = accepted({ caching: { minimum: 1000 }, contextWindow: 100_000, maxOutputTokens: 4000, profiles: ['us'] }, 'acme.one');
    assert.deepEqual([entry.name, entry.provider, entry.tokens, entry.sources], ['acme.one', 'acme', 'other', []]);
    assert.equal(resolveModel('us.acme.one', { overrides: [entry] }).kind, 'profile');
  });

  it('may copy a known one', () => {
    const entry = accepted({ like: sonnet, name: 'Next' }, 'anthropic.claude-sonnet-9');
    assert.deepEqual([entry.id, entry.name, entry.tokens, entry.overridden], ['anthropic.claude-sonnet-9', 'Next', 'claude-3', ['name']]);
    assert.deepEqual(parseOne({ like: 'nobody' }, 'acme.two').problems[0], { code: 'unknownBase', model: 'acme.two', like: 'nobody' });
  });
});

describe('a broken setting', () => {
  it('is ignored as a whole when it is no object', () => {
    for (const value of [7, 'x', [], true])
      assert.deepEqual(parseModelOverrides(value), { entries: [], problems: [{ code: 'notAnObject', model: undefined }] });
    for (const value of [undefined, null, {}]) assert.deepEqual(parseModelOverrides(value), { entries: [], problems: [] });
  });

  it('loses a model that is no object, and only that one', () => {
    const { entries, problems } = parseModelOverrides({ 'acme.bad': 3, [sonnet]: { outputBurndown: 2 } });
    assert.deepEqual(problems, [{ code: 'notAnObject', model: 'acme.bad' }]);
    assert.deepEqual(
      entries.map(({ id }) => id),
      [sonnet],
    );
  });

  it('loses an unknown field and keeps the rest', () => {
    const { entry, problems } = parseOne({ contextWindov: 5, outputBurndown: 2 });
    assert.deepEqual(problems, [{ code: 'unknownField', model: sonnet, path: 'contextWindov' }]);
    assert.equal(entry?.outputBurndown, 2);
    assert.deepEqual(parseOne({ caching: { minimun: 5 } }).problems, [{ code: 'unknownField', model: sonnet, path: 'caching.minimun' }]);
  });

  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['contextWindow', 0, 'positiveInteger'],
    ['contextWindow', Infinity, 'positiveInteger'],
    ['contextWindow', '200000', 'positiveInteger'],
    ['maxOutputTokens', -1, 'positiveInteger'],
    ['maxOutputTokens', 1.5, 'positiveInteger'],
    ['outputBurndown', NaN, 'positiveInteger'],
    ['name', '', 'text'],
    ['provider', 5, 'text'],
    ['lifecycle', 'dead', 'lifecycle'],
    ['lifecycle', { kind: 'legacy', endOfLife: 'soon' }, 'lifecycle'],
    ['lifecycle', { kind: 'active', endOfLife: '2027-01-01' }, 'lifecycle'],
    ['profiles', ['US!'], 'prefixes'],
    ['profiles', ['us', 'us'], 'prefixes'],
    ['onDemand', 'yes', 'boolean'],
    ['countTokens', 1, 'boolean'],
    ['tokens', 'claude', 'tokens'],
    ['toolPrompt', [1], 'twoIntegers'],
    ['toolPrompt', [1, -2], 'twoIntegers'],
    ['caching', 'some', 'caching'],
    ['caching', { kind: 3 }, 'caching'],
    ['prices', { input: -1, output: 2 }, 'prices'],
    ['prices', { us: { input: 1 } }, 'prices'],
    ['prices', { us: { input: 1, output: 1, cacheWrite: 2 } }, 'prices'],
    ['prices', 3, 'prices'],
    ['priceTiers', [{ aboveInputTokens: 0, prices: {} }], 'priceTiers'],
    ['priceTiers', {}, 'priceTiers'],
    ['surfaces', [], 'surfaces'],
    ['surfaces', ['edge'], 'surfaces'],
    ['notes', [''], 'texts'],
  ];
  for (const [field, value, expected] of wrong) {
    it(`says that ${field} ${JSON.stringify(value)} should be ${expected}`, () => {
      const { entry, problems } = parseOne({ [field]: value, outputBurndown: field === 'outputBurndown' ? value : 2 });
      assert.deepEqual(problems, [{ code: 'badValue', model: sonnet, path: field, expected }]);
      if (field !== 'outputBurndown') assert.deepEqual(entry, { ...findEntry(sonnet), outputBurndown: 2, overridden: ['outputBurndown'] });
    });
  }

  const wrongCaching: readonly (readonly [string, unknown, string])[] = [
    ['minimum', 0, 'figure'],
    ['minimum', { low: 5, likely: 4, high: 6 }, 'figure'],
    ['minimum', { low: 1, likely: 2, high: 3, why: 7 }, 'figure'],
    ['maxCheckpoints', 0, 'positiveInteger'],
    ['fields', ['tool'], 'cacheFields'],
    ['fields', [], 'cacheFields'],
    ['ttls', ['10m'], 'ttls'],
    ['defaultTtl', '10m', 'ttls'],
    ['lookBack', -20, 'positiveInteger'],
    ['implicit', 'no', 'boolean'],
  ];
  for (const [field, value, expected] of wrongCaching) {
    it(`says that caching.${field} ${JSON.stringify(value)} should be ${expected}`, () => {
      const { problems } = parseOne({ caching: { [field]: value } });
      assert.deepEqual(problems, [{ code: 'badValue', model: sonnet, path: `caching.${field}`, expected }]);
    });
  }
});

describe('parseModelOverrides for any value', () => {
  const field = fc.oneof(fc.constantFrom(...fieldNames(), 'like', '__proto__', 'constructor'), fc.string());
  const values = fc.oneof(fc.jsonValue(), fc.anything());
  const settings = fc.oneof(
    values,
    fc.dictionary(fc.oneof(fc.constantFrom(...catalog.slice(0, 5).map(({ id }) => id)), fc.string()), fc.dictionary(field, values)),
  );

  it('never throws, and gives only entries that are whole', () => {
    fc.assert(
      fc.property(settings, (value) => {
        for (const entry of parseModelOverrides(value).entries) {
          assert.ok(entry.contextWindow > 0 && entry.maxOutputTokens > 0 && entry.id !== '');
          if (entry.caching.kind === 'explicit') assert.ok(entry.caching.ttls.includes(entry.caching.defaultTtl));
        }
      }),
    );
  });
});

describe('the JSON schema of the setting', () => {
  const schema = JSON.parse(readFileSync(new URL('../../../../docs/models.schema.json', import.meta.url), 'utf8')) as {
    additionalProperties: { properties: Record<string, unknown> };
  };
  it('has the fields that the code reads', () => {
    assert.deepEqual(Object.keys(schema.additionalProperties.properties).sort(), [...fieldNames(), 'like'].sort());
  });
});

describe('the examples of docs/models.md', () => {
  it('are settings without a problem', () => {
    const text = readFileSync(new URL('../../../../docs/models.md', import.meta.url), 'utf8');
    const example = /^"cachepoint\.models": ([^]*?)\n```/m.exec(text)?.[1] ?? '';
    const { entries, problems } = parseModelOverrides(JSON.parse(example));
    assert.deepEqual(problems, []);
    assert.deepEqual(
      entries.map(({ id }) => id),
      ['anthropic.claude-opus-4-7', 'acme.model-v1', 'anthropic.claude-sonnet-9'],
    );
  });
});
