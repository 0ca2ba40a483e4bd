import assert from 'node:assert/strict';
import { readApiKey } from '../../../../src/core/runs/apiKey';
import type { ChosenKey } from '../../../../src/editor/workspace/settings';
import type * as apiKeysModule from '../../../../src/editor/runs/apiKeys';
import type * as keepModule from '../../../../src/editor/runs/keepApiKey';
import type * as targetModule from '../../../../src/editor/runs/target';
import { defaultSettings } from '../../../../src/core/settings';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { createMemento } from '../../../support/memento';

const shortKey = (region: string): string =>
  `bedrock-api-key-${Buffer.from(`bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Credential=A%2F20261129%2F${region}%2Fbedrock%2Faws4_request&X-Amz-Date=20261129T040000Z&X-Amz-Expires=43200&Version=1`).toString('base64')}`;

const createEditor = () => {
  const fake = createFakeVscode();
  const said: string[] = [];
  const answers: { typed?: string | undefined; picked?: string } = {};
  Object.assign(fake.vscode.window, {
    showInputBox: ({ validateInput }: { validateInput: (text: string) => string | undefined }) => {
      const { typed } = answers;
      return Promise.resolve(typed !== undefined && validateInput(typed) === undefined ? typed : undefined);
    },
    showQuickPick: (items: readonly { readonly label: string }[]) => Promise.resolve(items.find(({ label }) => label === answers.picked)),
    showInformationMessage: (text: string) => Promise.resolve(void said.push(text)),
  });
  const { keys, target } = loadEditor(fake, () => ({
    keys: {
      ...(require('../../../../src/editor/runs/apiKeys') as typeof apiKeysModule),
      ...(require('../../../../src/editor/runs/keepApiKey') as typeof keepModule),
    },
    target: require('../../../../src/editor/runs/target') as typeof targetModule,
  }));
  const secrets = new Map<string, string>();
  const globalState = createMemento();
  const chosen = new Map<string, string>([['region', 'sa-east-1']]);
  const apiKeys = keys.createApiKeys({
    globalState,
    secrets: {
      get: (name: string) => Promise.resolve(secrets.get(name)),
      store: (name: string, value: string) => Promise.resolve(void secrets.set(name, value)),
      delete: (name: string) => Promise.resolve(void secrets.delete(name)),
    },
  });
  const settings = {
    read: () => defaultSettings,
    chosen: (key: ChosenKey) => chosen.get(key),
    choose: (key: ChosenKey, value: string | undefined) => {
      if (value === undefined) chosen.delete(key);
      else chosen.set(key, value);
      return Promise.resolve();
    },
  };
  const deps = { apiKeys, settings };
  return {
    answers,
    said,
    secrets,
    globalState,
    chosen,
    apiKeys,
    keep: () => keys.keepApiKey(deps),
    remove: () => keys.removeApiKey(deps),
    shown: () => target.destinationText({ ...deps, emulator: { url: undefined } }),
  };
};

describe('a Bedrock API key that is kept in the editor', () => {
  it('is a secret, with the Region that it names itself, and is used by the workspace', async () => {
    const { answers, keep, secrets, globalState, chosen, apiKeys, said, shown } = createEditor();
    answers.typed = ` ${shortKey('eu-west-1')}\n`;
    await keep();
    assert.deepEqual([...secrets.values()], [shortKey('eu-west-1')]);
    assert.deepEqual([...globalState.kept.values()], ['eu-west-1']);
    assert.deepEqual([...chosen], [['apiKey', 'kept']], 'a Region that was chosen before is not the key’s');
    assert.equal((await apiKeys.read())?.reveal(), shortKey('eu-west-1'));
    assert.match(said[0] ?? '', /eu-west-1.*twelve hours/);
    assert.doesNotMatch(said.join(), /bedrock-api-key/);
    assert.equal(shown(), 'Bedrock API key kept in the editor, eu-west-1');
  });

  it('is asked for its Region where it does not say it', async () => {
    const { answers, keep, apiKeys, secrets } = createEditor();
    answers.typed = 'ABSKlongterm';
    await keep();
    assert.equal(secrets.size, 0, 'without a Region nothing is kept');
    answers.picked = 'us-west-2';
    await keep();
    assert.equal(apiKeys.region, 'us-west-2');
  });

  it('is not kept with a line break in it, nor when the person turns back', async () => {
    const { answers, keep, secrets } = createEditor();
    await keep();
    answers.typed = 'bedrock\napi';
    await keep();
    assert.equal(secrets.size, 0);
  });

  it('is removed, with what the workspace chose', async () => {
    const { answers, keep, remove, secrets, chosen, apiKeys, said } = createEditor();
    answers.typed = shortKey('us-east-1');
    await keep();
    await remove();
    assert.deepEqual([secrets.size, chosen.size, apiKeys.region], [0, 0, undefined]);
    await remove();
    assert.deepEqual(said.slice(1), ['The API key is removed.', 'No API key was kept.']);
  });

  it('says of itself no more than is there', () => {
    assert.deepEqual(readApiKey(shortKey('us-east-1')), {
      kind: 'short',
      region: 'us-east-1',
      made: '2026-11-29T04:00:00Z',
      seconds: 43_200,
    });
    for (const key of ['', 'ABSK', 'bedrock-api-key-', 'bedrock-api-key-%%%', shortKey('no-region')])
      assert.deepEqual(readApiKey(key), { kind: 'long' });
  });
});
