import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** The modules that the build puts into bundles of their own (`partsByModule` in `esbuild.mjs`), each with the name of its bundle. */
export const partsByModule = (): ReadonlyMap<string, string> => {
  const [, table = ''] = /const partsByModule = \{(.*?)\n\};/s.exec(readFileSync(join(root, 'esbuild.mjs'), 'utf8')) ?? [];
  return new Map([...table.matchAll(/'(src\/[^']+)': '\.\/([^']+)'/g)].map(([, part = '', bundle = '']) => [part, bundle]));
};
