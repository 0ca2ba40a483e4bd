import assert from 'node:assert/strict';

import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime';
import { ConverseCommand, ConverseStreamCommand, CountTokensCommand } from '@aws-sdk/client-bedrock-runtime';

import type { Bench, HttpVersion } from './bench';
import { cachePoint, openBench, openClient, prose, sonnet, user } from './bench';

const asking = (fault?: string): ConverseCommandInput => ({
  modelId: sonnet,
  messages: [user({ text: 'Hello' })],
  ...(fault === undefined ? {} : { requestMetadata: { 'cachepoint-fault': fault } }),
});

/** A stream that its client aborts: over HTTP/1.1 the SDK throws, over HTTP/2 it ends the loop in silence. */
const untilLeft = (reading: () => Promise<void>): Promise<void> => reading().catch(() => undefined);

for (const version of ['HTTP/1.1', 'HTTP/2'] satisfies HttpVersion[]) {
  describe(`the emulator’s faults over ${version}`, () => {
    let bench: Bench;
    beforeEach(async () => {
      bench = await openBench({}, version);
    });
    afterEach(() => bench.close());

    const refused: readonly (readonly [fault: string, name: string, status: number, says: RegExp])[] = [
      ['throttle', 'ThrottlingException', 429, /^Too many tokens, please wait/],
      ['throttle-requests', 'ThrottlingException', 429, /^Too many requests/],
      ['throttle-day', 'ThrottlingException', 429, /^Too many tokens per day/],
      ['access-denied', 'AccessDeniedException', 403, /^You don't have access to the model with the specified model ID\.$/],
      ['marketplace-denied', 'AccessDeniedException', 403, /aws-marketplace:Subscribe/],
      ['iam-denied', 'AccessDeniedException', 403, /not authorized to perform: bedrock:InvokeModel/],
      ['scp-denied', 'AccessDeniedException', 403, /explicit deny in a service control policy/],
      ['region-denied', 'AccessDeniedException', 403, /us-west-2.* explicit deny in a service control policy/],
      ['quota-exceeded', 'ServiceQuotaExceededException', 400, /quota/],
      ['unknown-operation', 'UnknownOperationException', 404, /not known/],
      ['caching-denied', 'AccessDeniedException', 403, /did not allow prompt caching/],
      ['expired-token', 'ExpiredTokenException', 403, /is expired$/],
      ['invalid-token', 'UnrecognizedClientException', 403, /is invalid\.$/],
      ['model-not-ready', 'ModelNotReadyException', 429, /not ready/],
      ['model-timeout', 'ModelTimeoutException', 408, /timed out/],
      ['model-error', 'ModelErrorException', 424, /unexpected error/],
      ['internal-error', 'InternalServerException', 500, /unexpected error/],
      ['service-unavailable', 'ServiceUnavailableException', 503, /unable to process/],
      ['nonsense', 'ValidationException', 400, /no fault named: nonsense/],
    ];
    for (const [fault, name, status, says] of refused)
      it(`${fault} is ${name}`, async () => {
        await assert.rejects(
          bench.client.send(new ConverseStreamCommand(asking(fault))),
          (error: Error & { $metadata: { httpStatusCode?: number } }) => {
            assert.deepEqual([error.name, error.$metadata.httpStatusCode], [name, status]);
            assert.match(error.message, says);
            return true;
          },
        );
      });

    it('throttles a number of attempts, then answers', async () => {
      const patient = openClient(bench.emulator.url, 3, version);
      const { $metadata } = await patient.send(new ConverseCommand(asking('throttle:1')));
      assert.equal($metadata.attempts, 2);
      patient.destroy();
    });

    it('takes a fault from the header', async () => {
      const { status, error } = await bench.post(
        `/model/${sonnet}/converse`,
        { messages: asking().messages },
        { 'x-cachepoint-fault': 'model-timeout' },
      );
      assert.deepEqual([status, error], [408, 'ModelTimeoutException']);
    });

    it('takes faults from the control endpoint, one per request, and shows its state', async () => {
      const added = await bench.post('/_emulator/faults', { faults: ['access-denied', 'slow-start:7000'] });
      assert.deepEqual(added.body['faults'], ['access-denied', 'slow-start:7000']);
      await assert.rejects(bench.client.send(new ConverseCommand(asking())), { name: 'AccessDeniedException' });
      const { metrics } = await bench.client.send(new ConverseCommand(asking()));
      assert.ok((metrics?.latencyMs ?? 0) >= 7_000);
      const { status, body } = await bench.post('/_emulator/faults', { faults: ['nonsense'] });
      assert.equal(status, 400);
      assert.match(body.message ?? '', /throttle-stream/);
    });

    it('lists entries without any text, and forgets them on reset', async () => {
      await bench.usage({ modelId: sonnet, system: [{ text: prose(600) }, cachePoint()], messages: [user({ text: 'Hello' })] });
      const state = await (await fetch(`${bench.emulator.url}/_emulator/state`)).text();
      const { simulated, requests, entries } = JSON.parse(state) as {
        simulated: boolean;
        requests: number;
        entries: readonly { ttl: string }[];
      };
      assert.deepEqual([simulated, requests, entries.length, entries[0]?.ttl], [true, 1, 1, '5m']);
      assert.ok(!state.includes('clause'));
      assert.deepEqual((await bench.post('/_emulator/reset', {})).body['entries'], []);
    });

    const readUntilError = async (fault: string): Promise<{ readonly keys: readonly string[]; readonly error: Error | undefined }> => {
      const { stream } = await bench.client.send(new ConverseStreamCommand(asking(fault)));
      const keys: string[] = [];
      try {
        for await (const event of stream ?? []) keys.push(...Object.keys(event));
      } catch (error) {
        assert.ok(error instanceof Error);
        return { keys, error };
      }
      return { keys, error: undefined };
    };
    const words = (keys: readonly string[]): number => keys.filter((key) => key === 'contentBlockDelta').length;

    it('throttles in the middle of a stream', async () => {
      const { keys, error } = await readUntilError('throttle-stream');
      assert.deepEqual([words(keys), error?.name], [5, 'ThrottlingException']);
    });

    for (const [fault, name, says] of [
      ['model-stream-error', 'ModelStreamErrorException', /unexpected error/],
      ['internal-stream-error', 'InternalServerException', /unexpected error/],
      ['unavailable-stream', 'ServiceUnavailableException', /unable to process/],
      ['validation-stream', 'ValidationException', /Did not find 1 `tool_result` block/],
      ['unknown-stream-error', 'InternalFailure', /unexpected error/],
    ] as const)
      it(`${fault} in the middle of a stream is ${name}`, async () => {
        const { keys, error } = await readUntilError(fault);
        assert.deepEqual([words(keys), error?.name], [5, name]);
        assert.match(error?.message ?? '', says);
      });

    for (const [fault, status, location, type] of [
      ['redirect', 307, 'http://127.0.0.1:9/moved', 'text/html'],
      ['wrong-content-type', 200, null, 'text/html'],
      ['bad-gateway', 502, null, 'text/html'],
      ['gateway-timeout', 504, null, 'text/html'],
      ['other-json', 200, null, 'application/json'],
      ['empty-answer', 200, null, null],
    ] as const)
      it(`${fault} is a page in the service’s place`, async () => {
        const answer = await fetch(`${bench.emulator.url}/model/${sonnet}/converse`, {
          method: 'POST',
          redirect: 'manual',
          body: JSON.stringify({ messages: asking().messages }),
          headers: { authorization: 'Bearer test', 'x-cachepoint-fault': fault },
        });
        assert.deepEqual([answer.status, answer.headers.get('content-type'), answer.headers.get('location')], [status, type, location]);
        if (status !== 200) await assert.rejects(bench.client.send(new ConverseCommand(asking(fault))));
      });

    it('is a proxy that asks for a sign-in', async () => {
      await assert.rejects(
        bench.client.send(new ConverseCommand(asking('proxy-sign-in'))),
        (error: { $metadata?: { httpStatusCode?: number } }) => {
          assert.equal(error.$metadata?.httpStatusCode, 407);
          return true;
        },
      );
    });

    it('cuts a count short', async () => {
      const count = () =>
        bench.client.send(
          new CountTokensCommand({
            modelId: 'anthropic.claude-sonnet-4-5-20250929-v1:0',
            input: { converse: { messages: asking().messages } },
          }),
        );
      await bench.post('/_emulator/faults', { faults: ['cut'] });
      await assert.rejects(count());
      assert.ok(((await count()).inputTokens ?? 0) > 0);
    });

    it('says so when a fault cannot happen on the operation', async () => {
      await assert.rejects(bench.client.send(new ConverseCommand(asking('throttle-stream'))), {
        name: 'ValidationException',
        message:
          'The emulator cannot play the fault throttle-stream on converse: it breaks an event stream, and this operation answers in one piece.',
      });
    });

    it('says so when a fault is in the words of another operation', async () => {
      const body = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 9, messages: [{ role: 'user', content: 'Hello' }] };
      const answer = await bench.post(`/model/${sonnet}/invoke`, body, { 'x-cachepoint-fault': 'stop-filtered' });
      assert.match(answer.body.message ?? '', /cannot play the fault stop-filtered on invoke: it is played in the words of Converse alone/);
    });

    for (const [fault, reason] of [
      ['stop-max-tokens', 'max_tokens'],
      ['stop-guardrail', 'guardrail_intervened'],
      ['stop-filtered', 'content_filtered'],
      ['stop-context-window', 'model_context_window_exceeded'],
      ['stop-malformed-output', 'malformed_model_output'],
      ['stop-malformed-tool', 'malformed_tool_use'],
    ] as const)
      it(`${fault} ends a whole answer and a stream by ${reason}`, async () => {
        assert.equal((await bench.client.send(new ConverseCommand(asking(fault)))).stopReason, reason);
        const { stream } = await bench.client.send(new ConverseStreamCommand(asking(fault)));
        const reasons: (string | undefined)[] = [];
        for await (const { messageStop } of stream ?? []) if (messageStop !== undefined) reasons.push(messageStop.stopReason);
        assert.deepEqual(reasons, [reason]);
      });

    it('tells nothing of what was used, whole or as a stream', async () => {
      assert.equal((await bench.client.send(new ConverseCommand(asking('no-usage')))).usage, undefined);
      const { keys, error } = await readUntilError('no-usage');
      assert.deepEqual([error, keys.includes('messageStop')], [undefined, true]);
    });

    for (const fault of ['bad-frame', 'half-frame', 'reset-stream'])
      it(`${fault} leaves a stream without an end`, async () => {
        const { keys, error } = await readUntilError(fault);
        assert.ok(error !== undefined || !keys.includes('messageStop'), JSON.stringify(keys));
        assert.ok(words(keys) <= 5);
      });

    for (const fault of ['hang', 'head-only'])
      it(`${fault} says nothing until the client leaves`, async () => {
        const abort = new AbortController();
        setTimeout(() => abort.abort(), 40);
        let events = 0;
        await untilLeft(async () => {
          const { stream } = await bench.client.send(new ConverseStreamCommand(asking(fault)), { abortSignal: abort.signal });
          for await (const _event of stream ?? []) events += 1;
        });
        assert.equal(events, 0);
      });

    it('hangs before a whole answer and before a count as well', async () => {
      for (const path of [`/model/${sonnet}/converse`, '/model/anthropic.claude-sonnet-4-5-20250929-v1:0/count-tokens']) {
        const call = fetch(`${bench.emulator.url}${path}`, {
          method: 'POST',
          body: '{}',
          headers: { authorization: 'Bearer test', 'x-cachepoint-fault': 'hang' },
          signal: AbortSignal.timeout(60),
        });
        await assert.rejects(call, { name: 'TimeoutError' });
      }
    });

    it('cuts the connection in the middle of a stream', async () => {
      const { keys, error } = await readUntilError('cut');
      assert.ok(error !== undefined);
      assert.ok(words(keys) <= 5 && !keys.includes('messageStop'));
    });

    it('ends a stream without its metadata', async () => {
      const { keys, error } = await readUntilError('no-metadata');
      assert.equal(error, undefined);
      assert.deepEqual([keys.includes('messageStop'), keys.includes('metadata')], [true, false]);
    });

    it('stalls in the middle of a stream until the client leaves', async () => {
      const abort = new AbortController();
      const { stream } = await bench.client.send(new ConverseStreamCommand(asking('stall')), { abortSignal: abort.signal });
      let deltas = 0;
      await untilLeft(async () => {
        for await (const { contentBlockDelta } of stream ?? []) {
          deltas += contentBlockDelta === undefined ? 0 : 1;
          if (deltas === 5) abort.abort();
        }
      });
      assert.equal(deltas, 5);
    });

    it('resets the connection before any header', async () => {
      await assert.rejects(
        bench.client.send(new ConverseCommand(asking('reset'))),
        version === 'HTTP/2' ? /did not get a response/ : { code: 'ECONNRESET' },
      );
    });

    it('cuts a whole answer short', async () => {
      await assert.rejects(bench.client.send(new ConverseCommand(asking('cut'))));
    });

    it('has its clock ahead, which the SDK corrects at its second attempt', async () => {
      const patient = openClient(bench.emulator.url, 3, version);
      const { $metadata } = await patient.send(new ConverseCommand(asking('clock-skew')));
      assert.equal($metadata.attempts, 2);
      patient.destroy();
      await assert.rejects(bench.client.send(new ConverseCommand(asking('clock-skew'))), { name: 'InvalidSignatureException' });
    });
  });

  describe(`a client that goes away over ${version}`, () => {
    let bench: Bench;
    let waits: (() => void)[];
    /** Waits before this many are over at once; later ones stand until released. */
    let free: number;
    beforeEach(async () => {
      waits = [];
      free = 0;
      bench = await openBench(
        { delay: () => (free-- > 0 ? Promise.resolve() : new Promise((resolve) => void waits.push(resolve))) },
        version,
      );
    });
    afterEach(() => bench.close());

    const release = (): void => waits.splice(0).forEach((resolve) => resolve());
    const waiting = async (): Promise<void> => {
      while (waits.length === 0) await new Promise((resolve) => setImmediate(resolve));
    };
    const entries = async (): Promise<readonly unknown[]> => {
      const state = (await (await fetch(`${bench.emulator.url}/_emulator/state`)).json()) as { entries: readonly unknown[] };
      return state.entries;
    };
    const input = { modelId: sonnet, system: [{ text: prose(600) }, cachePoint()], messages: [user({ text: 'Hello' })] };

    it('before the first word leaves nothing in the cache', async () => {
      const abort = new AbortController();
      const call = bench.client.send(new ConverseStreamCommand(input), { abortSignal: abort.signal });
      const rejected = assert.rejects(call, { name: 'AbortError' });
      await waiting();
      abort.abort();
      await rejected;
      // The end of the connection reaches the emulator before what is sent after it.
      for (let round = 0; round < 5; round += 1) await entries();
      release();
      for (let round = 0; round < 5; round += 1) assert.deepEqual(await entries(), []);
    });

    it('in the middle of a stream stops it, and the emulator goes on serving', async () => {
      free = 4;
      const abort = new AbortController();
      const { stream } = await bench.client.send(new ConverseStreamCommand(input), { abortSignal: abort.signal });
      await untilLeft(async () => {
        for await (const { contentBlockDelta } of stream ?? []) if (contentBlockDelta !== undefined) abort.abort();
      });
      release();
      assert.equal((await entries()).length, 1);
      free = Infinity;
      await bench.client.send(new ConverseCommand(input));
    });
  });
}
