import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEmulator } from '../../src/emulator/server';
import { createEmulatorProcess, emulatorEnvironment } from '../../src/machine/emulatorProcess';
import { probeEmulator } from '../../src/machine/probeEmulator';

const proven = { emulator: 'cachepoint', version: 1, simulated: true, requests: 0, faults: [], entries: [] };
const headers = { 'content-type': 'application/json', 'x-cachepoint-emulator': '1' };

/** Does a server that answers so pass for the emulator? */
const passes = async (listener: RequestListener): Promise<boolean> => {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  try {
    return await probeEmulator(`http://127.0.0.1:${port}`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
};
const says = (body: unknown, own: Record<string, string> = headers, status = 200): Promise<boolean> =>
  passes((_request, response) => void response.writeHead(status, own).end(typeof body === 'string' ? body : JSON.stringify(body)));

describe('whether an address is the emulator', function () {
  this.timeout(10_000);

  it('is known of the emulator itself', async () => {
    const emulator = await createEmulator({});
    try {
      assert.equal(await probeEmulator(emulator.url), true);
    } finally {
      await emulator.close();
    }
    assert.equal(await probeEmulator(emulator.url), false);
  });

  it('takes all of the proof', async () => {
    assert.equal(await says(proven), true);
    for (const name of Object.keys(proven)) assert.equal(await says({ ...proven, [name]: undefined }), false, name);
    for (const name of Object.keys(headers)) assert.equal(await says(proven, { ...headers, [name]: 'other' }), false, name);
    assert.equal(await says(proven, headers, 404), false);
    assert.equal(await says({ simulated: true }), false);
    assert.equal(await says('{"simulated"'), false);
    assert.equal(await says(`${JSON.stringify(proven)}${' '.repeat(1_100_000)}`), false);
  });

  it('is no when an answer never comes to its end', async () => {
    assert.equal(await passes(() => undefined), false);
    const drip: RequestListener = (_request, response) => {
      response.writeHead(200, headers);
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(timer));
    };
    assert.equal(await passes(drip), false);
  });

  it('is asked of this machine only', async () => {
    for (const url of ['https://127.0.0.1:1', 'http://example.invalid', 'http://127.0.0.1.example.invalid', 'http://a@127.0.0.1'])
      assert.equal(await probeEmulator(url), false);
  });
});

describe('the process of the emulator', function () {
  this.timeout(20_000);
  let folder = '';
  before(async () => (folder = await mkdtemp(join(tmpdir(), 'cachepoint-process-'))));
  after(() => rm(folder, { recursive: true, force: true }));
  const scriptOf = async (name: string, source: string): Promise<string> => {
    const path = join(folder, `${name}.cjs`);
    await writeFile(path, source);
    return path;
  };
  const ready = `console.log('Cachepoint emulator listening on http://127.0.0.1:9');`;

  it('gets what a program needs to run, and none of the keys', () => {
    assert.deepEqual(
      emulatorEnvironment({
        Path: '/bin',
        AWS_SECRET_ACCESS_KEY: 's',
        AWS_PROFILE: 'p',
        NODE_OPTIONS: '--inspect',
        HOME: '/h',
        TMPDIR: '/tmp',
      }),
      { Path: '/bin', TMPDIR: '/tmp', ELECTRON_RUN_AS_NODE: '1' },
    );
  });

  it('is started once, says where it is, and tells when it ends', async () => {
    let changes = 0;
    const emulator = createEmulatorProcess(await scriptOf('ready', `${ready} setInterval(() => {}, 1000);`), () => (changes += 1));
    assert.deepEqual(await Promise.all([emulator.start(0), emulator.start(0)]), ['http://127.0.0.1:9', 'http://127.0.0.1:9']);
    assert.equal(emulator.url, 'http://127.0.0.1:9');
    await emulator.stop();
    assert.deepEqual([emulator.url, changes], [undefined, 2]);
  });

  it('never sees the keys of the editor', async () => {
    const script = await scriptOf('keys', `console.error(Object.keys(process.env).join(' ')); process.exit(3);`);
    process.env['AWS_SECRET_ACCESS_KEY'] = 'secret';
    try {
      await assert.rejects(createEmulatorProcess(script, () => undefined).start(0), (error: Error) => {
        assert.match(error.message, /it ended with code 3\./);
        assert.doesNotMatch(error.message, /AWS_/);
        return true;
      });
    } finally {
      delete process.env['AWS_SECRET_ACCESS_KEY'];
    }
  });

  it('leaves the end of what it said in the sentence of a failure, and no more', async () => {
    const script = await scriptOf('talk', `console.error('x'.repeat(500000)); console.error('the reason'); process.exitCode = 2;`);
    await assert.rejects(createEmulatorProcess(script, () => undefined).start(0), (error: Error) => {
      assert.ok(error.message.length < 5_000);
      assert.match(error.message, /the reason$/);
      return true;
    });
  });

  it('is read on after it is ready, so that it never waits for a reader, and is ended when it does not hear', async () => {
    const lines = `process.on('SIGTERM', () => {}); ${ready} let n = 0; setInterval(() => { for (let i = 0; i < 100; i++) console.error('y'.repeat(4000)); }, 1);`;
    const emulator = createEmulatorProcess(await scriptOf('deaf', lines), () => undefined);
    await emulator.start(0);
    await emulator.stop();
    assert.equal(emulator.url, undefined);
  });
});
