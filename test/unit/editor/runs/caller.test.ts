import assert from 'node:assert/strict';
import type { RunFailure } from '../../../../src/core/runs/failure';
import type { Target } from '../../../../src/core/runs/port';
import * as engine from '../../../../src/core/engine';
import { numberFormats } from '../../../../src/core/figures/numbers';
import type { Caller } from '../../../../src/editor/ports';
import type * as callerModule from '../../../../src/editor/runs/caller';
import type * as ownersModule from '../../../../src/editor/runs/owners';
import { destinationDeps } from '../../../support/fakePorts';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';

const target: Target = { service: 'aws', endpoint: undefined, region: 'us-east-1', profile: 'dev', timeoutMs: 1, maxAttempts: 1 };

const create = (answer: Caller | RunFailure) => {
  const fake = createFakeVscode();
  const said: (readonly string[])[] = [];
  const copied: string[] = [];
  const say = (...text: readonly string[]) => {
    said.push(text);
    return Promise.resolve(text[1]);
  };
  Object.assign(fake.vscode, { ProgressLocation: { Notification: 15 } });
  Object.assign(fake.vscode.env, { clipboard: { writeText: (text: string) => Promise.resolve(void copied.push(text)) } });
  Object.assign(fake.vscode.window, {
    withProgress: (_options: object, work: (progress: object, token: object) => unknown) =>
      work({}, { isCancellationRequested: false, onCancellationRequested: () => ({ dispose: () => undefined }) }),
    showInformationMessage: say,
    showErrorMessage: (...text: readonly string[]) => {
      said.push(text);
      return Promise.resolve(undefined);
    },
  });
  const { showIdentity, knownOwner, noteOwner } = loadEditor(fake, () => ({
    ...(require('../../../../src/editor/runs/caller') as typeof callerModule),
    ...(require('../../../../src/editor/runs/owners') as typeof ownersModule),
  }));
  const deps = {
    ...destinationDeps({ callerIdentity: () => Promise.resolve(answer) }),
    engine: () => engine,
    formats: numberFormats('en', 'UTC'),
  };
  const ask = async (of: Target = target): Promise<void> => {
    const found = await showIdentity(of, deps);
    if (found !== undefined) noteOwner(of, found);
    await new Promise((resolve) => setImmediate(resolve));
  };
  return { said, copied, ask, knownOwner };
};

describe('whose credentials sign a run', () => {
  const arn = 'arn:aws:sts::111122223333:assumed-role/Dev/me';
  const caller: Caller = {
    identity: 'profile dev, account 111122223333, role Dev',
    region: 'us-east-1',
    arn,
    accountId: '111122223333',
    role: 'Dev',
  };

  it('is said, can be copied, and is known of this profile from then on', async () => {
    const { ask, said, copied, knownOwner } = create(caller);
    assert.equal(knownOwner(target), undefined);
    await ask();
    assert.match(said[0]?.[0] ?? '', /us-east-1 are signed as profile dev.*assumed-role\/Dev\/me/);
    assert.deepEqual(copied, [arn]);
    assert.equal(knownOwner(target)?.role, 'Dev');
    assert.equal(knownOwner({ ...target, profile: 'other' }), undefined);
  });

  it('is not known of an API key', async () => {
    const { ask, said } = create({ identity: 'AWS_BEARER_TOKEN_BEDROCK', region: 'us-east-1', arn: undefined });
    await ask();
    assert.deepEqual(said, [['Runs in us-east-1 are signed as AWS_BEARER_TOKEN_BEDROCK.']]);
  });

  it('is not asked for where runs stay on this machine', async () => {
    const { ask, said } = create(caller);
    await ask({ ...target, service: 'emulator' });
    await ask({ ...target, service: 'custom', endpoint: 'http://127.0.0.1:1' });
    assert.equal(said.length, 2);
    for (const [text] of said) assert.match(text ?? '', /stay on this machine/);
  });

  it('is refused in the words of the source, with its button', async () => {
    const { ask, said } = create({
      code: 'signIn',
      source: 'sso',
      reason: 'revoked',
      subject: 'dev',
      profile: 'dev',
      detail: '',
      requestId: undefined,
    });
    await ask();
    assert.match(said[0]?.[0] ?? '', /^The AWS login was ended\. /);
    assert.equal(said[0]?.[1], 'Sign In');
    const canceled = create({ code: 'canceled', detail: '', requestId: undefined });
    await canceled.ask();
    assert.deepEqual(canceled.said, []);
  });
});
