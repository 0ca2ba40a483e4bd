import assert from 'node:assert/strict';
import fc from 'fast-check';
import { defaultSettings, isEndpoint, parseSettings, settingKeys, type Settings } from '../../../src/core/settings';

/** Reads settings of which some are given, by their names in the code. */
const parse = (given: Readonly<Record<string, unknown>>) => {
  const byKey = new Map(Object.entries(settingKeys).map(([name, key]) => [key, given[name]]));
  return parseSettings((key) => byKey.get(key));
};
const names = Object.keys(defaultSettings) as readonly (keyof Settings)[]; // an object of exactly these keys

/** For each setting, values that are taken as they are, and values that are not. */
const values: { readonly [K in keyof Settings]: { readonly right: readonly Settings[K][]; readonly wrong: readonly unknown[] } } = {
  endpoint: { right: ['aws', 'emulator', 'https://gateway.example/path', 'http://127.0.0.1:8787'], wrong: ['', 'AWS', 'ftp://a', 1, null] },
  region: {
    right: [
      '',
      'us-east-1',
      'us-gov-west-1',
      'ap-southeast-2',
      'eusc-de-east-1',
      'us-isob-east-1',
      'eu-isoe-west-1',
      'cn-north-1',
      'mx-central-1',
    ],
    wrong: ['us-east', 'US-EAST-1', 'us-east-1 ', 'us-east-1.evil.example', 'xx-east-1', 'eusc-fr-east-1', 'us-east-1\n'],
  },
  profile: { right: ['', 'dev', 'a b'], wrong: [1, null, ['dev']] },
  door: { right: ['stream', 'whole', 'mantle'], wrong: ['', 'Converse', null] },
  requestMetadata: { right: [true, false], wrong: ['true', 1] },
  countFirst: { right: [true, false], wrong: ['true', 1] },
  timeoutSeconds: { right: [1, 3600, 1.5], wrong: [0, 3601, Number.NaN, Number.POSITIVE_INFINITY, '120'] },
  maxAttempts: { right: [1, 10], wrong: [0, 11, Number.NaN, '3'] },
  confirmAboveUsd: { right: [0, 0.01, 1e6], wrong: [-0.01, 1e6 + 1, '0'] },
  rowsAtOnce: { right: [1, 4, 64], wrong: [0, 65, 1.5, '4'] },
  dailyLimitUsd: { right: [0, 25, 1e6], wrong: [-1, 1e6 + 1, '25'] },
  priceFactors: { right: [{}, { m: 0.85, n: 1 }], wrong: [{ m: 0 }, { m: '0.85' }, 0.85, []] },
  emulatorPort: { right: [0, 8787, 65_535], wrong: [-1, 65_536, 80.5, '8787'] },
  recordedAnswers: { right: ['off', 'window', 'persistent'], wrong: ['on', true, ''] },
  keepTexts: { right: [true, false], wrong: ['true', 0, null] },
  historyMegabytes: { right: [0, 0.5, 64, 10_000], wrong: [-1, 10_001, '64', null] },
  cacheMap: { right: [true, false], wrong: ['true', 0, null] },
  inlineFigures: { right: [true, false], wrong: ['true', 0, null] },
  codeLens: { right: [true, false], wrong: ['true', 0, null] },
  headingTokens: { right: [true, false], wrong: ['true', 0, null] },
  editImpact: { right: ['off', 'run', 'git', 'both'], wrong: ['on', true, ''] },
  problems: { right: [true, false], wrong: ['true', 0, null] },
  severity: { right: [{}, { 'cache/missing': 'off', 'syntax/json': 'hint' }], wrong: [{ 'cache/missing': 'loud' }, [], null, 'off'] },
  callsPerHour: { right: [0, 0.5, 1e7], wrong: [-1, 1e7 + 1, Number.NaN, '60'] },
  defaultModelId: { right: ['', 'amazon.nova-lite-v1:0'], wrong: [1, null] },
  profileModels: { right: [{}, { a: 'b' }], wrong: [{ a: 1 }, ['a'], null] },
  neverGlobal: { right: [true, false], wrong: ['true', 0, null] },
  models: { right: [{}, { a: { name: 'A' }, b: 1 }], wrong: [[], null, 'a'] },
  promptFiles: { right: [[], ['agents/*.md']], wrong: [[1], 'agents/*.md', null] },
  staticTexts: { right: [[], ['2024-01-01']], wrong: [[1], 'a', { 0: 'a', length: 1 }, null] },
};

describe('settings', () => {
  it('are the defaults where nothing is set', () => {
    assert.deepEqual(
      parseSettings(() => undefined),
      { settings: defaultSettings, wrong: [] },
    );
  });

  for (const name of names) {
    it(`take for ${name} what fits, and the default for what does not`, () => {
      for (const right of values[name].right) {
        assert.deepEqual(parse({ [name]: right }), { settings: { ...defaultSettings, [name]: right }, wrong: [] });
      }
      for (const wrong of values[name].wrong) {
        assert.deepEqual(parse({ [name]: wrong }), { settings: defaultSettings, wrong: [`cachepoint.${settingKeys[name]}`] });
      }
    });
  }

  it('are each judged alone', () => {
    const { settings, wrong } = parse({ endpoint: 'http://gateway.example', region: 'eu-west-1', maxAttempts: 0 });
    assert.deepEqual(settings, { ...defaultSettings, region: 'eu-west-1' });
    assert.deepEqual([...wrong].sort(), ['cachepoint.endpoint', 'cachepoint.run.maxAttempts']);
  });

  it('are complete and of the right kind, whatever is written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), fc.anything()), (given) => {
        const { settings, wrong } = parse(given);
        assert.deepEqual(Object.keys(settings).sort(), [...names].sort());
        for (const name of names) {
          assert.equal(typeof settings[name], typeof defaultSettings[name]);
          if (wrong.includes(`cachepoint.${settingKeys[name]}`)) assert.equal(settings[name], defaultSettings[name]);
        }
        assert.ok(isEndpoint(settings.endpoint));
      }),
    );
  });
});

describe('an endpoint', () => {
  it('is Amazon Bedrock, the emulator, https anywhere, or http on this machine', () => {
    const right = [
      'aws',
      'emulator',
      'https://bedrock-gateway.example.internal/runtime',
      'https://localhost:8443',
      'https://10.0.0.1',
      'http://localhost',
      'http://localhost:8787/',
      'http://127.0.0.1:8787',
      'http://127.1.2.3',
      'http://127.255.255.254:80',
      'http://[::1]:80',
    ];
    for (const address of right) assert.ok(isEndpoint(address), address);
  });

  it('is never plain http to another machine, nor another host than it seems, however the address is dressed', () => {
    const wrong = [
      'http://gateway.example',
      'http://127.999.1.1',
      'http://127.0.0.256:8787',
      'http://127.0.1',
      'http://127.0.0.1.evil.example',
      'http://127.0.0.1@evil.example',
      'http://127.0.0.1:80@evil.example',
      'http://127.0.0.1/@evil.example',
      'http://localhost.evil.example',
      'http://evil.example/#http://localhost',
      'http://localhost\\@evil.example',
      'http://localhost\n',
      'http://evil.example\nhttp://localhost',
      'http://[::1]evil.example',
      'http://0.0.0.0:8787',
      'http://[::ffff:10.0.0.1]',
      ' http://localhost',
      'HTTP://evil.example',
      'http:/localhost',
      'http:localhost',
      '//evil.example',
      'file:///etc/passwd',
      'javascript:alert(1)',
      'https://',
      'https:///path',
      'https:// evil.example',
      'https://gateway.example/a b',
      'https://bedrock-runtime.us-east-1.amazonaws.com@evil.example',
      'https://name:password@gateway.example',
      'https://user:pass@127.0.0.1',
      'http://user:pass@127.0.0.1',
      'https://gateway.example:port',
      'https://evil.example\\gateway.example',
      'https://evil.example?gateway.example/',
      'https://evil.example#gateway.example/',
    ];
    for (const address of wrong) assert.equal(isEndpoint(address), false, address);
  });

  it('leads, where it is an address, to the host that its text begins with', () => {
    const host = fc.constantFrom('127.0.0.1', 'localhost', '[::1]', 'evil.example', '127.0.0.1.evil.example', '10.1.2.3');
    const scheme = fc.constantFrom('http://', 'https://', 'HTTP://', 'ftp://');
    const rest = fc.array(fc.constantFrom('@', ':', '/', '#', '?', '\\', '80', 'evil.example', 'localhost', '.', ' ', '\n', '\t'), {
      maxLength: 5,
    });
    fc.assert(
      fc.property(scheme, host, rest, (start, name, parts) => {
        const address = `${start}${name}${parts.join('')}`;
        if (!isEndpoint(address)) return;
        // Not every text of the shape is an address; what is none is refused when it is called.
        if (!URL.canParse(address)) return;
        const { protocol, hostname } = new URL(address);
        assert.ok(hostname.startsWith(name), address);
        const isHere = /^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname);
        assert.ok(protocol === 'https:' || (protocol === 'http:' && isHere), address);
      }),
      { numRuns: 2000 },
    );
  });
});
