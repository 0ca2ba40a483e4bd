import assert from 'node:assert/strict';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import type * as Bedrock from '../../../src/bedrock';
import { call, neverAborted, targetAt } from './support/calls';
import { startRawBedrock, wholeAnswer } from './support/rawBedrock';

/** Bytes, minified: about 690 kB with the clients that sign in and those of the control planes, on 2026-11-29; a jump means that the CommonJS builds came in. */
const largest = 720_000;

describe('aws: the second bundle', () => {
  it('is small, loads by require and makes a call', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'cachepoint-bundle-'));
    const outfile = join(folder, 'aws.js');
    const server = await startRawBedrock();
    try {
      await build({
        entryPoints: ['src/bedrock.ts'],
        bundle: true,
        minify: true,
        platform: 'node',
        format: 'cjs',
        target: 'node22',
        mainFields: ['module', 'main'],
        supported: { 'dynamic-import': false },
        logLevel: 'silent',
        outfile,
      });
      assert.ok((await stat(outfile)).size <= largest);
      // The bundle's entry is this module.
      const bedrock = createRequire(outfile)(outfile) as typeof Bedrock;
      assert.deepEqual(Object.keys(bedrock).sort(), [
        'callerIdentity',
        'countTokens',
        'disposeClients',
        'getStored',
        'listModels',
        'listProfiles',
        'listStored',
        'loginFor',
        'modelAccess',
        'readyCall',
        'resolveModel',
        'run',
        'saveStored',
        'useMfaQuestion',
      ]);
      server.answer((exchange) => exchange.stream(wholeAnswer('from the bundle')));
      const types: string[] = [];
      for await (const event of bedrock.run(call, targetAt(server.url), neverAborted)) types.push(event.type);
      assert.deepEqual(types, ['started', 'text', 'stopped', 'usage', 'finished']);
      bedrock.disposeClients();
    } finally {
      await server.close();
      await rm(folder, { recursive: true, force: true });
    }
  });
});
