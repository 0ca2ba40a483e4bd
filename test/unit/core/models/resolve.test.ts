import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { catalog, findEntry } from '../../../../src/core/models/catalog';
import { geographiesOf, profilePrefixes, suggestProfile } from '../../../../src/core/models/profiles';
import { entryOf, profileKindOf, regionOf, resolveModel } from '../../../../src/core/models/resolve';
import type { Resolution, ResolveOptions } from '../../../../src/core/models/resolve';
import { findSuccessors } from '../../../../src/core/models/successor';
import { editDistance } from '../../../../src/core/models/suggest';
import { anyText } from '../../../support/anyText';

const profiles = JSON.parse(readFileSync(new URL('../../../fixtures/models/profiles.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
const account = '123456789012';
const arn = (resource: string, region = 'eu-west-1') => `arn:aws:bedrock:${region}:${account}:${resource}`;

const expectKind = <K extends Resolution['kind']>(id: string, kind: K, options?: ResolveOptions): Resolution & { kind: K } => {
  const resolution = resolveModel(id, options);
  assert.equal(resolution.kind, kind, id);
  return resolution as Resolution & { kind: K };
};

describe('resolving every listed inference profile', () => {
  it('has as many as the catalog derives from its prefixes', () => {
    const derived = catalog.flatMap(({ id, profiles: prefixes }) => prefixes.map((prefix) => `${prefix}.${id}`));
    assert.deepEqual([...derived].sort(), Object.keys(profiles).sort());
    assert.ok(derived.length > 100);
  });

  for (const [id, base] of Object.entries(profiles)) {
    it(`leads ${id} to its model and back`, () => {
      const resolution = expectKind(id, 'profile');
      assert.equal(resolution.entry.id, base);
      assert.equal(`${resolution.prefix}.${resolution.entry.id}`, id);
      assert.equal(resolution.listed, true);
      assert.equal(resolution.profileKind, id.slice(0, id.indexOf('.')));
      assert.equal(findEntry(id), undefined, 'a profile id is no base id');
      const byArn = expectKind(arn(`inference-profile/${id}`), 'profile');
      assert.deepEqual([byArn.entry.id, byArn.prefix, byArn.region], [base, resolution.prefix, 'eu-west-1']);
    });
  }
});

describe('resolving base models', () => {
  it('resolves every base id and its foundation-model ARN', () => {
    for (const { id } of catalog) {
      const bare = expectKind(id, 'bare');
      assert.deepEqual([bare.entry.id, bare.profileKind, bare.region], [id, 'inRegion', undefined]);
      const byArn = expectKind(`arn:aws:bedrock:us-east-1::foundation-model/${id}`, 'bare');
      assert.deepEqual([byArn.entry.id, byArn.region], [id, 'us-east-1']);
    }
  });

  it('resolves the bare id of a model that runs only through profiles, for a rule to report', () => {
    assert.equal(expectKind('anthropic.claude-haiku-4-5-20251001-v1:0', 'bare').entry.onDemand, false);
  });

  it('ignores white space around an id', () => {
    assert.equal(expectKind('  us.amazon.nova-lite-v1:0\r\n', 'profile').entry.id, 'amazon.nova-lite-v1:0');
  });

  it('says that nothing is nothing', () => {
    for (const id of ['', ' ', '\t\n']) expectKind(id, 'empty');
  });

  it('takes a context suffix as a variant of the same model', () => {
    assert.deepEqual(
      [
        expectKind('amazon.nova-pro-v1:0:300k', 'bare').contextSuffix,
        expectKind('us.anthropic.claude-opus-4-6-v1:1m', 'profile').contextSuffix,
      ],
      ['300k', '1m'],
    );
    assert.equal(expectKind('amazon.nova-pro-v1:0', 'bare').contextSuffix, undefined);
    expectKind('amazon.nova-pro-v1:0:big', 'unknown');
  });

  it('resolves a profile the catalog does not list, and says so', () => {
    assert.equal(expectKind('jp.anthropic.claude-fable-5', 'profile').listed, false);
  });

  it('reads GovCloud and global ARNs', () => {
    const gov = expectKind(`arn:aws-us-gov:bedrock:us-gov-west-1:${account}:inference-profile/us-gov.anthropic.claude-opus-5`, 'profile');
    assert.deepEqual([gov.prefix, gov.region], ['us-gov', 'us-gov-west-1']);
    assert.equal(expectKind('arn:aws:bedrock:::foundation-model/anthropic.claude-opus-5', 'bare').region, undefined);
  });
});

describe('unknown ids', () => {
  const suggestions = (id: string, options?: ResolveOptions) => expectKind(id, 'unknown', options).suggestions;

  it('does not complete a missing version by itself but suggests it', () => {
    assert.equal(suggestions('anthropic.claude-sonnet-4-5')[0], 'anthropic.claude-sonnet-4-5-20250929-v1:0');
    assert.equal(suggestions('us.anthropic.claude-haiku-4-5')[0], 'us.anthropic.claude-haiku-4-5-20251001-v1:0');
    assert.equal(suggestions('amazon.nova-pro')[0], 'amazon.nova-pro-v1:0');
  });

  it('suggests what a typing error meant', () => {
    assert.equal(suggestions('anthropic.claude-sonet-4-6')[0], 'anthropic.claude-sonnet-4-6');
    assert.equal(suggestions('global.anthropic.claude-opus-55')[0], 'global.anthropic.claude-opus-5-5');
    assert.equal(suggestions('Anthropic.Claude-Sonnet-4-6')[0], 'anthropic.claude-sonnet-4-6');
    assert.equal(suggestions('claude-sonnet-4-6')[0], 'anthropic.claude-sonnet-4-6');
    assert.equal(suggestions('Claude Haiku 4.5')[0], 'anthropic.claude-haiku-4-5-20251001-v1:0');
  });

  it('suggests at most three, only known ids, and models one may call first', () => {
    for (const id of ['claude', 'nova', 'gpt-5', 'qwen3', 'us.anthropic.claude-opus']) {
      const found = suggestions(id);
      assert.ok(found.length > 0 && found.length <= 3, id);
      for (const suggestion of found) assert.ok(entryOf(resolveModel(suggestion)), suggestion);
      assert.equal(entryOf(resolveModel(found[0] ?? ''))?.lifecycle.kind, 'active', id);
    }
  });

  it('suggests nothing for what is like nothing', () => {
    for (const id of ['zzzz', 'my-own-model', '日本語', 'x'.repeat(5000), '{{model}}', 'us.', '.'])
      assert.deepEqual(suggestions(id), [], id.slice(0, 20));
  });

  it('does not take a made-up prefix for a profile', () => {
    expectKind('mars.anthropic.claude-sonnet-4-6', 'unknown');
  });

  it('knows models that the settings add', () => {
    const added = { ...catalog[0]!, id: 'acme.one-v1', profiles: ['us'] };
    assert.equal(expectKind('us.acme.one-v1', 'profile', { overrides: [added] }).entry, added);
    assert.deepEqual(suggestions('acme.one', { overrides: [added] }), ['acme.one-v1']);
  });
});

describe('opaque ARNs', () => {
  const resources: readonly (readonly [string, string])[] = [
    [arn('application-inference-profile/a1b2c3d4e5f6'), 'applicationProfile'],
    [arn('provisioned-model/abcdef123456'), 'provisioned'],
    [arn('prompt/ABCDEFGHIJ'), 'prompt'],
    [arn('prompt/ABCDEFGHIJ:3'), 'prompt'],
    [arn('default-prompt-router/anthropic.claude:1'), 'promptRouter'],
    [arn('prompt-router/abcdefghijkl'), 'promptRouter'],
    [arn('custom-model/anthropic.claude-3-haiku-20240307-v1:0:200k/abcdefghijkl'), 'customModel'],
    [arn('custom-model-deployment/abcdefghijkl'), 'customModel'],
    [arn('imported-model/abcdefghijkl'), 'importedModel'],
    [`arn:aws:sagemaker:us-west-2:${account}:endpoint/my-endpoint`, 'endpoint'],
    [arn('something-new/abc'), 'other'],
    ['arn:aws:s3:::bucket/key', 'other'],
    ['arn:', 'other'],
  ];
  for (const [id, resource] of resources) {
    it(`calls ${id} ${resource} and knows no model`, () => {
      const resolution = expectKind(id, 'opaque');
      assert.deepEqual([resolution.resource, resolution.entry, resolution.mappedTo, resolution.arn], [resource, undefined, undefined, id]);
      assert.equal(entryOf(resolution), undefined);
    });
  }

  it('uses the mapping of the settings, and keeps saying what the ARN is', () => {
    const id = arn('application-inference-profile/a1b2c3d4e5f6');
    const mapped = expectKind(id, 'opaque', { profileModels: { [id]: ' eu.anthropic.claude-sonnet-4-6 ' } });
    assert.equal(mapped.entry?.id, 'anthropic.claude-sonnet-4-6');
    assert.deepEqual([mapped.resource, mapped.profileKind, mapped.region], ['applicationProfile', 'eu', 'eu-west-1']);
    assert.deepEqual([profileKindOf(mapped), regionOf(mapped)], ['eu', 'eu-west-1']);
    const bare = expectKind(id, 'opaque', { profileModels: { [id]: 'amazon.nova-pro-v1:0' } });
    assert.deepEqual([bare.entry?.id, bare.profileKind], ['amazon.nova-pro-v1:0', 'inRegion']);
  });

  it('tells a mapping to an unknown model, and never follows one to another ARN', () => {
    const [one, other] = [arn('application-inference-profile/one'), arn('application-inference-profile/other')];
    const wrong = expectKind(one, 'opaque', { profileModels: { [one]: 'no-such-model' } });
    assert.deepEqual([wrong.entry, wrong.mappedTo], [undefined, 'no-such-model']);
    assert.equal(expectKind(one, 'opaque', { profileModels: { [one]: other, [other]: one } }).entry, undefined);
    assert.equal(expectKind(one, 'opaque', { profileModels: { [one]: 7 } as unknown as Record<string, string> }).mappedTo, undefined);
  });
});

describe('resolveModel for any string', () => {
  const pieces = fc.constantFrom(
    'arn:aws:bedrock:',
    'us-east-1',
    ':',
    '::',
    '/',
    '.',
    ' ',
    'us',
    'global',
    'foundation-model',
    'inference-profile',
    '1m',
    ...catalog.slice(0, 8).map(({ id }) => id),
  );
  const ids = fc.oneof(
    anyText({ maxLength: 300 }),
    fc.array(pieces, { maxLength: 9 }).map((parts) => parts.join('')),
  );

  it('never throws, and answers the same twice', () => {
    fc.assert(
      fc.property(ids, (id) => {
        assert.deepEqual(resolveModel(id), resolveModel(id));
      }),
    );
  });

  it('suggests only ids that resolve', () => {
    fc.assert(
      fc.property(ids, (id) => {
        const resolution = resolveModel(id);
        if (resolution.kind === 'unknown') for (const suggestion of resolution.suggestions) assert.ok(entryOf(resolveModel(suggestion)));
      }),
    );
  });

  it('survives names of object members', () => {
    for (const id of ['__proto__', 'constructor', 'us.__proto__', arn('constructor/x'), arn('__proto__/x')])
      assert.equal(entryOf(resolveModel(id)), undefined);
    assert.equal(expectKind(arn('prompt/toString'), 'opaque', { profileModels: {} }).mappedTo, undefined);
  });
});

describe('editDistance', () => {
  it('counts insertions, deletions and substitutions up to a limit', () => {
    assert.equal(editDistance('sonet', 'sonnet', 3), 1);
    assert.equal(editDistance('haiku', 'haiku', 3), 0);
    assert.equal(editDistance('kitten', 'sitting', 3), 3);
    assert.equal(editDistance('kitten', 'sitting', 2), 3);
    assert.equal(editDistance('', 'ab', 5), 2);
  });

  it('is symmetric', () => {
    const short = fc.string({ maxLength: 12 });
    fc.assert(fc.property(short, short, (a, b) => assert.equal(editDistance(a, b, 20), editDistance(b, a, 20))));
  });
});

describe('profiles by Region', () => {
  const sonnet46 = findEntry('anthropic.claude-sonnet-4-6')!;
  const haiku45 = findEntry('anthropic.claude-haiku-4-5-20251001-v1:0')!;
  const novaLite = findEntry('amazon.nova-lite-v1:0')!;
  const prefixes = (entry: typeof sonnet46, region: string | undefined) =>
    suggestProfile(entry, region).map((id) => id.slice(0, id.length - entry.id.length - 1));

  it('offers the geography of the Region, then global', () => {
    assert.deepEqual(prefixes(sonnet46, 'us-west-2'), ['us', 'global']);
    assert.deepEqual(prefixes(sonnet46, 'eu-central-1'), ['eu', 'global']);
    assert.deepEqual(prefixes(sonnet46, 'ap-northeast-1'), ['jp', 'global']);
    assert.deepEqual(prefixes(sonnet46, 'ap-southeast-2'), ['au', 'global']);
    assert.deepEqual(prefixes(haiku45, 'ap-northeast-3'), ['jp', 'apac', 'global']);
    assert.deepEqual(prefixes(haiku45, 'ap-south-1'), ['in', 'apac', 'global']);
    assert.deepEqual(prefixes(haiku45, 'ap-southeast-1'), ['apac', 'global']);
    assert.deepEqual(prefixes(novaLite, 'ca-central-1'), ['ca', 'us']);
    assert.deepEqual(prefixes(sonnet46, 'sa-east-1'), ['global']);
    assert.deepEqual(prefixes(novaLite, 'sa-east-1'), []);
  });

  it('keeps GovCloud to itself', () => {
    const opus5 = findEntry('anthropic.claude-opus-5')!;
    assert.deepEqual(suggestProfile(opus5, 'us-gov-west-1'), ['us-gov.anthropic.claude-opus-5']);
    assert.deepEqual(prefixes(sonnet46, 'us-gov-east-1'), []);
    assert.ok(!geographiesOf('us-east-1').includes('us-gov'));
  });

  it('offers all profiles of a model where no Region is known', () => {
    assert.deepEqual(prefixes(sonnet46, undefined), sonnet46.profiles);
    assert.deepEqual(suggestProfile(findEntry('deepseek.v3.2')!, 'us-east-1'), []);
  });

  it('suggests only ids that resolve to the same model, for any Region', () => {
    const regions = fc.oneof(fc.string(), fc.constantFrom('us-east-1', 'eu-north-1', 'ap-south-2', 'us-gov-west-1', 'cn-north-1'));
    fc.assert(
      fc.property(fc.constantFrom(...catalog), regions, (entry, region) => {
        for (const id of suggestProfile(entry, region)) assert.equal(entryOf(resolveModel(id)), entry);
      }),
    );
  });

  it('knows every prefix that the catalog uses', () => {
    for (const prefix of new Set(catalog.flatMap(({ profiles: own }) => own))) assert.ok(profilePrefixes.includes(prefix), prefix);
  });
});

describe('findSuccessors', () => {
  const after = (id: string) => findSuccessors(findEntry(id)!)[0]?.id;
  it('names the newest of the same line', () => {
    assert.equal(after('anthropic.claude-3-5-haiku-20241022-v1:0'), 'anthropic.claude-haiku-5-5');
    assert.equal(after('anthropic.claude-sonnet-4-20250514-v1:0'), 'anthropic.claude-sonnet-5-5');
    assert.equal(after('anthropic.claude-opus-4-1-20250805-v1:0'), 'anthropic.claude-opus-5-5');
    assert.equal(after('anthropic.claude-3-5-sonnet-20241022-v2:0'), 'anthropic.claude-sonnet-5-5');
    assert.equal(after('amazon.nova-lite-v1:0'), 'amazon.nova-2-lite-v1:0');
  });
  it('names none where there is none', () => {
    assert.equal(after('amazon.nova-premier-v1:0'), undefined);
    assert.equal(after('anthropic.claude-opus-5-5'), undefined);
  });
});
