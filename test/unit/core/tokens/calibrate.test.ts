import assert from 'node:assert/strict';
import fc from 'fast-check';
import { learnedText, notCountable } from '../../../../src/core/messages/calibration';
import { calibrationReport } from '../../../../src/core/messages/calibrationReport';
import { catalog, findEntry } from '../../../../src/core/models/catalog';
import { numberFormats } from '../../../../src/core/figures/numbers';
import type { ConverseRequest } from '../../../../src/core/request/types';
import type { Json } from '../../../../src/core/text/json';
import type { Usage } from '../../../../src/core/tokens/usage';
import {
  applyCorrection,
  calibrated,
  correctionFor,
  forget,
  hashOf,
  noCalibration,
  observe,
  parseCalibration,
  type Calibration,
  type CalibrationContext,
  type Observation,
} from '../../../../src/core/tokens/calibrate';
import { noCorrection } from '../../../../src/core/tokens/calibration/correction';
import { learnFromCount, learnFromRun, type RunAnswer } from '../../../../src/core/tokens/calibration/lesson';
import { limits } from '../../../../src/core/tokens/calibration/observations';
import { hasUnseenParts, requestHash, textTokens } from '../../../../src/core/tokens/calibration/request';
import { estimateRequest } from '../../../../src/core/tokens/estimate';
import type { TokenEstimate } from '../../../../src/core/figures/band';

const day = 86_400_000;
const now = Date.UTC(2026, 10, 23);
const formats = numberFormats('en');

const seen = (ratio: number, over: Partial<Observation> = {}): Observation => ({
  file: 'a',
  request: `${ratio} ${over.request ?? ''}`,
  estimated: 4000,
  text: 3900,
  band: 0.05,
  shape: 'text',
  at: now,
  source: 'run',
  estimator: 1,
  ...over,
  counted: Math.round((over.estimated ?? 4000) * ratio),
});

const from = (observations: readonly Observation[], model = 'm'): Calibration =>
  observations.reduce((calibration, one) => observe(calibration, model, one), noCalibration);

/** The same ratio from so many different requests. */
const agreeing = (ratio: number, count: number, over: Partial<Observation> = {}): readonly Observation[] =>
  Array.from({ length: count }, (_, index) => ({ ...seen(ratio, over), request: `r${index}` }));

const estimate = (likely: number, band: number): TokenEstimate => ({
  low: likely * (1 - band),
  likely,
  high: likely * (1 + band),
  basis: 'estimated',
});

const anyObservation: fc.Arbitrary<Observation> = fc.record({
  file: fc.constantFrom('a', 'b', 'c', 'd'),
  request: fc.string({ maxLength: 3 }),
  estimated: fc.oneof(fc.double(), fc.double({ min: 1, max: 1e6, noNaN: true })),
  counted: fc.oneof(fc.integer(), fc.integer({ min: 1, max: 1_000_000 }), fc.double()),
  text: fc.oneof(fc.double(), fc.double({ min: 0, max: 1e6, noNaN: true })),
  band: fc.oneof(fc.double(), fc.double({ min: 0, max: 3, noNaN: true })),
  shape: fc.constantFrom('text', 'tools', 'media'),
  at: fc.oneof(fc.double(), fc.integer({ min: now - 200 * day, max: now + day })),
  source: fc.constantFrom('run', 'countTokens'),
  estimator: fc.oneof(fc.constant(1), fc.double()),
});

const soundObservation: fc.Arbitrary<Observation> = fc
  .record({
    file: fc.constantFrom('a', 'b', 'c'),
    request: fc.integer({ min: 0, max: 5 }).map(String),
    estimated: fc.double({ min: 10, max: 1e5, noNaN: true }),
    ratio: fc.double({ min: 0.55, max: 1.9, noNaN: true }),
    text: fc.double({ min: 0, max: 1e5, noNaN: true }),
    band: fc.double({ min: 0, max: 0.5, noNaN: true }),
    at: fc.constantFrom(now, now - day),
    source: fc.constantFrom('run' as const, 'countTokens' as const),
  })
  .map(({ ratio, ...rest }) => ({ ...rest, shape: 'text', estimator: 1, counted: Math.max(1, Math.round(rest.estimated * ratio)) }));

describe('the calibration of token estimates', () => {
  it('changes nothing before anything was observed', () => {
    assert.deepEqual(correctionFor(noCalibration, 'm', 'a', now), noCorrection);
    const untouched = estimate(1000, 0.05);
    assert.equal(applyCorrection(untouched, noCorrection), untouched);
  });

  it('gives a finite factor within 0.5 and 2 and an ordered band, whatever was observed', () => {
    fc.assert(
      fc.property(fc.array(anyObservation, { maxLength: 30 }), anyObservation, fc.double(), (list, like, clock) => {
        const calibration = from(list);
        for (const at of [now, clock])
          for (const correction of [correctionFor(calibration, 'm', 'a', at), correctionFor(calibration, 'm', 'z', at, like)]) {
            assert.ok(correction.factor >= 0.5 && correction.factor <= 2, `factor ${correction.factor}`);
            assert.ok(Number.isFinite(correction.spread) && correction.spread >= 0);
            for (const share of [0, 0.3, 1]) {
              const { low, likely, high } = applyCorrection(estimate(1234.5, 0.07), correction, share);
              assert.ok(low >= 0 && low <= likely && likely <= high && Number.isFinite(high), `${low} ${likely} ${high}`);
            }
          }
      }),
    );
  });

  it('does not depend on the order in which observations arrive', () => {
    fc.assert(
      fc.property(fc.array(soundObservation, { maxLength: 25 }), fc.nat(), (list, seed) => {
        const shuffled = list.map((one, index) => ({ one, key: ((index + 1) * (seed + 7919)) % 104_729 })).sort((a, b) => a.key - b.key);
        const other = from(shuffled.map(({ one }) => one));
        assert.deepEqual(from(list), other);
        assert.deepEqual(correctionFor(from(list), 'm', 'a', now), correctionFor(other, 'm', 'a', now));
      }),
    );
  });

  it('is moved by less than two percent by one wild observation among five', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.7, max: 1.4, noNaN: true }), fc.double({ min: 0.51, max: 1.99, noNaN: true }), (ratio, wild) => {
        const four = [0.995, 1.005, 1, 0.998].map((part) => seen(ratio * part));
        const before = correctionFor(from(four), 'm', 'a', now).factor;
        const after = correctionFor(from([...four, seen(wild, { request: 'wild' })]), 'm', 'a', now).factor;
        assert.ok(Math.abs(after / before - 1) < 0.02 + Math.abs(ratio - 1) * 0.04, `${before} ${after}`);
      }),
    );
  });

  it('narrows with each observation that agrees', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.6, max: 1.8, noNaN: true }), fc.integer({ min: 1, max: limits.perFile - 1 }), (ratio, count) => {
        const [fewer, more] = [count, count + 1].map((size) => correctionFor(from(agreeing(ratio, size)), 'm', 'a', now).spread);
        assert.ok((more ?? 0) < (fewer ?? 0), `${fewer} ${more}`);
      }),
    );
    const spreads = [0, 1, 2, 3, 10].map((count) => correctionFor(from(agreeing(1.03, count)), 'm', 'a', now).spread);
    assert.deepEqual(
      spreads,
      [...spreads].sort((a, b) => b - a),
    );
    assert.ok((spreads[3] ?? 1) < 0.55 && (spreads[4] ?? 0) > 0.2, String(spreads));
  });

  it('knows a prompt by three of its own answers within two percent, however doubtful the estimate: a factor, an overhead, both', () => {
    for (const service of [(n: number) => n * 1.08, (n: number) => n + 40, (n: number) => n * 1.08 + 40, (n: number) => n * 0.64])
      for (const band of [0.035, 0.25, 0.5]) {
        const runs = [4000, 4015, 4032].map((estimated, at) => ({
          ...seen(1, { estimated, band, request: `q${at}` }),
          counted: Math.round(service(estimated)),
        }));
        const like = { shape: 'text', estimated: 4050, band, estimator: 1 } as const;
        const { low, likely, high } = applyCorrection(estimate(4050, band), correctionFor(from(runs), 'm', 'a', now, like));
        assert.ok(high - likely <= 0.02 * likely && likely - low <= 0.02 * likely, `${low} ${likely} ${high}`);
        assert.ok(low <= service(4050) && service(4050) <= high, `${service(4050)} is not within ${low} … ${high}`);
      }
  });

  const services: readonly (readonly [name: string, count: (estimated: number) => number])[] = [
    ['a factor', (n) => n * 1.08],
    ['an overhead', (n) => n + 40],
    ['an overhead that fell', (n) => n - 60],
    ['both', (n) => n * 1.08 + 40],
    ['a small overhead and a factor the other way', (n) => n * 0.95 + 25],
  ];
  const sized = (count: (estimated: number) => number, estimated: number, over: Partial<Observation> = {}): Observation => ({
    ...seen(1, { estimated, text: estimated - 30, band: 0.035, request: `${estimated} ${over.file ?? ''}`, ...over }),
    counted: Math.round(count(estimated)),
  });
  /** How far off the next figure is, as a share, for a request of this size. */
  const offAt = (list: readonly Observation[], estimated: number, count: (n: number) => number, file = 'a'): number => {
    const like = { shape: 'text', estimated, band: 0.035, estimator: 1 } as const;
    const { likely } = applyCorrection(estimate(estimated, 0.035), correctionFor(from(list), 'm', file, now, like));
    return Math.abs(likely / count(estimated) - 1);
  };

  it('learns what is always added apart from what texts are misjudged by, from requests of different sizes', () => {
    for (const [name, count] of services) {
      const grown = [600, 1500, 4000].map((estimated) => sized(count, estimated));
      for (const size of [300, 1000, 12_000]) assert.ok(offAt(grown, size, count) < 0.03, `${name}, ${size}: ${offAt(grown, size, count)}`);
      const files = [500, 900, 2500, 7000].flatMap((estimated, at) =>
        [0, 20].map((more) => sized(count, estimated + more, { file: `f${at}` })),
      );
      // A file that was never run trusts others half: what is left is the factor, not the overhead of another size.
      const left = [250, 8000].map((size) => offAt(files, size, count, 'new'));
      for (const off of left) assert.ok(off < 0.055, `${name}: ${String(left)}`);
    }
  });

  it('leaves the overhead alone where all requests are of one size, and where one of them is wild', () => {
    const count = (n: number): number => n + 40;
    const like = { shape: 'text', estimated: 4000, band: 0.035, estimator: 1 } as const;
    const offset = (list: readonly Observation[]): number => correctionFor(from(list), 'm', 'a', now, like).offset;
    assert.equal(offset([4000, 4100, 4400].map((estimated) => sized(count, estimated))), 0);
    const right = [600, 900, 1500, 2500, 4000].map((estimated) => sized(count, estimated));
    assert.ok(Math.abs(offset(right) - 40) < 6, String(offset(right)));
    for (const wild of [0.6, 1.9]) {
      const stray = sized((n) => n * wild, 2000, { request: 'wild' });
      assert.ok(Math.abs(offset([...right, stray]) - 40) < 20, String(offset([...right, stray])));
    }
    assert.equal(correctionFor(from(right), 'm', 'a', now, { ...like, shape: 'tools' }).offset, 0, 'another shape');
  });

  it('gives a part its share of what is always added, less sure of where it stands', () => {
    const correction = { ...noCorrection, basis: 'calibrated', spread: 1, offset: 100 } as const;
    assert.deepEqual(applyCorrection(estimate(1000, 0.05), correction), { low: 1050, likely: 1100, high: 1150, basis: 'calibrated' });
    const half = applyCorrection(estimate(500, 0.05), correction, 0.5);
    assert.deepEqual([half.likely, half.low, half.high], [550, 550 - 25 - 50, 550 + 25 + 50]);
  });

  it('does not take a prompt for known that grew, or whose answers are old or differ', () => {
    const like = { shape: 'text', estimated: 4000, band: 0.25, estimator: 1 } as const;
    const spreadOf = (observations: readonly Observation[], size = 4000): number =>
      correctionFor(from(observations), 'm', 'a', now, { ...like, estimated: size }).spread;
    const three = agreeing(1.1, 3, { band: 0.25 });
    assert.ok(spreadOf(three) * 0.25 <= 0.02);
    assert.ok(spreadOf(three, 6000) * 0.25 > 0.04);
    assert.ok(spreadOf(agreeing(1.1, 3, { band: 0.25, at: now - 30 * day })) * 0.25 > 0.04);
    assert.ok(spreadOf([1.0, 1.1, 1.2].map((ratio) => seen(ratio, { band: 0.25 }))) * 0.25 > 0.04);
  });

  it('widens when observations scatter', () => {
    const scattered = [0.8, 1.2, 0.85, 1.25, 1].map((ratio) => seen(ratio));
    assert.ok(correctionFor(from(scattered), 'm', 'a', now).spread > 1.3);
  });

  it('shrinks towards 1 with few observations, and follows many', () => {
    const [one, three, ten] = [1, 3, 10].map((count) => correctionFor(from(agreeing(1.1, count)), 'm', 'a', now).factor);
    assert.ok(one !== undefined && three !== undefined && ten !== undefined);
    assert.ok(1.04 < one && one < three && three < ten && ten < 1.1, `${one} ${three} ${ten}`);
    assert.ok(ten > 1.09);
  });

  it('lets a file speak for itself first, and other files of the model a little', () => {
    const own = agreeing(1.1, 3);
    const others = ['b', 'c', 'd', 'e'].flatMap((file) => agreeing(0.95, 3, { file }));
    const mixed = correctionFor(from([...own, ...others]), 'm', 'a', now).factor;
    const elsewhere = correctionFor(from([...own, ...others]), 'm', 'new', now).factor;
    assert.ok(mixed > 1.06, String(mixed));
    assert.ok(elsewhere < 1 && elsewhere > 0.95, String(elsewhere));
    assert.equal(correctionFor(from(own), 'other-model', 'a', now).factor, 1);
  });

  it('gives a file run a hundred times one voice about other files', () => {
    const busy = agreeing(1.2, 10, { file: 'b' });
    const calm = ['c', 'd', 'e'].flatMap((file) => agreeing(1, 1, { file }));
    assert.ok(correctionFor(from([...busy, ...calm]), 'm', 'a', now).factor < 1.05);
  });

  it('learns little from texts of another difficulty or requests of another shape', () => {
    const like = { shape: 'text', estimated: 4000, band: 0.04, estimator: 1 } as const;
    const from3 = (over: Partial<Observation>) => from(['b', 'c', 'd'].flatMap((file) => agreeing(1.15, 3, { file, band: 0.04, ...over })));
    const alike = correctionFor(from3({}), 'm', 'a', now, like).factor;
    assert.ok(correctionFor(from3({ band: 0.25 }), 'm', 'a', now, like).factor - 1 < (alike - 1) * 0.15);
    assert.ok(correctionFor(from3({ shape: 'tools' }), 'm', 'a', now, like).factor - 1 < (alike - 1) * 0.6);
    assert.equal(correctionFor(from3({ estimator: 2 }), 'm', 'a', now, like).factor, 1, 'another estimator');
  });

  it('forgets with time', () => {
    const calibration = from(agreeing(1.1, 2));
    const factors = [0, 14, 28, 70].map((days) => correctionFor(calibration, 'm', 'a', now + days * day).factor);
    assert.deepEqual(
      factors,
      [...factors].sort((a, b) => b - a),
    );
    assert.ok((factors[3] ?? 2) < 1.015);
  });

  it('never shows a band narrower than half a percent or four tokens', () => {
    const sure = { ...noCorrection, basis: 'calibrated', spread: 0 } as const;
    assert.equal(applyCorrection(estimate(10_000, 0.05), sure).high, 10_050);
    assert.equal(applyCorrection(estimate(200, 0.05), sure).high, 204);
    assert.equal(applyCorrection(estimate(20, 0.05), sure).high, 21, 'and never widens one that was narrower');
  });

  it('keeps a bounded list, and each request of a file once', () => {
    const many = Array.from({ length: 200 }, (_, index) =>
      seen(1, { file: `f${index % 12}`, request: `r${index}`, at: now + index }),
    ).reduce((calibration, one, index) => observe(calibration, `m${index % 30}`, one), noCalibration);
    assert.ok(Object.keys(many.models).length <= limits.models);
    const one = from(Array.from({ length: 100 }, (_, index) => seen(1, { file: `f${index % 12}`, request: `r${index}` })));
    assert.equal(one.models['m']?.length, limits.perModel);
    const again = from([1, 1.01, 1.02].map((ratio, index) => ({ ...seen(ratio), request: 'same', at: now + index })));
    assert.deepEqual(
      again.models['m']?.map(({ counted }) => counted),
      [4080],
    );
    assert.deepEqual(forget(again, 'm'), noCalibration);
    assert.deepEqual(forget(again), noCalibration);
  });

  it('reads what it wrote, and nothing of what does not fit', () => {
    const kept = from([seen(1.01), seen(1.02)]);
    assert.deepEqual(parseCalibration(JSON.parse(JSON.stringify(kept))), kept);
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (stored, list) => {
        parseCalibration(stored);
        assert.deepEqual(parseCalibration({ version: 1, models: { m: [list] } }), noCalibration);
      }),
    );
    assert.deepEqual(parseCalibration({ version: 1, models: { m: [{ ...seen(1), counted: 9e9 }] } }), noCalibration);
  });
});

const sonnet = findEntry('anthropic.claude-sonnet-4-5-20250929-v1:0')!;
const nova = findEntry('amazon.nova-lite-v1:0')!;
const nova2 = findEntry('amazon.nova-2-lite-v1:0')!;

const ask = (text: string, over: Partial<ConverseRequest> = {}): ConverseRequest => ({
  modelId: sonnet.id,
  system: [{ text: text.repeat(60) }, { cachePoint: { type: 'default' } }],
  messages: [{ role: 'user', content: [{ text: 'May I return a kettle?' }] }],
  ...over,
});
const policy = 'The desk answers within one working day and never promises a refund it cannot give. ';
const request = ask(policy);
const total = estimateRequest(request, sonnet).total.likely;
const empty: CalibrationContext = { calibration: noCalibration, file: 'a', now };

const usageOf = (prompt: number, cached = 0): Usage => ({
  input: prompt - cached,
  output: 100,
  cacheRead: cached,
  cacheWrite: 0,
  writes: [],
});
const finished = (usage: Usage | undefined, over: Partial<RunAnswer> = {}): RunAnswer => ({
  service: 'aws',
  state: 'finished',
  usage,
  stopReason: 'end_turn',
  ...over,
});

describe('what teaches', () => {
  it('takes in the usage of a finished run: input, reads and writes together', () => {
    const counted = Math.round(total * 0.97);
    const lesson = learnFromRun(finished(usageOf(counted, 800)), request, sonnet, empty);
    assert.ok(lesson.kind === 'taught' && lesson.learned);
    assert.equal(lesson.calibration.models[sonnet.id]?.[0]?.counted, counted);
    assert.ok(Math.abs(lesson.learned.error - 0.031) < 0.002);
    assert.ok(lesson.learned.after < lesson.learned.before);
    assert.equal(JSON.stringify(lesson.calibration).includes('desk'), false);
  });

  const nothing: readonly (readonly [string, RunAnswer, ConverseRequest, typeof sonnet | undefined, string])[] = [
    ['the emulator', finished(usageOf(1000), { service: 'emulator' }), request, sonnet, 'emulator'],
    ['a failed run', finished(usageOf(1000), { state: 'failed' }), request, sonnet, 'unfinished'],
    ['a guardrail’s answer', finished(usageOf(1000), { stopReason: 'guardrail_intervened' }), request, sonnet, 'unfinished'],
    ['a run without usage', finished(undefined), request, sonnet, 'noTotals'],
    ['a usage of nonsense', finished({ ...usageOf(10), input: Number.NaN }), request, sonnet, 'noTotals'],
    ['an unknown model', finished(usageOf(1000)), request, undefined, 'unknownModel'],
    ['less than half the estimate', finished(usageOf(Math.floor(total / 2) - 1)), request, sonnet, 'implausible'],
    ['more than twice the estimate', finished(usageOf(Math.ceil(total * 2) + 1)), request, sonnet, 'implausible'],
    [
      'reads without a cache point',
      finished(usageOf(Math.round(total), 500)),
      { ...request, system: [{ text: policy.repeat(60) }] },
      sonnet,
      'unsureTotals',
    ],
    ['written tokens of GPT', finished({ ...usageOf(1000), cacheWrite: 900 }), request, { ...sonnet, tokens: 'openai' }, 'unsureTotals'],
    [
      'server tools',
      finished(usageOf(1000)),
      ask(policy, { toolConfig: { tools: [{ systemTool: { name: 'nova_grounding' } }] } }),
      sonnet,
      'unseenParts',
    ],
  ];
  for (const [what, answer, sent, model, why] of nothing)
    it(`learns nothing from ${what}`, () => {
      assert.deepEqual(learnFromRun(answer, sent, model, empty), { kind: 'nothing', why });
    });

  it('learns from Nova although it splits reads and writes freely', () => {
    const sent = { ...request, modelId: nova.id, system: [{ text: policy.repeat(60) }] };
    const counted = Math.round(estimateRequest(sent, nova).total.likely * 1.02);
    assert.equal(learnFromRun(finished(usageOf(counted, 500)), sent, nova, empty).kind, 'taught');
  });

  it('sees parts that cannot be estimated', () => {
    const content = (block: unknown) => ask(policy, { messages: [{ role: 'user', content: [block as { text: string }] }] });
    const s3 = { s3Location: { uri: 's3://b/k' } };
    for (const block of [
      { video: {} },
      { audio: {} },
      { guardContent: {} },
      { document: { name: 'd', source: s3 } },
      { toolResult: { toolUseId: 't', content: [{ image: { format: 'png', source: s3 } }] } },
      { fromTheFuture: 1 },
      7,
    ])
      assert.equal(hasUnseenParts(content(block)), true, JSON.stringify(block));
    assert.equal(hasUnseenParts(ask(policy, { guardrailConfig: {} })), true);
    assert.equal(hasUnseenParts(ask(policy, { additionalModelRequestFields: { tools: [{ type: 'bash' }] } as Json })), true);
    assert.equal(hasUnseenParts(request), false);
  });

  it('says nothing was learned when the same request comes again with the same count', () => {
    const counted = Math.round(total * 0.97);
    const first = learnFromRun(finished(usageOf(counted)), request, sonnet, empty);
    assert.ok(first.kind === 'taught');
    const again = learnFromRun(finished(usageOf(counted + 1)), request, sonnet, { ...empty, calibration: first.calibration });
    assert.ok(again.kind === 'taught' && again.learned === undefined);
    assert.equal(again.calibration.models[sonnet.id]?.length, 1);
  });
});

describe('three runs against a scripted service', () => {
  const questions = ['May I return a kettle?', 'Where is my parcel now?', 'Can you send an invoice?', 'Do you ship to Norway?'];
  const prompts: readonly (readonly [name: string, model: typeof sonnet, text: string])[] = [
    ['Claude', sonnet, policy.repeat(60)],
    ['Nova 1', nova, policy.repeat(60)],
    ['Nova 2', nova2, policy.repeat(60)],
    ['one word, a thousand times', sonnet, 'farewell '.repeat(1000)],
  ];
  const services: readonly (readonly [name: string, count: (estimated: number) => number])[] = [
    ['ours × 1.08', (n) => n * 1.08],
    ['ours + 40', (n) => n + 40],
    ['both', (n) => n * 1.08 + 40],
  ];
  for (const [name, model, text] of prompts)
    for (const [service, count] of services)
      it(`teach the error of a prompt within two percent: ${name}, ${service}`, () => {
        const made = questions.map((question): ConverseRequest => ({
          modelId: model.id,
          system: [{ text }],
          messages: [{ role: 'user', content: [{ text: question }] }],
        }));
        const countOf = (one: ConverseRequest): number => Math.round(count(estimateRequest(one, model).total.likely));
        const taught = made.slice(0, 3).reduce((context, one) => {
          const lesson = learnFromRun(finished(usageOf(countOf(one))), one, model, context);
          assert.equal(lesson.kind, 'taught');
          return lesson.kind === 'taught' ? { ...context, calibration: lesson.calibration } : context;
        }, empty);
        const next = made[3]!;
        const { low, likely, high } = calibrated(next, estimateRequest(next, model), model, taught).total;
        assert.ok(high - likely <= 0.02 * likely && likely - low <= 0.02 * likely, `${low} ${likely} ${high}`);
        assert.ok(low <= countOf(next) && countOf(next) <= high, `${countOf(next)} is not within ${low} … ${high}`);
      });
});

describe('a calibrated estimate', () => {
  const counted = Math.round(total * 1.04) + 1;
  const lesson = learnFromCount({ request, model: sonnet, counted, source: 'countTokens' }, empty);
  assert.ok(lesson.kind === 'taught');
  const context = { ...empty, calibration: lesson.calibration };
  const shown = (sent: ConverseRequest, at: CalibrationContext = context) => calibrated(sent, estimateRequest(sent, sonnet), sonnet, at);

  it('shows exactly the counted figure for an unchanged request, also in another file and with other cache points', () => {
    const exact = { low: counted, likely: counted, high: counted, basis: 'counted' };
    assert.deepEqual(shown(request).total, exact);
    assert.deepEqual(shown(request, { ...context, file: 'copy' }).total, exact);
    assert.deepEqual(shown({ ...request, system: [{ text: policy.repeat(60) }], inferenceConfig: { maxTokens: 5 } }).total, exact);
    assert.deepEqual(shown({ ...request, modelId: `us.${sonnet.id}` }).total, exact);
  });

  it('corrects an edited request by what the file taught', () => {
    const edited = ask(`${policy}! `);
    const before = estimateRequest(edited, sonnet).total;
    const { total: after } = shown(edited);
    assert.equal(after.basis, 'calibrated');
    assert.ok(after.likely > before.likely * 1.02 && after.high - after.low < before.high - before.low);
  });

  it('keeps prefixes in order and within the whole', () => {
    const { blocks, total: whole } = shown(request);
    let before = 0;
    for (const { own, prefix } of blocks) {
      assert.ok(prefix.likely >= before && prefix.likely <= whole.likely && prefix.low <= prefix.likely && prefix.high >= prefix.likely);
      assert.notEqual(prefix.basis, 'counted');
      assert.ok(own.low >= 0);
      before = prefix.likely;
    }
  });

  it('does not call a count exact for longer than it holds', () => {
    assert.equal(shown(request, { ...context, now: now + 40 * day }).total.basis, 'calibrated');
  });

  it('tells the tokens of the texts from those of the frame', () => {
    const tool = { toolSpec: { name: 't', description: policy, inputSchema: { json: {} } } };
    const withTool = ask(policy, { toolConfig: { tools: [tool] } });
    const estimated = estimateRequest(withTool, sonnet).total;
    const text = textTokens(withTool, sonnet, estimated);
    assert.ok(text > 0.9 * (estimated.likely - 520) && text < estimated.likely - 480, `${text} of ${estimated.likely}`);
  });

  it('hashes what is counted, and nothing else', () => {
    assert.notEqual(requestHash(request), requestHash(ask(`${policy} `)));
    assert.equal(requestHash(request), requestHash({ ...request, inferenceConfig: { temperature: 1 } }));
    assert.notEqual(hashOf(['1']), hashOf([1]));
    assert.notEqual(hashOf([['a'], 'b']), hashOf([['a', 'b']]));
    assert.equal(hashOf(new Uint8Array([1, 2])), hashOf(new Uint8Array([1, 2])));
    assert.notEqual(hashOf(new Uint8Array([1, 2])), hashOf(new Uint8Array([2, 1])));
  });
});

describe('what is said of calibration', () => {
  it('tells the error and the band before and after', () => {
    const learned = { before: 0.05, after: 0.03, error: 0.0217, estimated: 4812, counted: 4710 };
    assert.equal(
      learnedText(learned, formats),
      'The estimate was 102 tokens (2%) high; the next ones for this model are corrected, ± 3% instead of ± 5%.',
    );
    assert.match(learnedText({ ...learned, after: 0.08, error: -0.02, estimated: 4600 }, formats), /low; .* ± 8% instead of ± 5%, as the/);
    assert.match(
      learnedText({ ...learned, after: 0.049, estimated: 4709.7 }, formats),
      /^The estimate was right to the token; .* at ± 5% as before/,
    );
  });

  it('says why a model cannot be counted, and nothing of one that can', () => {
    assert.equal(notCountable(sonnet), undefined);
    assert.match(notCountable(nova) ?? '', /^Amazon Nova Lite has no CountTokens, so the estimate stays\. A run measures it/);
    assert.equal(notCountable(findEntry('anthropic.claude-sonnet-5')), undefined, 'bedrock-mantle counts for it');
    assert.match(notCountable(undefined) ?? '', /not known/);
  });

  it('lists per model and per file what was learned', () => {
    const lessons = agreeing(0.97, 3, { file: 'a' }).map((one, index) => ({ ...one, at: now - index * day }));
    const calibration = [...lessons, seen(1.01, { file: 'zzzzzzzz', source: 'countTokens' })].reduce(
      (all, one) => observe(all, sonnet.id, one),
      noCalibration,
    );
    const date = (at: number) => new Date(at).toISOString().slice(0, 10);
    const fileName = (file: string) => (file === 'a' ? 'desk|1.bedrock.md' : undefined);
    const report = calibrationReport(calibration, { now, fileName, models: catalog, date, formats });
    assert.match(report, /^## Claude Sonnet 4\.5$/m);
    assert.match(report, /^\| desk\\\|1\.bedrock\.md \| 3 runs \| 4,000 → 3,880 \| −3% \| ± 5% \| ± 1% \| 2026-11-23 \|$/m);
    assert.match(report, /^\| a file not open now \(zzzzzz\) \| 1 CountTokens \|/m);
    assert.match(report, /^\| \*\*other files\*\* \| 3 runs, 1 CountTokens \|/m);
    assert.match(calibrationReport(noCalibration, { now, fileName, models: catalog, date, formats }), /Nothing has been learned yet/);
  });
});
