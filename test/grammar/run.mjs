/**
 * Runs the grammar tests: assertions in cases/, snapshots in snapshots/, then the assertions again on mutated grammars,
 * each of which must fail. Usage: node test/grammar/run.mjs [--manifest package.json] [--update]
 */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { mutants } from './mutants.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');
const manifestAt = process.argv.indexOf('--manifest');
const manifestPath = resolve(manifestAt === -1 ? join(root, 'package.json') : process.argv[manifestAt + 1]);
const update = process.argv.includes('--update');

/** Grammars of the editor itself, which are not ours to ship. */
const standIns = [
  { scopeName: 'source.yaml', file: 'yaml' },
  { scopeName: 'source.json', file: 'json' },
  { scopeName: 'source.json.comments', file: 'jsonc' },
  { scopeName: 'text.html.markdown', file: 'markdown' },
];

/** The contributed grammars and the stand-ins, with absolute paths. */
const readGrammars = () => {
  const contributed = JSON.parse(readFileSync(manifestPath, 'utf8')).contributes?.grammars ?? [];
  if (!contributed.some((grammar) => grammar.scopeName === 'text.bedrock-prompt'))
    throw new Error(`The manifest contributes no grammar with the scope text.bedrock-prompt: ${manifestPath}`);
  return [
    ...contributed.map((grammar) => ({ ...grammar, path: join(root, grammar.path) })),
    ...standIns.map(({ scopeName, file }) => ({ scopeName, path: join(here, 'dummy', `${file}.tmLanguage.json`) })),
  ];
};

/** The test tool joins paths to the folder of its configuration file, so they are written relative to it. */
const writeConfig = (folder, grammars) => {
  const file = join(folder, 'config.json');
  const local = grammars.map((grammar) => ({ ...grammar, path: relative(folder, grammar.path) }));
  writeFileSync(file, JSON.stringify({ contributes: { languages: [], grammars: local } }));
  return file;
};

const files = (folder, keep) =>
  readdirSync(join(here, folder))
    .filter(keep)
    .sort()
    .map((name) => join('test/grammar', folder, name));

const run = (tool, args, quiet = false) => {
  const script = join(root, 'node_modules/vscode-tmgrammar-test/dist', tool);
  const result = spawnSync(process.execPath, [script, ...args], { cwd: root, encoding: 'utf8' });
  const output = result.stdout + result.stderr;
  if (!quiet) process.stdout.write(output);
  return { ok: result.status === 0, output };
};

const checkSnapshots = (config) => {
  const scopes = [
    { scope: 'text.bedrock-prompt', inputs: files('snapshots', (name) => name.endsWith('.bedrock.txt')) },
    { scope: 'source.json', inputs: files('snapshots', (name) => name.endsWith('.converse.txt')) },
  ];
  return scopes.every(({ scope, inputs }) => {
    // The tool writes a missing snapshot and calls that a success.
    const missing = inputs.filter((input) => !existsSync(join(root, `${input}.snap`)));
    if (missing.length > 0 && !update) {
      console.error(`No snapshot for: ${missing.join(', ')}`);
      return false;
    }
    return run('snapshot.js', ['--config', config, '--scope', scope, ...(update ? ['--updateSnapshot'] : []), ...inputs]).ok;
  });
};

/** A mutant survives if the assertions pass on it, or if they cannot be run at all. */
const survives = (folder, grammars, cases, mutant) => {
  const changed = grammars.map((grammar) => {
    if (grammar.scopeName !== mutant.scope) return grammar;
    const before = JSON.parse(readFileSync(grammar.path, 'utf8'));
    const after = structuredClone(before);
    mutant.change(after);
    if (JSON.stringify(after) === JSON.stringify(before)) throw new Error(`The mutant changes nothing: ${mutant.name}`);
    const path = join(folder, 'mutant.tmLanguage.json');
    writeFileSync(path, JSON.stringify(after));
    return { ...grammar, path };
  });
  const { ok, output } = run('unit.js', ['--compact', '--config', writeConfig(folder, changed), ...cases], true);
  return ok || !/(Missing required scopes|Prohibited scopes)/.test(output);
};

const folder = mkdtempSync(join(tmpdir(), 'grammar-test-'));
try {
  const grammars = readGrammars();
  const cases = files('cases', (name) => name.includes('.test.'));
  const config = writeConfig(folder, grammars);
  const asserted = run('unit.js', ['--config', config, ...cases]).ok;
  const same = checkSnapshots(config);
  const alive = asserted ? mutants.filter((mutant) => survives(folder, grammars, cases, mutant)) : [];
  for (const mutant of alive) console.error(`Not noticed by any assertion: ${mutant.name}`);
  const noticed = asserted ? `${mutants.length - alive.length} of ${mutants.length} mutants noticed` : 'mutants not tried';
  console.log(`grammar: ${cases.length} assertion files, ${noticed}`);
  process.exitCode = asserted && same && alive.length === 0 ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
