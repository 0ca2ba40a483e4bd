import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { PromptAnalysis } from '../../../../src/core/analysis';
import * as engine from '../../../../src/core/engine';
import { filesFrom } from '../../../../src/core/prompt/files';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { buildRequest } from '../../../../src/core/request/build';
import { callBody } from '../../../../src/core/request/json';
import type { WireCall } from '../../../../src/core/request/types';
import { runValues } from '../../../../src/core/request/values';
import type { RunEvent } from '../../../../src/core/runs/events';
import type { RunPort, Target } from '../../../../src/core/runs/port';
import { defaultSettings } from '../../../../src/core/settings';
import { estimateRequest } from '../../../../src/core/tokens/estimate';
import type * as calibrationModule from '../../../../src/editor/runs/calibrationMemory';
import type * as countModule from '../../../../src/editor/runs/countTokens';
import type { PromptRef } from '../../../../src/editor/promptRef';
import type * as runsModule from '../../../../src/editor/runs/runList';
import type { Uri } from 'vscode';
import { destinationDeps, fakeLog, fakeSettings, fakeStore } from '../../../support/fakePorts';
import { createMemento } from '../../../support/memento';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { theOne } from '../../../support/onlyPrompt';

const fake = createFakeVscode();

/** Messages shown, and the answers to give to questions. */
const shown: string[] = [];
const answers: string[] = [];
const say = (text: string): Promise<undefined> => {
  shown.push(text);
  return Promise.resolve(undefined);
};
Object.assign(fake.vscode, { ProgressLocation: { Notification: 15 } });
Object.assign(fake.vscode.window, {
  showInformationMessage: say,
  showErrorMessage: say,
  showWarningMessage: (text: string) => {
    shown.push(text);
    return Promise.resolve(answers.shift());
  },
  withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work({}, { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) }),
  showTextDocument: () => Promise.resolve(),
});
const providers = new Map<string, { provideTextDocumentContent(): string }>();
Object.assign(fake.vscode.workspace, {
  asRelativePath: (uri: { path: string }) => uri.path.slice(1),
  openTextDocument: (uri: unknown) => Promise.resolve({ uri }),
  registerTextDocumentContentProvider: (scheme: string, provider: { provideTextDocumentContent(): string }) => {
    providers.set(scheme, provider);
    return { dispose: () => providers.delete(scheme) };
  },
});

const { CalibrationMemory, createCalibrationCommands, countBeforeRun, countExactly, RunController } = loadEditor(fake, () => ({
  ...(require('../../../../src/editor/runs/calibrationMemory') as typeof calibrationModule),
  ...(require('../../../../src/editor/runs/countTokens') as typeof countModule),
  ...(require('../../../../src/editor/runs/runList') as typeof runsModule),
}));

const sonnet = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const textFor = (modelId: string, sentence = 'The desk answers briefly and says what it does not know. ') => `---
modelId: ${modelId}
---
# system:
${sentence.repeat(200)}
<!-- cachePoint -->
# user:
Hello
`;
/** An open document that is one prompt. */
interface Known {
  readonly uri: Uri;
  readonly text: string;
  readonly ref: PromptRef;
}
const documents: Known[] = [];
const open = (path: string, text: string): Known => {
  const uri = fake.vscode.Uri.file(path);
  const document = { uri, text, ref: { uri, id: onlyPrompt } };
  documents.push(document);
  return document;
};
Object.assign(fake.vscode.workspace, { textDocuments: documents });

const log = fakeLog((text) => void shown.push(text));
const formats = numberFormats('en');
const target: Target = {
  service: 'custom',
  endpoint: 'https://gateway',
  region: undefined,
  profile: undefined,
  timeoutMs: 9,
  maxAttempts: 1,
};

const setUp = (service: Target['service'] = 'custom') => {
  shown.length = 0;
  const state = createMemento();
  const memory = new CalibrationMemory(state, () => engine, log);
  const analyseWhole = ({ text, ref }: Pick<Known, 'text' | 'ref'>) =>
    engine.analyze(text, 'bedrock-prompt', filesFrom({}), defaultSettings, { calibrationOf: () => memory.contextFor(ref) });
  const analyse = (known: Pick<Known, 'text' | 'ref'>) => theOne(analyseWhole(known).prompts[0]);
  const promptOf = ({ uri }: PromptRef) => documents.filter((known) => known.uri === uri).map(analyse)[0];
  const asked: unknown[] = [];
  const count = { tokens: 3000 } as
    | { tokens: number }
    | ((call: WireCall) => { tokens: number })
    | { code: 'network'; endpoint: string; cause: string; detail: string; requestId: undefined };
  const workspaceState = createMemento();
  // A gateway has been agreed to before; Amazon Bedrock has not.
  const place = {
    name: service === 'aws' ? 'Amazon Bedrock' : 'https://gateway',
    address: 'https://gateway',
    region: 'us-east-1',
    identity: 'profile dev',
  };
  if (service === 'custom')
    void workspaceState.update('cachepoint.agreedCountPlaces', [
      JSON.stringify([place.identity, place.region, place.address, 'CountTokens']),
    ]);
  /** What the service answers, and as whom. */
  const said = { answer: count, identity: 'profile dev' };
  const deps = {
    ...destinationDeps({
      readyCall: () => Promise.resolve({ place: { ...place, identity: said.identity } }),
      countTokens: (call, to, _signal, id) => {
        asked.push({ id, service: to.service, modelId: call.modelId });
        return Promise.resolve(typeof said.answer === 'function' ? said.answer(call) : said.answer);
      },
    }),
    engine: () => engine,
    memory,
    panel: { ask: () => Promise.resolve(undefined) },
    formats,
    log,
    state: workspaceState,
    settings: fakeSettings({ read: () => ({ ...defaultSettings, endpoint: service === 'custom' ? 'https://gateway' : service }) }),
    store: fakeStore({
      get: ({ uri }) => documents.filter((known) => known.uri === uri).map(analyseWhole)[0],
      of: promptOf,
      settled: (ref) => Promise.resolve(promptOf(ref)),
    }),
  };
  return { memory, state, analyse, deps, asked, said };
};

const usageRun = (input: number): RunPort =>
  async function* () {
    yield { type: 'started', at: 0, modelId: 'm', identity: '' };
    const usage = { input, output: 2, cacheRead: 0, cacheWrite: 0, writes: [] };
    yield { type: 'usage', at: 1, usage, latencyMs: 1 } satisfies RunEvent;
    yield { type: 'stopped', at: 1, reason: 'end_turn' };
    yield { type: 'finished', at: 2, requestId: 'r', attempts: 1 };
  };

describe('calibration in the editor', () => {
  const desk = open('/desk.bedrock.md', textFor(`us.${sonnet}`));
  const mantle = open('/opus.bedrock.md', textFor('global.anthropic.claude-opus-5'));
  const nova = open('/nova.bedrock.md', textFor('us.amazon.nova-lite-v1:0'));
  const estimated = setUp().analyse(desk).plan.total.likely;

  it('asks for nothing and stores nothing before something was learned', () => {
    const { memory, state, analyse } = setUp();
    assert.equal(memory.contextFor(desk.ref), undefined);
    assert.equal(analyse(desk).plan.total.basis, 'estimated');
    assert.equal(state.kept.size, 0);
  });

  it('lets a finished run correct the next analysis, and puts what it taught on the record', async () => {
    const { memory, state, analyse } = setUp();
    let told = 0;
    memory.onDidChange(() => (told += 1));
    const controller = new RunController(() => engine, {
      changed: () => undefined,
      append: () => undefined,
      learn: (record, request, job) => memory.learnFromRun(record, request, job.analysis.plan.model, job.ref),
    });
    const counted = Math.round(estimated * 1.05);
    const job = { file: 'desk', ref: desk.ref, analysis: analyse(desk), values: {}, target, twice: true };
    const [first, second] = await controller.run(job, usageRun(counted), new AbortController());
    assert.ok(first?.learned !== undefined && first.learned.after < first.learned.before && first.learned.error < 0);
    assert.equal(second?.learned, undefined, 'the same request again teaches nothing new');
    assert.ok(told > 0);
    assert.deepEqual(analyse(desk).plan.total, { low: counted, likely: counted, high: counted, basis: 'counted' });
    const edited = { ...desk, text: textFor(sonnet, 'The desk answers at length and says what it knows. ') };
    assert.equal(analyse(edited).plan.total.basis, 'calibrated');
    assert.doesNotMatch(JSON.stringify([...state.kept]), /desk/, 'numbers and hashes only');
  });

  it('learns nothing from a run against the emulator', async () => {
    const { memory, analyse } = setUp();
    const controller = new RunController(() => engine, {
      changed: () => undefined,
      append: () => undefined,
      learn: (record, request, job) => memory.learnFromRun(record, request, job.analysis.plan.model, job.ref),
    });
    const emulated = { ...target, service: 'emulator' } as const;
    const job = { file: 'desk', ref: desk.ref, analysis: analyse(desk), values: {}, target: emulated, twice: false };
    const [record] = await controller.run(job, usageRun(Math.round(estimated)), new AbortController());
    assert.equal(record?.learned, undefined);
    assert.equal(memory.contextFor(desk.ref), undefined);
  });

  it('sees what another window has stored', () => {
    const { memory, state, analyse } = setUp();
    const other = new CalibrationMemory(state, () => engine, log);
    const { plan, prompt } = analyse(desk);
    other.learnFromCount({ request: buildRequest(prompt, runValues([], {})), model: plan.model, counted: 3000 }, desk.ref);
    assert.equal(memory.contextFor(desk.ref)?.calibration.models[sonnet]?.length, 1);
  });

  it('counts exactly by the base id, says the figure and keeps it', async () => {
    const { deps, asked, analyse, said } = setUp();
    const counted =
      Math.round(estimateRequest(buildRequest(analyse(desk).prompt, runValues([], {})), analyse(desk).plan.model!).total.likely) + 40;
    said.answer = { tokens: counted };
    assert.equal(await countExactly(desk.ref, deps), counted);
    // The whole, the shortest end, and the prefix of the one cache point with that end.
    assert.deepEqual(
      asked,
      Array.from({ length: 3 }, () => ({ id: sonnet, service: 'custom', modelId: `us.${sonnet}` })),
    );
    assert.match(shown[0] ?? '', /^Claude Sonnet 4\.5 counts [\d,]+ tokens for this prompt\. The estimate was \d+ tokens \(\d%\) low;/);
    assert.equal(analyse(desk).plan.total.likely, counted);
  });

  /** What a service counts that finds 40 tokens more in the system text than the estimate does. */
  const counting = (analyse: (of: Known) => PromptAnalysis, of: Known) => {
    const { plan } = analyse(of);
    const before = Math.round(plan.checkpoints[0]?.prefix.likely ?? 0) + 40;
    const total = Math.round(plan.total.likely) + 40;
    return (call: WireCall): { tokens: number } => {
      const text = callBody(call);
      if (!text.includes('The desk answers')) return { tokens: 8 };
      return { tokens: text.includes('Hello') ? total : before + 8 };
    };
  };

  for (const [what, document] of [
    ['CountTokens', () => desk],
    ['bedrock-mantle, as a Messages body,', () => mantle],
  ] as const)
    it(`counts by ${what} up to the cache point, asks nothing twice, and says counted in the line`, async () => {
      const { deps, asked, analyse, said } = setUp();
      const of = document();
      const estimated = Math.round(analyse(of).plan.checkpoints[0]?.prefix.likely ?? 0);
      said.answer = counting(analyse, of);
      await countExactly(of.ref, deps);
      assert.equal(asked.length, 3);
      assert.match(shown[0] ?? '', /tokens for this prompt\. .* of them stand before the cache point\.$/);
      const { plan } = analyse(of);
      const [point] = plan.checkpoints;
      assert.ok(point);
      assert.deepEqual([point.prefix.likely, point.prefix.basis], [estimated + 40, 'counted']);
      assert.match(engine.inlineFigure(point, plan, formats), /^[\d,]+ tok counted · min/);
      await countExactly(of.ref, deps);
      assert.equal(asked.length, 3);
    });

  it('keeps the estimate of a cache point where the count cannot be one, and says so', async () => {
    const { deps, analyse } = setUp();
    await countExactly(desk.ref, deps);
    assert.match(shown[0] ?? '', /One cache point keeps its estimate: the service did not count up to there\.$/);
    assert.notEqual(analyse(desk).plan.checkpoints[0]?.prefix.basis, 'counted');
  });

  it('counts before a run only for a service that is none of ours, and lets the run go on where it cannot', async () => {
    for (const [service, calls] of [
      ['custom', 3],
      ['emulator', 0],
    ] as const) {
      const { deps, asked, analyse } = setUp(service);
      await countBeforeRun(desk.ref, { analysis: analyse(desk), values: {}, target: { ...target, service } }, deps);
      assert.equal(asked.length, calls);
    }
    const { deps, asked, analyse, said } = setUp();
    said.answer = { code: 'network', endpoint: 'x', cause: 'ECONNREFUSED', detail: '', requestId: undefined };
    await countBeforeRun(desk.ref, { analysis: analyse(desk), values: {}, target }, deps);
    assert.equal(asked.length, 1);
  });

  it('makes no call for a model that nobody counts for', async () => {
    const { deps, asked } = setUp();
    assert.equal(await countExactly(nova.ref, deps), undefined);
    assert.deepEqual(asked, []);
    assert.match(shown[0] ?? '', /Amazon Nova Lite has no CountTokens, so the estimate stays/);
  });

  it('asks once before a prompt leaves the machine, and sends nothing without a yes', async () => {
    const { deps, asked } = setUp('aws');
    await countExactly(desk.ref, deps);
    assert.deepEqual(asked, []);
    answers.push('Send to Amazon Bedrock');
    await countExactly(desk.ref, deps);
    const once = asked.length;
    await countExactly(desk.ref, deps);
    assert.ok(once > 0 && asked.length > once, 'asked without a question');
  });

  it('asks again when it would be counted as somebody else, and says so', async () => {
    const { deps, asked, said } = setUp('aws');
    answers.push('Send to Amazon Bedrock');
    await countExactly(desk.ref, deps);
    const counted = asked.length;
    said.identity = 'AWS_BEARER_TOKEN_BEDROCK';
    shown.length = 0;
    await countExactly(desk.ref, deps);
    assert.ok(counted > 0);
    assert.equal(asked.length, counted);
    assert.match(shown[0] ?? '', /Send this prompt to Amazon Bedrock to be counted\?/);
  });

  it('asks by name before a prompt goes to a gateway', async () => {
    const { deps, asked } = setUp();
    deps.state.kept.clear();
    await countExactly(desk.ref, deps);
    assert.deepEqual(asked, []);
    answers.push('Send to https://gateway');
    await countExactly(desk.ref, deps);
    assert.ok(asked.length > 0);
  });

  it('shows what the emulator counts and learns nothing from it', async () => {
    const { deps, memory } = setUp('emulator');
    assert.equal(await countExactly(desk.ref, deps), 3000);
    assert.match(shown[0] ?? '', /emulator counts with Cachepoint’s own estimates/);
    assert.equal(memory.contextFor(desk.ref), undefined);
  });

  it('tells a failure in one message', async () => {
    const { deps, said } = setUp();
    said.answer = { code: 'network', endpoint: 'https://gateway', cause: 'ENOTFOUND', detail: '', requestId: undefined };
    assert.equal(await countExactly(desk.ref, deps), undefined);
    assert.match(shown[0] ?? '', /^The tokens were not counted\. /);
  });

  it('shows a report and forgets what it is asked to', async () => {
    const { deps, memory, state } = setUp();
    Object.assign(fake.vscode.workspace, { textDocuments: [desk] });
    const commands = createCalibrationCommands(deps, memory);
    await commands.reset(desk.ref);
    assert.match(shown[0] ?? '', /Nothing has been learned/);
    await countExactly(desk.ref, deps);
    await commands.show();
    const report = providers.get('cachepoint-calibration')?.provideTextDocumentContent() ?? '';
    assert.match(report, /## Claude Sonnet 4\.5[^]*\| desk\.bedrock\.md \| 1 CountTokens \|/);
    await commands.reset(desk.ref);
    assert.notEqual(memory.contextFor(desk.ref), undefined, 'turning back changes nothing');
    answers.push('Only Claude Sonnet 4.5');
    await commands.reset(desk.ref);
    assert.equal(memory.contextFor(desk.ref), undefined);
    assert.deepEqual([...state.kept.entries()].sort(), [
      ['cachepoint.calibration', { version: 1, models: {} }],
      ['cachepoint.counted', []],
    ]);
    commands.dispose();
    assert.equal(providers.size, 0);
    await delay(0);
  });
});
