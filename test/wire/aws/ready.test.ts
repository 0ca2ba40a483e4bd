import assert from 'node:assert/strict';
import { disposeClients } from '../../../src/aws/clients';
import { readyCall } from '../../../src/aws/ready';
import type { Readiness } from '../../../src/core/runs/port';
import { collect, neverAborted, targetAt, within } from './support/calls';
import { enterHome } from './support/home';
import type { Home } from './support/home';
import { startRawBedrock, wholeAnswer } from './support/rawBedrock';
import type { RawBedrock } from './support/rawBedrock';

const placeOf = (ready: Readiness) => ('place' in ready ? ready.place : assert.fail(JSON.stringify(ready)));
const failureOf = (ready: Readiness) => ('failure' in ready ? ready.failure : assert.fail(JSON.stringify(ready)));

describe('aws: whether a call can start', () => {
  let server: RawBedrock;
  let home: Home;
  beforeEach(async () => {
    home = await enterHome();
    server = await startRawBedrock();
    server.answer((exchange) =>
      exchange.path === '/credentials'
        ? exchange.json({
            AccessKeyId: 'KEY',
            SecretAccessKey: 's',
            Token: 't',
            Expiration: new Date(Date.now() + 3_600_000).toISOString(),
          })
        : exchange.stream(wholeAnswer()),
    );
  });
  afterEach(async () => {
    disposeClients();
    await server.close();
    await home.leave();
  });
  const live = () => ({ ...targetAt(server.url), service: 'aws' as const, region: 'eu-west-1' });
  const ready = (changes: object = {}, signal: AbortSignal = neverAborted) => readyCall({ ...live(), ...changes }, 'm', signal);

  it('is told with where it would go and as whom, and sends nothing', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's' });
    assert.deepEqual(placeOf(await ready()), {
      name: 'Amazon Bedrock',
      address: server.url,
      region: 'eu-west-1',
      identity: 'environment credentials',
    });
    assert.equal(placeOf(await ready({ service: 'custom' })).name, server.url);
    home.set({ AWS_BEARER_TOKEN_BEDROCK: 'key' });
    assert.equal(placeOf(await ready()).identity, 'AWS_BEARER_TOKEN_BEDROCK');
    assert.equal(server.exchanges.length, 0);
  });

  it('is told with the address of bedrock-mantle where the call goes there', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's' });
    const there = await readyCall({ ...live(), endpoint: undefined }, 'm', neverAborted, 'Messages');
    assert.equal(placeOf(there).address, 'https://bedrock-mantle.eu-west-1.api.aws');
    assert.equal(placeOf(await readyCall(live(), 'm', neverAborted, 'Messages')).address, server.url);
  });

  it('is denied without credentials, without a Region, and with a profile that is not there', async () => {
    assert.equal(failureOf(await ready()).code, 'credentials');
    assert.equal(failureOf(await ready({ region: undefined })).code, 'credentials', 'nothing at all is what has to be said');
    assert.equal(failureOf(await ready({ region: undefined, profile: 'nobody' })).code, 'regionMissing');
    home.set({ AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's' });
    assert.equal(failureOf(await ready({ region: undefined })).code, 'regionMissing');
    assert.equal(failureOf(await ready({ profile: 'nobody' })).code, 'signIn');
    assert.equal(server.exchanges.length, 0);
  });

  it('signs in once for itself and the call that follows', async () => {
    home.set({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.url}/credentials` });
    placeOf(await ready());
    assert.equal((await collect(live())).at(-1)?.type, 'finished');
    assert.deepEqual(
      server.exchanges.map(({ path }) => path.includes('/credentials')),
      [true, false],
    );
  });

  it('looks again after it was denied', async () => {
    assert.equal(failureOf(await ready({ profile: 'dev' })).code, 'signIn');
    await home.write('credentials', '[dev]\naws_access_key_id = K\naws_secret_access_key = s\n');
    assert.equal(placeOf(await ready({ profile: 'dev' })).identity, 'profile dev');
  });

  it('ends at once when it is canceled while it signs in', async () => {
    home.set({ AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.url}/credentials` });
    server.answer(() => undefined);
    const controller = new AbortController();
    const asking = ready({}, controller.signal);
    const exchange = await server.request(1);
    controller.abort();
    assert.equal(failureOf(await within(300, asking)).code, 'canceled');
    exchange.json({ AccessKeyId: 'KEY', SecretAccessKey: 's', Token: 't', Expiration: new Date(Date.now() + 3_600_000).toISOString() });
  });
});
