import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import { coldCall } from '../../../src/core/request/makeCold';
import type { WireCall } from '../../../src/core/request/types';
import { createEmulator } from '../../../src/emulator/server';
import type { Emulator } from '../../../src/emulator/options';
import { clearEmulator } from '../../../src/machine/probeEmulator';
import { collect, ofType, targetAt } from './support/calls';

const rules = 'The desk answers in two sentences and quotes the paragraph of the policy. '.repeat(200);
const converse: WireCall = {
  api: 'converse',
  modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
  body: {
    modelId: 'us.anthropic.claude-sonnet-4-5-20250929-v1:0',
    system: [{ text: rules }, { cachePoint: { type: 'default' } }],
    messages: [{ role: 'user', content: [{ text: 'Hello' }] }],
  },
};
const tools: WireCall = {
  ...converse,
  body: {
    ...converse.body,
    toolConfig: {
      tools: [
        { toolSpec: { name: 'find', description: rules, inputSchema: { json: { type: 'object' } } } },
        { cachePoint: { type: 'default' } },
      ],
    },
  },
};
const messages: WireCall = {
  api: 'messages',
  modelId: converse.modelId,
  body: JSON.stringify({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 9,
    system: [{ type: 'text', text: rules, cache_control: { type: 'ephemeral' } }],
    messages: [{ role: 'user', content: 'Hello' }],
  }),
};

describe('a call that is made cold', function () {
  this.timeout(20_000);
  let emulator: Emulator;
  beforeEach(async () => (emulator = await createEmulator({ delay: () => Promise.resolve() })));
  afterEach(async () => emulator.close());
  after(() => disposeClients());

  const readBy = async (call: WireCall): Promise<number | undefined> =>
    ofType(await collect(targetAt(emulator.url), { call }), 'usage')[0]?.usage.cacheRead;

  for (const [name, call] of Object.entries({ converse, tools, messages }))
    it(`reads nothing, whatever is cached: ${name}`, async () => {
      await readBy(call);
      assert.ok(((await readBy(call)) ?? 0) > 1024, 'the second call reads');
      const cold = coldCall(call, '[Cold run 1]');
      assert.ok(cold);
      assert.equal(await readBy(cold), 0);
      // What others wrote is still there.
      assert.ok(((await readBy(call)) ?? 0) > 1024);
    });

  it('is the first after the emulator was told to forget', async () => {
    await readBy(converse);
    assert.equal(await clearEmulator(emulator.url), true);
    assert.equal(await readBy(converse), 0);
    assert.ok(((await readBy(converse)) ?? 0) > 1024);
  });

  it('is not made by somebody who is no emulator', async () => {
    const { url } = emulator;
    await emulator.close();
    assert.equal(await clearEmulator(url), false);
    assert.equal(await clearEmulator('http://example.com'), false);
    emulator = await createEmulator({ delay: () => Promise.resolve() });
  });
});
