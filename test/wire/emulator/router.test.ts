import assert from 'node:assert/strict';
import { ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { cachePoint, openBench, prose, user, type Bench } from './bench';

const router = 'arn:aws:bedrock:eu-west-1:123456789012:default-prompt-router/amazon.nova:1';
const lite = 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-lite-v1:0';
const pro = 'arn:aws:bedrock:eu-west-1::foundation-model/amazon.nova-pro-v1:0';

describe('a prompt router of the emulator', () => {
  let bench: Bench;
  beforeEach(async () => {
    bench = await openBench();
  });
  afterEach(() => bench.close());
  const input = (question: string) => ({
    modelId: router,
    system: [{ text: prose(900) }, cachePoint()],
    messages: [user({ text: question })],
  });
  const hard = `${'Weigh this against everything that the policy says. '.repeat(6)}Which clause holds?`;

  it('sends a short question to the smaller model and a long one to the larger, and says so in the trace', async () => {
    for (const [question, arn] of [
      ['Which clause holds?', lite],
      [hard, pro],
    ] as const) {
      const { trace } = await bench.client.send(new ConverseCommand(input(question)));
      assert.equal(trace?.promptRouter?.invokedModelId, arn);
      const events = await bench.events(input(question));
      assert.equal(events.at(-1)?.metadata?.trace?.promptRouter?.invokedModelId, arn);
    }
  });

  it('loses what was cached with a switch of the model, as a cache belongs to one', async () => {
    const first = await bench.usage(input('Which clause holds?'));
    assert.ok(first.cacheWriteInputTokens > 0 && first.cacheReadInputTokens === 0);
    const switched = await bench.usage(input(hard));
    assert.ok(switched.cacheWriteInputTokens > 0 && switched.cacheReadInputTokens === 0);
    const back = await bench.usage(input('And which does not?'));
    assert.equal(back.cacheReadInputTokens, first.cacheWriteInputTokens);
  });

  it('says nothing of a router where none was asked', async () => {
    const { trace } = await bench.client.send(new ConverseCommand({ ...input('Which clause holds?'), modelId: 'amazon.nova-lite-v1:0' }));
    assert.equal(trace, undefined);
  });

  it('that the account does not have is answered as any ARN that hides its model', async () => {
    const other = router.replace('amazon.nova:1', 'meta.llama:1');
    const { trace, output } = await bench.client.send(new ConverseCommand({ ...input('Which clause holds?'), modelId: other }));
    assert.equal(trace, undefined);
    assert.match(output?.message?.content?.[0]?.text ?? '', /stands in/);
  });
});
