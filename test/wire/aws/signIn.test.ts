import assert from 'node:assert/strict';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { callerIdentity } from '../../../src/aws/caller';
import { disposeClients } from '../../../src/aws/clients';
import { useMfaQuestion } from '../../../src/aws/signIn';
import { secret } from '../../../src/core/runs/secret';
import type { RunFailure } from '../../../src/core/runs/failure';
import type { Target } from '../../../src/core/runs/port';
import type { SignInReason, SignInSource } from '../../../src/core/runs/signIn';
import { collect, failureOf, neverAborted, within } from './support/calls';
import { json, startDoubles, stsCaller, stsError, stsKeys, testCa } from './support/doubles';
import type { Doubles, Reply } from './support/doubles';
import { enterHome } from './support/home';
import type { Home } from './support/home';
import { isTold, rowOf, viewOf } from './support/told';

const ssoProfile = `[profile dev]
region = us-east-1
sso_session = corp
sso_account_id = 111122223333
sso_role_name = Dev
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.example/start
`;
const roleProfile = `[profile base]
aws_access_key_id = BASEKEY
aws_secret_access_key = s
[profile dev]
region = us-east-1
role_arn = arn:aws:iam::111122223333:role/Dev
source_profile = base
`;
const role = 'arn:aws:iam::111122223333:role/Dev';
const tomorrow = (): string => new Date(Date.now() + 86_400_000).toISOString();
const node = `"${process.execPath}"`;

const docs = join(__dirname, '..', '..', '..', 'docs');

/** What a source may fail by, as it stands in `docs/signing-in.md`. */
type Failures = Partial<Readonly<Record<SignInReason, string>>>;

/** What any service that is asked over the network may fail by; `who` is asked. */
const ofService = (who: string): Failures => ({
  throttled: `${who} throttles`,
  unavailable: `${who} is down (HTTP 500 and above)`,
  unreachable: `no connection to ${who}`,
  certificate: `${who}, or something on the way, shows a certificate that is not trusted`,
  timeout: `${who} hangs`,
});
const ofSts: Failures = { ...ofService('STS'), failed: 'STS answers something else', regionOff: 'STS is switched off in the Region' };

/** Every failure of every source. The document for people has the same, with what the panel says; each is played below. */
const failures: Readonly<Record<SignInSource, { readonly title: string; readonly rows: Failures }>> = {
  profile: {
    title: 'A profile of the shared files',
    rows: { notFound: 'the profile is in neither file', incomplete: 'it names no source of credentials' },
  },
  environment: {
    title: 'Keys in the environment',
    rows: { incomplete: 'a profile says `credential_source = Environment`, and a variable is missing' },
  },
  sso: {
    title: 'IAM Identity Center',
    rows: {
      expired: 'the login has ended, or never was',
      revoked: 'it was signed out (401)',
      denied: 'the role or the account was taken away (403, 404)',
      incomplete: 'the `sso-session` that the profile names is not there',
      failed: 'the portal answers something else',
      ...ofService('the portal'),
    },
  },
  login: {
    title: '`aws login`',
    rows: {
      expired: 'the login has ended, or never was',
      revoked: 'the password has changed',
      denied: 'renewing it is not allowed',
      ...ofService('the sign-in service'),
    },
  },
  role: {
    title: 'A role',
    rows: {
      denied: 'STS refuses',
      expired: 'the keys of its source have ended',
      invalid: 'the keys of its source are unknown',
      loop: 'roles lead back to themselves',
      mfaMissing: 'it wants a code, and none was given',
      mfaRefused: 'the code was refused',
      ...ofSts,
    },
  },
  webIdentity: {
    title: 'A web identity',
    rows: {
      notFound: 'the file of the token is not there',
      expired: 'the token has ended',
      invalid: 'the token is refused',
      denied: 'STS refuses',
      ...ofSts,
    },
  },
  process: {
    title: 'A `credential_process`',
    rows: {
      notFound: 'there is no such program',
      failed: 'it ends with an error',
      timeout: 'it hangs; it is ended, with all that it started',
      version: 'it speaks another version than 1',
      garbage: 'it prints something that is no JSON',
      incomplete: 'it prints no keys',
      expired: 'it prints keys that have ended',
    },
  },
  container: {
    title: 'A container',
    rows: {
      denied: 'the service of the container refuses (401, 403)',
      unavailable: 'it is down (HTTP 500 and above)',
      unreachable: 'it is not there',
      timeout: 'it hangs',
      garbage: 'it answers something else',
      incomplete: 'its address is one that keys must not come from',
      notFound: 'the file of its token is not there',
    },
  },
  instance: {
    title: 'An instance',
    rows: { denied: 'it has no role, or refuses', unreachable: 'nothing answers, or it hangs' },
  },
  apiKey: {
    title: 'A Bedrock API key',
    rows: {
      notFound: 'it was chosen, and is kept no more',
      expired: 'the time of a short-term key is over',
      regionOff: 'a short-term key is for another Region',
    },
  },
  sts: {
    title: '*Show AWS Identity*',
    rows: {
      denied: 'STS refuses',
      expired: 'the keys have ended',
      invalid: 'the keys are unknown',
      ...ofSts,
    },
  },
};

/** What differs from run to run. */
const steady = (text: string, folder: string): string =>
  text
    .replaceAll(folder, '~')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME')
    .replaceAll(/\b127\.0\.0\.1:\d+/g, 'ADDRESS');

describe('aws: signing in, source by source', () => {
  let doubles: Doubles;
  let home: Home;
  before(async () => (doubles = await startDoubles()));
  after(() => doubles.close());
  beforeEach(async () => {
    home = await enterHome();
    home.set({ HTTPS_PROXY: doubles.proxy, NO_PROXY: '', AWS_CA_BUNDLE: testCa });
    doubles.reset();
  });
  afterEach(async () => {
    for (const one of asked('bedrock-runtime')) noteSigned(String(one.headers.authorization));
    disposeClients();
    useMfaQuestion(() => Promise.resolve(undefined));
    await home.leave();
  });

  const target = (changes: Partial<Target> = {}): Target => ({
    service: 'aws',
    endpoint: undefined,
    region: 'us-east-1',
    profile: 'dev',
    timeoutMs: 5_000,
    maxAttempts: 1,
    ...changes,
  });
  /** Keys and tokens that Bedrock was called with, and as whom the panel shows each. */
  const signed = new Map<string, Set<string>>();
  let shown: string[] = [];
  const noteSigned = (authorization: string): void => {
    const key = /Credential=(\w+)|Bearer (\S+)/.exec(authorization)?.slice(1).join('') ?? '';
    signed.set(key, new Set([...(signed.get(key) ?? []), ...shown]));
  };
  /** What the panel says of each failure that was played: the first words of each. */
  const told = new Map<string, readonly string[]>();
  const note = (failure: Extract<RunFailure, { readonly code: 'signIn' }>): void => {
    const { failure: view = assert.fail('no failure') } = viewOf([
      { type: 'started', at: 0, modelId: 'm', identity: '' },
      { type: 'failed', at: 1, failure },
    ]);
    const name = `${failure.source} ${failure.reason}`;
    assert.ok(view.steps[0] !== undefined && view.steps[0] !== '', `${name} says what helps`);
    const cells = [`**${view.title}.** ${view.text.replace('Nothing was sent. ', '')}`, view.steps[0]];
    if (!told.has(name))
      told.set(
        name,
        cells.map((cell) => steady(cell, home.folder)),
      );
  };
  const run = async (changes: Partial<Target> = {}, signal?: AbortSignal) => {
    const events = await collect(target(changes), { ...(signal === undefined ? {} : { signal }) });
    shown = events.flatMap((event) => (event.type === 'started' ? [event.identity] : []));
    return events;
  };
  const asked = (host: string) => doubles.asked.filter((one) => one.host.startsWith(`${host}.`));
  /** The run is answered, signed with this key. */
  const isSigned = async (key: string, changes: Partial<Target> = {}): Promise<void> => {
    const events = await run(changes);
    assert.equal(events.at(-1)?.type, 'finished', JSON.stringify(events.at(-1)));
    assert.match(String(asked('bedrock-runtime').at(-1)?.headers.authorization), new RegExp(`Credential=${key}/`));
  };
  /** The run fails while signing in: nothing reaches Bedrock. */
  const isRefused = async (
    source: SignInSource,
    reason: SignInReason,
    changes: Partial<Target> = {},
  ): Promise<{ readonly subject: string | undefined; readonly detail: string }> => {
    const failure = failureOf(await run(changes));
    assert.ok(failure.code === 'signIn', JSON.stringify(failure));
    assert.deepEqual([failure.source, failure.reason], [source, reason], JSON.stringify(failure));
    assert.deepEqual(asked('bedrock-runtime'), []);
    note(failure);
    return failure;
  };
  const ssoToken = (changes: object = {}): Promise<void> =>
    home.write(
      `sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`,
      JSON.stringify({
        accessToken: 'token',
        expiresAt: tomorrow(),
        startUrl: 'https://corp.example/start',
        region: 'us-east-1',
        ...changes,
      }),
    );
  const refreshable = { expiresAt: '2020-01-01T00:00:00Z', clientId: 'c', clientSecret: 's', refreshToken: 'r' };
  const ssoKeys = (): Reply =>
    json(200, { roleCredentials: { accessKeyId: 'SSOKEY', secretAccessKey: 's', sessionToken: 't', expiration: Date.now() + 3_600_000 } });

  describe('IAM Identity Center', () => {
    beforeEach(() => home.write('config', ssoProfile));

    it('gives the keys of the role, once for all calls until they end', async () => {
      await ssoToken();
      doubles.on('portal.sso', ssoKeys);
      await isSigned('SSOKEY');
      const again = await run();
      assert.deepEqual(
        again.flatMap((event) => (event.type === 'started' || event.type === 'signedIn' ? [event.identity] : [])),
        ['profile dev', 'profile dev, account 111122223333, role Dev'],
      );
      assert.equal(asked('portal.sso').length, 1);
      assert.equal(asked('portal.sso')[0]?.headers['x-amz-sso_bearer_token'], 'token');
      assert.match(asked('portal.sso')[0]?.path ?? '', /role_name=Dev.*account_id=111122223333|account_id=111122223333.*role_name=Dev/);
    });

    it('has its token refreshed by the SDK, which writes it into its cache', async () => {
      await ssoToken(refreshable);
      doubles.on('oidc', () => json(200, { accessToken: 'fresh', expiresIn: 28_800, refreshToken: 'r2' }));
      doubles.on('portal.sso', ssoKeys);
      await isSigned('SSOKEY');
      assert.equal(asked('portal.sso')[0]?.headers['x-amz-sso_bearer_token'], 'fresh');
    });

    it('has no login, or one that has ended', async () => {
      await isRefused('sso', 'expired');
      await ssoToken({ expiresAt: '2020-01-01T00:00:00Z' });
      assert.equal((await isRefused('sso', 'expired')).subject, 'dev');
      assert.deepEqual(doubles.asked, []);
    });

    for (const [status, reason, says] of [
      [401, 'revoked', 'UnauthorizedException'],
      [403, 'denied', 'ForbiddenException'],
      [404, 'denied', 'ResourceNotFoundException'],
      [429, 'throttled', 'TooManyRequestsException'],
      [503, 'unavailable', 'ServiceUnavailable'],
      [400, 'failed', 'InvalidRequestException'],
    ] as const)
      it(`is told ${reason} from HTTP ${status} of the portal`, async () => {
        await ssoToken();
        doubles.on('portal.sso', () => json(status, { message: 'no' }, { 'x-amzn-errortype': says }));
        const { subject } = await isRefused('sso', reason);
        assert.ok(subject !== undefined && subject !== '');
      });

    it('cannot be reached', async () => {
      await ssoToken();
      doubles.on('portal.sso', () => 'cut');
      assert.equal((await isRefused('sso', 'unreachable')).subject, 'portal.sso.us-east-1.amazonaws.com');
    });

    it('answers with a certificate that is not trusted', async () => {
      await ssoToken();
      home.set({ AWS_CA_BUNDLE: '' });
      await isRefused('sso', 'certificate');
    });

    it('is given up when it hangs', async () => {
      await ssoToken();
      doubles.on('portal.sso', () => 'hang');
      await within(4_000, isRefused('sso', 'timeout', { timeoutMs: 600 }));
    });

    it('lacks its session in the files', async () => {
      await home.write('config', ssoProfile.replace('sso-session corp', 'sso-session other'));
      await isRefused('sso', 'incomplete');
    });
  });

  describe('aws login', () => {
    const session = 'arn:aws:iam::111122223333:user/me';
    const dpopKey = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ format: 'pem', type: 'sec1' });
    const loginToken = (changes: object): Promise<void> =>
      home.write(
        `login/cache/${createHash('sha256').update(session).digest('hex')}.json`,
        JSON.stringify({
          accessToken: {
            accessKeyId: 'LOGINKEY',
            secretAccessKey: 's',
            sessionToken: 't',
            accountId: '111122223333',
            expiresAt: tomorrow(),
          },
          clientId: 'c',
          refreshToken: 'r',
          dpopKey,
          ...changes,
        }),
      );
    const renewed = json(200, {
      accessToken: { accessKeyId: 'NEWKEY', secretAccessKey: 's', sessionToken: 't' },
      tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
      expiresIn: 900,
      refreshToken: 'r2',
    });
    /** Keys that last for another minute: the SDK asks for new ones. */
    const endingSoon = () => ({
      accessKeyId: 'OLDKEY',
      secretAccessKey: 's',
      sessionToken: 't',
      accountId: '111122223333',
      expiresAt: new Date(Date.now() + 60_000).toISOString(),
    });
    const ended = { ...endingSoon(), expiresAt: '2020-01-01T00:00:00Z' };
    const refusal = (error: string): Reply => json(403, { error, message: 'no' }, { 'x-amzn-errortype': 'AccessDeniedException' });
    beforeEach(() => home.write('config', `[profile dev]\nregion = us-east-1\nlogin_session = ${session}\n`));

    it('gives its keys while they last', async () => {
      await loginToken({});
      await isSigned('LOGINKEY');
    });

    it('has no login', () => isRefused('login', 'expired'));

    it('renews keys that are about to end, and keeps them for the next call', async () => {
      await loginToken({ accessToken: endingSoon() });
      doubles.on('us-east-1.signin.aws.amazon.com', () => renewed);
      await isSigned('NEWKEY', { region: 'eu-west-1' });
      const [{ path, body, headers } = assert.fail('not asked')] = doubles.asked;
      assert.deepEqual([path, JSON.parse(body)], ['/v1/token', { clientId: 'c', refreshToken: 'r', grantType: 'refresh_token' }]);
      assert.match(String(headers['dpop']), /^[\w-]+\.[\w-]+\.[\w-]+$/);

      disposeClients();
      doubles.reset();
      await isSigned('NEWKEY', { region: 'eu-west-1' });
      assert.deepEqual(
        doubles.asked.map(({ host }) => host),
        ['bedrock-runtime.eu-west-1.amazonaws.com'],
      );
    });

    for (const [error, reason] of [
      ['TOKEN_EXPIRED', 'expired'],
      ['USER_CREDENTIALS_CHANGED', 'revoked'],
      ['INSUFFICIENT_PERMISSIONS', 'denied'],
    ] as const)
      it(`is told ${reason} where the service says ${error}`, async () => {
        await loginToken({ accessToken: ended });
        doubles.on('us-east-1.signin.aws.amazon.com', () => refusal(error));
        await isRefused('login', reason);
      });

    for (const [answer, reason] of [
      ['cut', 'unreachable'],
      ['hang', 'timeout'],
      [json(503, {}), 'unavailable'],
      [json(429, { error: 'x', message: 'no' }, { 'x-amzn-errortype': 'TooManyRequestsError' }), 'throttled'],
    ] as const)
      it(`cannot be renewed: ${reason}`, async () => {
        await loginToken({ accessToken: ended });
        doubles.on('us-east-1.signin.aws.amazon.com', () => answer);
        await within(8_000, isRefused('login', reason, answer === 'hang' ? { timeoutMs: 700 } : {}));
      });

    it('cannot be renewed where the certificate is not trusted', async () => {
      await loginToken({ accessToken: ended });
      home.set({ AWS_CA_BUNDLE: '' });
      await isRefused('login', 'certificate');
    });

    it('uses keys that still last for a minute when nobody renews them', async () => {
      await loginToken({ accessToken: endingSoon() });
      doubles.on('us-east-1.signin.aws.amazon.com', () => json(503, {}));
      await isSigned('OLDKEY');
    });
  });

  describe('a role', () => {
    beforeEach(() => home.write('config', roleProfile));

    it('is assumed in the Region of its profile, with the keys of its source', async () => {
      doubles.on('sts', () => stsKeys('AssumeRole', 'ROLEKEY'));
      await isSigned('ROLEKEY');
      assert.equal(asked('sts')[0]?.host, 'sts.us-east-1.amazonaws.com');
      assert.match(String(asked('sts')[0]?.headers.authorization), /Credential=BASEKEY\//);
      assert.match(asked('sts')[0]?.body ?? '', /RoleArn=arn%3Aaws%3Aiam%3A%3A111122223333%3Arole%2FDev/);
    });

    it('is taken from another role', async () => {
      await home.write('config', `${roleProfile}[profile top]\nregion = eu-west-1\nrole_arn = ${role}Top\nsource_profile = dev\n`);
      doubles.on('sts', ({ body }) => stsKeys('AssumeRole', body.includes('DevTop') ? 'TOPKEY' : 'ROLEKEY'));
      await isSigned('TOPKEY', { profile: 'top' });
      assert.deepEqual(
        asked('sts').map(({ host, headers }) => [host, /Credential=(\w+)/.exec(String(headers.authorization))?.[1]]),
        [
          ['sts.us-east-1.amazonaws.com', 'BASEKEY'],
          ['sts.eu-west-1.amazonaws.com', 'ROLEKEY'],
        ],
      );
    });

    for (const [status, code, message, reason] of [
      [403, 'AccessDenied', 'User: x is not authorized to perform: sts:AssumeRole', 'denied'],
      [400, 'Throttling', 'Rate exceeded', 'throttled'],
      [403, 'RegionDisabledException', 'STS is not activated in this region for account:1', 'regionOff'],
      [403, 'ExpiredToken', 'The security token included in the request is expired', 'expired'],
      [403, 'InvalidClientTokenId', 'The security token included in the request is invalid.', 'invalid'],
      [503, 'ServiceUnavailable', 'no', 'unavailable'],
      [400, 'ValidationError', 'no', 'failed'],
    ] as const)
      it(`is told ${reason} where STS says ${code}`, async () => {
        doubles.on('sts', () => stsError(status, code, message));
        const { subject, detail } = await isRefused('role', reason);
        assert.equal(detail, message);
        assert.equal(subject, { regionOff: 'us-east-1', unavailable: 'sts.us-east-1.amazonaws.com' }[reason as string] ?? role);
      });

    it('cannot be asked for, as STS is not there', async () => {
      doubles.on('sts', () => 'cut');
      assert.equal((await isRefused('role', 'unreachable')).subject, 'sts.us-east-1.amazonaws.com');
    });

    it('is given up when STS hangs, and not asked for where its certificate is not trusted', async () => {
      doubles.on('sts', () => 'hang');
      await within(4_000, isRefused('role', 'timeout', { timeoutMs: 600 }));
      home.set({ AWS_CA_BUNDLE: '' });
      assert.equal((await isRefused('role', 'certificate')).subject, 'sts.us-east-1.amazonaws.com');
    });

    it('asks a person for the code of a device, and no time runs meanwhile', async () => {
      await home.write('config', `${roleProfile}mfa_serial = arn:aws:iam::111122223333:mfa/me\n`);
      const serials: string[] = [];
      useMfaQuestion(async (serial) => {
        serials.push(serial);
        await wait(700);
        return ' 123456 ';
      });
      doubles.on('sts', ({ body }) =>
        body.includes('TokenCode=123456') ? stsKeys('AssumeRole', 'MFAKEY') : stsError(403, 'AccessDenied', 'no code'),
      );
      await isSigned('MFAKEY', { timeoutMs: 500 });
      await isSigned('MFAKEY', { timeoutMs: 600 });
      assert.deepEqual(serials, ['arn:aws:iam::111122223333:mfa/me'], 'asked once for all calls');
    });

    it('is not asked for without a code, and says when a code was refused', async () => {
      await home.write('config', `${roleProfile}mfa_serial = arn:aws:iam::111122223333:mfa/me\n`);
      await isRefused('role', 'mfaMissing');
      assert.deepEqual(doubles.asked, []);
      useMfaQuestion(() => Promise.resolve('000000'));
      doubles.on('sts', () => stsError(403, 'AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code. '));
      await isRefused('role', 'mfaRefused');
    });

    it('leads back to itself, or from a profile that is not there', async () => {
      await home.write(
        'config',
        `[profile dev]\nrole_arn = ${role}\nsource_profile = two\n[profile two]\nrole_arn = ${role}\nsource_profile = three\n[profile three]\nrole_arn = ${role}\nsource_profile = two\n`,
      );
      assert.equal((await isRefused('role', 'loop')).subject, 'two → three → two');
      await home.write('config', `[profile dev]\nrole_arn = ${role}\nsource_profile = gone\n`);
      assert.equal((await isRefused('profile', 'notFound')).subject, 'gone');
    });

    it('is taken from the environment, where that is what the profile says', async () => {
      await home.write('config', `[profile dev]\nrole_arn = ${role}\ncredential_source = Environment\n`);
      await isRefused('environment', 'incomplete');
      home.set({ AWS_ACCESS_KEY_ID: 'ENVKEY', AWS_SECRET_ACCESS_KEY: 's' });
      doubles.on('sts', () => stsKeys('AssumeRole', 'ROLEKEY'));
      await isSigned('ROLEKEY');
      assert.match(String(asked('sts')[0]?.headers.authorization), /Credential=ENVKEY\//);
    });
  });

  describe('a web identity', () => {
    beforeEach(async () => {
      await home.write('token', 'jwt\n');
      await home.write('config', `[profile dev]\nweb_identity_token_file = ${join(home.folder, '.aws', 'token')}\nrole_arn = ${role}\n`);
    });

    it('is changed for a role by its token', async () => {
      doubles.on('sts', () => stsKeys('AssumeRoleWithWebIdentity', 'WEBKEY'));
      await isSigned('WEBKEY');
      assert.match(asked('sts')[0]?.body ?? '', /WebIdentityToken=jwt(&|$)/);
      assert.equal(asked('sts')[0]?.headers.authorization, undefined);
    });

    it('comes from the environment too', async () => {
      await home.write('config', '');
      home.set({ AWS_WEB_IDENTITY_TOKEN_FILE: join(home.folder, '.aws', 'token'), AWS_ROLE_ARN: role });
      doubles.on('sts', () => stsKeys('AssumeRoleWithWebIdentity', 'WEBKEY'));
      await isSigned('WEBKEY', { profile: undefined });
    });

    it('has no file', async () => {
      const missing = join(home.folder, 'gone');
      await home.write('config', `[profile dev]\nweb_identity_token_file = ${missing}\nrole_arn = ${role}\n`);
      assert.equal((await isRefused('webIdentity', 'notFound')).subject, missing);
    });

    it('cannot be changed while STS hangs, is not there, or shows a certificate that is not trusted', async () => {
      doubles.on('sts', () => 'hang');
      await within(4_000, isRefused('webIdentity', 'timeout', { timeoutMs: 600 }));
      doubles.on('sts', () => 'cut');
      await isRefused('webIdentity', 'unreachable');
      home.set({ AWS_CA_BUNDLE: '' });
      await isRefused('webIdentity', 'certificate');
    });

    for (const [code, reason] of [
      ['ExpiredTokenException', 'expired'],
      ['InvalidIdentityToken', 'invalid'],
      ['AccessDenied', 'denied'],
      ['Throttling', 'throttled'],
      ['RegionDisabledException', 'regionOff'],
      ['IDPCommunicationError', 'unavailable'],
      ['ValidationError', 'failed'],
    ] as const)
      it(`is told ${reason} where STS says ${code}`, async () => {
        doubles.on('sts', () => stsError(400, code, 'no'));
        await isRefused('webIdentity', reason);
      });
  });

  describe('a credential process', () => {
    const program = async (code: string): Promise<void> => {
      await home.write('program.js', code);
      await home.write(
        'config',
        `[profile dev]\ncredential_process = ${node} "${join(home.folder, '.aws', 'program.js')}" --password hunter2\n`,
      );
    };
    const prints = (value: unknown): Promise<void> => program(`console.log(${JSON.stringify(JSON.stringify(value))})`);
    const keys = { Version: 1, AccessKeyId: 'PROCESSKEY', SecretAccessKey: 's' };

    it('gives keys, once for all calls where they have no end', async () => {
      const counter = () => join(home.folder, '.aws', 'count');
      await program(
        `const fs = require('fs'); fs.appendFileSync(${JSON.stringify(counter())}, 'x'); console.log(${JSON.stringify(JSON.stringify(keys))})`,
      );
      await isSigned('PROCESSKEY');
      await isSigned('PROCESSKEY');
      assert.equal(await readFile(counter(), 'utf8'), 'x');
    });

    it('is of the wrong version, prints garbage or no keys, or keys that have ended', async () => {
      await prints({ ...keys, Version: 2 });
      assert.equal((await isRefused('process', 'version')).subject, '2');
      await program('console.log("Please sign in:")');
      await isRefused('process', 'garbage');
      await prints({ Version: 1 });
      await isRefused('process', 'incomplete');
      await prints({ ...keys, Expiration: '2020-01-01T00:00:00Z' });
      await isRefused('process', 'expired');
    });

    it('fails or is not there, and nothing that it says or is given is shown', async () => {
      await program('console.error("token sk-secret"); process.exit(3)');
      const failed = await isRefused('process', 'failed');
      assert.equal(failed.subject, 'code 3');
      assert.doesNotMatch(JSON.stringify(failed), /sk-secret|hunter2|program\.js/);
      await home.write('config', '[profile dev]\ncredential_process = cachepoint-no-such-program --password hunter2\n');
      assert.doesNotMatch(JSON.stringify(await isRefused('process', 'notFound')), /hunter2/);
    });

    const hanging = (): string => join(home.folder, '.aws', 'alive');
    const hangs = (): Promise<void> =>
      program(`const fs = require('fs'); fs.writeFileSync(${JSON.stringify(hanging())}, String(process.pid)); setInterval(() => {}, 1000)`);
    const isAlive = (pid: number): boolean => {
      try {
        process.kill(pid, 0);
        return true;
      } catch {
        return false;
      }
    };
    const ended = async (): Promise<void> => {
      const pid = Number(await readFile(hanging(), 'utf8'));
      for (let tries = 0; tries < 400 && isAlive(pid); tries += 1) await wait(20);
      assert.equal(isAlive(pid), false, 'the program was ended');
    };

    it('is ended when it hangs, and the next call asks it anew', async () => {
      await hangs();
      await within(9_000, isRefused('process', 'timeout', { timeoutMs: 3_000 }));
      await ended();
      await prints(keys);
      await isSigned('PROCESSKEY');
    });

    it('is ended when the run is canceled', async () => {
      await hangs();
      const controller = new AbortController();
      const running = run({}, controller.signal);
      while (!existsSync(hanging())) await wait(10);
      await wait(30);
      const since = performance.now();
      controller.abort();
      assert.equal(failureOf(await running).code, 'canceled');
      assert.ok(performance.now() - since < 1_000);
      await ended();
      assert.deepEqual(doubles.asked, []);
    });
  });

  describe('a container', () => {
    let close: () => Promise<void>;
    /** `undefined`: it says nothing. */
    let reply: Reply | undefined;
    const seen: (string | undefined)[] = [];
    beforeEach(async () => {
      seen.length = 0;
      const server = createServer((request, response) => {
        seen.push(request.headers.authorization);
        if (reply !== undefined) response.writeHead(reply.status).end(reply.body);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      close = () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
      home.set({
        AWS_CONTAINER_CREDENTIALS_FULL_URI: `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`,
        AWS_CONTAINER_AUTHORIZATION_TOKEN: 'pod',
      });
    });
    afterEach(() => close());

    it('gives the keys of its task', async () => {
      reply = json(200, { AccessKeyId: 'TASKKEY', SecretAccessKey: 's', Token: 't', Expiration: tomorrow() });
      await isSigned('TASKKEY', { profile: undefined });
      assert.deepEqual(seen, ['pod']);
    });

    it('refuses, breaks, or gives something else', async () => {
      reply = json(401, { Message: 'no' });
      const since = performance.now();
      assert.equal((await isRefused('container', 'denied', { profile: undefined })).subject, 'HTTP 401');
      assert.ok(performance.now() - since < 1_000, 'a refusal is not asked for again');
      reply = json(503, {});
      await isRefused('container', 'unavailable', { profile: undefined });
      reply = { status: 200, body: '<html>' };
      await isRefused('container', 'garbage', { profile: undefined });
    });

    it('hangs, or lacks the file of its token', async () => {
      reply = undefined;
      await within(4_000, isRefused('container', 'timeout', { profile: undefined, timeoutMs: 600 }));
      home.set({ AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE: join(home.folder, 'gone') });
      await isRefused('container', 'notFound', { profile: undefined });
    });

    it('is not there, or at an address that keys must not come from', async () => {
      home.set({ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://127.0.0.1:1/keys' });
      await isRefused('container', 'unreachable', { profile: undefined });
      home.set({ AWS_CONTAINER_CREDENTIALS_FULL_URI: 'http://keys.example/keys' });
      await isRefused('container', 'incomplete', { profile: undefined });
    });
  });

  describe('an instance', () => {
    let close: () => Promise<void>;
    let hasRole: boolean;
    let hangs: boolean;
    beforeEach(async () => {
      const server = createServer((request, response) => {
        const path = request.url ?? '';
        if (hangs) return;
        if (path === '/latest/api/token') response.end('imds-token');
        else if (!hasRole) response.writeHead(404).end();
        else if (path.endsWith('/security-credentials/')) response.end('web');
        else
          response.end(
            JSON.stringify({ Code: 'Success', AccessKeyId: 'INSTANCEKEY', SecretAccessKey: 's', Token: 't', Expiration: tomorrow() }),
          );
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      close = () =>
        new Promise((resolve) => {
          server.close(() => resolve());
          server.closeAllConnections();
        });
      hangs = false;
      home.set({
        AWS_EC2_METADATA_DISABLED: 'false',
        AWS_EC2_METADATA_SERVICE_ENDPOINT: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
      });
    });
    afterEach(() => close());

    it('gives the keys of its role', async () => {
      hasRole = true;
      await isSigned('INSTANCEKEY', { profile: undefined });
    });

    it('has no role: then there are no credentials', async () => {
      hasRole = false;
      const failure = failureOf(await run({ profile: undefined }));
      assert.ok(failure.code === 'credentials' && failure.reason === 'missing', JSON.stringify(failure));
      await home.write('config', `[profile dev]\nrole_arn = ${role}\ncredential_source = Ec2InstanceMetadata\n`);
      await isRefused('instance', 'denied');
    });

    it('has a metadata service that hangs, or none', async () => {
      await home.write('config', `[profile dev]\nrole_arn = ${role}\ncredential_source = Ec2InstanceMetadata\n`);
      hangs = true;
      await within(6_000, isRefused('instance', 'unreachable'));
      home.set({ AWS_EC2_METADATA_DISABLED: 'true' });
      await isRefused('instance', 'unreachable');
    });
  });

  describe('an API key', () => {
    it('of the environment is cut free of line breaks around it', async () => {
      home.set({ AWS_BEARER_TOKEN_BEDROCK: ' bedrock-api-key-abc\r\n' });
      assert.equal((await run({ profile: undefined })).at(-1)?.type, 'finished');
      assert.equal(asked('bedrock-runtime')[0]?.headers.authorization, 'Bearer bedrock-api-key-abc');
    });

    it('with a line break inside is not sent', async () => {
      home.set({ AWS_BEARER_TOKEN_BEDROCK: 'bedrock\napi' });
      const failure = failureOf(await run({ profile: undefined }));
      assert.ok(failure.code === 'credentials' && failure.reason === 'malformed');
      assert.deepEqual(doubles.asked, []);
      assert.doesNotMatch(JSON.stringify(failure), /bedrock\\napi/);
    });

    it('kept in the editor goes before a profile and the environment, and is nowhere to be read', async () => {
      home.set({ AWS_BEARER_TOKEN_BEDROCK: 'of-environment' });
      const apiKey = secret('kept-key');
      const events = await run({ apiKey });
      assert.equal(asked('bedrock-runtime')[0]?.headers.authorization, 'Bearer kept-key');
      assert.doesNotMatch(JSON.stringify([events, target({ apiKey })]), /kept-key/);
    });
  });

  describe('an API key that says of itself', () => {
    const shortKey = (region: string, made: Date): string => {
      const stamp = made.toISOString().replace(/[-:]|\.\d+/g, '');
      const address = `bedrock.amazonaws.com/?Action=CallWithBearerToken&X-Amz-Credential=AKIA%2F${stamp.slice(0, 8)}%2F${region}%2Fbedrock%2Faws4_request&X-Amz-Date=${stamp}&X-Amz-Expires=43200&X-Amz-Signature=0&Version=1`;
      return `bedrock-api-key-${Buffer.from(address).toString('base64')}`;
    };
    const hoursAgo = (hours: number): Date => new Date(Date.now() - hours * 3_600_000);

    it('that it still holds, for this Region, is sent', async () => {
      home.set({ AWS_BEARER_TOKEN_BEDROCK: shortKey('us-east-1', hoursAgo(11)) });
      assert.equal((await run({ profile: undefined })).at(-1)?.type, 'finished');
    });

    it('that its time is over, or that it is for another Region, is not', async () => {
      home.set({ AWS_BEARER_TOKEN_BEDROCK: shortKey('us-east-1', hoursAgo(13)) });
      await isRefused('apiKey', 'expired', { profile: undefined });
      home.set({ AWS_BEARER_TOKEN_BEDROCK: shortKey('eu-west-1', hoursAgo(1)) });
      assert.equal((await isRefused('apiKey', 'regionOff', { profile: undefined })).subject, 'eu-west-1');
      await isRefused('apiKey', 'notFound', { apiKey: secret('') });
    });
  });

  describe('whose keys they are', () => {
    const ask = (changes: Partial<Target> = {}) => callerIdentity(target(changes), neverAborted);
    const isUntold = (answer: Awaited<ReturnType<typeof ask>>, reason: SignInReason): void => {
      assert.ok('code' in answer && answer.code === 'signIn', JSON.stringify(answer));
      assert.deepEqual([answer.source, answer.reason], ['sts', reason]);
      note(answer);
    };

    it('is told by STS', async () => {
      await home.write('credentials', '[dev]\naws_access_key_id = K\naws_secret_access_key = s\n');
      doubles.on('sts', () => stsCaller('arn:aws:sts::111122223333:assumed-role/Dev/me'));
      assert.deepEqual(await ask(), {
        accountId: '111122223333',
        role: 'Dev',
        arn: 'arn:aws:sts::111122223333:assumed-role/Dev/me',
        identity: 'profile dev, account 111122223333, role Dev',
        region: 'us-east-1',
      });
      doubles.on('sts', () => stsCaller('arn:aws:iam::111122223333:user/me'));
      const user = await ask();
      assert.ok(!('code' in user) && user.identity === 'profile dev, account 111122223333');
    });

    it('is not known of an API key, which STS is not asked about', async () => {
      const answer = await ask({ apiKey: secret('k') });
      assert.ok(!('code' in answer) && answer.arn === undefined && answer.identity === 'Bedrock API key kept in the editor');
      assert.deepEqual(doubles.asked, []);
    });

    it('is not told without any keys', async () => {
      const missing = await ask();
      assert.ok('code' in missing && missing.code === 'signIn' && missing.reason === 'notFound');
      await home.write('credentials', '[dev]\naws_access_key_id = K\naws_secret_access_key = s\n');
    });

    for (const [answer, reason] of [
      [stsError(403, 'InvalidClientTokenId', 'no'), 'invalid'],
      [stsError(403, 'AccessDenied', 'no'), 'denied'],
      [stsError(403, 'ExpiredToken', 'no'), 'expired'],
      [stsError(400, 'Throttling', 'no'), 'throttled'],
      [stsError(403, 'RegionDisabledException', 'no'), 'regionOff'],
      [stsError(503, 'ServiceUnavailable', 'no'), 'unavailable'],
      [stsError(400, 'ValidationError', 'no'), 'failed'],
      ['cut', 'unreachable'],
      ['hang', 'timeout'],
    ] as const)
      it(`is not told: ${reason}`, async () => {
        await home.write('credentials', '[dev]\naws_access_key_id = K\naws_secret_access_key = s\n');
        doubles.on('sts', () => answer);
        isUntold(await within(8_000, ask(answer === 'hang' ? { timeoutMs: 600 } : {})), reason);
      });

    it('is not told by somebody whose certificate is not trusted', async () => {
      await home.write('credentials', '[dev]\naws_access_key_id = K\naws_secret_access_key = s\n');
      home.set({ AWS_CA_BUNDLE: '' });
      isUntold(await ask(), 'certificate');
    });
  });

  it('takes new keys of the files with the next call', async () => {
    await home.write('credentials', '[dev]\naws_access_key_id = FIRST\naws_secret_access_key = s\n');
    await isSigned('FIRST');
    await home.write('credentials', '[dev]\naws_access_key_id = SECOND\naws_secret_access_key = s\n');
    await isSigned('SECOND');
  });

  it('asks again after Bedrock refused the keys', async () => {
    await home.write('config', ssoProfile);
    await ssoToken();
    doubles.on('portal.sso', ssoKeys);
    doubles.on('bedrock-runtime', () =>
      json(403, { message: 'The security token included in the request is expired' }, { 'x-amzn-errortype': 'ExpiredTokenException' }),
    );
    assert.equal(failureOf(await run()).code, 'credentials');
    assert.equal(failureOf(await run()).code, 'credentials');
    assert.equal(asked('portal.sso').length, 2);
  });

  it('takes the keys of the environment, and the profile that AWS_PROFILE names', async () => {
    home.set({ AWS_ACCESS_KEY_ID: 'OWNKEY', AWS_SECRET_ACCESS_KEY: 's' });
    await isSigned('OWNKEY', { profile: undefined });
    noteSigned(String(asked('bedrock-runtime').at(-1)?.headers.authorization));
    await home.write('credentials', '[dev]\naws_access_key_id = NAMEDKEY\naws_secret_access_key = s\n');
    doubles.reset();
    home.set({ AWS_PROFILE: 'dev' });
    await isSigned('NAMEDKEY', { profile: undefined });
  });

  it('names a profile without any source', async () => {
    await home.write('config', '[profile dev]\nregion = us-east-1\n');
    assert.equal((await isRefused('profile', 'incomplete')).subject, 'dev');
    assert.equal((await isRefused('profile', 'notFound', { profile: 'gone' })).subject, 'gone');
  });

  // After all of them: Mocha begins with what stands outside of groups.
  describe('what people read of it', () => {
    it('has each failure of each source, with what the panel says', () => {
      const rows = Object.entries(failures).flatMap(([source, list]) => Object.keys(list.rows).map((reason) => `${source} ${reason}`));
      assert.deepEqual([...told.keys()].sort(), rows.sort());
      isTold(
        join(docs, 'signing-in.md'),
        Object.entries(failures).map(([source, { title, rows: list }]) => ({
          title,
          columns: ['what happens', 'the panel says', 'what helps first'],
          rows: Object.entries(list).map(([reason, what]) => rowOf(what, ...(told.get(`${source} ${reason}`) ?? []))),
        })),
      );
    });

    it('has each failure that the code names of a source', () => {
      const folder = join(__dirname, '..', '..', '..', 'src', 'aws');
      const named = readdirSync(folder)
        .filter((name) => name.endsWith('.ts'))
        .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/(?:signInError|fault)\(\s*'(\w+)',\s*'(\w+)'/g)]);
      assert.ok(named.length > 20);
      // One is told by the run itself, as the SDK would refuse the header: it stands in `docs/endings.md`.
      const missing = named
        .map(([, source, reason]) => `${source} ${reason}`)
        .filter((one) => one !== 'apiKey malformed' && !told.has(one));
      assert.deepEqual(missing, []);
    });

    it('has each way to sign in, and as whom the panel shows it', () => {
      const [, section = ''] = readFileSync(join(docs, 'credentials.md'), 'utf8').split('## Ways to sign in');
      const [table = ''] = section.split(/^## /m);
      const rows = [...table.matchAll(/^\| (.+?) \| .+ \| (.+?) \|$/gm)].map(([, way = '', as = '']) => ({ way, as })).slice(1);
      const keys: Readonly<Record<string, readonly string[]>> = {
        'IAM Identity Center (SSO)': ['SSOKEY'],
        '`aws login` (console sign-in)': ['LOGINKEY'],
        'Access keys in `~/.aws/credentials` or `~/.aws/config`': ['FIRST'],
        'A role (`role_arn` with `source_profile` or `credential_source`)': ['ROLEKEY', 'MFAKEY'],
        '`credential_process`': ['PROCESSKEY'],
        'Web identity (`web_identity_token_file`)': ['WEBKEY'],
        'Amazon Bedrock API key': ['bedrock-api-key-abc'],
        'Amazon Bedrock API key, kept in the editor': ['kept-key'],
        'Access keys in the environment': ['OWNKEY'],
        '`AWS_PROFILE`': ['NAMEDKEY'],
        'Containers, CodeBuild, EC2, SageMaker': ['TASKKEY', 'INSTANCEKEY'],
      };
      assert.deepEqual(
        rows
          .filter(({ as }) => !as.startsWith('-'))
          .map(({ way }) => way)
          .sort(),
        Object.keys(keys).sort(),
      );
      for (const { way, as } of rows)
        for (const key of keys[way] ?? []) {
          const names = as.replaceAll('`', '').split(' or ');
          const seen = [...(signed.get(key) ?? [])].map((identity) => identity.replace(/, account .*/, ''));
          assert.ok(seen.length > 0, `${way}: nothing was signed with ${key}`);
          assert.deepEqual(
            seen.filter((identity) => !names.includes(identity)),
            [],
            way,
          );
        }
    });
  });
});
