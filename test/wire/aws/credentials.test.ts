import assert from 'node:assert/strict';
import { join } from 'node:path';
import { disposeClients } from '../../../src/aws/clients';
import type { RunEvent } from '../../../src/core/runs/events';
import { collect, failureOf, ofType, targetAt } from './support/calls';
import { enterHome } from './support/home';
import type { Home } from './support/home';
import { startRawBedrock, wholeAnswer } from './support/rawBedrock';
import type { RawBedrock } from './support/rawBedrock';

const keys = (id: string): string => `aws_access_key_id = ${id}\naws_secret_access_key = secret\n`;
const aws = { service: 'aws', maxAttempts: 1 } as const;

describe('aws: who signs a call', () => {
  let server: RawBedrock;
  let home: Home;
  before(async () => (server = await startRawBedrock()));
  after(() => server.close());
  beforeEach(async () => {
    home = await enterHome();
    server.answer((exchange) => exchange.stream(wholeAnswer()));
  });
  afterEach(async () => {
    disposeClients();
    await home.leave();
  });

  const run = (changes: Parameters<typeof targetAt>[1] = {}): Promise<readonly RunEvent[]> =>
    collect(targetAt(server.url, { ...aws, ...changes }));
  const authorization = (): string => String(server.exchanges.at(-1)?.headers.authorization);
  const identityOf = (events: readonly RunEvent[]): string | undefined => ofType(events, 'started')[0]?.identity;
  const signedBy = (key: string, region = 'us-east-1'): RegExp =>
    new RegExp(`^AWS4-HMAC-SHA256 Credential=${key}/\\d{8}/${region}/bedrock/`);

  it('signs with the keys of the environment', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'ENVKEY', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'us-east-1' });
    assert.equal(identityOf(await run()), 'environment credentials');
    assert.match(authorization(), signedBy('ENVKEY'));
  });

  it('signs with a picked profile, in its region', async () => {
    await home.write('config', `[profile dev]\nregion = eu-central-1\n${keys('DEVKEY')}`);
    assert.equal(identityOf(await run({ profile: 'dev' })), 'profile dev');
    assert.match(authorization(), signedBy('DEVKEY', 'eu-central-1'));
  });

  it('prefers a picked profile to the keys and the bearer token of the environment', async () => {
    await home.write('credentials', `[dev]\n${keys('DEVKEY')}`);
    home.set({
      AWS_ACCESS_KEY_ID: 'ENVKEY',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_BEARER_TOKEN_BEDROCK: 'bearer-secret',
      AWS_PROFILE: 'other',
      AWS_REGION: 'us-east-1',
    });
    assert.equal(identityOf(await run({ profile: 'dev' })), 'profile dev');
    assert.match(authorization(), signedBy('DEVKEY'));
  });

  it('prefers the bearer token to everything else when no profile is picked', async () => {
    home.set({
      AWS_ACCESS_KEY_ID: 'ENVKEY',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_BEARER_TOKEN_BEDROCK: 'bearer-secret',
      AWS_REGION: 'us-east-1',
    });
    const events = await run();
    assert.equal(identityOf(events), 'AWS_BEARER_TOKEN_BEDROCK');
    assert.equal(authorization(), 'Bearer bearer-secret');
    assert.ok(!JSON.stringify(events).includes('bearer-secret'));
  });

  it('takes an empty bearer token for none', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'ENVKEY', AWS_SECRET_ACCESS_KEY: 's', AWS_BEARER_TOKEN_BEDROCK: '', AWS_REGION: 'us-east-1' });
    assert.equal(identityOf(await run()), 'environment credentials');
    assert.match(authorization(), signedBy('ENVKEY'));
  });

  it('takes AWS_PROFILE, and says so', async () => {
    await home.write('config', `[profile team]\nregion = us-west-2\n${keys('TEAMKEY')}`);
    home.set({ AWS_PROFILE: 'team' });
    assert.equal(identityOf(await run()), 'profile team (AWS_PROFILE)');
    assert.match(authorization(), signedBy('TEAMKEY', 'us-west-2'));
  });

  it('takes the default profile last', async () => {
    await home.write('credentials', `[default]\nregion = ap-southeast-2\n${keys('DEFAULTKEY')}`);
    assert.equal(identityOf(await run()), 'default chain');
    assert.match(authorization(), signedBy('DEFAULTKEY', 'ap-southeast-2'));
  });

  it('takes the region from the setting, then the profile, then the environment', async () => {
    await home.write('config', `[profile dev]\nregion = eu-central-1\n${keys('DEVKEY')}[profile bare]\n${keys('BAREKEY')}`);
    home.set({ AWS_REGION: 'sa-east-1' });
    await run({ profile: 'dev', region: 'us-east-2' });
    assert.match(authorization(), signedBy('DEVKEY', 'us-east-2'));
    await run({ profile: 'dev' });
    assert.match(authorization(), signedBy('DEVKEY', 'eu-central-1'));
    await run({ profile: 'bare' });
    assert.match(authorization(), signedBy('BAREKEY', 'sa-east-1'));
  });

  it('names what to set when no region is known, and sends nothing', async () => {
    await home.write('credentials', `[dev]\n${keys('DEVKEY')}`);
    const { code, detail } = failureOf(await run({ profile: 'dev' }));
    assert.equal(code, 'regionMissing');
    for (const part of ['cachepoint.region', 'profile dev', 'AWS_REGION']) assert.ok(detail.includes(part), part);
    assert.equal(server.exchanges.length, 0);
  });

  it('runs a credential process', async () => {
    const reply = JSON.stringify({ Version: 1, AccessKeyId: 'PROCESSKEY', SecretAccessKey: 's' });
    await home.write('reply.json', reply);
    const script = `${process.execPath} -p fs.readFileSync('${join(home.folder, '.aws', 'reply.json').replaceAll('\\', '/')}','utf8')`;
    await home.write('config', `[profile dev]\nregion = us-east-1\ncredential_process = ${script.replace(/-p (.*)$/, '-p "$1"')}\n`);
    await run({ profile: 'dev' });
    assert.match(authorization(), signedBy('PROCESSKEY'));
  });

  const credentialFailure = async (changes: Parameters<typeof targetAt>[1] = {}) => {
    const failure = failureOf(await run({ region: 'us-east-1', ...changes }));
    assert.ok(failure.code === 'credentials', JSON.stringify(failure));
    assert.equal(server.exchanges.length, 0);
    return failure;
  };

  it('says that credentials are missing when nothing gives any', async () => {
    const { reason, profile } = await credentialFailure();
    assert.deepEqual({ reason, profile }, { reason: 'missing', profile: undefined });
  });

  it('never goes on to other credentials when the picked profile does not exist', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'ENVKEY', AWS_SECRET_ACCESS_KEY: 's', AWS_CONTAINER_CREDENTIALS_FULL_URI: `${server.url}/credentials` });
    const failure = failureOf(await run({ region: 'us-east-1', profile: 'nowhere' }));
    assert.ok(failure.code === 'signIn' && failure.reason === 'notFound' && failure.subject === 'nowhere');
    assert.equal(server.exchanges.length, 0);
  });

  it('sees a new login without a restart', async () => {
    await home.write('credentials', `[dev]\n${keys('OLDKEY')}`);
    server.answer(
      (exchange) => exchange.refuse(403, 'ExpiredTokenException', 'The security token included in the request is expired'),
      (exchange) => exchange.stream(wholeAnswer()),
    );
    const failure = failureOf(await run({ profile: 'dev', region: 'us-east-1' }));
    assert.equal(failure.code === 'credentials' && failure.profile, 'dev');
    await home.write('credentials', `[dev]\n${keys('NEWKEY')}`);
    assert.equal((await run({ profile: 'dev', region: 'us-east-1' })).at(-1)?.type, 'finished');
    assert.match(authorization(), signedBy('NEWKEY'));
  });

  for (const service of ['emulator', 'custom'] as const) {
    it(`sends no real identity to a plain http ${service} endpoint`, async () => {
      await home.write('config', `[default]\nregion = eu-west-3\n${keys('DEFAULTKEY')}[profile dev]\n${keys('DEVKEY')}`);
      home.set({
        AWS_ACCESS_KEY_ID: 'ENVKEY',
        AWS_SECRET_ACCESS_KEY: 's',
        AWS_SESSION_TOKEN: 'session-secret',
        AWS_BEARER_TOKEN_BEDROCK: 'bearer-secret',
      });
      assert.equal(identityOf(await run({ service, profile: 'dev' })), 'no AWS identity');
      assert.match(authorization(), signedBy('CACHEPOINT'));
      assert.equal(server.exchanges[0]?.headers['x-amz-security-token'], undefined);
    });
  }

  it('signs with the real identity for a custom https endpoint', async () => {
    await home.write('credentials', `[dev]\n${keys('DEVKEY')}`);
    const events = await collect(
      targetAt('https://127.0.0.1:1', { service: 'custom', profile: 'dev', region: 'us-east-1', maxAttempts: 1 }),
    );
    assert.equal(identityOf(events), 'profile dev');
    assert.equal(failureOf(events).code, 'network');
  });
});
