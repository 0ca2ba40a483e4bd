// Compiles the tests that run inside VS Code, each to one CommonJS file below out/host; `vscode` and `mocha` stay outside.
// @ts-check
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { hostRoot, projectRoot } from './paths.mjs';

/** Where the compiled tests are; the folders below it are those of the sources. */
export const compiledSuite = join(projectRoot, 'out', 'host');

/**
 * Compiles a folder of tests, by default the project's.
 * @param {string} [source]
 * @returns {Promise<void>}
 */
export async function bundleSuite(source = join(hostRoot, 'suite')) {
  rmSync(compiledSuite, { recursive: true, force: true });
  const files = readdirSync(source, { recursive: true, encoding: 'utf8' });
  await build({
    entryPoints: files.filter((file) => /(^index|\.test)\.ts$/.test(file)).map((file) => join(source, file)),
    outbase: source,
    outdir: compiledSuite,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node22',
    external: ['vscode', 'mocha'],
    mainFields: ['module', 'main'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}
