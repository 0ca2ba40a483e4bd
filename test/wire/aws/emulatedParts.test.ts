import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import type { ConverseRequest, WireCall } from '../../../src/core/request/types';
import type { RunEvent } from '../../../src/core/runs/events';
import type { AnswerPart } from '../../../src/core/runs/parts';
import type { Emulator } from '../../../src/emulator/options';
import { createEmulator } from '../../../src/emulator/server';
import { collect, ofType, targetAt, textOf } from './support/calls';

const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

describe('aws: further parts of the emulator’s answers', () => {
  let emulator: Emulator;
  before(async () => {
    emulator = await createEmulator({ speed: 0 });
  });
  after(async () => {
    disposeClients();
    await emulator.close();
  });
  const answers = async (body: object, model = modelId): Promise<readonly (readonly RunEvent[])[]> => {
    const both: (readonly RunEvent[])[] = [];
    for (const door of ['ConverseStream', 'Converse'] as const) {
      const call: WireCall = { api: 'converse', door, modelId: model, body: { modelId: model, ...body } as ConverseRequest };
      both.push(await collect(targetAt(emulator.url), { call }));
    }
    return both;
  };
  const parts = (events: readonly RunEvent[]): readonly AnswerPart[] => ofType(events, 'part').map(({ part }) => part);

  it('cite documents and search results that ask for it', async () => {
    const content = [
      { text: 'What does it say?' },
      { document: { format: 'txt', name: 'terms', source: { text: 'No refund. Ever.' }, citations: { enabled: true } } },
      { searchResult: { source: 'https://a.example', title: 'Desk', content: [{ text: 'You may.' }], citations: { enabled: true } } },
    ];
    for (const events of await answers({ messages: [{ role: 'user', content }] })) {
      assert.match(textOf(events), /^Simulated by the Cachepoint emulator:/);
      assert.deepEqual(parts(events), [
        {
          kind: 'citation',
          title: 'terms',
          source: undefined,
          cited: 'No refund.',
          place: { in: 'characters', document: 0, start: 0, end: 10 },
        },
        {
          kind: 'citation',
          title: 'Desk',
          source: 'https://a.example',
          cited: 'You may.',
          place: { in: 'searchResult', result: 0, start: 0, end: 1 },
        },
      ]);
    }
  });

  it('have what a tool of the service was called with and gave, and go on', async () => {
    const ask = {
      messages: [{ role: 'user', content: [{ text: 'Please call tool nova_grounding.' }] }],
      toolConfig: { tools: [{ systemTool: { name: 'nova_grounding' } }] },
    };
    for (const events of await answers(ask, 'us.amazon.nova-2-lite-v1:0')) {
      const [use] = ofType(events, 'toolUse');
      assert.deepEqual([use?.name, use?.input, use?.byService], ['nova_grounding', {}, true]);
      const text = 'Simulated by the Cachepoint emulator: no tool was run; this stands where the result of nova_grounding would be.';
      assert.deepEqual(parts(events), [{ kind: 'toolResult', status: 'success', content: [{ text }] }]);
      assert.match(textOf(events), /^Simulated by the Cachepoint emulator: No model was called/);
      assert.equal(ofType(events, 'stopped')[0]?.reason, 'end_turn');
    }
    // Nobody asks for it, or it is not offered.
    const quiet = { ...ask, messages: [{ role: 'user', content: [{ text: 'Hello' }] }] };
    for (const events of await answers(quiet, 'us.amazon.nova-2-lite-v1:0')) assert.deepEqual(ofType(events, 'toolUse'), []);
  });

  it('tell what a guardrail found, and stop where it is tripped', async () => {
    const guardrailConfig = { guardrailIdentifier: 'abc123', guardrailVersion: '1', trace: 'enabled' };
    const ask = (text: string): object => ({ messages: [{ role: 'user', content: [{ text }] }], guardrailConfig });
    for (const events of await answers(ask('Please trip the guardrail.'))) {
      assert.equal(ofType(events, 'stopped')[0]?.reason, 'guardrail_intervened');
      const [part] = parts(events);
      assert.deepEqual(part?.kind === 'guardrail' && part.findings.map(({ name, action, side }) => [name, action, side]), [
        ['Simulated topic', 'BLOCKED', 'input'],
      ]);
    }
    for (const events of await answers(ask('Hello'))) {
      assert.equal(ofType(events, 'stopped')[0]?.reason, 'end_turn');
      assert.deepEqual(parts(events), [{ kind: 'guardrail', findings: [], reason: undefined }]);
    }
  });

  it('say how the call was served, and the fields that were asked for', async () => {
    const hello = { role: 'user', content: [{ text: 'Hello' }] };
    const served = { messages: [hello], serviceTier: { type: 'flex' }, performanceConfig: { latency: 'standard' } };
    for (const events of await answers(served, 'us.amazon.nova-2-lite-v1:0'))
      assert.deepEqual(parts(events), [{ kind: 'served', tier: 'flex', latency: 'standard' }]);
    for (const events of await answers({ messages: [hello], additionalModelResponseFieldPaths: ['/stop_sequence'] }))
      assert.deepEqual(parts(events), [{ kind: 'fields', value: { stop_sequence: null } }]);
  });
});
