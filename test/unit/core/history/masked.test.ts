import assert from 'node:assert/strict';
import type { AnswerPart } from '../../../../src/core/runs/parts';
import { maskedTexts, withoutSecrets } from '../../../../src/core/history/masked';

const key = 'AKIA2E4GHJ7QWZXPLM3N';
const pem = `-----BEGIN RSA PRIVATE KEY-----\nMIIEpAIBAAKCAQEA\nabc\n-----END RSA PRIVATE KEY-----`;
const textsOf = (request: string, answer = '') =>
  maskedTexts({ request, answer, reasoning: '', toolUses: [{ name: 'use', input: { at: key } }] });

describe('kept texts', () => {
  it('are without what looks like a secret, and otherwise as they were', () => {
    assert.equal(withoutSecrets(`Use ${key} here.`), 'Use [secret left out] here.');
    assert.equal(withoutSecrets('Nothing to see.'), 'Nothing to see.');
  });

  it('are without the whole of a private key, also of one that does not end', () => {
    assert.equal(withoutSecrets(`a\n${pem}\nb`), 'a\n[secret left out]\nb');
    assert.equal(withoutSecrets(`a\n${pem.slice(0, 60)}`), 'a\n[secret left out]');
  });

  it('are looked at as they read: behind an escaped line break a key is a key', () => {
    const request = JSON.stringify({ system: [{ text: `Keys:\n${key}\n${pem}` }] }, null, 2);
    const { request: kept, toolUses } = textsOf(request);
    assert.doesNotMatch(kept, /AKIA|MIIE/);
    assert.deepEqual(toolUses[0]?.input, { at: '[secret left out]' });
  });

  it('have the further parts of an answer, too, and what is said of its tools', () => {
    const parts: readonly AnswerPart[] = [
      {
        kind: 'citation',
        title: 'Rules',
        source: undefined,
        cited: `The key is ${key}.`,
        place: { in: 'pages', document: 0, start: 1, end: 2 },
      },
      { kind: 'toolResult', status: undefined, content: [{ text: `Found ${key}` }] },
      { kind: 'image', format: 'png', bytes: 12 },
    ];
    const toolUses = [{ name: 'search', input: {}, byService: true }] as const;
    const kept = maskedTexts({ request: '', answer: '', reasoning: '', toolUses, parts });
    assert.deepEqual(kept.parts, [
      { ...parts[0], cited: 'The key is [secret left out].' },
      { ...parts[1], content: [{ text: 'Found [secret left out]' }] },
      parts[2],
    ]);
    assert.deepEqual(kept.toolUses, toolUses);
  });

  it('stay character for character where there is none', () => {
    const request = '{"b":1,   "a": [ ]}';
    assert.equal(textsOf(request).request, request);
    assert.equal(textsOf('not JSON').request, 'not JSON');
  });
});
