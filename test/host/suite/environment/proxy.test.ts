import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { startDoubles, stsCaller, type Doubles } from '../../../wire/aws/support/doubles';
import { withoutNames } from '../offline';

const role = 'arn:aws:sts::111122223333:assumed-role/Dev/me';
/** Where calls of a Region go. */
const sts = (region: string): string => `sts.${region}.amazonaws.com`;
/** The Region that the variable NO_PROXY of this VS Code names. */
const excepted = 'eu-west-1';

// VS Code and Node read these when they start, so this VS Code was started with them: HTTPS_PROXY, NO_PROXY and NODE_EXTRA_CA_CERTS.
describe('a VS Code that was started with a proxy and a certificate of one’s own in its environment', () => {
  let doubles: Doubles;
  let names: ReturnType<typeof withoutNames>;
  const http = vscode.workspace.getConfiguration('http');
  const set = async (values: Readonly<Record<string, unknown>>): Promise<void> => {
    for (const name of ['proxySupport', 'noProxy', 'systemCertificates'])
      await http.update(name, values[name], vscode.ConfigurationTarget.Global);
  };
  const askFrom = async (region: string): Promise<string | undefined> => {
    process.env['AWS_REGION'] = region;
    return (await vscode.commands.executeCommand<{ readonly arn?: string } | undefined>('cachepoint.showIdentity'))?.arn;
  };
  before(async () => {
    doubles = await startDoubles(Number(new URL(process.env['HTTPS_PROXY'] ?? '').port));
    names = withoutNames();
    Object.assign(process.env, { AWS_ACCESS_KEY_ID: 'K', AWS_SECRET_ACCESS_KEY: 's' });
    delete process.env['AWS_CA_BUNDLE'];
    await vscode.workspace.getConfiguration('cachepoint').update('endpoint', 'aws', vscode.ConfigurationTarget.Global);
  });
  beforeEach(() => {
    doubles.reset();
    doubles.on('sts', () => stsCaller(role));
    names.sought.length = 0;
  });
  after(async () => {
    await set({});
    names.restore();
    await doubles.close();
  });

  for (const proxySupport of ['override', 'fallback', 'on']) {
    it(`goes through HTTPS_PROXY, and trusts NODE_EXTRA_CA_CERTS: support ${proxySupport}`, async () => {
      await set({ proxySupport });
      assert.equal(await askFrom('us-east-1'), role);
      assert.deepEqual([...new Set(doubles.tunnels)], [`${sts('us-east-1')}:443`]);
    });

    it(`trusts NODE_EXTRA_CA_CERTS without the system’s certificates: support ${proxySupport}`, async () => {
      await set({ proxySupport, systemCertificates: false });
      assert.equal(await askFrom('us-east-1'), role);
    });

    it(`goes straight where NO_PROXY says so: support ${proxySupport}`, async () => {
      await set({ proxySupport });
      assert.equal(await askFrom(excepted), undefined);
      assert.deepEqual([doubles.tunnels, [...new Set(names.sought)]], [[], [sts(excepted)]]);
    });

    it(`goes straight where http.noProxy says so: support ${proxySupport}`, async () => {
      await set({ proxySupport, noProxy: [sts('us-east-1')] });
      assert.equal(await askFrom('us-east-1'), undefined);
      assert.deepEqual([doubles.tunnels, [...new Set(names.sought)]], [[], [sts('us-east-1')]]);
    });
  }

  it('goes straight with the support off', async () => {
    await set({ proxySupport: 'off' });
    assert.equal(await askFrom('us-east-1'), undefined);
    assert.deepEqual([doubles.tunnels, [...new Set(names.sought)]], [[], [sts('us-east-1')]]);
  });
});
