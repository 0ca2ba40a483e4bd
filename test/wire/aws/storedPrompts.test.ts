import assert from 'node:assert/strict';
import { getStored, listStored, saveStored } from '../../../src/aws/account';
import { isFailure, type OrFailure } from '../../../src/core/runs/account';
import { secret } from '../../../src/core/runs/secret';
import type { OfStore } from '../../../src/core/runs/storedPrompts';
import { areKeysRefused } from '../../../src/core/runs/storedPrompts';
import type { JsonObject } from '../../../src/core/text/json';
import type { Emulator } from '../../../src/emulator/options';
import { createEmulator } from '../../../src/emulator/server';
import { neverAborted, targetAt } from './support/calls';
import { useQuickService } from './support/quickService';
import type { RawBedrock } from './support/rawBedrock';

const answerOf = <T extends object>(answer: OrFailure<OfStore<T>>): T => {
  if (isFailure(answer as OrFailure<object>) || areKeysRefused(answer as OfStore<object>)) throw new Error(JSON.stringify(answer));
  return answer as T; // neither of the two others
};

const promptOf = (text: string, more: JsonObject = {}): JsonObject => ({
  name: 'desk',
  defaultVariant: 'default',
  variants: [
    {
      name: 'default',
      templateType: 'CHAT',
      modelId: 'us.anthropic.claude-sonnet-4-6',
      inferenceConfiguration: { text: { maxTokens: 100 } },
      additionalModelRequestFields: { top_k: 5 },
      templateConfiguration: {
        chat: {
          system: [{ text }, { cachePoint: { type: 'default' } }],
          messages: [{ role: 'user', content: [{ text: '{{question}}' }] }],
          inputVariables: [{ name: 'question' }],
          toolConfiguration: { tools: [{ toolSpec: { name: 'look', inputSchema: { json: { type: 'object', properties: { a: {} } } } } }] },
          ...more,
        },
      },
    },
  ],
});

describe('aws: stored prompts, in the emulator', () => {
  let emulator: Emulator;
  let time = Date.UTC(2026, 10, 29);
  before(async () => {
    emulator = await createEmulator({ speed: 0, now: () => (time += 1_000) });
  });
  after(() => emulator.close());
  const target = () => targetAt(emulator.url, { region: 'eu-west-1' });
  const save = (id: string | undefined, prompt: JsonObject, asVersion = false) => saveStored(id, prompt, asVersion, target(), neverAborted);

  it('begin with an example, in each Region its own', async () => {
    const { prompts } = answerOf(await listStored(undefined, target(), neverAborted));
    assert.deepEqual(
      prompts.map(({ name, arn, version }) => [name, arn, version]),
      [['example-desk', 'arn:aws:bedrock:eu-west-1:123456789012:prompt/CACHEPOINT', 'DRAFT']],
    );
  });

  it('are made, read as they were written, changed, and kept as versions', async () => {
    const made = answerOf(await save(undefined, promptOf('First.')));
    assert.deepEqual(made.prompt, promptOf('First.'));
    const first = answerOf(await save(made.id, promptOf('Second.'), true));
    assert.deepEqual([first.version, first.arn], ['1', `${made.arn}:1`]);
    await save(made.id, promptOf('Third.'));
    const read = async (version: string) => answerOf(await getStored(made.id, version, target(), neverAborted));
    assert.deepEqual((await read('1')).prompt, promptOf('Second.'));
    const draft = await read('DRAFT');
    assert.deepEqual(draft.prompt, promptOf('Third.'));
    assert.ok(draft.updatedAt > made.updatedAt);
    const versions = answerOf(await listStored(made.id, target(), neverAborted)).prompts;
    assert.deepEqual(
      versions.map(({ version }) => version),
      ['DRAFT', '1'],
    );
    assert.deepEqual((await read(draft.version)).arn, made.arn);
  });

  const refused: readonly (readonly [what: string, prompt: JsonObject, said: RegExp])[] = [
    [
      'more than twenty variables',
      promptOf('A.', { inputVariables: Array.from({ length: 21 }, (_, at) => ({ name: `v${at}` })) }),
      /less than or equal to 20/,
    ],
    ['more than 200,000 characters', promptOf('A'.repeat(200_001)), /200013 characters; the maximum is 200000/],
    ['a name that is none', { ...promptOf('A.'), name: 'a b' }, /name failed to satisfy constraint/],
  ];
  for (const [what, prompt, said] of refused)
    it(`are refused with ${what}`, async () => {
      const answer = await save(undefined, prompt);
      assert.ok(isFailure(answer as OrFailure<object>) && 'code' in answer && answer.code === 'invalidRequest', JSON.stringify(answer));
      assert.match(answer.detail, said);
    });

  it('lose what the shapes of the service do not have, which is why it is named before', async () => {
    const lasting = promptOf('A.', { system: [{ text: 'A.' }, { cachePoint: { type: 'default', ttl: '1h' } }] });
    const made = answerOf(await save(undefined, lasting));
    assert.equal(JSON.stringify(made.prompt).includes('ttl'), false);
  });

  it('that are gone are not found', async () => {
    const answer = await getStored('NOSUCHONE1', 'DRAFT', target(), neverAborted);
    assert.ok('code' in answer && answer.code === 'modelNotFound');
  });
});

describe('aws: stored prompts, word for word', () => {
  let server: RawBedrock;
  useQuickService((started) => (server = started));
  const target = (changes = {}) => targetAt(server.url, { maxAttempts: 3, region: 'us-east-1', ...changes });

  it('are not asked for with an API key, before anything is sent', async () => {
    server.answer((exchange) => exchange.json({}));
    const keyed = target({ service: 'aws', apiKey: secret('key') });
    for (const answer of [
      await listStored(undefined, keyed, neverAborted),
      await getStored('A', 'DRAFT', keyed, neverAborted),
      await saveStored('A', promptOf('A.'), false, keyed, neverAborted),
    ])
      assert.deepEqual(answer, { refused: 'apiKey' });
    assert.equal(server.exchanges.length, 0);
  });

  it('are written once: what may have been taken is not sent again', async () => {
    server.answer((exchange) => exchange.refuse(503, 'ServiceUnavailableException', 'later'));
    const answer = await saveStored('ABCDEFGHIJ', promptOf('A.'), true, target(), neverAborted);
    assert.ok('code' in answer && answer.code === 'unavailable');
    assert.deepEqual(
      server.exchanges.map(({ path }) => path),
      ['/prompts/ABCDEFGHIJ/'],
    );
  });

  it('are signed for Bedrock, and sent as JSON of the same values', async () => {
    const told = { id: 'ABCDEFGHIJ', arn: 'arn', version: 'DRAFT', updatedAt: '2026-11-29T00:00:00Z', createdAt: '2026-11-29T00:00:00Z' };
    server.answer((exchange) => exchange.json({ ...(exchange.body as object), ...told }));
    const saved = answerOf(await saveStored('ABCDEFGHIJ', promptOf('A.'), false, target(), neverAborted));
    const [exchange] = server.exchanges;
    assert.match(exchange?.headers.authorization ?? '', /\/us-east-1\/bedrock\/aws4_request/);
    assert.deepEqual(exchange?.body, promptOf('A.'));
    assert.deepEqual([saved.prompt, saved.updatedAt], [promptOf('A.'), Date.UTC(2026, 10, 29)]);
  });
});
