import assert from 'node:assert/strict';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import type { AccountModels, Callable, ModelAccess } from '../../../../src/core/runs/account';
import type { RunFailure } from '../../../../src/core/runs/failure';
import type { Target } from '../../../../src/core/runs/port';
import type * as assistModule from '../../../../src/editor/assist';
import type * as memoryModule from '../../../../src/editor/account/memory';
import { fakeBedrock } from '../../../support/fakePorts';
import { createMemento } from '../../../support/memento';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';

type Told = (modelId: string, access: ModelAccess) => void;

const workspace = createFakeWorkspace();
const { fake, open, set, shown, answers, edits } = workspace;
// Before the modules are loaded, which see no later ones.
Object.assign(fake.vscode, { QuickPickItemKind: { Separator: -1 }, ProgressLocation: { Notification: 15 } });
const { assist, memory, deps } = loadFeatures(workspace, () => ({
  assist: require('../../../../src/editor/assist') as typeof assistModule,
  memory: require('../../../../src/editor/account/memory') as typeof memoryModule,
}));

const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/desk';
const callable = (id: string, kind: Callable['kind'], more: Partial<Callable> = {}): Callable => ({
  id,
  kind,
  name: `name of ${id}`,
  modelIds: [id],
  regions: ['us-east-1'],
  worldwide: false,
  ...more,
});
const models: AccountModels = {
  region: 'us-east-1',
  callables: [
    callable('us.meta.llama3-3-70b-instruct-v1:0', 'profile'),
    callable('us.anthropic.claude-sonnet-4-6', 'profile', { regions: ['us-east-1', 'us-west-2'] }),
    callable('global.anthropic.claude-sonnet-4-6', 'profile', { worldwide: true }),
    callable(arn, 'applicationProfile', { name: 'desk', modelIds: ['us.anthropic.claude-opus-4-8'] }),
  ],
  ungiven: [{ action: 'bedrock:ListPromptRouters', failure: { code: 'canceled', detail: '', requestId: undefined } }],
};

/** What the account answers, and what it was asked. */
let list: AccountModels | RunFailure = models;
let resolved: Callable | undefined;
let access: (ids: readonly string[], told: Told) => void = () => undefined;
let service: Target['service'] = 'aws';
const state = createMemento();
const account = new memory.AccountMemory(state, deps.log);
const settings = memory.withAccount(deps.settings, account);
const executed: unknown[] = [];
const accountDeps = {
  ...deps,
  settings,
  account,
  readyTarget: () =>
    Promise.resolve({ service, endpoint: undefined, region: 'us-east-1', profile: undefined, timeoutMs: 1, maxAttempts: 1 }),
  bedrock: () =>
    Promise.resolve(
      fakeBedrock({
        listModels: () => Promise.resolve(list),
        resolveModel: () => Promise.resolve({ found: resolved }),
        modelAccess: (ids: readonly string[], _target: Target, _signal: unknown, told: Told) => {
          access(ids, told);
          return Promise.resolve({ asked: ids.length });
        },
      }),
    ),
};

interface Item {
  readonly label: string;
  readonly description?: string;
  readonly detail?: string;
  readonly callable?: Callable;
}
/** The list that stands open. */
let shownList: { items: readonly Item[]; placeholder: string; accept(id: string): void; hide(): void } | undefined;
const createQuickPick = () => {
  const accepted: (() => void)[] = [];
  const hidden: (() => void)[] = [];
  const pick = {
    items: [] as readonly Item[],
    activeItems: [] as readonly Item[],
    selectedItems: [] as readonly Item[],
    placeholder: '',
    onDidAccept: (listener: () => void) => accepted.push(listener),
    onDidHide: (listener: () => void) => hidden.push(listener),
    show: () => void (shownList = pick),
    hide: () => hidden.forEach((listener) => listener()),
    dispose: () => undefined,
    accept: (id: string) => {
      pick.selectedItems = pick.items.filter((item) => item.callable?.id === id);
      accepted.forEach((listener) => listener());
    },
  };
  return pick;
};
Object.assign(fake.vscode.window, {
  createQuickPick,
  withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work(undefined, { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) }),
});
Object.assign(fake.vscode.commands, { executeCommand: (...call: unknown[]) => Promise.resolve(void executed.push(call)) });

let count = 0;
const prompt = (modelId: string) => {
  const document = open(`/ws/p${(count += 1)}.bedrock.md`, `---\nmodelId: ${modelId}\n---\n# user:\nHello\n`);
  return { document, ref: { uri: document.uri, id: onlyPrompt } };
};
const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

/** Opens the list, and picks. */
const choose = async (id: string | undefined, modelId = 'us.amazon.nova-lite-v1:0'): Promise<readonly Item[]> => {
  shownList = undefined;
  const done = assist.chooseAccountModel(prompt(modelId), accountDeps);
  for (let at = 0; at < 20 && shownList === undefined; at += 1) await settle();
  const items = shownList as { items: readonly Item[] } | undefined;
  const seen = items?.items ?? [];
  if (id === undefined) (shownList as { hide(): void } | undefined)?.hide();
  else (shownList as { accept(one: string): void } | undefined)?.accept(id);
  await done;
  return seen;
};

describe('the models of an account in the editor', () => {
  beforeEach(() => {
    for (const all of [shown, answers, edits, executed]) all.splice(0);
    state.kept.clear();
    set({ neverGlobal: false });
    list = models;
    service = 'aws';
    access = () => undefined;
  });

  it('stand in groups, those that cache first, each with its model and the Regions that process its calls', async () => {
    const items = await choose(undefined);
    assert.deepEqual(
      items.map(({ label }) => label),
      [
        'Application inference profiles of the account',
        'desk',
        'Inference profiles',
        'global.anthropic.claude-sonnet-4-6',
        'us.anthropic.claude-sonnet-4-6',
        'us.meta.llama3-3-70b-instruct-v1:0',
      ],
    );
    assert.equal(items[1]?.description, arn);
    assert.match(items[1]?.detail ?? '', /^Claude Opus 4\.8: caches from .* · processed in us-east-1$/);
    assert.match(items[3]?.detail ?? '', /processed in any commercial AWS Region$/);
    assert.match(items[4]?.detail ?? '', /processed in us-east-1 and us-west-2$/);
    assert.equal(shownList?.placeholder, 'Not listed, as it was refused: bedrock:ListPromptRouters');
    assert.deepEqual(edits, []);
  });

  it('leave out those that go anywhere where calls stay within a geography', async () => {
    set({ neverGlobal: true });
    const items = await choose(undefined);
    assert.equal(
      items.some(({ label }) => label.startsWith('global.')),
      false,
    );
  });

  it('write what is picked into the prompt', async () => {
    await choose(arn);
    assert.deepEqual(
      edits.map(({ text }) => text),
      [arn],
    );
  });

  it('are remembered, so that an ARN has its model from then on, unless a setting names another', async () => {
    const { ref } = prompt(arn);
    assert.equal(deps.store.of(ref)?.plan.model, undefined);
    await choose(undefined);
    assert.equal(settings.read().profileModels[arn], 'us.anthropic.claude-opus-4-8');
    assert.equal(settings.own().profileModels[arn], 'us.anthropic.claude-opus-4-8');
    set({ profileModels: { [arn]: 'amazon.nova-lite-v1:0' } });
    assert.equal(settings.read().profileModels[arn], 'amazon.nova-lite-v1:0');
    set({ profileModels: {} });
  });

  it('say where there is no access, and still take the choice', async () => {
    access = (ids, told) => ids.forEach((id) => told(id, { kind: 'closed', because: ['entitlementAvailability NOT_AVAILABLE'] }));
    await choose('us.anthropic.claude-sonnet-4-6');
    assert.equal(edits.length, 1);
    assert.match(shown[0]?.text ?? '', /^The account has no access to name of us\.anthropic\.claude-sonnet-4-6, so calls will fail/);
  });

  it('are not listed from an address of its own, which is said', async () => {
    service = 'custom';
    assert.deepEqual(await choose(undefined), []);
    assert.match(shown[0]?.text ?? '', /^Models are listed by Amazon Bedrock and by the local emulator/);
  });

  it('name the right that is missing, and lead to a sign-in where it ended', async () => {
    list = { code: 'accessDenied', modelId: '', reason: 'iam', detail: 'no', requestId: undefined };
    await choose(undefined);
    assert.match(shown[0]?.text ?? '', /^The models were not listed\. .*the IAM action bedrock:ListInferenceProfiles/);
    list = { code: 'credentials', reason: 'expired', profile: 'dev', detail: '', requestId: undefined };
    answers.push('Sign In');
    await choose(undefined);
    await settle();
    assert.deepEqual(shown[1]?.choices, ['Sign In', 'Choose Profile']);
    assert.deepEqual(executed, [['cachepoint.signIn']]);
    list = { code: 'canceled', detail: '', requestId: undefined };
    await choose(undefined);
    assert.equal(shown.length, 2);
  });

  it('are asked for behind an ARN, and remembered', async () => {
    resolved = callable(arn, 'applicationProfile', { name: 'desk', modelIds: ['us.anthropic.claude-opus-4-8'] });
    await assist.resolveArn(prompt(arn), accountDeps);
    assert.match(shown[0]?.text ?? '', /^desk is answered by us\.anthropic\.claude-opus-4-8; calls are processed in us-east-1\./);
    assert.equal(account.models[arn], 'us.anthropic.claude-opus-4-8');
    resolved = undefined;
    await assist.resolveArn(prompt(arn), accountDeps);
    assert.match(shown[1]?.text ?? '', /^The account does not say which model answers behind arn:/);
    await assist.resolveArn(prompt('us.anthropic.claude-sonnet-4-6'), accountDeps);
    assert.match(shown[2]?.text ?? '', /names its model already/);
  });
});

describe('the models of the catalog in a list', () => {
  it('lead to those of the account, and are written into the prompt', async () => {
    edits.splice(0);
    let offered: readonly Item[] = [];
    Object.assign(fake.vscode.window, {
      showQuickPick: (items: readonly Item[]) => {
        offered = items;
        return Promise.resolve(items.find(({ label }) => label === 'us.anthropic.claude-sonnet-4-6'));
      },
    });
    set({ region: 'us-east-1', neverGlobal: true });
    await assist.chooseModel(prompt('us.amazon.nova-lite-v1:0'), accountDeps);
    assert.match(offered[0]?.label ?? '', /Models of the AWS Account/);
    assert.equal(
      offered.some(({ label }) => label.startsWith('global.')),
      false,
    );
    assert.equal(offered.find(({ label }) => label === 'us.amazon.nova-lite-v1:0')?.description, 'current');
    assert.deepEqual(
      edits.map(({ text }) => text),
      ['us.anthropic.claude-sonnet-4-6'],
    );
  });
});
