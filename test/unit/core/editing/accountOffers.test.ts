import assert from 'node:assert/strict';
import { modelsAt } from '../../../../src/core/editing/frontMatterOffers';
import { entryOf } from '../../../../src/core/models/resolve';
import * as engine from '../../../../src/core/engine';
import { numberFormats } from '../../../../src/core/figures/numbers';
import { accountLine } from '../../../../src/core/messages/account';
import { catalog } from '../../../../src/core/models/catalog';
import type { Callable } from '../../../../src/core/runs/account';
import { withCallables } from '../../../../src/core/runs/accountFacts';

const arn = (rest: string): string => `arn:aws:bedrock:us-east-1:123456789012:${rest}`;
const sonnet = 'us.anthropic.claude-sonnet-4-6';
const own: Callable = {
  id: arn('application-inference-profile/desk'),
  kind: 'applicationProfile',
  name: 'Desk costs',
  modelIds: [sonnet],
  regions: ['us-east-1', 'us-west-2'],
  worldwide: false,
};
const profile: Callable = { ...own, id: sonnet, kind: 'profile', name: 'US Sonnet' };
const unknown: Callable = { ...profile, id: 'us.example.new-model', name: 'New', modelIds: ['example.new-model'], worldwide: true };
const facts = withCallables({}, [own, profile, unknown], 'us-east-1', 1);
const models = catalog.filter(({ id }) => id === 'anthropic.claude-sonnet-4-6');
const offers = (region: string | undefined, reach: 'anywhere' | 'geography' = 'anywhere') =>
  modelsAt(
    { start: 3, end: 5 },
    {
      models,
      from: { region, reach },
      formats: numberFormats('en', 'UTC'),
      account: { facts, entryOf: (id) => entryOf(engine.resolveModel(id)) },
    },
  );
const labels = (region: string | undefined, reach?: 'anywhere' | 'geography') =>
  offers(region, reach)
    .toSorted((a, b) => (a.sort < b.sort ? -1 : 1))
    .slice(0, 3)
    .map(({ label }) => label);

describe('the models that an account has listed', () => {
  it('are offered before those of the catalog, by their names, and written as their ids', () => {
    assert.deepEqual(labels('us-east-1'), ['Desk costs', 'us.example.new-model', sonnet]);
    const [first] = offers('us-east-1');
    assert.equal(first?.insert, own.id);
    assert.match(first?.detail ?? '', /^Application inference profile of the account · Claude Sonnet 4\.6: /);
    assert.deepEqual(first?.help, [`${own.id}.`, 'Calls may be processed in us-east-1 and us-west-2.']);
    assert.match(first?.filter ?? '', /^Desk costs Claude Sonnet 4\.6 arn:/);
  });

  it('are told among those of the catalog, each once', () => {
    const found = offers('us-east-1').filter(({ label }) => label === sonnet);
    assert.equal(found.length, 1);
    assert.match(found[0]?.detail ?? '', / · in the account$/);
  });

  it('are those of the Region, or all where none is set, and none that leave the geography where that is not wished', () => {
    assert.deepEqual(
      offers('eu-west-1').filter(({ sort }) => sort.startsWith('-')),
      [],
    );
    assert.deepEqual(labels(undefined).slice(0, 2), ['Desk costs', 'us.example.new-model']);
    assert.deepEqual(labels('us-east-1', 'geography').slice(0, 2), ['Desk costs', sonnet]);
  });

  it('are said to be listed where one is pointed at', () => {
    assert.equal(
      accountLine(own),
      'Listed by the AWS account: Application inference profile of the account Desk costs, processed in us-east-1 and us-west-2.',
    );
  });
});
