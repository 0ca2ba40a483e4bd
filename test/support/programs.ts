import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import vm from 'node:vm';
import { transformSync } from 'esbuild';
import type { JsonObject } from '../../src/core/text/json';

/** What a program sent: a request of Converse with its `modelId`, or a Messages body with its `model`. */
export type Captured = JsonObject;

/** A parameter is given its own name as its value, as `namedValues` says it. */
export const valueOf = (name: string): string =>
  `‹${name
    .replace(/[^A-Za-z0-9]/g, '')
    .slice(0, 30)
    .toLowerCase()}›`;

const runner = join(import.meta.dirname, 'python', 'run.py');

/** Is there a Python on this machine? */
export const hasPython = (): boolean => spawnSync('python3', ['--version']).status === 0;

/** Runs programs of Python with stand-ins for their clients, all in one process; each answer is what was sent. */
export const runPython = (programs: readonly string[]): readonly Captured[] => {
  const { status, stdout, stderr } = spawnSync('python3', [runner], {
    input: JSON.stringify(programs),
    encoding: 'utf8',
    maxBuffer: 1_000_000_000,
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: '1', PYTHONIOENCODING: 'utf-8' },
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as readonly Captured[];
};

/** The exported function of a program, and the names of what it is given. */
interface Loaded {
  readonly run: (given: Readonly<Record<string, string>>) => unknown;
  readonly parameters: readonly string[];
}

/** A program of TypeScript with stand-ins for its imports. */
export const loadTypeScript = (text: string, modules: Readonly<Record<string, unknown>>): Loaded => {
  const { code } = transformSync(text, { loader: 'ts', format: 'cjs', target: 'node20' });
  const module = { exports: {} as Record<string, Loaded['run']> };
  const load = (name: string): unknown => {
    if (!(name in modules)) throw new Error(`no module ${name}`);
    return modules[name];
  };
  vm.runInThisContext(`(function (module, exports, require) {${code}\n})`)(module, module.exports, load);
  const [run] = Object.values(module.exports);
  if (run === undefined) throw new Error('nothing is exported');
  const signature = /^export const \w+ = \((?:\{[^]*?\}: \{ ([^]*?) \})?\) => \{$/m.exec(text)?.[1] ?? '';
  return { run, parameters: [...signature.matchAll(/(\w+)\??: string/g)].map(([, name = '']) => name) };
};

/** Calls the function with a value for each parameter. */
export const callTypeScript = (text: string, modules: Readonly<Record<string, unknown>>): unknown => {
  const { run, parameters } = loadTypeScript(text, modules);
  return run(Object.fromEntries(parameters.map((name) => [name, valueOf(name)])));
};
