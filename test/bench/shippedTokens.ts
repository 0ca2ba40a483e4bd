import { build, type Plugin } from 'esbuild';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { TokenEstimate } from '../../src/core/figures/band';
import type { TokenFamily } from '../../src/core/models/types';
import { partsByModule } from '../support/laterParts';

export interface Shipped {
  readonly measureAfresh: (text: string, name: 'old' | 'new') => unknown;
  readonly estimateText: (text: string, family: TokenFamily) => TokenEstimate;
}

const root = join(import.meta.dirname, '..', '..');
const core = join(root, 'src', 'core', 'tokens');
const parts = [...partsByModule().keys()].filter((part) => part.startsWith('src/core/tokens/'));

const exportsOf = (part: string): readonly string[] =>
  [...readFileSync(join(root, `${part}.ts`), 'utf8').matchAll(/^export const (\w+) = (?:<.+>)?\(/gm)].map(([, name = '']) => name);

/** As the build does it: a part that is loaded later is a bundle of its own, read when one of its functions is called. */
const loadedLater = (folder: string): Plugin => ({
  name: 'loaded-later',
  setup(context) {
    context.onResolve({ filter: /^\.\.?\// }, ({ path, resolveDir }) => {
      const part = relative(root, resolve(resolveDir, path)).replaceAll('\\', '/');
      return parts.includes(part) ? { path: part, namespace: 'later' } : undefined;
    });
    context.onLoad({ filter: /./, namespace: 'later' }, ({ path }) => ({
      contents: [
        "import { createRequire } from 'node:module';",
        `const load = () => createRequire(import.meta.url)(${JSON.stringify(join(folder, `${basename(path)}.cjs`))});`,
        ...exportsOf(path).map((name) => `export const ${name} = (...values) => load().${name}(...values);`),
      ].join('\n'),
      resolveDir: root,
    }));
  },
});

const kilobytes = (path: string): string => (statSync(path).size / 1000).toFixed(1);

/** Builds what ships of the estimator, so that size, load and speed are those of the bundle. */
export const withShipped = async (use: (shipped: Shipped, outfile: string, folder: string) => Promise<void>): Promise<void> => {
  const folder = mkdtempSync(join(tmpdir(), 'cachepoint-bench-'));
  try {
    const entry = join(folder, 'entry.ts');
    const from = core.replaceAll('\\', '/');
    writeFileSync(
      entry,
      `export { measureAfresh } from '${from}/measure';\nexport { estimateRequest, estimateText } from '${from}/estimate';\n`,
    );
    const shared = { bundle: true, minify: true, platform: 'node', target: 'node20', charset: 'utf8' } as const;
    const outfile = join(folder, 'tokens.mjs');
    await build({ ...shared, entryPoints: [entry], format: 'esm', outfile, plugins: [loadedLater(folder)] });
    const later = parts.map((part) => ({ part: join(root, `${part}.ts`), file: join(folder, `${basename(part)}.cjs`) }));
    for (const { part, file } of later) await build({ ...shared, entryPoints: [part], format: 'cjs', outfile: file });
    const sizes = later.map(({ file }) => `${basename(file, '.cjs')} ${kilobytes(file)} kB`);
    console.log(`\nBundle ${kilobytes(outfile)} kB; loaded when they are needed: ${sizes.join(', ')}`);
    const shipped = (await import(pathToFileURL(outfile).href)) as Shipped; // built from the two lines above
    await use(shipped, outfile, folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
