import assert from 'node:assert/strict';
import { listModels, modelAccess, resolveModel } from '../../../src/aws/account';
import type { AccountModels, Callable, ModelAccess, OrFailure } from '../../../src/core/runs/account';
import { isFailure } from '../../../src/core/runs/account';
import { createEmulator } from '../../../src/emulator/server';
import type { Emulator } from '../../../src/emulator/options';
import { neverAborted, targetAt, within } from './support/calls';
import { useQuickService } from './support/quickService';
import type { RawBedrock, Script } from './support/rawBedrock';

const answerOf = <T extends object>(answer: OrFailure<T>): T => {
  if (isFailure(answer)) throw new Error(JSON.stringify(answer));
  return answer;
};

describe('aws: the models of an account, in the emulator', () => {
  let emulator: Emulator;
  const mapped = 'arn:aws:bedrock:eu-west-1:123456789012:application-inference-profile/desk';
  before(async () => {
    emulator = await createEmulator({ speed: 0, profileModels: { [mapped]: 'eu.anthropic.claude-sonnet-4-6' } });
  });
  after(() => emulator.close());
  const listIn = async (region: string): Promise<AccountModels> =>
    answerOf(await listModels(targetAt(emulator.url, { region }), neverAborted));
  const find = ({ callables }: AccountModels, id: string): Callable | undefined => callables.find((one) => one.id === id);

  it('are profiles with the Regions that process their calls, own ones first, models, routers and what was bought', async () => {
    const models = await listIn('us-east-1');
    assert.deepEqual([models.region, models.ungiven], ['us-east-1', []]);
    const [first] = models.callables;
    assert.deepEqual(first, {
      id: 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/cachepoint01',
      kind: 'applicationProfile',
      name: 'example-cachepoint01',
      modelIds: ['us.anthropic.claude-sonnet-4-6'],
      regions: ['us-east-1', 'us-east-2', 'us-west-2'],
      worldwide: false,
    });
    assert.deepEqual(find(models, 'us.anthropic.claude-sonnet-4-6')?.regions, ['us-east-1', 'us-east-2', 'us-west-2']);
    const global = find(models, 'global.anthropic.claude-sonnet-4-6');
    assert.deepEqual([global?.worldwide, global?.regions], [true, ['us-east-1']]);
    assert.deepEqual(find(models, 'amazon.nova-lite-v1:0')?.regions, ['us-east-1']);
    assert.deepEqual(find(models, 'arn:aws:bedrock:us-east-1:123456789012:default-prompt-router/amazon.nova:1')?.modelIds, [
      'amazon.nova-lite-v1:0',
      'amazon.nova-pro-v1:0',
    ]);
    assert.deepEqual(find(models, 'arn:aws:bedrock:us-east-1:123456789012:provisioned-model/cachepoint01')?.modelIds, [
      'amazon.nova-lite-v1:0',
    ]);
    assert.equal(
      models.callables.filter(({ kind }) => kind === 'model').some(({ id }) => id === 'anthropic.claude-opus-5-5'),
      false,
    );
    assert.ok(models.callables.length > 100, 'more than one page came');
  });

  it('are those of the Region', async () => {
    const europe = await listIn('eu-west-1');
    assert.ok(find(europe, mapped) !== undefined && find(europe, 'eu.anthropic.claude-sonnet-4-6') !== undefined);
    assert.equal(find(europe, 'us.anthropic.claude-sonnet-4-6'), undefined);
  });

  it('are found behind ARNs that hide them, in the Region of the ARN', async () => {
    const target = targetAt(emulator.url, { region: 'us-west-2' });
    const ask = async (arn: string) => answerOf(await resolveModel(arn, target, neverAborted)).found;
    assert.deepEqual(
      [(await ask(mapped))?.modelIds, (await ask(mapped))?.regions],
      [['eu.anthropic.claude-sonnet-4-6'], ['eu-central-1', 'eu-north-1', 'eu-west-1', 'eu-west-3']],
    );
    const router = await ask('arn:aws:bedrock:eu-west-1:123456789012:default-prompt-router/amazon.nova:1');
    assert.deepEqual([router?.kind, router?.modelIds], ['router', ['amazon.nova-lite-v1:0', 'amazon.nova-pro-v1:0']]);
    const bought = await ask('arn:aws:bedrock:us-east-1:123456789012:provisioned-model/cachepoint01');
    assert.deepEqual([bought?.kind, bought?.modelIds, bought?.regions], ['provisioned', ['amazon.nova-lite-v1:0'], ['us-east-1']]);
    assert.equal(await ask('arn:aws:bedrock:us-east-1:123456789012:imported-model/x'), undefined);
  });

  it('say when an ARN is not known', async () => {
    const arn = 'arn:aws:bedrock:us-east-1:123456789012:application-inference-profile/other';
    const answer = await resolveModel(arn, targetAt(emulator.url), neverAborted);
    assert.ok(isFailure(answer) && answer.code === 'modelNotFound' && answer.modelId === arn);
  });

  it('are open, or closed for what the service names', async () => {
    const told = new Map<string, ModelAccess>();
    const ids = ['amazon.nova-lite-v1:0', 'anthropic.claude-mythos-5', 'anthropic.claude-sonnet-4-6'];
    const answer = await modelAccess(ids, targetAt(emulator.url), neverAborted, (id, access) => told.set(id, access));
    assert.deepEqual(answer, { asked: 3 });
    assert.deepEqual(told.get('amazon.nova-lite-v1:0'), { kind: 'open' });
    assert.deepEqual(told.get('anthropic.claude-mythos-5'), {
      kind: 'closed',
      because: ['agreementAvailability NOT_AVAILABLE', 'entitlementAvailability NOT_AVAILABLE'],
    });
  });
});

describe('aws: the models of an account, word for word', () => {
  let server: RawBedrock;
  useQuickService((started) => (server = started));
  const target = () => targetAt(server.url, { maxAttempts: 2, region: 'us-east-1' });
  const denied: Script = (exchange) =>
    exchange.refuse(403, 'AccessDeniedException', 'User: x is not authorized to perform: bedrock:ListPromptRouters');
  const lists: Readonly<Record<string, object>> = {
    '/inference-profiles': { inferenceProfileSummaries: [] },
    '/foundation-models': {
      modelSummaries: [
        { modelArn: 'a', modelId: 'image', outputModalities: ['IMAGE'], inferenceTypesSupported: ['ON_DEMAND'] },
        { modelArn: 'a', modelId: 'bought', outputModalities: ['TEXT'], inferenceTypesSupported: ['PROVISIONED'] },
        { modelArn: 'a', modelId: 'usable', outputModalities: ['TEXT'], inferenceTypesSupported: ['ON_DEMAND'] },
      ],
    },
    '/provisioned-model-throughputs': { provisionedModelSummaries: [{ provisionedModelArn: 'p', modelArn: 'no arn', status: 'Creating' }] },
  };
  const some: Script = (exchange) => {
    const list = lists[exchange.path.split('?')[0] ?? ''];
    if (list === undefined) denied(exchange);
    else exchange.json(list);
  };

  it('leave out what cannot answer a prompt, and name the list that was refused', async () => {
    server.answer(some);
    const models = answerOf(await listModels(target(), neverAborted));
    assert.deepEqual(
      models.callables.map(({ id }) => id),
      ['usable'],
    );
    assert.deepEqual(
      models.ungiven.map(({ action, failure }) => [action, failure.code]),
      [['bedrock:ListPromptRouters', 'accessDenied']],
    );
  });

  it('are asked for as no one on this machine', async () => {
    server.answer(some);
    await listModels(target(), neverAborted);
    for (const { headers } of server.exchanges)
      assert.match(headers.authorization ?? '', /^AWS4-HMAC-SHA256 Credential=CACHEPOINT\/.*\/us-east-1\/bedrock\//);
  });

  it('read every page', async () => {
    const ids: string[] = [];
    const profile = (id: string) => ({
      inferenceProfileId: id,
      inferenceProfileArn: id,
      models: [{ modelArn: `arn:aws:bedrock:us-east-1::foundation-model/${id}` }],
      type: 'SYSTEM_DEFINED',
      status: 'ACTIVE',
    });
    server.answer((exchange) => {
      const { searchParams, pathname } = new URL(exchange.path, server.url);
      if (pathname !== '/inference-profiles' || searchParams.get('type') === 'APPLICATION') return some(exchange);
      const page = Number(searchParams.get('nextToken') ?? 0);
      ids.push(`p${page}`);
      exchange.json({ inferenceProfileSummaries: [profile(`p${page}`)], ...(page < 2 ? { nextToken: String(page + 1) } : {}) });
    });
    const models = answerOf(await listModels(target(), neverAborted));
    assert.deepEqual(
      models.callables.filter(({ kind }) => kind === 'profile').map(({ id }) => id),
      ['p0', 'p1', 'p2'],
    );
    assert.deepEqual(ids, ['p0', 'p1', 'p2']);
  });

  it('fail as one where every list is refused', async () => {
    server.answer((exchange) => exchange.refuse(403, 'ExpiredTokenException', 'The security token included in the request is expired'));
    const answer = await listModels(target(), neverAborted);
    assert.ok(isFailure(answer) && answer.code === 'credentials' && answer.reason === 'expired');
  });

  it('end at once when they are called off, and close their connections', async () => {
    server.answer(() => undefined);
    const controller = new AbortController();
    const asking = listModels(target(), controller.signal);
    await server.request(1);
    controller.abort();
    const answer = await within(500, asking);
    assert.ok(isFailure(answer) && answer.code === 'canceled');
    await within(500, Promise.all(server.exchanges.map(({ closed }) => closed)));
  });

  it('are not asked for access after the first refusal', async () => {
    server.answer((exchange) => exchange.refuse(403, 'AccessDeniedException', 'not authorized to perform'));
    const ids = Array.from({ length: 40 }, (_, at) => `m${at}`);
    const answer = await modelAccess(ids, target(), neverAborted, () => undefined);
    assert.ok(isFailure(answer) && answer.code === 'accessDenied');
    assert.ok(server.exchanges.length <= 4, String(server.exchanges.length));
  });
});
