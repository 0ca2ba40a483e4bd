import assert from 'node:assert/strict';
import { proxyFor } from '../../../src/aws/network';
import type { Network } from '../../../src/core/runs/port';

const bedrock = 'https://bedrock-runtime.us-east-1.amazonaws.com';
const settings = (changes: Partial<Network> = {}): Network => ({ proxySupport: 'on', proxy: '', noProxy: [], strictSsl: true, ...changes });
const hostFor = (network: Network | undefined, environment: Readonly<Record<string, string>>, address = bedrock): string | undefined =>
  proxyFor(address, network, environment)?.url.host;

describe('the proxy on the way to AWS', () => {
  const variables = { HTTPS_PROXY: 'http://of-environment:3128' };

  it('is that of the settings, else of the environment, in either spelling and without a scheme', () => {
    assert.equal(hostFor(settings({ proxy: 'http://of-settings:8080' }), variables), 'of-settings:8080');
    assert.equal(hostFor(settings(), variables), 'of-environment:3128');
    assert.equal(hostFor(undefined, { https_proxy: 'small:3128' }), 'small:3128');
    assert.equal(hostFor(undefined, { HTTPS_PROXY: 'bare:3128' }), 'bare:3128');
    assert.equal(hostFor(undefined, { HTTPS_PROXY: ' ', HTTP_PROXY: 'http://of-http:1' }), undefined);
  });

  it('is left to the editor where it sees to it, and is none where the person wants none', () => {
    for (const proxySupport of ['off', 'override', 'fallback'] as const)
      assert.equal(hostFor(settings({ proxySupport, proxy: 'http://of-settings:8080' }), variables), undefined, proxySupport);
  });

  it('is none for what NO_PROXY or http.noProxy names, and for this machine', () => {
    for (const entry of [
      '*',
      '.amazonaws.com',
      'amazonaws.com',
      '*.us-east-1.amazonaws.com',
      'bedrock-runtime.us-east-1.amazonaws.com:443',
    ]) {
      assert.equal(hostFor(undefined, { ...variables, NO_PROXY: `localhost, ${entry}` }), undefined, entry);
      assert.equal(hostFor(settings({ noProxy: [entry] }), variables), undefined, entry);
    }
    for (const entry of ['', 'aws.com', 'us-west-2.amazonaws.com', 'bedrock-runtime.us-east-1.amazonaws.com:8443', '127.0.0.1'])
      assert.equal(hostFor(undefined, { ...variables, NO_PROXY: entry }), 'of-environment:3128', entry);
    for (const address of ['https://127.0.0.1:1', 'https://localhost:1', 'https://[::1]:1'])
      assert.equal(hostFor(undefined, variables, address), undefined);
  });

  it('has its certificate checked unless the settings say otherwise', () => {
    assert.equal(proxyFor(bedrock, undefined, variables)?.strictSsl, true);
    assert.equal(proxyFor(bedrock, settings({ strictSsl: false }), variables)?.strictSsl, false);
  });
});
