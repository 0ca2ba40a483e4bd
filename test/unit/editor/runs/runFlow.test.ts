import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { RunEvent } from '../../../../src/core/runs/events';
import type { RunFailure } from '../../../../src/core/runs/failure';
import type { CallPlace, Readiness, RunPort, Target } from '../../../../src/core/runs/port';
import type { AccountFact } from '../../../../src/core/runs/accountFacts';
import { defaultSettings, type Settings } from '../../../../src/core/settings';
import type * as flowModule from '../../../../src/editor/runs/runFlow';
import type * as recordedModule from '../../../../src/editor/runs/recordedAnswers';
import type * as runsModule from '../../../../src/editor/runs/runList';
import { createSpending, type Spending } from '../../../../src/editor/runs/spending';
import { createLedger } from '../../../../src/machine/ledger';
import { fakeApiKeys, fakeBedrock, fakeEmulator, fakeMachine } from '../../../support/fakePorts';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';
import { createMemento } from '../../../support/memento';
import { wholeRun } from '../../../support/scriptedRun';

const workspace = createFakeWorkspace();
const { fake, open, close, shown, answers, set } = workspace;
const load = () => ({
  ...(require('../../../../src/editor/runs/runFlow') as typeof flowModule),
  ...(require('../../../../src/editor/runs/runList') as typeof runsModule),
  ...(require('../../../../src/editor/runs/recordedAnswers') as typeof recordedModule),
});
Object.assign(workspace.deps.documents, {
  formatOf: ({ uri }: { readonly uri: { readonly path: string } }) => (uri.path.endsWith('.json') ? 'messages' : 'bedrock-prompt'),
});
const { runPrompt, RecordedAnswersMemory, RunController, deps } = loadFeatures(workspace, load);

const executed: unknown[][] = [];
Object.assign(fake.vscode.commands, { executeCommand: (...call: unknown[]) => Promise.resolve(void executed.push(call)) });
Object.assign(fake.vscode.window, {
  withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work({ report: () => undefined }, { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) }),
});

const sonnet = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';
const textFor = (modelId: string, sentences = 10): string =>
  `---\nmodelId: ${modelId}\ninferenceConfig: { maxTokens: 1000 }\n---\n# system:\n${'The desk answers briefly and says what it does not know. '.repeat(sentences)}\n# user:\nHello\n`;

const dev: CallPlace = {
  name: 'Amazon Bedrock',
  address: 'https://bedrock-runtime.us-east-1.amazonaws.com',
  region: 'us-east-1',
  identity: 'profile dev',
};

type Asked = Parameters<flowModule.RunStage['ask']>[0];

interface World {
  /** Where calls would go, or why they cannot. */
  ready: Readiness;
  own: Pick<Settings, 'models' | 'priceFactors' | 'profileModels'>;
  script: RunPort;
  readonly sent: Target[];
  readonly panel: { visible: boolean; revealed: number };
  readonly state: ReturnType<typeof createMemento>;
  readonly spending: Spending;
  /** How a person fills in the form of values. */
  ask(asked: Asked): ReturnType<flowModule.RunStage['ask']>;
  run(path?: string, twice?: boolean, argument?: unknown): Promise<readonly string[] | undefined>;
}

const playing = (events: readonly RunEvent[]): RunPort =>
  async function* () {
    yield* events;
  };

const failing = (failure: RunFailure): RunPort =>
  playing([
    { type: 'started', at: 0, modelId: 'm', identity: '' },
    { type: 'failed', at: 1, failure },
  ]);

describe('a run, from the prompt to its end', () => {
  let folder: string;
  let world: World;
  const documents: ReturnType<typeof open>[] = [];
  const prompt = (path: string, text: string) => documents.push(open(path, text));
  /** What accounts told, by id. */
  const told = new Map<string, AccountFact>();
  /** Questions and notices since the last call of this. */
  const said = () => shown.splice(0);
  const refuse = (): void => void answers.push(undefined);
  const agree = (button = 'Send to Amazon Bedrock'): void => void answers.push(button);

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'cachepoint-flow-'));
    set({ ...defaultSettings });
    for (const list of [shown, answers, executed]) list.splice(0);
    const state = createMemento();
    const panel = { visible: true, revealed: 0 };
    const sent: Target[] = [];
    const engine = deps.engine;
    const spending = createSpending({ ledger: createLedger(folder), settings: deps.settings, log: deps.log, window: 'test' });
    const controller = new RunController(engine, { changed: () => undefined, append: () => undefined });
    const flow = {
      ...deps,
      settings: Object.assign(deps.settings, {
        own: () => world.own,
        update: (key: string, value: unknown) => Promise.resolve(set({ [key]: value })),
      }),
      apiKeys: fakeApiKeys(),
      emulator: fakeEmulator(),
      machine: fakeMachine(),
      bedrock: () =>
        Promise.resolve(
          fakeBedrock({
            readyCall: () => Promise.resolve(world.ready),
            run: (wire, target, signal) => {
              sent.push(target);
              return world.script(wire, target, signal);
            },
          }),
        ),
      controller,
      panel: {
        ...panel,
        reveal: () => (panel.revealed += 1),
        select: () => undefined,
        showTab: () => undefined,
        ask: (asked: Asked) => world.ask(asked),
      },
      state,
      spending,
      recorded: new RecordedAnswersMemory(createMemento()),
      account: { of: (id: string) => told.get(id) },
    };
    Object.defineProperty(flow.panel, 'visible', { get: () => panel.visible });
    world = {
      ready: { place: dev },
      own: defaultSettings,
      script: playing(wholeRun(0)),
      ask: () => Promise.resolve(undefined),
      sent,
      panel,
      state,
      spending,
      run: async (path = '/ws/desk.bedrock.md', twice = false, argument?: unknown) => {
        const uri = documents.find((document) => document.uri.path === path)?.uri;
        const records = await runPrompt(uri, { twice, askAgain: false, argument }, flow);
        await new Promise((resolve) => setImmediate(resolve));
        return records?.map(({ state: end }) => end);
      },
    };
    prompt('/ws/desk.bedrock.md', textFor(sonnet));
  });
  afterEach(async () => {
    documents.splice(0).forEach(close);
    await rm(folder, { recursive: true, force: true });
  });

  it('asks nothing and counts nothing on the emulator', async () => {
    set({ endpoint: 'emulator' });
    assert.deepEqual(await world.run(), ['finished']);
    assert.deepEqual(said(), []);
    assert.deepEqual(await world.spending.today(), { usd: 0, unpriced: 0 });
  });

  describe('with values of a person’s own', () => {
    const asks = '---\nmodelId: m\n---\n# user:\nHello {{who}}\n'.replace('m\n', `${sonnet}\n`);
    beforeEach(() => {
      set({ endpoint: 'emulator' });
      prompt('/ws/asks.bedrock.md', asks);
    });

    it('asks for all of them once, and begins with those of the last time where it asks again', async () => {
      const seen: (readonly [send: string, value: string | undefined])[] = [];
      world.ask = ({ fields, send }) => {
        seen.push([send, fields[0]?.value]);
        return Promise.resolve({ who: 'Ann\nBob' });
      };
      assert.deepEqual(await world.run('/ws/asks.bedrock.md', true), ['finished', 'finished']);
      assert.deepEqual(await world.run('/ws/asks.bedrock.md'), ['finished']);
      assert.deepEqual(seen, [['Run Twice', '']]);
    });

    it('asks for nothing that the command was called with', async () => {
      prompt('/ws/called.bedrock.md', asks);
      assert.deepEqual(await world.run('/ws/called.bedrock.md', false, { values: { who: 'Ann' } }), ['finished']);
      prompt('/ws/menu.bedrock.md', asks);
      assert.equal(await world.run('/ws/menu.bedrock.md', false, { values: { groupId: 0 } }), undefined);
    });

    it('sends nothing when the person turns back', async () => {
      prompt('/ws/turned.bedrock.md', asks);
      assert.equal(await world.run('/ws/turned.bedrock.md'), undefined);
      assert.deepEqual(world.sent, []);
    });

    it('reads the prompt again where it was edited meanwhile, and asks for what it then needs', async () => {
      prompt('/ws/edited.bedrock.md', asks);
      const document = documents.at(-1) ?? assert.fail('no document');
      const seen: string[][] = [];
      world.ask = ({ fields }) => {
        seen.push(fields.map(({ name, value }) => `${name}=${value}`));
        if (seen.length === 1) workspace.type(document, asks.replace('{{who}}', '{{who}} {{why}}'));
        return Promise.resolve(Object.fromEntries(fields.map(({ name }) => [name, 'so'])));
      };
      assert.deepEqual(await world.run('/ws/edited.bedrock.md'), ['finished']);
      assert.deepEqual(seen, [['who='], ['who=so', 'why=']]);
    });
  });

  describe('without any AWS credentials', () => {
    const missing: RunFailure = { code: 'credentials', reason: 'missing', profile: undefined, detail: '', requestId: undefined };
    beforeEach(() => void (world.ready = { failure: missing }));

    it('says in one dialog where the prompt would go, and runs on the emulator by one more click', async () => {
      agree('Use the Local Emulator');
      assert.deepEqual(await world.run('/ws/desk.bedrock.md', true), ['finished', 'finished']);
      const [dialog, ...more] = said();
      assert.deepEqual(more, []);
      assert.match(dialog?.detail ?? '', /would go to Amazon Bedrock, and this machine has no AWS credentials/);
      assert.deepEqual(dialog?.choices, ['Use the Local Emulator', 'Choose Profile…', 'Keep API Key…']);
      assert.deepEqual(
        world.sent.map(({ service }) => service),
        ['emulator', 'emulator'],
      );
      assert.deepEqual(await world.run(), ['finished'], 'the next run asks nothing');
      assert.deepEqual(said(), []);
    });

    it('names the Region where one is chosen, and sends nothing when the person turns back', async () => {
      set({ region: 'eu-central-1' });
      refuse();
      assert.equal(await world.run(), undefined);
      assert.match(said()[0]?.detail ?? '', /would go to Amazon Bedrock in eu-central-1/);
      assert.deepEqual(world.sent, []);
    });

    it('sends nothing when a list of profiles is left without an answer', async () => {
      Object.assign(fake.vscode.window, { showQuickPick: () => Promise.resolve(undefined) });
      agree('Choose Profile…');
      assert.equal(await world.run(), undefined);
      assert.deepEqual([said().length, world.sent], [1, []]);
    });

    it('shows every other failure where runs are shown', async () => {
      world.ready = { failure: { ...missing, reason: 'expired' } };
      assert.deepEqual(await world.run(), ['failed']);
      assert.equal(world.panel.revealed, 1);
    });
  });

  it('asks again where the same prompt goes to bedrock-mantle, and says what differs there', async () => {
    const body = { anthropic_version: 'bedrock-2023-05-31', max_tokens: 60, messages: [{ role: 'user', content: 'Hello' }] };
    prompt('/ws/desk.json', JSON.stringify({ modelId: sonnet, body }));
    agree();
    assert.deepEqual(await world.run('/ws/desk.json'), ['finished']);
    assert.match(said()[0]?.detail ?? '', /by InvokeModelWithResponseStream, as/);
    assert.deepEqual(await world.run('/ws/desk.json'), ['finished']);
    assert.deepEqual(said(), []);
    set({ ...defaultSettings, door: 'mantle' });
    agree();
    assert.deepEqual(await world.run('/ws/desk.json'), ['finished']);
    const [{ detail = '' } = assert.fail('no question')] = said();
    assert.match(detail, /by Messages on bedrock-mantle, as/);
    assert.match(detail, /no inference profiles: .*anthropic\.claude-sonnet-4-5-20250929-v1:0.* by its bare id and at its price there/);
    assert.doesNotMatch(detail, /us\.anthropic/);
  });

  it('asks before the first live run, and names where it goes, as whom, the model and the cost', async () => {
    refuse();
    assert.equal(await world.run(), undefined);
    const [{ text, detail = '', choices } = assert.fail('no question')] = said();
    assert.equal(text, 'Send this prompt to Amazon Bedrock?');
    for (const part of [
      /leaves this machine/,
      /https:\/\/bedrock-runtime\.us-east-1\.amazonaws\.com, Region us-east-1, by ConverseStream, as profile dev/,
      /Claude Sonnet 4\.5 \(us\.anthropic.*\)\. It may be processed in Regions of the United States/,
      /One call, by the estimate: at most \$0\.\d+ for the input; at most \$0\.0\d+ for answers of 1,000 tokens/,
    ])
      assert.match(detail, part);
    assert.deepEqual(choices, ['Send to Amazon Bedrock']);
    assert.deepEqual([world.sent.length, world.panel.revealed], [0, 0]);
    agree();
    assert.deepEqual(await world.run(), ['finished']);
    said();
    assert.deepEqual(await world.run(), ['finished']);
    assert.deepEqual(said(), []);
    assert.equal(world.sent.length, 2);
  });

  it('gives a recorded answer again without asking or sending, and remembers nothing of it', async () => {
    set({ recordedAnswers: 'window' });
    agree();
    assert.deepEqual(await world.run(), ['finished']);
    said();
    refuse();
    world.ready = { place: dev };
    assert.deepEqual(await world.run(), ['finished']);
    assert.deepEqual([said(), world.sent.length], [[], 1]);
    answers.splice(0);
    assert.deepEqual(await world.run(undefined, true), ['finished', 'finished']);
    assert.equal(world.sent.length, 3, 'who compares calls wants calls');
  });

  it('names the Regions that the account said may process a call', async () => {
    told.set(sonnet, {
      kind: 'profile',
      name: 'US Sonnet',
      modelIds: [sonnet],
      regions: ['us-east-1', 'us-west-2'],
      worldwide: false,
      at: 1,
    });
    refuse();
    await world.run();
    told.clear();
    assert.match(said()[0]?.detail ?? '', /It may be processed in us-east-1 and us-west-2\. One call/);
  });

  for (const [what, change] of [
    ['identity', { identity: 'AWS_BEARER_TOKEN_BEDROCK' }],
    ['Region', { region: 'eu-west-1' }],
    ['address', { address: 'https://gateway.example.com', name: 'https://gateway.example.com' }],
  ] as const)
    it(`asks again when the ${what} is another one, and names it`, async () => {
      agree();
      await world.run();
      said();
      world.ready = { place: { ...dev, ...change } };
      refuse();
      assert.equal(await world.run(), undefined);
      const [question] = said();
      assert.match(`${question?.text} ${question?.detail}`, new RegExp((Object.values(change)[0] ?? '').replaceAll('.', '\\.')));
      world.ready = { place: dev };
      assert.deepEqual(await world.run(), ['finished']);
      assert.deepEqual(said(), []);
    });

  it('asks again when the prompt goes by another operation', async () => {
    agree();
    await world.run();
    said();
    prompt('/ws/body.json', '{"anthropic_version":"bedrock-2023-05-31","max_tokens":10,"messages":[{"role":"user","content":"Hello"}]}');
    set({ defaultModelId: sonnet });
    refuse();
    assert.equal(await world.run('/ws/body.json'), undefined);
    assert.match(said()[0]?.detail ?? '', /by InvokeModelWithResponseStream/);
  });

  it('does not believe what else stands in the workspace’s state', async () => {
    await world.state.update('cachepoint.agreedPlaces', { length: 1 });
    await world.state.update('cachepoint.confirmedLiveRuns', true);
    refuse();
    assert.equal(await world.run(), undefined);
    assert.equal(said().length, 1);
  });

  it('asks nothing about a run that cannot start, and shows why in the panel', async () => {
    world.ready = {
      failure: { code: 'signIn', source: 'sso', reason: 'revoked', subject: 'dev', profile: 'dev', detail: '', requestId: undefined },
    };
    assert.deepEqual(await world.run(), ['failed']);
    assert.deepEqual(said(), []);
    assert.deepEqual([world.sent.length, world.panel.revealed], [0, 1]);
    assert.deepEqual(await world.spending.today(), { usd: 0, unpriced: 0 });
  });

  it('leaves quietly when signing in was canceled', async () => {
    world.ready = { failure: { code: 'canceled', detail: '', requestId: undefined } };
    assert.equal(await world.run(), undefined);
    assert.deepEqual([said(), world.panel.revealed], [[], 0]);
  });

  describe('once its place is agreed to', () => {
    beforeEach(async () => {
      agree();
      await world.run();
      said();
    });

    it('asks above the cost of the setting, and says why', async () => {
      set({ confirmAboveUsd: 0.001 });
      refuse();
      assert.equal(await world.run(), undefined);
      assert.match(said()[0]?.detail ?? '', /may cost more than \$0\.0010? \(setting cachepoint\.run\.confirmAboveUsd\)/);
    });

    it('asks each time where the price is not known', async () => {
      prompt('/ws/new.bedrock.md', textFor('acme.model-nobody-knows-v1:0'));
      for (let time = 0; time < 2; time += 1) {
        agree();
        assert.deepEqual(await world.run('/ws/new.bedrock.md'), ['finished']);
        assert.match(said()[0]?.detail ?? '', /the cost is not known/);
      }
      assert.equal((await world.spending.today()).unpriced, 2);
    });

    it('does not let a price of the workspace lower the sum, but lets one of the person’s own', async () => {
      const cheap = {
        'anthropic.claude-sonnet-4-5-20250929-v1:0': { prices: { default: { input: 0, output: 0, cacheRead: 0, cacheWrite5m: 0 } } },
      };
      set({ confirmAboveUsd: 0.001, models: cheap });
      refuse();
      assert.equal(await world.run(), undefined);
      assert.equal(said().length, 1);
      world.own = { ...defaultSettings, models: cheap };
      assert.deepEqual(await world.run(), ['finished']);
      assert.deepEqual(said(), []);
    });

    it('takes a price that only the workspace names for one that is not known', async () => {
      const id = 'acme.model-v1:0';
      const named = { [id]: { like: 'anthropic.claude-sonnet-4-5-20250929-v1:0', prices: { default: { input: 0, output: 0 } } } };
      set({ models: named });
      prompt('/ws/acme.bedrock.md', textFor(id));
      refuse();
      assert.equal(await world.run('/ws/acme.bedrock.md'), undefined);
      assert.match(said()[0]?.detail ?? '', /the cost is not known/);
    });

    it('counts what was used in the end', async () => {
      const before = (await world.spending.today()).usd;
      await world.run();
      const after = (await world.spending.today()).usd;
      // 8 tokens of input, 2,000 written and 2 of output, by the list: $3, $3.75 and $15 a million, and a tenth more within a geography.
      assert.ok(Math.abs(after - before - ((8 * 3 + 2000 * 3.75 + 2 * 15) / 1e6) * 1.1) < 1e-9, String(after - before));
    });

    it('keeps the estimate of a call that tells no usage and may be billed, and drops that of one that was refused', async () => {
      const before = (await world.spending.today()).usd;
      world.script = failing({ code: 'accessDenied', modelId: 'm', reason: 'iam', detail: '', requestId: undefined });
      await world.run();
      assert.equal((await world.spending.today()).usd, before);
      world.script = failing({ code: 'timeout', afterMs: 1, detail: '', requestId: undefined });
      await world.run();
      assert.ok((await world.spending.today()).usd > before + 0.015);
    });

    it('sends nothing on a day that has cost its limit, and leads to the setting', async () => {
      set({ dailyLimitUsd: 0.01 });
      answers.push('Open Settings');
      assert.equal(await world.run(), undefined);
      assert.match(
        said()[0]?.text ?? '',
        /^Nothing was sent: today’s runs cost \$0\.\d+ so far, this may cost \$0\.\d+, and your limit of a day is \$0\.01/,
      );
      assert.deepEqual(executed.at(-1), ['workbench.action.openSettings', 'cachepoint.run.dailyLimitUsd']);
      assert.equal(world.sent.length, 1);
    });
  });

  describe('that failed', () => {
    const denied = failing({ code: 'accessDenied', modelId: 'm', reason: 'iam', detail: '', requestId: undefined });
    beforeEach(() => agree());

    it('is told by its card alone while the panel is seen', async () => {
      world.script = denied;
      await world.run();
      assert.equal(said().length, 1);
    });

    it('is told by a notification with the ways out when the panel cannot be seen', async () => {
      world.script = denied;
      world.panel.visible = false;
      answers.push('Show Run');
      await world.run();
      const notice = said()[1];
      assert.match(notice?.text ?? '', /^Access denied\. /);
      assert.deepEqual(notice?.choices, ['Choose Profile', 'Choose Region', 'Show Run']);
      assert.equal(world.panel.revealed, 2);
    });

    it('runs the same prompt again from there', async () => {
      world.script = failing({ code: 'interrupted', detail: '', requestId: undefined });
      world.panel.visible = false;
      answers.push('Run Again');
      await world.run();
      const [command, subject] = executed.findLast(([name]) => name === 'cachepoint.run') ?? [];
      assert.equal(command, 'cachepoint.run');
      assert.equal((subject as { readonly uri: { readonly path: string } }).uri.path, '/ws/desk.bedrock.md');
    });

    it('is not told at all when the person ended it', async () => {
      world.script = failing({ code: 'canceled', detail: '', requestId: undefined });
      world.panel.visible = false;
      await world.run();
      assert.equal(said().length, 1);
    });
  });
});
