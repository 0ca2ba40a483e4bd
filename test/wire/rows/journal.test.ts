import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import * as esbuild from 'esbuild';
import { createEmulator } from '../../../src/emulator/server';
import type { Emulator } from '../../../src/emulator/options';
import { makeFolder, type TestFolder } from '../../support/folder';

const rows = 3;
const model = 'anthropic.claude-sonnet-4-5-20250929-v1:0';

interface Told {
  readonly doubtful: readonly number[];
  readonly kinds: readonly string[];
  readonly doubts: number;
}

type When = 'before' | 'in' | 'after';

describe('a batch whose process is killed', function () {
  this.timeout(240_000);

  let folder: TestFolder;
  let script: string;
  before(async () => {
    folder = makeFolder();
    script = folder.at('child.cjs');
    await esbuild.build({
      entryPoints: [join(import.meta.dirname, 'child.ts')],
      bundle: true,
      platform: 'node',
      format: 'cjs',
      mainFields: ['module', 'main'],
      outfile: script,
      logLevel: 'error',
    });
  });
  after(() => folder.remove());

  const start = (order: object): Promise<Told | undefined> =>
    new Promise((resolve, reject) =>
      execFile(
        process.execPath,
        [script, JSON.stringify({ rows, model, ...order })],
        { env: { ...process.env, AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' } },
        (error, stdout, stderr) => {
          if (error?.signal === 'SIGKILL') resolve(undefined);
          else if (error !== null) reject(new Error(stderr, { cause: error }));
          else resolve(JSON.parse(stdout) as Told);
        },
      ),
    );

  /** An emulator that counts how often each row arrives, told by the words behind the cache point. */
  const counting = async (): Promise<{ readonly emulator: Emulator; readonly counts: () => readonly number[] }> => {
    const seen: number[] = [];
    const emulator = await createEmulator({
      speed: 0,
      log: (line) => {
        const uncached = /uncached (\d+)/.exec(line)?.[1];
        if (uncached !== undefined) seen.push(Math.floor(Number(uncached) / 20) - 1);
      },
    });
    return { emulator, counts: () => Array.from({ length: rows }, (_, row) => seen.filter((one) => one === row).length) };
  };

  const killedAt = async (write: number, when: When): Promise<{ readonly wasKilled: boolean }> => {
    const { emulator, counts } = await counting();
    const path = folder.at(`${write}-${when}.jsonl`);
    const name = `write ${write}, ${when}`;
    try {
      const first = await start({ url: emulator.url, path, kill: { write, when } });
      const again = await start({ url: emulator.url, path });
      assert.ok(again, name);
      // Nothing is lost: a row was answered, or somebody is told that it may have been.
      assert.deepEqual(
        again.kinds.map((kind, row) => (again.doubtful.includes(row) ? kind === 'doubtful' : kind === 'done')),
        Array.from({ length: rows }, () => true),
        name,
      );
      assert.ok(again.doubtful.length <= 2, name);
      // Nothing is paid twice: what is not doubtful arrived once, what is doubtful once at most.
      for (const [row, count] of counts().entries())
        assert.ok(again.doubtful.includes(row) ? count <= 1 : count === 1, `${name}: row ${row} arrived ${count} times`);
      if (again.doubtful.length === 0) return { wasKilled: first === undefined };
      const last = await start({ url: emulator.url, path, choose: 'send' });
      assert.deepEqual(
        last?.kinds,
        Array.from({ length: rows }, () => 'done'),
        name,
      );
      assert.equal(last?.doubts, again.doubtful.length, name);
      for (const [row, count] of counts().entries()) assert.ok(count <= (again.doubtful.includes(row) ? 2 : 1), name);
      return { wasKilled: first === undefined };
    } finally {
      await emulator.close();
    }
  };

  it('loses no row and pays for none twice, before, in and after each write', async () => {
    // One entry for the batch, two for each row, one for the end.
    const writes = 2 + 2 * rows;
    for (let write = 0; write < writes; write += 1) {
      const killed = await Promise.all((['before', 'in', 'after'] as const).map((when) => killedAt(write, when)));
      for (const { wasKilled } of killed) assert.ok(wasKilled, `write ${write} was never reached`);
    }
  });

  it('counts rows at the receiving end as they are', async () => {
    const { emulator, counts } = await counting();
    try {
      const told = await start({ url: emulator.url, path: folder.at('whole.jsonl') });
      assert.deepEqual(told?.kinds, ['done', 'done', 'done']);
      assert.deepEqual(counts(), [1, 1, 1]);
    } finally {
      await emulator.close();
    }
  });
});
