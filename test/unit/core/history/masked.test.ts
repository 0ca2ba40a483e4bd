import assert from 'node:assert/strict';
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

  it('stay character for character where there is none', () => {
    const request = '{"b":1,   "a": [ ]}';
    assert.equal(textsOf(request).request, request);
    assert.equal(textsOf('not JSON').request, 'not JSON');
  });
});
