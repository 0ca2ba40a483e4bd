import assert from 'node:assert/strict';
import type { PolicyUse } from '../../../src/core/advice/policyUse';
import type { Policy } from '../../../src/core/advice/policy';
import * as engine from '../../../src/core/engine';
import { numberFormats } from '../../../src/core/figures/numbers';
import type { Callable } from '../../../src/core/runs/account';
import type { Target } from '../../../src/core/runs/port';
import type { RunFailure } from '../../../src/core/runs/failure';
import type { SearchState } from '../../../src/editor/prompts/indexClient';
import type * as policyModule from '../../../src/editor/prompts/policy';
import { localTarget } from '../../support/scriptedRun';
import { createFakeVscode, loadEditor } from '../../support/fakeVscode';

const modelId = 'anthropic.claude-sonnet-4-5-20250929-v1:0';
const use: PolicyUse = { resource: { kind: 'profile', prefix: 'us', modelId }, door: 'ConverseStream', counted: 'runtime' };

/** A workspace with these prompts, whose search is over when the test says so. */
const create = (uses: readonly (PolicyUse | undefined)[], answers: { readonly pick?: string; readonly refuses?: RunFailure } = {}) => {
  const fake = createFakeVscode();
  const changed = new fake.vscode.EventEmitter<void>();
  const opened: { content: string; language: string }[] = [];
  const said: string[] = [];
  const asked: string[] = [];
  Object.assign(fake.vscode, { ProgressLocation: { Notification: 15 } });
  Object.assign(fake.vscode.window, {
    withProgress: (_options: object, work: (progress: object, token: object) => unknown) =>
      work({}, { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) }),
    showQuickPick: (items: readonly { readonly label: string }[]) =>
      Promise.resolve(items.find(({ label }) => answers.pick !== undefined && label.startsWith(answers.pick))),
    showInformationMessage: (text: string) => Promise.resolve(void said.push(text)),
    showErrorMessage: (text: string) => Promise.resolve(void said.push(text)),
    showTextDocument: () => Promise.resolve(),
  });
  Object.assign(fake.vscode.workspace, {
    openTextDocument: (document: (typeof opened)[number]) => Promise.resolve(opened.push(document)),
  });
  const { writePolicy } = loadEditor(fake, () => require('../../../src/editor/prompts/policy') as typeof policyModule);
  const client = {
    state: { kind: 'searching' } as { kind: SearchState['kind'] },
    index: { rows: uses.map((one) => (one === undefined ? {} : { use: one })), members: [] },
    onDidChange: changed.event,
    ensure: () => void asked.push('search'),
  };
  const deps = {
    engine: () => engine,
    formats: numberFormats('en', 'UTC'),
    target: () => Promise.resolve<Target>({ ...localTarget, service: 'aws', endpoint: undefined, region: 'us-east-1' }),
    bedrock: () =>
      Promise.resolve({
        callerIdentity: () => {
          asked.push('caller');
          return Promise.resolve(answers.refuses ?? { accountId: '111122223333', identity: '', region: 'us-east-1', arn: '' });
        },
        listModels: () => {
          asked.push('models');
          const profile: Callable = {
            id: `us.${modelId}`,
            kind: 'profile',
            name: 'US profile',
            modelIds: [modelId],
            regions: ['us-east-1', 'us-west-2'],
            worldwide: false,
          };
          return Promise.resolve({ region: 'us-east-1', callables: [profile], ungiven: [] });
        },
      }),
  };
  return {
    opened,
    said,
    asked,
    write: async () => {
      const writing = writePolicy(client, deps);
      await new Promise((resolve) => setImmediate(resolve));
      assert.deepEqual(opened, [], 'waits for the search');
      client.state = { kind: 'complete' };
      changed.fire();
      await writing;
    },
  };
};

describe('the IAM policy of a workspace', () => {
  it('is written from the prompts alone, with what has to be known of it, and asks nobody', async () => {
    const { write, opened, said, asked } = create([use, undefined], { pick: 'From the prompts' });
    await write();
    const { Statement } = JSON.parse(opened[0]?.content ?? '') as Policy;
    assert.deepEqual(Statement[0]?.Action, ['bedrock:InvokeModelWithResponseStream']);
    assert.deepEqual(asked, ['search']);
    assert.match(said[0] ?? '', /account is not known.*One prompt names no model|One prompt names no model/);
  });

  it('is narrower where AWS was asked', async () => {
    const { write, opened, said, asked } = create([use], { pick: 'Ask AWS' });
    await write();
    assert.deepEqual(asked, ['search', 'caller', 'models']);
    assert.match(opened[0]?.content ?? '', /arn:aws:bedrock:us-east-1:111122223333:inference-profile\/us\./);
    assert.doesNotMatch(opened[0]?.content ?? '', /\*/);
    assert.deepEqual(said, []);
  });

  it('is not written where AWS refuses, which is said, or the person turns back', async () => {
    const refuses: RunFailure = {
      code: 'signIn',
      source: 'sso',
      reason: 'expired',
      subject: 'dev',
      profile: 'dev',
      detail: '',
      requestId: undefined,
    };
    const refused = create([use], { pick: 'Ask AWS', refuses });
    await refused.write();
    assert.deepEqual(refused.opened, []);
    assert.match(refused.said[0] ?? '', /^The AWS login has expired\./);
    const left = create([use]);
    await left.write();
    assert.deepEqual([left.opened, left.said], [[], []]);
  });

  it('is none where no prompt names a model', async () => {
    const { write, opened, said } = create([undefined]);
    await write();
    assert.deepEqual(opened, []);
    assert.match(said[0] ?? '', /names a model/);
  });
});
