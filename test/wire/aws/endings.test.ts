import assert from 'node:assert/strict';
import dns from 'node:dns';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { disposeClients } from '../../../src/aws/clients';
import type { Json } from '../../../src/core/text/json';
import type { FailureView, RunView } from '../../../src/core/panel/protocol';
import type { ConverseRequest } from '../../../src/core/request/types';
import type { RunEvent } from '../../../src/core/runs/events';
import type { Target } from '../../../src/core/runs/port';
import type { Emulator } from '../../../src/emulator/options';
import { faultNames } from '../../../src/emulator/faults';
import { createEmulator } from '../../../src/emulator/server';
import { callOf, collect, quickBackOff, targetAt } from './support/calls';
import { startDoubles, testCa, tlsFixtures, type Doubles } from './support/doubles';
import { enterHome, type Home } from './support/home';
import { messageStart, startRawBedrock, type RawBedrock, type Script } from './support/rawBedrock';
import { isTold, rowOf, viewOf } from './support/told';

/**
 * Every ending of a run, over the wire and through the real SDK. `docs/endings.md` has the same table for people: what it says of each is compared
 * with what the panel shows, and written again with UPDATE_GOLDEN=1. How signing in fails is in `signIn.test`.
 */

const document = join(__dirname, '..', '..', '..', 'docs', 'endings.md');

interface Bench {
  readonly emulator: Emulator;
  readonly raw: RawBedrock;
  readonly doubles: Doubles;
  readonly home: Home;
}

interface Ending {
  /** What happens, as it stands in the document. */
  readonly what: string;
  readonly play: (bench: Bench) => Promise<readonly RunEvent[]>;
  readonly ends: FailureView['code'] | 'finished';
  /** Times that the call reaches the service, of the three that are allowed. */
  readonly sent: number;
  /** The fault of the emulator that plays it. */
  readonly fault?: string;
}

const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const asking = (changes: Partial<ConverseRequest> = {}): ConverseRequest => ({
  modelId,
  messages: [{ role: 'user', content: [{ text: 'Hello there, how are you today?' }] }],
  ...changes,
});
const limits = { timeoutMs: 400, maxAttempts: 3 };

const send = (url: string, changes: Partial<ConverseRequest> = {}, target: Partial<Target> = {}) =>
  collect(targetAt(url, { ...limits, ...target }), { call: callOf(asking(changes)) });

/** Played by the emulator. */
const fault = (what: string, name: string, ends: Ending['ends'], sent = 1): Ending => ({
  what,
  fault: name,
  ends,
  sent,
  play: ({ emulator }) => send(emulator.url, { requestMetadata: { 'cachepoint-fault': name } }),
});

/** Answered by the emulator as any call is. */
const asked = (what: string, changes: Partial<ConverseRequest>, ends: Ending['ends'], sent = 1): Ending => ({
  what,
  ends,
  sent,
  play: ({ emulator }) => send(emulator.url, changes),
});

/** Said byte by byte. */
const script = (what: string, ends: Ending['ends'], sent: number, ...scripts: readonly Script[]): Ending => ({
  what,
  ends,
  sent,
  play: ({ raw }) => {
    raw.answer(...scripts);
    return send(raw.url);
  },
});

/** As somebody with keys calls Amazon Bedrock, through the doubles' proxy, so that nothing leaves this machine. */
const live = (what: string, ends: Ending['ends'], target: Partial<Target>, set: Readonly<Record<string, string>> = {}): Ending => ({
  what,
  ends,
  sent: 0,
  play: ({ doubles, home }) => {
    home.set({ AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's', HTTPS_PROXY: doubles.proxy, ...set });
    return collect(
      { ...targetAt(''), ...limits, service: 'aws', endpoint: undefined, region: 'us-east-1', ...target },
      { call: callOf(asking()) },
    );
  },
});

const refusedBy = (what: string, status: number): Ending => {
  const ending = live(what, 'network', {}, { AWS_CA_BUNDLE: testCa });
  return {
    ...ending,
    play: (bench) => {
      bench.doubles.refuse(status);
      return ending.play(bench);
    },
  };
};

/** Ended by the person at an event of this type. */
const canceled = (what: string, at: RunEvent['type'], name: string): Ending => ({
  what,
  ends: 'canceled',
  sent: 1,
  play: ({ emulator }) => {
    const controller = new AbortController();
    const call = callOf(asking({ requestMetadata: { 'cachepoint-fault': name } }));
    const watch = ({ type }: RunEvent): void => {
      if (type === at) setTimeout(() => controller.abort(), 200);
    };
    return collect(targetAt(emulator.url, limits), { signal: controller.signal, call, watch });
  },
});

/** A server whose certificate was good in 2020, and is trusted but for its date. */
const outOfDate = async (home: Home): Promise<readonly RunEvent[]> => {
  const certificate = join(tlsFixtures, 'expired.pem');
  const server = createServer({ key: readFileSync(join(tlsFixtures, 'expired.key')), cert: readFileSync(certificate) });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  home.set({ AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's', AWS_CA_BUNDLE: certificate });
  try {
    const { port } = server.address() as AddressInfo;
    return await send(`https://127.0.0.1:${port}`, {}, { service: 'custom', region: 'us-east-1' });
  } finally {
    server.close();
  }
};

const weather = { toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } } as const;
const deep = (levels: number): Json => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`) as Json;

const endings: Readonly<Record<string, readonly Ending[]>> = {
  'Before anything is sent': [
    live('no Region is named anywhere', 'regionMissing', { region: undefined }),
    live('the API key holds a line break', 'credentials', {}, { AWS_BEARER_TOKEN_BEDROCK: 'one\ntwo' }),
    asked('the request is nested too deeply to be written', { additionalModelRequestFields: { deep: deep(20_000) } }, 'tooDeep', 0),
    {
      what: 'the name of the address is not found: `ENOTFOUND`, `EAI_AGAIN`',
      ends: 'network',
      sent: 0,
      play: ({ home }) => {
        home.set({ AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's' });
        return collect(
          { ...targetAt(''), ...limits, service: 'aws', endpoint: undefined, region: 'us-east-1' },
          { call: callOf(asking()) },
        );
      },
    },
    { what: 'nobody listens: `ECONNREFUSED`', ends: 'network', sent: 0, play: () => send('http://127.0.0.1:1', {}, { service: 'custom' }) },
    live(
      'the certificate is of a CA that is not trusted: `UNABLE_TO_VERIFY_LEAF_SIGNATURE`, `SELF_SIGNED_CERT_IN_CHAIN` and the like',
      'network',
      {},
    ),
    live(
      'the certificate is for another host: `ERR_TLS_CERT_ALTNAME_INVALID`',
      'network',
      { region: 'sa-east-1' },
      { AWS_CA_BUNDLE: testCa },
    ),
    {
      what: 'the certificate is out of date: `CERT_HAS_EXPIRED`, `CERT_NOT_YET_VALID`',
      ends: 'network',
      sent: 0,
      play: ({ home }) => outOfDate(home),
    },
    {
      what: 'no TLS where there should be: `EPROTO`',
      ends: 'network',
      sent: 0,
      play: ({ raw, home }) => {
        home.set({ AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's' });
        return send(raw.url.replace('http:', 'https:'), {}, { service: 'custom', region: 'us-east-1' });
      },
    },
    refusedBy('the proxy asks for a sign-in: 407 to `CONNECT`', 407),
    refusedBy('the proxy does not lead there: 403 to `CONNECT`', 403),
  ],
  'A refusal in place of an answer': [
    fault('ThrottlingException, 429, too many tokens', 'throttle', 'throttled', 3),
    fault('ThrottlingException, 429, too many requests', 'throttle-requests', 'throttled', 3),
    fault('ThrottlingException, 429, too many tokens per day', 'throttle-day', 'throttled'),
    fault('ServiceQuotaExceededException, 400', 'quota-exceeded', 'throttled'),
    fault('AccessDeniedException, 403: no policy allows it', 'iam-denied', 'accessDenied'),
    fault('AccessDeniedException, 403: a service control policy denies it', 'scp-denied', 'accessDenied'),
    fault('AccessDeniedException, 403: denied in another Region of the profile', 'region-denied', 'accessDenied'),
    fault('AccessDeniedException, 403: no access to the model', 'access-denied', 'accessDenied'),
    fault('AccessDeniedException, 403: not subscribed to in AWS Marketplace', 'marketplace-denied', 'accessDenied'),
    fault('AccessDeniedException, 403: caching is not allowed', 'caching-denied', 'accessDenied'),
    fault('ExpiredTokenException, 403', 'expired-token', 'credentials'),
    fault('UnrecognizedClientException, 403', 'invalid-token', 'credentials'),
    fault('the clock of this machine is an hour off: the next attempt is signed by the service’s time', 'clock-skew', 'finished', 2),
    script('InvalidSignatureException, 403: the time is refused again', 'credentials', 2, (exchange) =>
      exchange.refuse(403, 'InvalidSignatureException', 'Signature expired: 20261128T101010Z is now earlier than 20261128T121010Z'),
    ),
    asked('ValidationException, 400', { inferenceConfig: { temperature: 7 } }, 'invalidRequest'),
    script('ValidationException, 400: more tokens than the context window', 'invalidRequest', 1, (exchange) =>
      exchange.refuse(
        400,
        'ValidationException',
        'The model returned the following errors: Input Tokens Exceeded: Number of input tokens exceeds maximum length.',
      ),
    ),
    asked('ValidationException, 400: the model identifier is invalid', { modelId: 'no such model' }, 'modelNotFound'),
    script('ValidationException, 400: on-demand throughput isn’t supported', 'modelNotFound', 1, (exchange) =>
      exchange.refuse(
        400,
        'ValidationException',
        'Invocation of model ID x with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
      ),
    ),
    script('ResourceNotFoundException, 404: the end of its life', 'modelNotFound', 1, (exchange) =>
      exchange.refuse(404, 'ResourceNotFoundException', 'This model version has reached the end of its life.'),
    ),
    fault('ModelNotReadyException, 429', 'model-not-ready', 'modelFailed', 3),
    fault('ModelTimeoutException, 408', 'model-timeout', 'modelFailed'),
    fault('ModelErrorException, 424', 'model-error', 'modelFailed'),
    fault('InternalServerException, 500', 'internal-error', 'unavailable', 3),
    fault('ServiceUnavailableException, 503', 'service-unavailable', 'unavailable', 3),
    fault('a gateway’s page, 502', 'bad-gateway', 'unavailable', 3),
    fault('a gateway’s page, 504', 'gateway-timeout', 'unavailable', 3),
    fault('a proxy’s page, 407', 'proxy-sign-in', 'network'),
  ],
  'An answer of something else': [
    fault('200 with a web page', 'wrong-content-type', 'otherAnswer'),
    fault('200 with other JSON', 'other-json', 'otherAnswer'),
    fault('200 with nothing', 'empty-answer', 'otherAnswer'),
    fault('307, a redirect: not followed', 'redirect', 'otherAnswer'),
    fault('UnknownOperationException, 404', 'unknown-operation', 'otherAnswer'),
    script('something that is not HTTP', 'otherAnswer', 1, (exchange) => exchange.raw('hello\r\n\r\n')),
  ],
  Silence: [
    fault('no byte within the limit', 'hang', 'timeout'),
    fault('the head of an answer, and no event within the limit', 'head-only', 'timeout'),
    script('a first event, and no text within the limit', 'timeout', 1, (exchange) => {
      exchange.head();
      exchange.write(messageStart);
    }),
    fault('text, and then nothing within the limit', 'stall', 'timeout'),
    fault('the connection is reset before any byte', 'reset', 'unanswered'),
    fault('a slow first byte, within the limit', 'slow-start', 'finished'),
  ],
  'In the middle of an answer': [
    fault('`throttlingException` after text', 'throttle-stream', 'throttled'),
    fault('`modelStreamErrorException` after text', 'model-stream-error', 'modelFailed'),
    fault('`internalServerException` after text', 'internal-stream-error', 'unavailable'),
    fault('`serviceUnavailableException` after text', 'unavailable-stream', 'unavailable'),
    fault('`validationException` after text', 'validation-stream', 'invalidRequest'),
    fault('an error that no model names, after text', 'unknown-stream-error', 'unavailable'),
    fault('the connection is cut', 'cut', 'interrupted'),
    fault('the connection is reset', 'reset-stream', 'interrupted'),
    fault('the stream ends inside a frame', 'half-frame', 'interrupted'),
    fault('a frame with a wrong checksum', 'bad-frame', 'interrupted'),
    canceled('canceled before the first byte', 'started', 'hang'),
    canceled('canceled after text', 'text', 'stall'),
  ],
  'At the end of an answer': [
    fault('the figures never come', 'no-metadata', 'finished'),
    fault('figures without a usage', 'no-usage', 'finished'),
    asked(
      'stop reason `tool_use`',
      { toolConfig: { tools: [weather] }, messages: [{ role: 'user', content: [{ text: 'call tool weather' }] }] },
      'finished',
    ),
    fault('stop reason `max_tokens`', 'stop-max-tokens', 'finished'),
    fault('stop reason `model_context_window_exceeded`', 'stop-context-window', 'finished'),
    fault('stop reason `guardrail_intervened`', 'stop-guardrail', 'finished'),
    fault('stop reason `content_filtered`', 'stop-filtered', 'finished'),
    fault('stop reason `malformed_model_output`', 'stop-malformed-output', 'finished'),
    fault('stop reason `malformed_tool_use`', 'stop-malformed-tool', 'finished'),
  ],
};

/** What a run cannot do as it should is told in remarks; those on the cache are others' matter. */
const aboutEnding = /figures|tool|cut at|context window|guardrail|filtered|could not be read|could not read|reported no tokens/;

/** Times and ports differ from run to run. */
const steady = (text: string): string =>
  text
    .replaceAll(/https?:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?/g, 'the address')
    .replaceAll(modelId, 'MODEL')
    .replaceAll(/, with waits? of [^.;]* between them/g, ', with their waits');

const cells = ({ what, sent }: Ending, view: RunView): string => {
  const { failure, remarks } = view;
  const told = remarks.map(({ text }) => text).filter((text) => aboutEnding.test(text));
  const says = failure === undefined ? told.join(' ') || 'nothing else: it is answered' : `**${failure.title}.** ${failure.text}`;
  return rowOf(...[what, sent, says, failure?.steps[0] ?? ''].map((cell) => steady(String(cell))));
};

describe('aws: every ending of a run', () => {
  let bench: Bench;
  let restore: () => void;
  const { lookup } = dns;
  const rows = new Map<Ending, string>();
  before(async () => {
    restore = quickBackOff();
    bench = {
      emulator: await createEmulator({ delay: () => new Promise((resolve) => setImmediate(resolve)) }),
      raw: await startRawBedrock(),
      doubles: await startDoubles(),
      home: await enterHome(),
    };
    Object.assign(dns, {
      lookup: (name: string, ...rest: unknown[]) => {
        const callback = rest.at(-1) as (error: Error) => void;
        if (/^(127\.|localhost)/.test(name)) return Reflect.apply(lookup, dns, [name, ...rest]);
        queueMicrotask(() =>
          callback(Object.assign(new Error(`getaddrinfo ENOTFOUND ${name}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })),
        );
        return undefined;
      },
    });
  });
  after(async () => {
    restore();
    Object.assign(dns, { lookup });
    disposeClients();
    await Promise.all([bench.emulator.close(), bench.raw.close(), bench.doubles.close(), bench.home.leave()]);
  });
  beforeEach(() => {
    for (const name of ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_BEARER_TOKEN_BEDROCK', 'AWS_CA_BUNDLE', 'HTTPS_PROXY'])
      Reflect.deleteProperty(process.env, name);
    bench.doubles.reset();
    bench.raw.answer(() => undefined);
    disposeClients();
  });

  const requests = async (): Promise<number> => {
    const state = (await (await fetch(`${bench.emulator.url}/_emulator/state`)).json()) as { readonly requests: number };
    return state.requests + bench.raw.exchanges.length + bench.doubles.asked.length;
  };

  for (const [phase, list] of Object.entries(endings))
    describe(phase, () => {
      for (const ending of list)
        it(`${ending.what}: ${ending.ends}, sent ${ending.sent} times`, async () => {
          const before = await requests();
          const events = await ending.play(bench);
          const view = viewOf(events);
          assert.equal(view.failure?.code ?? view.state, ending.ends, JSON.stringify(events.at(-1)));
          assert.equal((await requests()) - before, ending.sent);
          // What is not whole must not look so.
          if (view.failure !== undefined) assert.doesNotMatch(view.status, /^Finished/);
          if (view.failure !== undefined && view.answer !== '') assert.match(view.failure.text, /kept/);
          if (ending.ends !== 'finished' && ending.ends !== 'canceled') assert.ok((view.failure?.steps.length ?? 0) > 0);
          rows.set(ending, cells(ending, view));
        });
    });

  describe('in one piece, by Converse', () => {
    const streams = [...faultNames].filter((name) => /-stream|^model-stream|^no-metadata$|^head-only$|-frame$/.test(name));
    // An answer that is cut ends its connection: what arrived of it is no JSON, and nothing is shown.
    const others: Readonly<Record<string, Ending['ends']>> = {
      cut: 'unanswered',
      ...Object.fromEntries(streams.map((name) => [name, 'invalidRequest'])),
    };
    for (const { fault: name, ends, sent, what } of Object.values(endings).flat())
      if (name !== undefined)
        it(`${what}: ${others[name] ?? ends}`, async () => {
          const before = await requests();
          const request = callOf(asking({ requestMetadata: { 'cachepoint-fault': name } }));
          const call = { ...request, door: 'Converse' } as typeof request;
          const view = viewOf(await collect(targetAt(bench.emulator.url, limits), { call }));
          assert.equal(view.failure?.code ?? view.state, others[name] ?? ends, view.failure?.detail);
          assert.equal((await requests()) - before, sent);
          if (view.failure !== undefined) assert.equal(view.answer, '');
        });
  });

  // After all of them: Mocha begins with what stands outside of groups.
  describe('the table of them', () => {
    it('is every fault that the emulator plays', () => {
      const played = Object.values(endings).flatMap((list) => list.flatMap((one) => one.fault ?? []));
      assert.deepEqual(played.toSorted(), [...faultNames].sort());
    });

    it('is told by the document as by the panel', () => {
      isTold(
        document,
        Object.entries(endings).map(([title, list]) => ({
          title,
          columns: ['what happens', 'sent', 'the panel says', 'what helps first'],
          rows: list.map((one) => rows.get(one) ?? one.what),
        })),
      );
    });
  });
});
