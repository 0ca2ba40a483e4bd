import assert from 'node:assert/strict';
import dns from 'node:dns';
import net from 'node:net';
import { join } from 'node:path';
import { externalDataInterceptor } from '@smithy/core/config';
import { disposeClients } from '../../../src/aws/clients';
import { countTokens } from '../../../src/aws/countTokens';
import { call, collect, neverAborted, targetAt } from './support/calls';
import { enterHome } from './support/home';
import type { Home } from './support/home';
import { startRawBedrock, wholeAnswer } from './support/rawBedrock';
import type { RawBedrock } from './support/rawBedrock';

interface Seen {
  readonly connects: string[];
  readonly lookups: string[];
}

/** Connect arguments come normalised, as `[options, callback]`. */
const addressOf = (args: readonly unknown[]): string => {
  const [first] = args.flat(1);
  const { host, port, path } = first as { readonly host?: string; readonly port?: number; readonly path?: string };
  return path ?? `${host}:${port}`;
};

/** Records every connection and name lookup that anything in this process asks for; lookups of names are refused. */
const record = (): Seen & { stop(): void } => {
  const seen: Seen = { connects: [], lookups: [] };
  const { connect } = net.Socket.prototype;
  const { lookup } = dns;
  net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
    seen.connects.push(addressOf(args));
    return Reflect.apply(connect, this, args) as net.Socket;
  } as typeof connect;
  Object.assign(dns, {
    lookup(name: string, ...rest: unknown[]) {
      seen.lookups.push(name);
      const callback = rest.at(-1) as (error: Error) => void;
      queueMicrotask(() => callback(Object.assign(new Error(`not in a test: ${name}`), { code: 'ENOTFOUND', syscall: 'getaddrinfo' })));
    },
  });
  return {
    ...seen,
    stop() {
      net.Socket.prototype.connect = connect;
      Object.assign(dns, { lookup });
    },
  };
};

/** Counts how often the SDK looks for the content of a shared file: it asks its table of intercepted files first. */
const countReads = (path: string): (() => number) => {
  let reads = 0;
  Object.defineProperty(externalDataInterceptor.getFileRecord(), path, {
    configurable: true,
    get() {
      reads += 1;
      return undefined;
    },
  });
  return () => reads;
};

const elsewhere = 'http://127.0.0.1:9';

describe('aws: traffic', () => {
  let server: RawBedrock;
  let home: Home;
  let seen: ReturnType<typeof record>;
  beforeEach(async () => {
    home = await enterHome();
    server = await startRawBedrock();
    server.answer((exchange) =>
      exchange.path.endsWith('count-tokens') ? exchange.json({ inputTokens: 7 }) : exchange.stream(wholeAnswer()),
    );
    seen = record();
  });
  afterEach(async () => {
    seen.stop();
    disposeClients();
    await server.close();
    await home.leave();
  });
  const authority = (): string => server.url.replace('http://', '');
  const countHomeReads = (): (() => number) => {
    const counts = ['config', 'credentials'].map((name) => countReads(join(home.folder, '.aws', name)));
    return () => counts.reduce((sum, count) => sum + count(), 0);
  };

  it('connects to the configured endpoint only, for runs and for counting', async () => {
    await home.write(
      'config',
      `[default]\nregion = us-east-1\nendpoint_url = ${elsewhere}\naws_access_key_id = K\naws_secret_access_key = s\n`,
    );
    for (const service of ['emulator', 'custom', 'aws'] as const) {
      assert.equal((await collect(targetAt(server.url, { service }))).at(-1)?.type, 'finished');
      assert.deepEqual(await countTokens(call, targetAt(server.url, { service }), neverAborted), { tokens: 7 });
    }
    assert.ok(seen.connects.length > 0);
    assert.deepEqual([...new Set(seen.connects)], [authority()]);
    assert.deepEqual(seen.lookups, []);
  });

  it('looks up nothing but the service of the region for a call to AWS, whatever the environment redirects', async () => {
    home.set({
      AWS_ACCESS_KEY_ID: 'K',
      AWS_SECRET_ACCESS_KEY: 's',
      AWS_ENDPOINT_URL: elsewhere,
      AWS_ENDPOINT_URL_BEDROCK_RUNTIME: elsewhere,
    });
    await home.write(
      'config',
      `[default]\nendpoint_url = ${elsewhere}\n[profile dev]\nendpoint_url = ${elsewhere}\naws_access_key_id = K\naws_secret_access_key = s\n`,
    );
    for (const profile of [undefined, 'dev']) {
      const events = await collect({ ...targetAt(''), service: 'aws', endpoint: undefined, region: 'eu-west-1', profile, maxAttempts: 1 });
      const last = events.at(-1);
      assert.ok(last?.type === 'failed' && last.failure.code === 'network', JSON.stringify(last));
      assert.equal(last.failure.endpoint, 'https://bedrock-runtime.eu-west-1.amazonaws.com');
    }
    assert.deepEqual([...new Set(seen.lookups)], ['bedrock-runtime.eu-west-1.amazonaws.com']);
    assert.equal(server.exchanges.length, 0);
  });

  it('reads no file of the AWS folder for the emulator', async () => {
    await home.write('config', '[default]\nregion = us-east-1\n');
    await home.write('credentials', '[default]\naws_access_key_id = K\naws_secret_access_key = s\n');
    home.set({ AWS_PROFILE: 'default' });
    const reads = countHomeReads();
    await collect(targetAt(server.url));
    await countTokens(call, targetAt(server.url), neverAborted);
    assert.equal(reads(), 0);
  });

  it('does read them for AWS, which proves that the counting works', async () => {
    await home.write('config', '[default]\nregion = us-east-1\naws_access_key_id = K\naws_secret_access_key = s\n');
    const reads = countHomeReads();
    await collect(targetAt(server.url, { service: 'aws' }));
    assert.ok(reads() > 0);
  });
});
