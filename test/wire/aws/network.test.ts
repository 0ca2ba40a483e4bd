import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { createServer, type Server } from 'node:tls';
import { promisify } from 'node:util';
import type { AddressInfo } from 'node:net';
import { disposeClients } from '../../../src/aws/clients';
import type { Network, Target } from '../../../src/core/runs/port';
import { collect, failureOf } from './support/calls';
import { startDoubles, testCa } from './support/doubles';
import type { Doubles } from './support/doubles';
import { enterHome } from './support/home';
import type { Home } from './support/home';

const fixtures = join(__dirname, '..', '..', 'fixtures', 'tls');
const host = 'bedrock-runtime.us-east-1.amazonaws.com:443';

describe('aws: through a proxy, with certificates of one’s own', () => {
  let doubles: Doubles;
  let home: Home;
  before(async () => (doubles = await startDoubles()));
  after(() => doubles.close());
  beforeEach(async () => {
    home = await enterHome();
    home.set({
      AWS_ACCESS_KEY_ID: 'K',
      AWS_SECRET_ACCESS_KEY: 's',
      HTTPS_PROXY: doubles.proxy,
      NO_PROXY: '',
      AWS_CA_BUNDLE: testCa,
    });
    doubles.reset();
  });
  afterEach(async () => {
    disposeClients();
    await home.leave();
  });
  const target = (changes: Partial<Target> = {}): Target => ({
    service: 'aws',
    endpoint: undefined,
    region: 'us-east-1',
    profile: undefined,
    timeoutMs: 5_000,
    maxAttempts: 1,
    ...changes,
  });
  const run = (changes: Partial<Target> = {}) => collect(target(changes));
  const finishes = async (changes: Partial<Target> = {}): Promise<void> => {
    const events = await run(changes);
    assert.equal(events.at(-1)?.type, 'finished', JSON.stringify(events.at(-1)));
  };
  const refused = async (changes: Partial<Target> = {}) => {
    const failure = failureOf(await run(changes));
    assert.deepEqual(doubles.asked, []);
    return failure;
  };

  it('asks the proxy for a tunnel to the service, once for calls one after the other', async () => {
    await finishes();
    await finishes();
    assert.deepEqual(doubles.tunnels, [host]);
    assert.deepEqual(doubles.authorizations, [undefined]);
    assert.equal(doubles.asked.length, 2);
  });

  it('gives the proxy the name and the password of its address', async () => {
    home.set({ HTTPS_PROXY: doubles.proxy.replace('http://', 'http://me:p%40ss@') });
    await finishes();
    assert.deepEqual(doubles.authorizations, [`Basic ${Buffer.from('me:p@ss').toString('base64')}`]);
  });

  it('goes by the proxy of the editor’s settings where the editor leaves that to it', async () => {
    const network: Network = { proxySupport: 'on', proxy: doubles.proxy, noProxy: [], strictSsl: true };
    home.set({ HTTPS_PROXY: '' });
    await finishes({ network });
    assert.deepEqual(doubles.tunnels, [host]);
  });

  it('reaches this machine without the proxy', async () => {
    await run({ service: 'custom', endpoint: `https://localhost:${doubles.port}` });
    assert.deepEqual(doubles.tunnels, []);
    assert.equal(doubles.asked[0]?.host, 'localhost');
  });

  for (const status of [403, 407, 502])
    it(`says that the proxy refused with HTTP ${status}, and that nothing was sent`, async () => {
      doubles.refuse(status);
      const failure = await refused();
      assert.ok(failure.code === 'network' && failure.cause.includes(String(status)), JSON.stringify(failure));
      assert.match(failure.detail, /^The proxy 127\.0\.0\.1:\d+ answered with HTTP/);
    });

  it('says that no proxy is there', async () => {
    home.set({ HTTPS_PROXY: 'http://127.0.0.1:1' });
    const failure = await refused();
    assert.ok(failure.code === 'network' && failure.cause === 'ECONNREFUSED');
  });

  it('trusts the service by AWS_CA_BUNDLE alone, and names a file that cannot be used', async () => {
    home.set({ AWS_CA_BUNDLE: '' });
    const failure = await refused();
    assert.match(JSON.stringify(failure), /UNABLE_TO_VERIFY_LEAF_SIGNATURE|SELF_SIGNED|UNABLE_TO_GET_ISSUER/);
    for (const path of [join(home.folder, 'none.pem'), join(home.folder, '.aws', 'empty.pem')]) {
      await home.write('empty.pem', 'no certificate');
      home.set({ AWS_CA_BUNDLE: path });
      const unusable = await refused();
      assert.ok(unusable.code === 'network' && unusable.cause.includes(`AWS_CA_BUNDLE names a file`), JSON.stringify(unusable));
    }
    home.set({ AWS_CA_BUNDLE: testCa });
    await finishes();
  });

  it('trusts the service by NODE_EXTRA_CA_CERTS, which Node reads at its start', async () => {
    const script = `
      import { run } from ${JSON.stringify(join(__dirname, '..', '..', '..', 'src', 'aws', 'run.ts'))};
      import { call, neverAborted } from ${JSON.stringify(join(__dirname, 'support', 'calls.ts'))};
      const types = [];
      (async () => {
        for await (const event of run(call, ${JSON.stringify(target({ timeoutMs: 30_000 }))}, neverAborted)) types.push(event.type);
        console.log(types.at(-1));
        process.exit(0);
      })();`;
    await home.write('child.ts', script);
    const environment = { ...process.env, AWS_CA_BUNDLE: '', NODE_EXTRA_CA_CERTS: testCa };
    const { stdout } = await promisify(execFile)(process.execPath, ['--import=tsx', join(home.folder, '.aws', 'child.ts')], {
      env: environment,
      cwd: join(__dirname, '..', '..', '..'),
    });
    assert.equal(stdout.trim(), 'finished');
  }).timeout(60_000);

  describe('a proxy that is itself reached by TLS', () => {
    let server: Server;
    /** Its certificate is for 127.0.0.1 and localhost. */
    const at = (name: string): string => `https://${name}:${(server.address() as AddressInfo).port}`;
    before(async () => {
      const keys = { key: readFileSync(join(fixtures, 'server.key')), cert: readFileSync(join(fixtures, 'server.pem')) };
      server = createServer(keys, (socket) => {
        const onward = connect(Number(new URL(doubles.proxy).port), '127.0.0.1');
        socket.pipe(onward).pipe(socket);
        for (const end of [socket, onward]) end.on('error', () => undefined);
      });
      await new Promise<void>((resolve) => server.listen(0, resolve));
    });
    after(() => void server.close());
    const through = (proxy: string, strictSsl: boolean): Partial<Target> => ({
      network: { proxySupport: 'on', proxy, noProxy: [], strictSsl },
    });

    it('leads on where its certificate is trusted', async () => {
      await finishes(through(at('127.0.0.1'), true));
      assert.deepEqual(doubles.tunnels, [host]);
    });

    it('is refused under another name, unless http.proxyStrictSSL is off, which never covers the service', async () => {
      const failure = await refused(through(at('127.0.0.2'), true));
      assert.match(JSON.stringify(failure), /ERR_TLS_CERT_ALTNAME_INVALID/);
      await finishes(through(at('127.0.0.2'), false));
      doubles.reset();
      disposeClients();
      home.set({ AWS_CA_BUNDLE: '' });
      assert.notEqual((await refused(through(at('127.0.0.2'), false))).code, 'unexpected');
    });
  });
});
