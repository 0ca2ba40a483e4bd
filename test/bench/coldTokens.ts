import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** By the clock, and by the processor's time of the whole process, which others that run beside it lengthen less. */
interface Taken {
  readonly ms: number;
  readonly cpu: number;
}

interface Cold {
  /** Import and first estimate beyond the import of an empty module. */
  readonly load: Taken;
  /** The first half megabyte of a process, and a megabyte after the first. */
  readonly first: Taken;
  readonly next: Taken;
}

const runs = 9;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** Short, but with words that are in no list, as every prompt has some: what they are estimated by is needed from the first one on. */
const firstPrompt = 'You are a helpful assistant. Answer {{question}} in HTML, and never call getElementById().';

/** What a process of its own takes, the median of several; `count` is an expression of the `module` and a `text`. */
const coldTimes = (folder: string, module: string, count: string, texts: string): Cold => {
  const empty = join(folder, 'empty.mjs');
  const script = join(folder, 'cold.mjs');
  writeFileSync(empty, 'export {};\n');
  writeFileSync(
    script,
    `import { readFileSync } from 'node:fs';
const timed = async (run) => {
  const cpu = process.cpuUsage();
  const start = performance.now();
  await run();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(cpu);
  return [ms, (user + system) / 1000];
};
const text = readFileSync(${JSON.stringify(texts)}, 'utf8');
const nothing = await timed(() => import(${JSON.stringify(pathToFileURL(empty).href)}));
let module;
const count = (text) => ${count};
const load = await timed(async () => { module = await import(${JSON.stringify(module)}); count(${JSON.stringify(firstPrompt)}); });
const first = await timed(() => count(text.slice(0, 500_000)));
count(text.slice(500_000, 1_000_000));
const next = await timed(() => count(text.slice(1_000_000, 2_000_000)));
console.log(JSON.stringify([load.map((value, at) => value - nothing[at]), first, next]));
`,
  );
  const found = Array.from(
    { length: runs },
    () => JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as (readonly [number, number])[], // printed so above
  );
  const taken = (step: number): Taken => ({
    ms: median(found.map((one) => one[step]?.[0] ?? NaN)),
    cpu: median(found.map((one) => one[step]?.[1] ?? NaN)),
  });
  return { load: taken(0), first: taken(1), next: taken(2) };
};

export const repeatTo = (text: string, length: number): string =>
  text.repeat(Math.max(1, Math.ceil(length / Math.max(1, text.length)))).slice(0, length);

/** Beside `gpt-tokenizer`, where it is installed, in the same run: how fast a process is that has read nothing yet. */
export const benchCold = (folder: string, outfile: string, mixed: string): void => {
  const texts = join(folder, 'mixed.txt');
  writeFileSync(texts, mixed);
  const speed = ({ ms, cpu }: Taken, kilobytes: number): string =>
    `${(kilobytes / ms).toFixed(1)} MB/s (${(kilobytes / cpu).toFixed(1)} by CPU)`;
  const said = ({ first, next }: Cold): string => `first 0.5 MB ${speed(first, 500)}, a megabyte after the first ${speed(next, 1000)}`;
  const own = coldTimes(folder, pathToFileURL(outfile).href, "module.measureAfresh(text, 'old')", texts);
  console.log(`cold: import and first estimate ${own.load.ms.toFixed(1)} ms (${own.load.cpu.toFixed(1)} of CPU); ${said(own)}`);
  const o200k = process.env['GPT_TOKENIZER'];
  if (o200k === undefined) return;
  const other = coldTimes(folder, pathToFileURL(o200k).href, '(module.countTokens ?? module.default.countTokens)(text)', texts);
  console.log(`o200k: ${said(other)}`);
  const times = (step: 'first' | 'next', by: keyof Taken): string => (other[step][by] / own[step][by]).toFixed(1);
  console.log(
    `times as fast: ${times('first', 'ms')} and ${times('next', 'ms')}, by CPU ${times('first', 'cpu')} and ${times('next', 'cpu')}`,
  );
};

/** Texts one after the other, every third with carriage returns, until there are two megabytes. */
export const mixedOf = (texts: readonly string[]): string => {
  const parts = texts.map((text, at) => (at % 3 === 0 ? text.replaceAll('\n', '\r\n') : text));
  return repeatTo(parts.join('\n'), 2_000_000);
};
