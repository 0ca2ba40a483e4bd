import assert from 'node:assert/strict';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readText } from 'node:stream/consumers';
import { EventStreamCodec } from '@smithy/core/event-streams';
import { disposeClients } from '../../src/aws/clients';
import { run as send } from '../../src/aws/run';
import { countTokens } from '../../src/aws/countTokens';
import { learnFromCount, learnFromRun, type PromptAnalysis } from '../../src/core/engine';
import { filesFrom } from '../../src/core/prompt/files';
import { numberFormats } from '../../src/core/figures/numbers';
import { measure } from '../../src/core/panel/measured';
import { remarksOn } from '../../src/core/panel/remarks';
import { buildRequest } from '../../src/core/request/build';
import type { ConverseRequest } from '../../src/core/request/types';
import { runValues } from '../../src/core/request/values';
import type { Target } from '../../src/core/runs/port';
import { reduceRun, startRecord, type RunRecord } from '../../src/core/runs/record';
import { defaultSettings } from '../../src/core/settings';
import { noCalibration, type Calibration, type CalibrationContext } from '../../src/core/tokens/calibrate';
import { estimateRequest } from '../../src/core/tokens/estimate';
import type { Emulator } from '../../src/emulator/options';
import { createEmulator } from '../../src/emulator/server';
import { callOf, neverAborted, targetAt } from './aws/support/calls';
import { enterHome, type Home } from './aws/support/home';
import { frame } from './aws/support/rawBedrock';
import { analyzeOnly } from '../support/onlyPrompt';

const codec = new EventStreamCodec(
  (bytes) => Buffer.from(bytes).toString('utf8'),
  (text) => Buffer.from(text, 'utf8'),
);

interface WireUsage {
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly cacheReadInputTokens: number;
  readonly cacheWriteInputTokens: number;
}

/** Multiplies what a request is said to hold; reads and writes keep their shares. */
const skewUsage = (usage: WireUsage, factor: number) => {
  const [input, read, written] = [usage.inputTokens, usage.cacheReadInputTokens, usage.cacheWriteInputTokens].map((v) =>
    Math.round(v * factor),
  );
  return { ...usage, inputTokens: input, cacheReadInputTokens: read, cacheWriteInputTokens: written };
};

const skewStream = (bytes: Buffer, factor: number): Buffer => {
  const frames: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const part = bytes.subarray(at, at + bytes.readUInt32BE(at));
    at += part.length;
    const { headers, body } = codec.decode(part);
    if (headers[':event-type']?.value !== 'metadata') frames.push(part);
    else {
      const event = JSON.parse(Buffer.from(body).toString('utf8')) as { readonly usage: WireUsage };
      frames.push(frame('metadata', { ...event, usage: skewUsage(event.usage, factor) }));
    }
  }
  return Buffer.concat(frames);
};

/** A service whose tokenizer is not ours: the emulator behind it, every count of input tokens multiplied. */
const startSkewed = async (emulatorUrl: string, factor: number): Promise<{ readonly url: string; readonly server: Server }> => {
  const answerOf = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const headers = { 'content-type': 'application/json', authorization: request.headers.authorization ?? '' };
    const answer = await fetch(`${emulatorUrl}${request.url ?? ''}`, { method: 'POST', headers, body: await readText(request) });
    const bytes = Buffer.from(await answer.arrayBuffer());
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? '' });
    if (!answer.ok) response.end(bytes);
    else if (request.url?.endsWith('/count-tokens') === true) {
      const { inputTokens } = JSON.parse(bytes.toString('utf8')) as { readonly inputTokens: number };
      response.end(JSON.stringify({ inputTokens: Math.round(inputTokens * factor) }));
    } else response.end(skewStream(bytes, factor));
  };
  const server = createServer((request, response) => {
    answerOf(request, response).catch((error: unknown) => response.destroy(error instanceof Error ? error : undefined));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server };
};

const modelId = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const sentences = [
  'The desk answers within one working day and never promises a refund it cannot give. ',
  'Whoever asks for the price of a spare part gets it in the currency of the order. ',
  'A kettle that whistles before the water boils is sent back at the cost of the shop. ',
  'No customer is asked twice for a number that stands on the invoice already. ',
];
/** Versions of one prompt, as edits make them. */
const version = (number: number): string => `---
modelId: us.${modelId}
---
# system:
${sentences.map((sentence, index) => sentence.repeat(20 + ((number * 7 + index * 3) % 12))).join('\n')}
<!-- cachePoint -->
# user:
May I return a kettle? (${number})
`;

describe('calibration over the wire', () => {
  const factor = 1.06;
  const now = Date.UTC(2026, 10, 23);
  let home: Home;
  let emulator: Emulator;
  let service: { readonly url: string; readonly server: Server };
  before(async () => {
    home = await enterHome();
    home.set({ AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret', AWS_REGION: 'us-east-1' });
    emulator = await createEmulator({ delay: () => new Promise((resolve) => setImmediate(resolve)) });
    service = await startSkewed(emulator.url, factor);
  });
  after(async () => {
    disposeClients();
    service.server.closeAllConnections();
    await new Promise((resolve) => service.server.close(resolve));
    await emulator.close();
    await home.leave();
  });

  const context = (calibration: Calibration): CalibrationContext => ({ calibration, file: 'desk', now });
  const read = (text: string, calibration: Calibration): PromptAnalysis =>
    analyzeOnly(text, 'bedrock-prompt', filesFrom({}), defaultSettings, context(calibration));
  const requestOf = ({ prompt }: PromptAnalysis): ConverseRequest => buildRequest(prompt, runValues([], {}));

  const run = async (request: ConverseRequest, target: Target): Promise<RunRecord> => {
    const common = { id: 'r', subject: 'f', pair: undefined, file: 'desk', modelId, modelName: 'm', endpoint: '', startedAt: now } as const;
    let record = startRecord({ ...common, service: target.service, prediction: undefined, prices: undefined });
    for await (const event of send(callOf(request), target, neverAborted)) record = reduceRun(record, event);
    assert.equal(record.state, 'finished', JSON.stringify(record.failure));
    return record;
  };

  it('learns from three runs of a live service: the band narrows, and the next estimate is right', async () => {
    let calibration = noCalibration;
    const bands: number[] = [];
    for (const number of [1, 2, 3]) {
      const analysis = read(version(number), calibration);
      const request = requestOf(analysis);
      const record = await run(request, targetAt(service.url, { service: 'custom' }));
      const lesson = learnFromRun(record, request, analysis.plan.model, context(calibration));
      assert.ok(lesson.kind === 'taught' && lesson.learned, JSON.stringify(lesson));
      calibration = lesson.calibration;
      bands.push(lesson.learned.before, lesson.learned.after);
      const taught = { ...record, learned: lesson.learned };
      const remarks = remarksOn(taught, measure(taught, undefined, numberFormats('en'))).map(({ text }) => text);
      assert.ok(
        remarks.some((text) => /^The estimate was [\d,]+ tokens? \(<?\d%\) low; the next ones for this model are corrected/.test(text)),
        remarks.join('\n'),
      );
    }
    const [first = 0] = bands;
    assert.ok(
      bands.every((band, index) => index === 0 || band <= (bands[index - 1] ?? 0) + 0.002),
      bands.join(' '),
    );
    assert.ok((bands.at(-1) ?? 1) < first * 0.6, bands.join(' '));

    const next = read(version(4), calibration);
    const before = read(version(4), noCalibration).plan.total;
    const { usage } = await run(requestOf(next), targetAt(service.url, { service: 'custom' }));
    assert.ok(usage);
    const truth = usage.input + (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0);
    const { total, checkpoints } = next.plan;
    assert.equal(total.basis, 'calibrated');
    assert.ok(truth >= total.low && truth <= total.high, `${truth} in ${total.low} … ${total.high}`);
    assert.ok(Math.abs(total.likely / truth - 1) < 0.012, `${total.likely} for ${truth}`);
    assert.ok(Math.abs(before.likely / truth - 1) > 0.04, 'uncorrected it would have been wrong');
    const cached = (usage.cacheRead ?? 0) + (usage.cacheWrite ?? 0);
    const prefix = checkpoints[0]?.prefix;
    assert.ok(prefix && cached >= prefix.low && cached <= prefix.high, 'the prefix is corrected too');
  });

  it('shows an unchanged prompt with exactly the figure that CountTokens gave', async () => {
    const analysis = read(version(1), noCalibration);
    const request = requestOf(analysis);
    const answer = await countTokens(callOf(request), targetAt(service.url, { service: 'custom' }), neverAborted, modelId);
    assert.ok('tokens' in answer, JSON.stringify(answer));
    const asked = { request, model: analysis.plan.model, counted: answer.tokens, source: 'countTokens' } as const;
    const lesson = learnFromCount(asked, context(noCalibration));
    assert.ok(lesson.kind === 'taught');
    const { total } = read(version(1), lesson.calibration).plan;
    assert.deepEqual(total, { low: answer.tokens, likely: answer.tokens, high: answer.tokens, basis: 'counted' });
    const { usage } = await run(request, targetAt(service.url, { service: 'custom' }));
    const charged = (usage?.input ?? 0) + (usage?.cacheRead ?? 0) + (usage?.cacheWrite ?? 0);
    assert.ok(Math.abs(charged - answer.tokens) <= 2, `${charged} for ${answer.tokens}`);
  });

  it('learns nothing from the emulator, which counts with our own estimates', async () => {
    const analysis = read(version(1), noCalibration);
    const request = requestOf(analysis);
    const record = await run(request, targetAt(emulator.url, { service: 'emulator' }));
    assert.deepEqual(learnFromRun(record, request, analysis.plan.model, context(noCalibration)), { kind: 'nothing', why: 'emulator' });
    const { usage } = record;
    const sum = (usage?.input ?? 0) + (usage?.cacheRead ?? 0) + (usage?.cacheWrite ?? 0);
    assert.ok(Math.abs(sum - estimateRequest(request, analysis.plan.model ?? { tokens: 'claude-3' }).total.likely) <= 1);
  });
});
