import assert from 'node:assert/strict';
import { BedrockRuntimeClient, ConverseCommand, InvokeModelCommand, type TokenUsage } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { sendAsWritten } from '../../src/aws/wire';
import type { PromptAnalysis } from '../../src/core/analysis';
import type { WireBlock } from '../../src/core/cache/plan';
import { lastReadable } from '../../src/core/cache/written';
import { predictCall, warmAfter, type WarmPrefixes } from '../../src/core/change/predict';
import { noFiles } from '../../src/core/prompt/files';
import { doubtsOf, isWithheld } from '../../src/core/models/doubts';
import { segmentsOf } from '../../src/core/prompt/model';
import type { RuleCode } from '../../src/core/prompt/problems';
import { buildRequest, missingValues } from '../../src/core/request/build';
import { wireCall } from '../../src/core/formats/wireCall';
import { callBody } from '../../src/core/request/json';
import { declaredValues, type Values } from '../../src/core/request/values';
import type { ConverseRequest, WireCall } from '../../src/core/request/types';
import { defaultSettings } from '../../src/core/settings';
import { parseJsonTree } from '../../src/core/text/jsonTree';
import { toJson, type Tree } from '../../src/core/text/tree';
import { createEmulator } from '../../src/emulator/server';
import type { Emulator } from '../../src/emulator/options';
import { ruleFixtures, type RuleFixture } from '../support/ruleFixtures';
import { analyzeOnly } from '../support/onlyPrompt';

const noTree: Tree = { kind: 'object', span: { start: 0, end: 0 }, entries: [] };

/** Rules that predict a refusal, and what the service says then. */
const refusals: Readonly<Partial<Record<RuleCode, RegExp>>> = {
  'cache/unsupported-model': /did not allow prompt caching/,
  'cache/unsupported-field': /extraneous key \[cachePoint\] is not permitted/,
  'cache/too-many': /A maximum of 4 blocks with cache_control may be provided/,
  'cache/ttl-unsupported': /Extended TTL prompt caching is only supported|ttl: Extra inputs are not permitted/,
  'cache/ttl-order': /must not come after a ttl='5m' cache_control block/,
  'cache/nothing-before': /There is nothing available to cache/,
  'cache/after-reasoning': /Cache point cannot be inserted after reasoning block/,
  'cache/after-document': /type: Field required/,
  'cache/latency-optimized': /cache_control: Extra inputs are not permitted/,
  'cache/in-tool-result': /extraneous key \[cachePoint\] is not permitted|ToolResultContentBlock/,
  'request/blank-text': /is blank\. Add text/,
  'cache/dialect': /extraneous key|must set only one of the following keys|Field required/,
  'request/tool-pairing':
    /toolConfig field must be defined|Expected toolResult blocks|exceeds the number of toolUse|duplicate Ids|json object|must be unique|not found in provided tools|must be one of the following: object/,
  'request/documents': /document|Images and documents/,
  'request/output-schema': /output_config\.format\.schema/,
  'request/model-refuses':
    /The model returned the following errors|must start with a user message|Latency performance|reasoning config value|This model doesn't support|4\.5 MB|anthropic_version: Field required/,
  'request/roles': /must start with a user message|not supported as the first message|content field in the Message object .* is empty/,
  'request/inference-profile': /on-demand throughput isn’t supported/,
  'request/retired-model': /has reached the end of its life/,
  'request/context-window': /Input Tokens Exceeded|Input is too long/,
  'request/modality': /This model doesn't support the/,
  'request/unknown-field':
    /extraneous key|must set|decoded from base64|not expected|failed to satisfy constraint|can not be converted|exceeds the model limit|Field required/,
  'request/unknown-model': /model identifier is invalid/,
  'syntax/marker': /failed to satisfy constraint: Member must satisfy enum value set: \[5m, 1h\]/,
};

/** Warnings of what is refused all the same: the request is sent as it is written. */
const warnedOf: ReadonlySet<RuleCode> = new Set(['request/unknown-field']);

/** A wish of the person's own, of which the service knows nothing: it would answer. */
const ownWishes: ReadonlySet<RuleCode> = new Set(['request/global-profile']);

/** What is wrong with these cannot be sent: the text cannot be read, misses a part, or names no model. */
const unsendable: readonly RuleCode[] = [
  'request/include',
  'request/model-missing',
  'syntax/front-matter',
  'syntax/json',
  'syntax/too-deep',
  'syntax/not-converse',
];
const isIncomplete = ({ problems, plan }: PromptAnalysis): boolean =>
  plan.resolution.kind === 'empty' || problems.some(({ code }) => unsendable.includes(code));

const start = Date.parse('2026-11-22T09:00:00Z');

interface Sent {
  readonly usage: TokenUsage | undefined;
  readonly error: string | undefined;
}

const isFigure = (value: unknown): value is number => typeof value === 'number';

/** The usage of an answer of InvokeModel in the words of Converse. */
const usageOfBody = (bytes: Uint8Array): TokenUsage => {
  const { usage } = JSON.parse(Buffer.from(bytes).toString('utf8')) as { readonly usage: Readonly<Record<string, unknown>> };
  const figure = (...names: readonly string[]): number => names.map((name) => usage[name]).find(isFigure) ?? 0;
  return {
    inputTokens: figure('input_tokens', 'inputTokens'),
    outputTokens: figure('output_tokens', 'outputTokens'),
    totalTokens: undefined,
    cacheReadInputTokens: figure('cache_read_input_tokens', 'cacheReadInputTokenCount'),
    cacheWriteInputTokens: figure('cache_creation_input_tokens', 'cacheWriteInputTokenCount'),
  };
};

/** Sends what the extension would send, so that a fault of the request is judged as a person would meet it. */
const send = async (client: BedrockRuntimeClient, call: WireCall): Promise<Sent> => {
  const { api, modelId } = call;
  const sent = { body: callBody(call), attempt: 1, maxAttempts: 1 };
  try {
    if (api !== 'converse') {
      const command = new InvokeModelCommand({ modelId, contentType: 'application/json', body: '' });
      sendAsWritten(command.middlewareStack, sent);
      return { usage: usageOfBody((await client.send(command)).body), error: undefined };
    }
    const command = new ConverseCommand({ modelId });
    sendAsWritten(command.middlewareStack, sent);
    return { usage: (await client.send(command)).usage, error: undefined };
  } catch (error) {
    return { usage: undefined, error: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
};

const clientOf = ({ url }: Emulator): BedrockRuntimeClient =>
  new BedrockRuntimeClient({
    endpoint: url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  });

/** Runs a test with an emulator of its own, whose clock stands still unless moved. */
const withEmulator = async (fixture: RuleFixture, test: (client: BedrockRuntimeClient) => Promise<void>): Promise<void> => {
  const emulator = await createEmulator({ speed: 0, now: () => start, profileModels: fixture.settings.profileModels });
  const client = clientOf(emulator);
  try {
    await test(client);
  } finally {
    client.destroy();
    await emulator.close();
  }
};

const requestOf = ({ prompt }: PromptAnalysis, values: Values, fixture: RuleFixture): ConverseRequest => {
  const request = buildRequest(prompt, values);
  const modelId = request.modelId === '' ? fixture.settings.defaultModelId : request.modelId;
  return { ...request, modelId };
};

/** What goes over the wire: a body of InvokeModel as it stands, with other literals where they vary. */
const callOf = ({ prompt }: PromptAnalysis, request: ConverseRequest, change = (body: string): string => body): WireCall => {
  const call = wireCall(prompt, () => undefined, request.modelId);
  return call.api === 'converse' ? { ...call, body: request } : { ...call, body: change(call.body) };
};

/** The request of a JSON file with every member that stands in it, known or not. */
const asWritten = ({ format, text, settings }: RuleFixture): ConverseRequest | undefined =>
  format === 'converse-json'
    ? ({ modelId: settings.defaultModelId, ...(toJson(parseJsonTree(text).tree ?? noTree) as object) } as ConverseRequest) // as a person wrote it
    : undefined;

const assertClose = (actual: number | undefined, expected: number, what: string): void =>
  assert.ok(Math.abs((actual ?? 0) - expected) <= 1, `${what}: the emulator says ${actual ?? 0}, the analysis ${expected.toFixed(1)}`);

/** Reads, writes and input of an answer against those predicted; one token more or less is rounding. */
const assertAsPredicted = (
  usage: TokenUsage | undefined,
  analysis: PromptAnalysis,
  request: ConverseRequest,
  warm: WarmPrefixes,
): WarmPrefixes => {
  const call = { plan: analysis.plan, request, at: start };
  const predicted = predictCall(call, warm);
  assertClose(usage?.cacheReadInputTokens, predicted.cacheRead.likely, 'read');
  assertClose(usage?.cacheWriteInputTokens, predicted.cacheWrite.likely, 'written');
  assertClose(usage?.inputTokens, predicted.input.likely, 'input');
  return warmAfter(call, warm);
};

/** Other digits; other letters in a text that has none. */
const rotated = (text: string): string =>
  /[0-9]/.test(text) ? text.replace(/[0-9]/g, (digit) => String((Number(digit) + 1) % 10)) : text.replace(/[a-z]/g, nextLetter);

const nextLetter = (letter: string): string => String.fromCharCode(97 + ((letter.charCodeAt(0) - 96) % 26));

/** What another call of the same day has otherwise, besides its variables: of the newest turn all of its texts. */
const literalsOf = ({ block, breaks }: WireBlock): readonly string[] =>
  breaks
    .filter(({ varies }) => varies === 'request')
    .flatMap(({ kind, text }) =>
      kind === 'turn'
        ? segmentsOf(block).flatMap((segment) => (segment.kind === 'text' ? [segment.text] : []))
        : kind === 'variable'
          ? []
          : [text],
    );

/** Another call of the same length: what the analysis takes to vary has other values, and nothing else has. */
const anotherCall = (analysis: PromptAnalysis, fixture: RuleFixture): WireCall => {
  const { prompt, plan } = analysis;
  const values = declaredValues(prompt.header.variables, true);
  const varying = new Set(
    prompt.header.variables.filter(({ varies }) => varies === 'request' || varies === 'grows').map(({ name }) => name),
  );
  const request = requestOf(analysis, (name) => (varying.has(name) ? [...(values(name) ?? '')].reverse().join('') : values(name)), fixture);
  const literals = plan.blocks.flatMap(literalsOf);
  const written = (text: string): string => JSON.stringify(text).slice(1, -1);
  const change = (body: string): string =>
    literals.reduce((text, literal) => text.replaceAll(written(literal), written(rotated(literal))), body);
  return callOf(analysis, literals.length === 0 ? request : (JSON.parse(change(JSON.stringify(request))) as ConverseRequest), change);
};

describe('the analysis and the emulator', function () {
  this.timeout(20_000);
  for (const fixture of ruleFixtures()) {
    const analysis = fixture.analyze(fixture.text);
    if (isIncomplete(analysis)) continue;
    const values = declaredValues(analysis.prompt.header.variables, true);
    const expected = analysis.problems.flatMap(({ code, severity }) =>
      (severity === 'error' && !ownWishes.has(code)) || warnedOf.has(code) ? [refusals[code] ?? code] : [],
    );

    if (expected.length > 0) {
      it(`refuse ${fixture.name} for the same reason`, () =>
        withEmulator(fixture, async (client) => {
          const { error } = await send(client, callOf(analysis, asWritten(fixture) ?? requestOf(analysis, values, fixture)));
          assert.ok(error !== undefined, 'the emulator refuses it too');
          assert.ok(
            expected.some((pattern) => pattern instanceof RegExp && pattern.test(error)),
            `${error} is none of ${expected.join(', ')}`,
          );
        }));
      continue;
    }

    it(`accept ${fixture.name} and count the same tokens, cold and warm`, () =>
      withEmulator(fixture, async (client) => {
        const request = requestOf(analysis, values, fixture);
        const call = callOf(analysis, request);
        const cold = await send(client, call);
        assert.equal(cold.error, undefined);
        // Without a model nothing is predicted, and of a variable without an example nobody knows the length.
        if (analysis.plan.model === undefined || missingValues(analysis.prompt, values).length > 0) return;
        // Where the service was seen to do otherwise than is written, the emulator does as is written.
        if (isWithheld(doubtsOf(analysis.plan.resolution))) return;
        const warm = assertAsPredicted(cold.usage, analysis, request, new Map());
        const again = await send(client, call);
        assertAsPredicted(again.usage, analysis, request, warm);
        const other = await send(client, anotherCall(analysis, fixture));
        assertClose(other.usage?.cacheReadInputTokens, lastReadable(analysis.plan)?.prefix.likely ?? 0, 'read by another request');
      }));
  }
});

describe('near the minimum, the analysis and the emulator', function () {
  this.timeout(20_000);
  const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
  const promptOf = (sentences: number): string =>
    `---\nmodelId: ${modelId}\n---\n# system:\n${'Parcels are handed over on the next working day.\n'.repeat(sentences)}\n<!-- cachePoint -->\n\n# user:\nHello\n`;
  const check = (sentences: number): PromptAnalysis => analyzeOnly(promptOf(sentences), 'bedrock-prompt', noFiles, defaultSettings);
  const likely = (sentences: number): number => check(sentences).plan.checkpoints[0]?.prefix.likely ?? 0;
  let first = 1;
  while (likely(first) < 1024) first += 1;

  for (const [sentences, cached] of [
    [first - 1, false],
    [first, true],
  ] as const)
    it(`${cached ? 'cache' : 'do not cache'} a prefix of about ${Math.round(likely(sentences))} tokens`, async () => {
      const emulator = await createEmulator({ speed: 0, now: () => start });
      const client = clientOf(emulator);
      try {
        const analysis = check(sentences);
        const request = buildRequest(analysis.prompt, () => undefined);
        const { usage } = await send(client, callOf(analysis, request));
        assertAsPredicted(usage, analysis, request, new Map());
        assert.equal((usage?.cacheWriteInputTokens ?? 0) > 0, cached);
      } finally {
        client.destroy();
        await emulator.close();
      }
    });
});
