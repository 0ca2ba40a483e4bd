import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import { countTokens } from '../../../src/aws/countTokens';
import type { TokenCount } from '../../../src/aws/countTokens';
import { call, neverAborted, targetAt } from './support/calls';
import { useQuickService } from './support/quickService';
import type { RawBedrock, Script } from './support/rawBedrock';

describe('aws: counting tokens', () => {
  let server: RawBedrock;
  useQuickService((started) => (server = started));

  const retries: string[] = [];
  // Far above what an answer takes on a busy machine, where none is waited for in vain.
  const patience = 10_000;
  const countWithin = (timeoutMs: number, ...scripts: Script[]): Promise<TokenCount> => {
    retries.length = 0;
    server.answer(...scripts);
    const target = targetAt(server.url, { maxAttempts: 3, timeoutMs });
    return countTokens(call, target, neverAborted, 'base', ({ attempt, reason }) => retries.push(`${attempt} ${reason}`));
  };
  const count = (...scripts: Script[]): Promise<TokenCount> => countWithin(patience, ...scripts);
  const codeOf = (answer: TokenCount): string => ('code' in answer ? answer.code : 'counted');
  const counted: Script = (exchange) => exchange.json({ inputTokens: 7 });

  it('asks about the model that it is given', async () => {
    assert.deepEqual(await count(counted), { tokens: 7 });
    assert.equal(server.exchanges[0]?.path, '/model/base/count-tokens');
  });

  it('tries again when it is throttled, and says each attempt', async () => {
    const throttled: Script = (exchange) => exchange.refuse(429, 'ThrottlingException', 'wait');
    assert.deepEqual(await count(throttled, throttled, counted), { tokens: 7 });
    assert.deepEqual(retries, ['2 ThrottlingException', '3 ThrottlingException']);
    const last = await count(throttled);
    assert.ok('code' in last && last.code === 'throttled' && last.attempts === 3);
  });

  it('says the status of an answer that is a page', async () => {
    await count((exchange) => exchange.reply(502, { 'content-type': 'text/html' }, '<h1>Bad gateway</h1>'), counted);
    assert.deepEqual(retries, ['2 HTTP 502']);
  });

  const once: readonly { readonly what: string; readonly script: Script; readonly code: string }[] = [
    { what: 'nothing comes', script: () => undefined, code: 'timeout' },
    {
      what: 'the answer is a page',
      script: (exchange) => exchange.reply(200, { 'content-type': 'text/html' }, '<p>'),
      code: 'otherAnswer',
    },
    {
      what: 'the answer is no JSON',
      script: (exchange) => exchange.reply(200, { 'content-type': 'application/json' }, '{'),
      code: 'otherAnswer',
    },
    { what: 'the answer is empty', script: (exchange) => exchange.reply(200, {}, ''), code: 'otherAnswer' },
    { what: 'the answer is other JSON', script: (exchange) => exchange.json({ tokens: 1 }), code: 'otherAnswer' },
    {
      what: 'it is sent elsewhere',
      script: (exchange) => exchange.reply(308, { location: 'https://x.invalid/' }, ''),
      code: 'otherAnswer',
    },
  ];
  for (const { what, script, code } of once) {
    it(`asks once when ${what}`, async () => {
      assert.equal(codeOf(await countWithin(code === 'timeout' ? 200 : patience, script)), code);
      assert.deepEqual(retries, []);
      assert.equal(server.exchanges.length, 1);
    });
  }

  it('asks once when a new connection ends before the reply', async () => {
    disposeClients();
    assert.equal(codeOf(await count((exchange) => exchange.cut())), 'unanswered');
    assert.equal(server.exchanges.length, 1);
  });
});
