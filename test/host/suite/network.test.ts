import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startDoubles, stsCaller, testCa, type Doubles } from '../../wire/aws/support/doubles';

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

describe('the way to AWS from the extension host', () => {
  let doubles: Doubles;
  const before_ = { ...process.env };
  const http = vscode.workspace.getConfiguration('http');
  const set = async (values: Settings): Promise<void> => {
    for (const name of ['proxy', 'proxySupport', 'noProxy']) await http.update(name, values[name], vscode.ConfigurationTarget.Global);
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

  for (const { name, http: settings, environment } of rows)
    it(`goes through the proxy, and trusts AWS_CA_BUNDLE: ${name}`, async () => {
      await set(settings(doubles.proxy));
      Object.assign(process.env, environment(doubles.proxy));
      const caller = await vscode.commands.executeCommand<{ readonly arn?: string } | undefined>('cachepoint.showIdentity');
      assert.deepEqual([...new Set(doubles.tunnels)], [sts]);
      assert.equal(caller?.arn, role);
    });
});
