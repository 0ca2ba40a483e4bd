import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const start = (...args: readonly string[]) => {
  const child = spawn(process.execPath, ['--import=tsx', 'src/emulator/main.ts', ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  const output = { out: '', err: '' };
  child.stdout.on('data', (chunk: Buffer) => (output.out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output.err += chunk.toString()));
  return { child, output };
};

describe('the emulator as a program', function () {
  this.timeout(20_000);

  it('prints one line when it is ready, serves, and ends with its parent', async () => {
    const { child, output } = start('--with-parent', '--quiet');
    await once(child.stdout, 'data');
    assert.match(output.out, /^Cachepoint emulator listening on http:\/\/127\.0\.0\.1:\d+\n$/);
    const url = output.out.trim().split(' ').at(-1) ?? '';
    const state = (await (await fetch(`${url}/_emulator/state`)).json()) as { simulated: boolean };
    assert.equal(state.simulated, true);
    child.stdin.end();
    assert.deepEqual(await once(child, 'close'), [0, null]);
  });

  it('goes on when whoever read its output has gone', async () => {
    const { child, output } = start('--with-parent');
    await once(child.stdout, 'data');
    const url = output.out.trim().split(' ').at(-1) ?? '';
    child.stdout.destroy();
    child.stderr.destroy();
    for (let call = 0; call < 3; call += 1)
      assert.equal((await fetch(`${url}/model/x/converse`, { method: 'POST', headers: { authorization: 'Bearer test' } })).status, 400);
    child.stdin.end();
    assert.deepEqual(await once(child, 'exit'), [0, null]);
  });

  it('says what is wrong with its command line and fails', async () => {
    const { child, output } = start('--port', 'many');
    assert.deepEqual(await once(child, 'close'), [2, null]);
    assert.match(output.err, /^--port takes a number from 0 to 65535, not: many\n$/);
  });
});
