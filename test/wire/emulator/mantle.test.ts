import assert from 'node:assert/strict';
import Anthropic from '@anthropic-ai/bedrock-sdk';
import { AnthropicBedrockMantle } from '@anthropic-ai/bedrock-sdk';
import type { Bench } from './bench';
import { openBench, prose } from './bench';

const keys = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
const bare = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

const mantleOf = (bench: Bench, maxRetries = 0): AnthropicBedrockMantle =>
  new AnthropicBedrockMantle({
    baseURL: `${bench.emulator.url}/anthropic`,
    awsRegion: 'us-east-1',
    awsAccessKey: keys.accessKeyId,
    awsSecretAccessKey: keys.secretAccessKey,
    maxRetries,
  });

const runtimeOf = (bench: Bench, maxRetries = 0): Anthropic =>
  new Anthropic({
    baseURL: bench.emulator.url,
    awsRegion: 'us-east-1',
    awsAccessKey: keys.accessKeyId,
    awsSecretKey: keys.secretAccessKey,
    maxRetries,
  });

type Params = Parameters<AnthropicBedrockMantle['messages']['create']>[0] & { stream?: false };
type Error = {
  readonly status: number;
  readonly error: { readonly type: string; readonly error: { readonly type: string; message: string } };
};

const ask = (over: object = {}): Params => ({
  model: bare,
  max_tokens: 200,
  system: [{ type: 'text', text: prose(700), cache_control: { type: 'ephemeral' } }],
  messages: [{ role: 'user', content: 'May I return a kettle?' }],
  ...over,
});

/** What a client throws of a refusal. */
const refusal = async (work: Promise<unknown>): Promise<readonly [status: number, type: string, message: string]> => {
  const error = await work.then(
    () => assert.fail('it was answered'),
    (thrown: unknown) => thrown as Error,
  );
  assert.equal(error.error.type, 'error');
  return [error.status, error.error.error.type, error.error.error.message];
};

describe('emulator: the Messages API of bedrock-mantle', () => {
  let bench: Bench;
  before(async () => {
    bench = await openBench();
  });
  after(() => bench.close());
  beforeEach(() => fetch(`${bench.emulator.url}/_emulator/reset`, { method: 'POST' }));

  it('answers an unmodified client, whole and as a stream, from one cache', async () => {
    const client = mantleOf(bench);
    const cold = await client.messages.create(ask());
    assert.ok((cold.usage.cache_creation_input_tokens ?? 0) > 1_024);
    assert.equal(cold.usage.cache_read_input_tokens, 0);
    assert.equal(cold.stop_reason, 'end_turn');
    const stream = client.messages.stream(ask());
    const types = new Set<string>();
    for await (const event of stream) types.add(event.type);
    const warm = await stream.finalMessage();
    assert.equal(warm.usage.cache_read_input_tokens, cold.usage.cache_creation_input_tokens);
    assert.deepEqual(
      [...types],
      ['message_start', 'content_block_start', 'content_block_delta', 'content_block_stop', 'message_delta', 'message_stop'],
    );
    assert.match(warm.content.map((block) => (block.type === 'text' ? block.text : '')).join(''), /^Simulated by the Cachepoint emulator:/);
  });

  it('reads what the other client of the same package wrote through InvokeModel', async () => {
    const profile = `us.${bare}`;
    const cold = await runtimeOf(bench).messages.create(ask({ model: profile }));
    const warm = await mantleOf(bench).messages.create(ask());
    assert.ok((cold.usage.cache_creation_input_tokens ?? 0) > 1_024);
    assert.equal(warm.usage.cache_read_input_tokens, cold.usage.cache_creation_input_tokens);
    const streamed = await runtimeOf(bench)
      .messages.stream(ask({ model: profile }))
      .finalMessage();
    assert.equal(streamed.usage.cache_read_input_tokens, cold.usage.cache_creation_input_tokens);
  });

  it('counts what a call then uses', async () => {
    const { max_tokens: _unused, ...counted } = ask();
    const { input_tokens: count } = await mantleOf(bench).messages.countTokens(counted);
    const { usage } = await mantleOf(bench).messages.create(ask());
    assert.equal(count, usage.input_tokens + (usage.cache_creation_input_tokens ?? 0) + (usage.cache_read_input_tokens ?? 0));
  });

  it('counts for models that Bedrock Runtime does not count for, and answers them by their bare ids', async () => {
    const { max_tokens: _unused, ...counted } = ask({ model: 'anthropic.claude-opus-5' });
    assert.ok((await mantleOf(bench).messages.countTokens(counted)).input_tokens > 1_024);
    assert.equal((await mantleOf(bench).messages.create(ask({ model: 'anthropic.claude-opus-5' }))).type, 'message');
  });

  it('puts a cache point on the last block for a cache_control of the whole request', async () => {
    const client = mantleOf(bench);
    const turn = { role: 'user' as const, content: prose(700) };
    const plain = { system: 'Be brief.', messages: [turn], cache_control: { type: 'ephemeral' } };
    const cold = await client.messages.create(ask(plain));
    assert.ok(cold.usage.input_tokens < 10);
    assert.ok((cold.usage.cache_creation_input_tokens ?? 0) > 1_024);
    const next = [turn, { role: 'assistant', content: 'Yes.' }, { role: 'user', content: 'And then?' }];
    const warm = await client.messages.create(ask({ ...plain, messages: next }));
    assert.equal(warm.usage.cache_read_input_tokens, cold.usage.cache_creation_input_tokens);
  });

  it('takes one on a block for the same, and refuses one of another lifetime and a fifth point', async () => {
    const client = mantleOf(bench);
    const block = (ttl: '5m' | '1h') => ({ type: 'text', text: prose(700), cache_control: { type: 'ephemeral', ttl } });
    const whole = { system: 'Be brief.', cache_control: { type: 'ephemeral', ttl: '1h' } };
    const same = await client.messages.create(ask({ ...whole, messages: [{ role: 'user', content: [block('1h')] }] }));
    assert.ok((same.usage.cache_creation?.ephemeral_1h_input_tokens ?? 0) > 1_024);
    const other = await refusal(client.messages.create(ask({ ...whole, messages: [{ role: 'user', content: [block('5m')] }] })));
    assert.deepEqual(other.slice(0, 2), [400, 'invalid_request_error']);
    const four = Array.from({ length: 4 }, () => block('1h'));
    const fifth = await refusal(
      client.messages.create(ask({ ...whole, messages: [{ role: 'user', content: [...four, { type: 'text', text: 'And?' }] }] })),
    );
    assert.match(fifth[2], /^A maximum of 4 blocks with cache_control may be provided\. Found 5\.$/);
  });

  it('refuses in the words of the Messages API', async () => {
    const client = mantleOf(bench);
    assert.deepEqual(await refusal(client.messages.create(ask({ model: `us.${bare}` }))), [404, 'not_found_error', `model: us.${bare}`]);
    assert.deepEqual(await refusal(client.messages.create(ask({ model: 'amazon.nova-lite-v1:0' }))), [
      404,
      'not_found_error',
      'model: amazon.nova-lite-v1:0',
    ]);
    assert.deepEqual(await refusal(client.messages.create(ask({ anthropic_version: 'bedrock-2023-05-31' }))), [
      400,
      'invalid_request_error',
      'anthropic_version: Extra inputs are not permitted',
    ]);
    assert.deepEqual(
      (await refusal(client.messages.create(ask({ output_config: { format: { type: 'json_schema', schema: {} } } })))).slice(0, 2),
      [400, 'invalid_request_error'],
    );
    assert.deepEqual(await refusal(client.messages.create(ask({ max_tokens: undefined }))), [
      400,
      'invalid_request_error',
      'max_tokens: Field required',
    ]);
    const nothing = await fetch(`${bench.emulator.url}/anthropic/v1/messages`, { method: 'POST', body: '{}' });
    assert.deepEqual([nothing.status, ((await nothing.json()) as { error: { type: string } }).error.type], [401, 'authentication_error']);
  });

  it('takes a key in either header, and wants a version', async () => {
    const post = (headers: Record<string, string>) =>
      fetch(`${bench.emulator.url}/anthropic/v1/messages/count_tokens`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ model: bare, messages: [{ role: 'user', content: 'Hi' }] }),
      });
    assert.equal((await post({ 'x-api-key': 'key', 'anthropic-version': '2023-06-01' })).status, 200);
    assert.equal((await post({ authorization: 'Bearer key', 'anthropic-version': '2023-06-01' })).status, 200);
    assert.equal((await post({ 'x-api-key': 'key' })).status, 400);
  });

  it('plays faults that its clients understand: once, at each attempt, and in the middle of a stream', async () => {
    const fault = (name: string) => ({ headers: { 'x-cachepoint-fault': name } });
    assert.deepEqual((await refusal(mantleOf(bench).messages.create(ask(), fault('throttle')))).slice(0, 2), [429, 'rate_limit_error']);
    assert.deepEqual((await refusal(mantleOf(bench).messages.create(ask(), fault('service-unavailable')))).slice(0, 2), [
      529,
      'overloaded_error',
    ]);
    const twice = await mantleOf(bench, 2).messages.create(ask(), fault('throttle:1'));
    assert.equal(twice.type, 'message');
    const overloaded = mantleOf(bench).messages.stream(ask(), fault('throttle-stream'));
    await assert.rejects(overloaded.finalMessage(), /overloaded_error/);
    const cut = mantleOf(bench).messages.stream(ask(), fault('cut'));
    await assert.rejects(cut.finalMessage());
  });
});
