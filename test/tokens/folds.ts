import { build, type Plugin } from 'esbuild';
import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { basename, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import type { estimateRequest, estimateText } from '../../src/core/tokens/estimate';
import { isHeldOut } from './corpus';

/** The estimator with the weights of some fit. */
export interface Estimator {
  readonly estimateText: typeof estimateText;
  readonly estimateRequest: typeof estimateRequest;
}

const root = join(import.meta.dirname, '..', '..');
const core = join(root, 'src', 'core', 'tokens');
const weightFiles = ['weights', 'oldWeights', 'beyondWeights', 'publicWeights'];

/** Takes the tables out of a folder that `fit.ts` wrote. */
const weightsFrom = (folder: string): Plugin => ({
  name: 'weights-from',
  setup(context) {
    context.onResolve({ filter: /^\.\// }, ({ path, resolveDir }) => {
      const name = basename(path);
      const isTable = weightFiles.includes(name) && relative(core, resolve(resolveDir, path)) === name;
      return isTable ? { path: join(folder, `${name}.ts`) } : undefined;
    });
  },
});

const estimatorWith = async (folder: string): Promise<Estimator> => {
  const outfile = join(folder, 'estimator.mjs');
  await build({
    entryPoints: [join(core, 'estimate.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    charset: 'utf8',
    plugins: [weightsFrom(folder)],
  });
  return (await import(pathToFileURL(outfile).href)) as Estimator; // built from the module whose types these are
};

const run = promisify(execFile);

/** Fits with one fold left out, into a folder, unless an earlier call has. */
const fitWithout = async (data: string, fold: string, folder: string): Promise<void> => {
  const done = join(folder, 'fitted');
  if (existsSync(done)) return;
  mkdirSync(folder, { recursive: true });
  await run(process.execPath, ['--import=tsx', 'test/tokens/fit.ts', '--data', data, '--without', fold, '--out', folder], { cwd: root });
  writeFileSync(done, '');
};

const allFits = async (data: string, names: readonly string[], folder: string): Promise<readonly Estimator[]> => {
  const folderOf = (name: string): string => join(folder, name.replace('/', '-of-'));
  const waiting = [...names];
  const worker = async (): Promise<void> => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) await fitWithout(data, name, folderOf(name));
  };
  await Promise.all(Array.from({ length: availableParallelism() }, worker));
  return Promise.all(names.map(folderOf).map(estimatorWith));
};

/**
 * Fits as often as there are folds, each time with another fold of the sources left out, as many at once as there are processors; gives for each source the
 * estimator that has not seen it. In `kept`, if it is named, the weights stay, and those of an earlier call are taken from there.
 */
export const fitFolds = async (data: string, folds: number, kept?: string): Promise<(source: string) => Estimator> => {
  const names = Array.from({ length: folds }, (_, fold) => `${fold}/${folds}`);
  const folder = resolve(kept ?? mkdtempSync(join(tmpdir(), 'cachepoint-folds-')));
  const estimators = await allFits(resolve(data), names, folder).finally(() => {
    if (kept === undefined) rmSync(folder, { recursive: true, force: true });
  });
  return (source) => {
    const found = estimators.find((_, fold) => isHeldOut(source, { fold, folds }));
    if (found === undefined) throw new Error(`no fold holds ${source}`);
    return found;
  };
};
