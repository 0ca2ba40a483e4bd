import assert from 'node:assert/strict';
import { onlyPrompt } from '../../../../src/core/prompt/model';
import { listStored, getStored, saveStored } from '../../../../src/aws/account';
import type { Target } from '../../../../src/core/runs/port';
import type * as assistModule from '../../../../src/editor/assist';
import type { Emulator } from '../../../../src/emulator/options';
import { createEmulator } from '../../../../src/emulator/server';
import { fakeBedrock } from '../../../support/fakePorts';
import { createFakeWorkspace, loadFeatures } from '../../../support/fakeWorkspace';
import { createMemento } from '../../../support/memento';

const workspace = createFakeWorkspace();
const { fake, open, close, shown, answers } = workspace;
Object.assign(fake.vscode, { ProgressLocation: { Notification: 15 } });
const { assist, deps } = loadFeatures(workspace, () => ({ assist: require('../../../../src/editor/assist') as typeof assistModule }));

interface Item {
  readonly label: string;
}
/** Labels that are picked, in turn. */
const picks: string[] = [];
const offered: (readonly string[])[] = [];
const copied: string[] = [];
let target: unknown;
Object.assign(fake.vscode.env, { clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) } });
Object.assign(fake.vscode.window, {
  withProgress: (_options: unknown, work: (progress: unknown, token: unknown) => unknown) =>
    work(undefined, { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) }),
  showQuickPick: (items: readonly Item[]) => {
    offered.push(items.map(({ label }) => label));
    const wanted = picks.shift();
    return Promise.resolve(items.find(({ label }) => label === wanted));
  },
  showSaveDialog: () => Promise.resolve(target),
  showTextDocument: () => Promise.resolve(),
});
Object.assign((fake.vscode.workspace as unknown as { readonly fs: object }).fs, {
  writeFile: (uri: { path: string }, bytes: Uint8Array) =>
    Promise.resolve(void workspace.disk.set(uri.path, new TextDecoder().decode(bytes))),
});

describe('a prompt of Prompt Management', () => {
  let emulator: Emulator;
  let time = Date.UTC(2026, 10, 29);
  let apiKey: unknown;
  const state = createMemento();
  const beside: (readonly [before: string, after: string])[] = [];
  const storedDeps = {
    ...deps,
    account: { remember: () => undefined },
    state,
    showBeside: (before: string, after: string) => Promise.resolve(void beside.push([before, after])),
    readyTarget: () =>
      Promise.resolve({
        service: apiKey === undefined ? 'emulator' : 'aws',
        endpoint: emulator.url,
        region: 'us-east-1',
        timeoutMs: 5_000,
        maxAttempts: 1,
        ...(apiKey === undefined ? {} : { apiKey }),
      } as Target),
    bedrock: () => Promise.resolve(fakeBedrock({ listStored, getStored, saveStored })),
  };
  before(async () => {
    emulator = await createEmulator({ speed: 0, now: () => (time += 1_000) });
  });
  after(() => emulator.close());
  beforeEach(() => {
    for (const list of [picks, offered, shown, answers, beside, copied]) list.splice(0);
    apiKey = undefined;
  });
  const opened: ReturnType<typeof open>[] = [];
  afterEach(() => opened.splice(0).forEach(close));
  const local = (path: string, text: string) => {
    const document = open(path, text);
    opened.push(document);
    return { document, ref: { uri: document.uri, id: onlyPrompt } };
  };
  const desk = (system: string, point = '<!-- cachePoint -->'): string =>
    `---\nmodelId: us.anthropic.claude-sonnet-4-6\ninferenceConfig: { maxTokens: 400, temperature: 0 }\n---\n# system:\n${system}\n${point}\n\n# user:\n{{question}}\n`;

  it('is opened as a prompt file that says the same', async () => {
    picks.push('example-desk');
    target = fake.vscode.Uri.file('/ws/desk.bedrock.md');
    await assist.openStoredPrompt(storedDeps);
    const text = String(workspace.disk.get('/ws/desk.bedrock.md'));
    assert.match(text, /^---\nmodelId: us\.anthropic\.claude-sonnet-4-6\n/);
    assert.match(
      text,
      /# system:\nYou answer for the support desk of a shop for outdoor gear\..*\n<!-- cachePoint -->\n\n# user:\n\{\{question\}\}\n$/s,
    );
    // It says the same as what is stored, so there is nothing to save.
    answers.push(undefined);
    await assist.saveStoredPrompt(local('/ws/desk.bedrock.md', text), storedDeps);
    assert.match(shown[0]?.text ?? '', /^The draft of example-desk says the same already/);
    assert.deepEqual(shown[0]?.choices, ['Save as New Version']);
  });

  it('is compared with what would be saved, and saved as a version after a question', async () => {
    const prompt = local('/ws/desk.bedrock.md', desk('You answer for the desk.', '<!-- cachePoint ttl=1h -->'));
    await assist.compareStoredPrompt(prompt, storedDeps);
    assert.match(beside[0]?.[0] ?? '', /support desk of a shop/);
    assert.match(beside[0]?.[1] ?? '', /You answer for the desk\./);
    assert.match(shown[0]?.text ?? '', /The lifetime 1h is left out/);
    shown.splice(0);
    answers.push('Save as New Version', 'Copy ARN');
    await assist.saveStoredPrompt(prompt, storedDeps);
    assert.equal(shown[0]?.text, 'Save this prompt as example-desk in Prompt Management?');
    assert.match(shown[0]?.detail ?? '', /^The lifetime 1h is left out.*\n\nThe draft is written over/s);
    assert.deepEqual(shown[0]?.choices, ['Save as Draft', 'Save as New Version', 'Show Difference']);
    assert.equal(shown[1]?.text, 'Version 1 of example-desk is saved.');
    assert.deepEqual(copied, ['arn:aws:bedrock:us-east-1:123456789012:prompt/CACHEPOINT:1']);
  });

  it('names a change that somebody else made since', async () => {
    const prompt = local('/ws/desk.bedrock.md', desk('Another text.'));
    const other = await getStored('CACHEPOINT', 'DRAFT', await storedDeps.readyTarget(), new AbortController().signal);
    assert.ok('prompt' in other);
    await saveStored('CACHEPOINT', other.prompt, false, await storedDeps.readyTarget(), new AbortController().signal);
    answers.push(undefined);
    await assist.saveStoredPrompt(prompt, storedDeps);
    assert.match(shown[0]?.detail ?? '', /^Somebody has changed the draft since you opened it here/);
  });

  it('is made where there is none', async () => {
    picks.push('$(add) New Prompt');
    answers.push('Save as Draft', undefined);
    await assist.saveStoredPrompt(local('/ws/fresh.bedrock.md', desk('A new one.')), storedDeps);
    assert.match(shown[0]?.detail ?? '', /A prompt is made in your account/);
    assert.equal(shown[1]?.text, 'The draft of fresh is saved.');
    picks.push('fresh');
    target = undefined;
    await assist.openStoredPrompt(storedDeps);
    assert.deepEqual(offered.at(-1)?.slice(0, 2), ['fresh', 'example-desk']);
  });

  it('offers its versions, the draft first', async () => {
    picks.push('example-desk', 'Version 1');
    target = fake.vscode.Uri.file('/ws/old.bedrock.md');
    await assist.openStoredPrompt(storedDeps);
    assert.deepEqual(offered[1], ['Draft', 'Version 1']);
    assert.match(String(workspace.disk.get('/ws/old.bedrock.md')), /You answer for the desk\./);
  });

  it('is not written where it cannot be, and says why', async () => {
    const many = Array.from({ length: 21 }, (_, at) => `{{v${at}}}`).join(' ');
    await assist.saveStoredPrompt(local('/ws/many.bedrock.md', desk(many)), storedDeps);
    assert.match(shown[0]?.text ?? '', /^Nothing was saved\. .* because it has 22 variables, and 20 are allowed/);
    assert.deepEqual(offered, []);
  });

  it('is not asked for with an API key, which is said', async () => {
    apiKey = { reveal: () => 'key' };
    await assist.openStoredPrompt(storedDeps);
    assert.match(shown[0]?.text ?? '', /^Prompt Management takes no Bedrock API key/);
    assert.deepEqual(shown[0]?.choices, ['Choose Profile']);
  });
});
