import assert from 'node:assert/strict';
import { bedrockRegions } from '../../../../src/core/service/regions';
import type { ChosenKey } from '../../../../src/editor/workspace/settings';
import type * as destinationModule from '../../../../src/editor/runs/destination';
import { destinationDeps, fakeApiKeys, fakeSettings } from '../../../support/fakePorts';
import { createFakeVscode, loadEditor } from '../../../support/fakeVscode';
import { defaultSettings } from '../../../../src/core/settings';

interface Item {
  readonly label: string;
  readonly detail?: string;
}

/** Lists and boxes that a person answers: a label, or a typed text. */
const createDestination = (chosen: Partial<Record<ChosenKey, string>> = {}, keyRegion?: string) => {
  const fake = createFakeVscode();
  const lists: (readonly Item[])[] = [];
  const refused: (string | undefined)[] = [];
  let label: string | undefined;
  let typed: string | undefined;
  Object.assign(fake.vscode.window, {
    showQuickPick: async (given: readonly Item[] | Promise<readonly Item[]>) => {
      const items = await given;
      lists.push(items);
      return items.find((item) => item.label === label);
    },
    showInputBox: ({ validateInput }: { validateInput: (value: string) => string | undefined }) => {
      const wrong = validateInput(typed ?? '');
      refused.push(wrong);
      return Promise.resolve(wrong === undefined ? typed : undefined);
    },
  });
  const { chooseProfile, chooseRegion } = loadEditor(
    fake,
    () => require('../../../../src/editor/runs/destination') as typeof destinationModule,
  );
  const choices: (readonly [string, string | undefined])[] = [];
  const settings = fakeSettings({
    read: () => ({ ...defaultSettings, profile: 'work' }),
    chosen: (key: ChosenKey) => chosen[key],
    inSettings: () => 'work',
    choose: (key: ChosenKey, value: string | undefined) => Promise.resolve(void choices.push([key, value])),
  });
  const profiles = [{ name: 'work', region: 'us-east-1', kind: 'sso' }];
  const deps = {
    ...destinationDeps({ listProfiles: () => Promise.resolve(profiles) }),
    settings,
    apiKeys: fakeApiKeys(keyRegion),
  };
  const answer = (work: (given: typeof deps) => Promise<void>) => async (says: string | undefined, types?: string) => {
    [label, typed] = [says, types];
    choices.length = 0;
    await work(deps);
    return [...choices];
  };
  return { lists, refused, profile: answer(chooseProfile), region: answer(chooseRegion) };
};

describe('choosing a profile and a Region for a workspace', () => {
  it('keeps what was picked, an empty choice too', async () => {
    const { profile, region, lists } = createDestination();
    const noKey = ['apiKey', undefined] as const;
    assert.deepEqual(await profile('work'), [['profile', 'work'], noKey]);
    assert.deepEqual(await profile('Default credential chain'), [['profile', ''], noKey]);
    assert.deepEqual(await region('eu-south-2'), [['region', 'eu-south-2']]);
    assert.deepEqual(await region('Region of the profile or the environment'), [['region', '']]);
    assert.deepEqual(await region(undefined), []);
    for (const list of lists) assert.ok(!list.some(({ label }) => label === 'As the settings say'));
    assert.ok(bedrockRegions.every((name) => lists[2]?.some(({ label }) => label === name)));
  });

  it('takes a Region of any partition by its name, and nothing that is none', async () => {
    const { region, refused } = createDestination();
    assert.deepEqual(await region('Another Region…', ' eusc-de-east-1 '), [['region', 'eusc-de-east-1']]);
    assert.deepEqual(await region('Another Region…', 'us-east-1.evil.example'), []);
    assert.deepEqual(await region('Another Region…', undefined), []);
    assert.match(refused[1] ?? '', /name of an AWS Region/);
  });

  it('offers the API key that is kept, where one is', async () => {
    const { profile, lists } = createDestination({}, 'eu-west-1');
    assert.deepEqual(await profile('Bedrock API key kept in the editor'), [['apiKey', 'kept']]);
    await createDestination().profile(undefined);
    assert.ok(lists[0]?.some(({ label }) => label.includes('API key')));
  });

  it('offers the way back to the settings where something was chosen', async () => {
    const { profile, region } = createDestination({ profile: 'client', region: '' });
    assert.deepEqual(await profile('As the settings say'), [
      ['profile', undefined],
      ['apiKey', undefined],
    ]);
    assert.deepEqual(await region('As the settings say'), [['region', undefined]]);
  });
});
