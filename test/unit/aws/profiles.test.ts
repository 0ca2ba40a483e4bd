import assert from 'node:assert/strict';
import { listProfiles, loginFor } from '../../../src/aws/profiles';
import { enterHome } from '../../wire/aws/support/home';
import type { Home } from '../../wire/aws/support/home';

const config = `
[default]
region = us-east-1
[profile keys]
region = eu-west-1
[profile sso-new]
sso_session = corp
sso_account_id = 123456789012
[profile sso-old]
sso_start_url = https://example.invalid/start
region = us-west-2
[profile role]
role_arn = arn:aws:iam::123456789012:role/dev
source_profile = keys
[profile process]
credential_process = /bin/true
[profile login]
login_session = arn:aws:iam::123456789012:user/me
[sso-session corp]
sso_region = us-east-1
[services local]
bedrock_runtime =
  endpoint_url = http://127.0.0.1:9
`;
const credentials =
  '[keys]\naws_access_key_id = AKIASECRET\naws_secret_access_key = verysecret\n[only-here]\naws_access_key_id = AKIASECRET\naws_secret_access_key = verysecret\nregion = sa-east-1\n';

describe('listProfiles', () => {
  let home: Home;
  beforeEach(async () => (home = await enterHome()));
  afterEach(() => home.leave());

  it('lists the profiles of both files with region and kind, default first', async () => {
    await home.write('config', config);
    await home.write('credentials', credentials);
    assert.deepEqual(
      (await listProfiles()).map(({ name, region, kind }) => [name, region, kind]),
      [
        ['default', 'us-east-1', 'other'],
        ['keys', 'eu-west-1', 'keys'],
        ['login', undefined, 'login'],
        ['only-here', 'sa-east-1', 'keys'],
        ['process', undefined, 'process'],
        ['role', undefined, 'role'],
        ['sso-new', undefined, 'sso'],
        ['sso-old', 'us-west-2', 'sso'],
      ],
    );
  });

  it('tell which login the AWS CLI is asked for, of a role that of the profile it is taken from', async () => {
    await home.write('config', `${config}[profile role-of-sso]\nrole_arn = arn:aws:iam::123456789012:role/dev\nsource_profile = sso-new\n`);
    await home.write('credentials', credentials);
    assert.deepEqual(await loginFor('sso-new'), { command: 'sso', profile: 'sso-new' });
    assert.deepEqual(await loginFor('login'), { command: 'login', profile: 'login' });
    assert.deepEqual(await loginFor('role-of-sso'), { command: 'sso', profile: 'sso-new' });
    for (const name of ['keys', 'process', 'role', 'nowhere', undefined]) assert.equal(await loginFor(name), undefined);
    home.set({ AWS_PROFILE: 'sso-old' });
    assert.deepEqual(await loginFor(undefined), { command: 'sso', profile: 'sso-old' });
  });

  it('never gives a secret away', async () => {
    await home.write('credentials', credentials);
    const text = JSON.stringify(await listProfiles());
    for (const secret of ['AKIASECRET', 'verysecret']) assert.ok(!text.includes(secret));
  });

  it('gives none without files, and for files that are no INI', async () => {
    assert.deepEqual(await listProfiles(), []);
    await home.write('config', '\u0000\u0001{"json": true}\n[[[\n= = =\n');
    assert.ok(Array.isArray(await listProfiles()));
  });

  it('sees a file that changed since the last time', async () => {
    await home.write('config', '[profile one]\nregion = us-east-1\n');
    assert.deepEqual(
      (await listProfiles()).map(({ name }) => name),
      ['one'],
    );
    await home.write('config', '[profile two]\nregion = us-east-1\n');
    assert.deepEqual(
      (await listProfiles()).map(({ name }) => name),
      ['two'],
    );
  });
});
