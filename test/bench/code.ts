import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { analyzeWith } from '../../src/core/analysis';
import { readCode } from '../../src/core/code';
import { highlightsOf } from '../../src/core/cache/highlights';
import { noFiles } from '../../src/core/prompt/files';
import { defaultSettings } from '../../src/core/settings';
import { measureProcess } from './process';

const root = join(import.meta.dirname, '..', '..');
const dist = join(root, 'dist');

const limits = { keyMs: 8, freshMs: 300, warmMs: 120, bundleKb: 250, plainMs: 1500, coldMs: 20_000, againMs: 1000 };

const proseOf = (length: number): string => {
  let text = '';
  for (let turn = 0; text.length < length; turn += 1)
    text += `Turn ${turn}: the parcel of order ${turn * 17} has not arrived, and the customer asks what happens next.\n`;
  return text;
};

const pythonStep = (n: number): string => `def step_${n}(value, other=None):
    """Does step ${n}."""
    total = value + ${n}
    rows = [{"name": f"row {at}", "value": at * total} for at in range(${n % 7})]
    if other is not None and total > ${n}:
        rows.append({"name": "other", "value": other.get("x", ${n})})
    for row in rows:
        log.info("row %s of %s", row["name"], total)
    return {"rows": rows, "total": total}


`;

const scriptStep = (n: number): string => `export async function step${n}(value: number, other?: { x: number }) {
  const total = value + ${n};
  const rows = Array.from({ length: ${n % 7} }, (_, at) => ({ name: \`row \${at}\`, value: at * total }));
  if (other !== undefined && total > ${n}) rows.push({ name: 'other', value: other.x });
  for (const row of rows) console.log('row %s of %s', row.name, total);
  return { rows, total };
}

`;

const upTo = (length: number, step: (n: number) => string): string => {
  let text = '';
  for (let n = 0; text.length < length; n += 1) text += step(n);
  return text;
};

/** Programs of 100 kB, half of it one prompt that a call at the end sends. */
const programs: Readonly<Record<string, string>> = {
  'prompt.py': `import boto3

PROMPT = """${proseOf(50_000)}"""

${upTo(49_000, pythonStep)}
def ask(text):
    return boto3.client("bedrock-runtime").converse(
        modelId="us.anthropic.claude-opus-5",
        system=[{"text": PROMPT}, {"cachePoint": {"type": "default"}}],
        messages=[{"role": "user", "content": [{"text": text}]}],
    )
`,
  'prompt.ts': `import { BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';

const client = new BedrockRuntimeClient({});
const PROMPT = \`${proseOf(50_000)}\`;

${upTo(49_000, scriptStep)}
export const ask = (text: string) =>
  client.send(
    new ConverseCommand({
      modelId: 'us.anthropic.claude-opus-5',
      system: [{ text: PROMPT }, { cachePoint: { type: 'default' } }],
      messages: [{ role: 'user', content: [{ text }] }],
    }),
  );
`,
};

/** As an editor hands it over: one flat string that shares nothing with the one before. */
const flat = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

const cpuMs = (work: () => void): number => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

const at = (values: readonly number[], share: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * share))] ?? Number.NaN;

const row = (name: string, value: string, limit: number, unit: string, isOk: boolean): void =>
  console.log(`${name.padEnd(44)} ${value.padStart(28)}  ${isOk ? 'ok' : 'over'} (limit ${limit} ${unit})`);

const wholePipeline = (text: string, path: string): void => {
  const analysis = analyzeWith((next) => readCode(next, path, noFiles), text, 'code', defaultSettings);
  void analysis.problems;
  for (const { plan } of analysis.prompts) highlightsOf(plan);
};

/** CPU time of one character typed in the prompt, in the code before it and in the code behind it. */
const benchKeys = (): void => {
  for (const [path, text] of Object.entries(programs))
    for (const [where, place] of [
      ['prompt', text.indexOf('Turn 200')],
      ['code', text.indexOf('total', text.length - 20_000)],
    ] as const) {
      const times = Array.from({ length: 160 }, (_, round) => {
        const next = flat(text.slice(0, place) + 'x'.repeat(round + 1) + text.slice(place));
        return cpuMs(() => wholePipeline(next, path));
      }).slice(40);
      const p95 = at(times, 0.95);
      row(
        `a key in the ${where} of ${path}`,
        `p50 ${at(times, 0.5).toFixed(1)}, p95 ${p95.toFixed(1)} ms CPU`,
        limits.keyMs,
        'ms',
        p95 <= limits.keyMs,
      );
    }
};

const readScript = `
const [file, path, rounds] = process.argv.slice(1);
const text = require('node:fs').readFileSync(file, 'utf8');
const cpu = (work) => { const a = process.cpuUsage(); work(); const b = process.cpuUsage(a); return (b.user + b.system) / 1000; };
const missing = () => ({ kind: 'missing' });
const times = Array.from({ length: Number(rounds) }, (_, round) => cpu(() => {
  const { readCode } = require(${JSON.stringify(join(dist, 'code.js'))});
  for (const prompt of readCode(text.replace('Turn 9:', 'Turn ' + round + ':'), 'read-' + round + path, missing).prompts) prompt.read();
}));
console.log(JSON.stringify(times));`;

/** CPU time of the first file of code in a process, bundles included, and of further ones when the parser is warm. */
const benchReads = (folder: string): void => {
  for (const [path, text] of Object.entries(programs)) {
    const file = join(folder, path);
    writeFileSync(file, text);
    const runs = Array.from(
      { length: 5 },
      () => JSON.parse(execFileSync(process.execPath, ['-e', readScript, file, path, '12'], { encoding: 'utf8' })) as number[], // printed by the script
    );
    const fresh = at(
      runs.map(([first]) => first ?? Number.NaN),
      0.5,
    );
    const warm = at(
      runs.flatMap((run) => run.slice(6)),
      0.5,
    );
    row(`first read of ${path}, fresh process`, `${fresh.toFixed(0)} ms CPU`, limits.freshMs, 'ms', fresh <= limits.freshMs);
    row(`first read of ${path}, parser warm`, `${warm.toFixed(0)} ms CPU`, limits.warmMs, 'ms', warm <= limits.warmMs);
  }
};

const benchSizes = (): void => {
  for (const name of ['code.js', 'code-reader.js', 'code-data.js', 'code-python.js', 'code-typescript.js']) {
    const kb = statSync(join(dist, name)).size / 1000;
    row(name, `${kb.toFixed(1)} kB`, limits.bundleKb, 'kB', kb <= limits.bundleKb);
  }
};

const inFolders = (folder: string, count: number, textOf: (n: number) => string): void => {
  for (let n = 0; n < count; n += 1) {
    const own = join(folder, `d${n % 100}`);
    mkdirSync(own, { recursive: true });
    writeFileSync(join(own, `f${n}.py`), textOf(n));
  }
};

const writePrograms = (folder: string): void => {
  mkdirSync(join(folder, 'common'), { recursive: true });
  writeFileSync(join(folder, 'common', 'prompts.py'), `SYSTEM = """${proseOf(6000)}"""\n`);
  writeFileSync(
    join(folder, 'common', 'llm.py'),
    'import boto3\nclient = boto3.client("bedrock-runtime")\n\n\ndef ask(system, text):\n    return client.converse(modelId="us.anthropic.claude-opus-5", system=[{"text": system}, {"cachePoint": {"type": "default"}}], messages=[{"role": "user", "content": [{"text": text}]}])\n',
  );
  inFolders(
    folder,
    2500,
    (n) =>
      `import boto3\nfrom common.llm import ask\nfrom common.prompts import SYSTEM\n\n\n${upTo(4000, (step) => pythonStep(n + step))}def one(text):\n    return ask(SYSTEM, text)\n\n\ndef two(text):\n    return boto3.client("bedrock-runtime").converse(modelId="us.amazon.nova-pro-v1:0", system=[{"text": "You are number ${n}."}], messages=[{"role": "user", "content": [{"text": text}]}])\n`,
  );
};

/** CPU time of `check` over code that names no Bedrock, and over a program that does in each file, first and again. */
const benchCheck = async (folder: string): Promise<void> => {
  const check = [process.execPath, join(dist, 'cli.js'), 'check', '--fail-on', 'never'];
  const run = async (name: string, own: string, args: readonly string[], limit: number): Promise<void> => {
    const { cpuMs: ms, wallMs, peakMb } = await measureProcess([...check, ...args], own, { XDG_CACHE_HOME: join(folder, 'cache') });
    row(name, `${ms.toFixed(0)} ms CPU, ${wallMs.toFixed(0)} ms, ${peakMb.toFixed(0)} MB`, limit, 'ms', ms <= limit);
  };
  const [plain, many] = [join(folder, 'plain'), join(folder, 'many')];
  inFolders(plain, 20_000, (n) => `import os\n\n\n${upTo(3500, (step) => pythonStep(n + step))}`);
  await run('check, 20,000 files without Bedrock', plain, ['--no-cache'], limits.plainMs);
  writePrograms(many);
  await run('check, 2,500 files with Bedrock', many, [], limits.coldMs);
  await run('check, 2,500 files with Bedrock, again', many, [], limits.againMs);
};

/** Prompts in code: what a key, a first look, a bundle and a whole repository cost. */
export const benchCode = async (): Promise<void> => {
  benchKeys();
  if (!existsSync(join(dist, 'code.js'))) return console.log('not built: npm run build');
  const folder = mkdtempSync(join(tmpdir(), 'cachepoint-code-'));
  try {
    benchSizes();
    benchReads(folder);
    await benchCheck(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
