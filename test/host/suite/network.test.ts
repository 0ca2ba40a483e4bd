import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { connect, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import * as vscode from 'vscode';
import { startDoubles, stsCaller, testCa, tlsFixtures, type Doubles } from '../../wire/aws/support/doubles';
import { withoutNames } from './offline';

type Settings = Readonly<Record<string, unknown>>;

const sts = 'sts.us-east-1.amazonaws.com:443';
const role = 'arn:aws:sts::111122223333:assumed-role/Dev/me';

/** The rows of the table of proxies in docs/credentials.md that name a proxy: without one the call would leave this machine. */
const rows: readonly {
  readonly name: string;
  readonly http: (proxy: string) => Settings;
  readonly environment: (proxy: string) => Settings;
}[] = [
  { name: 'http.proxy, support override', http: (proxy) => ({ proxy, proxySupport: 'override' }), environment: () => ({}) },
  { name: 'http.proxy, support fallback', http: (proxy) => ({ proxy, proxySupport: 'fallback' }), environment: () => ({}) },
  { name: 'http.proxy, support on', http: (proxy) => ({ proxy, proxySupport: 'on' }), environment: () => ({}) },
  { name: 'HTTPS_PROXY, support on', http: () => ({ proxySupport: 'on' }), environment: (proxy) => ({ HTTPS_PROXY: proxy }) },
];

/** The rows that lead past a proxy. */
const direct: typeof rows = [
  { name: 'support off', http: (proxy) => ({ proxy, proxySupport: 'off' }), environment: (proxy) => ({ HTTPS_PROXY: proxy }) },
  {
    name: 'http.noProxy, support on',
    http: (proxy) => ({ proxy, proxySupport: 'on', noProxy: ['.amazonaws.com'] }),
    environment: () => ({}),
  },
  {
    name: 'NO_PROXY, support on',
    http: () => ({ proxySupport: 'on' }),
    environment: (proxy) => ({ HTTPS_PROXY: proxy, NO_PROXY: 'localhost,*.amazonaws.com:443' }),
  },
];

describe('the way to AWS from the extension host', () => {
  let doubles: Doubles;
  const before_ = { ...process.env };
  const http = vscode.workspace.getConfiguration('http');
  const set = async (values: Settings): Promise<void> => {
    for (const name of ['proxy', 'proxySupport', 'noProxy', 'systemCertificates', 'systemCertificatesNode'])
      await http.update(name, values[name], vscode.ConfigurationTarget.Global);
  };
  before(async () => {
    doubles = await startDoubles();
    await vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'aws', vscode.ConfigurationTarget.Global);
  });
  beforeEach(() => {
    doubles.reset();
    doubles.on('sts', () => stsCaller(role));
    for (const name of Object.keys(process.env)) if (/^AWS_|^(https?|no)_proxy$/i.test(name)) delete process.env[name];
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's', AWS_REGION: 'us-east-1', AWS_CA_BUNDLE: testCa });
  });
  after(async () => {
    await set({});
    for (const name of Object.keys(process.env)) if (!(name in before_)) delete process.env[name];
    Object.assign(process.env, before_);
    await vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'emulator', vscode.ConfigurationTarget.Global);
    await doubles.close();
  });

  it('goes through a proxy whose certificate is another host’s only where http.proxyStrictSSL is off', async () => {
    const [key, cert] = ['server.key', 'server.pem'].map((name) => readFileSync(join(tlsFixtures, name)));
    const server = createServer({ ...(key && { key }), ...(cert && { cert }) }, (socket) => {
      const onward = connect(Number(new URL(doubles.proxy).port), '127.0.0.1');
      for (const end of [socket, onward]) end.on('error', () => undefined);
      socket.pipe(onward).pipe(socket);
    });
    await once(server.listen(0, '127.0.0.2'), 'listening');
    try {
      // Its certificate is for 127.0.0.1.
      await set({ proxy: `https://127.0.0.2:${(server.address() as AddressInfo).port}`, proxySupport: 'on' });
      assert.equal(await vscode.commands.executeCommand('cachepoint.showIdentity'), undefined);
      assert.deepEqual(doubles.tunnels, []);
      await http.update('proxyStrictSSL', false, vscode.ConfigurationTarget.Global);
      const caller = await vscode.commands.executeCommand<{ readonly arn?: string } | undefined>('cachepoint.showIdentity');
      assert.deepEqual([caller?.arn, [...new Set(doubles.tunnels)]], [role, [sts]]);
    } finally {
      await http.update('proxyStrictSSL', undefined, vscode.ConfigurationTarget.Global);
      server.close();
    }
  });

  // Node's own reading of the system's store is the one that can be led to certificates of a test: by SSL_CERT_FILE, which is read once.
  for (const support of ['override', 'fallback', 'on'])
    (process.platform === 'linux' ? it : it.skip)(
      `trusts the system’s certificates only where http.systemCertificates is on: support ${support}`,
      async () => {
        delete process.env['AWS_CA_BUNDLE'];
        Object.assign(process.env, { SSL_CERT_FILE: testCa });
        await set({ proxy: doubles.proxy, proxySupport: support, systemCertificates: false, systemCertificatesNode: true });
        assert.equal(await vscode.commands.executeCommand('cachepoint.showIdentity'), undefined);
        assert.deepEqual([[...new Set(doubles.tunnels)], doubles.asked], [[sts], []]);
        await http.update('systemCertificates', true, vscode.ConfigurationTarget.Global);
        const caller = await vscode.commands.executeCommand<{ readonly arn?: string } | undefined>('cachepoint.showIdentity');
        assert.equal(caller?.arn, role);
      },
    );

  describe('without the proxy', () => {
    let names: ReturnType<typeof withoutNames>;
    before(() => (names = withoutNames()));
    after(() => names.restore());
    beforeEach(() => (names.sought.length = 0));

    for (const { name, http: settings, environment } of direct)
      it(`goes straight: ${name}`, async () => {
        await set(settings(doubles.proxy));
        Object.assign(process.env, environment(doubles.proxy));
        assert.equal(await vscode.commands.executeCommand('cachepoint.showIdentity'), undefined);
        assert.deepEqual([doubles.tunnels, [...new Set(names.sought)]], [[], ['sts.us-east-1.amazonaws.com']]);
      });
  });

  for (const { name, http: settings, environment } of rows)
    it(`goes through the proxy, and trusts AWS_CA_BUNDLE: ${name}`, async () => {
      await set(settings(doubles.proxy));
      Object.assign(process.env, environment(doubles.proxy));
      const caller = await vscode.commands.executeCommand<{ readonly arn?: string } | undefined>('cachepoint.showIdentity');
      assert.deepEqual([...new Set(doubles.tunnels)], [sts]);
      assert.equal(caller?.arn, role);
    });
});
