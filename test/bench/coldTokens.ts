import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

interface Cold {
  /** Import and first estimate beyond the import of an empty module, in milliseconds. */
  readonly loadMs: number;
  /** Megabytes a second of the first half megabyte of a process, and of a megabyte after the first. */
  readonly first: number;
  readonly next: number;
}

const runs = 9;
const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[values.length >> 1] ?? NaN;

/** What a process of its own takes, the median of several; `count` is an expression of the `module` and a `text`. */
const coldSpeeds = (folder: string, module: string, count: string, texts: string): Cold => {
  const empty = join(folder, 'empty.mjs');
  const script = join(folder, 'cold.mjs');
  writeFileSync(empty, 'export {};\n');
  writeFileSync(
    script,
    `import { readFileSync } from 'node:fs';
const timed = async (run) => { const start = performance.now(); await run(); return performance.now() - start; };
const text = readFileSync(${JSON.stringify(texts)}, 'utf8');
const nothing = await timed(() => import(${JSON.stringify(pathToFileURL(empty).href)}));
let module;
const count = (text) => ${count};
const load = await timed(async () => { module = await import(${JSON.stringify(module)}); count('Hello, world'); });
const first = await timed(() => count(text.slice(0, 500_000)));
count(text.slice(500_000, 1_000_000));
const next = await timed(() => count(text.slice(1_000_000, 2_000_000)));
console.log(JSON.stringify([load - nothing, 500 / first, 1000 / next]));
`,
  );
  const found = Array.from({ length: runs }, () => JSON.parse(execFileSync(process.execPath, [script], { encoding: 'utf8' })) as number[]);
  const [loadMs = NaN, first = NaN, next = NaN] = [0, 1, 2].map((at) => median(found.map((one) => one[at] ?? NaN)));
  return { loadMs, first, next };
};

export const repeatTo = (text: string, length: number): string =>
  text.repeat(Math.max(1, Math.ceil(length / Math.max(1, text.length)))).slice(0, length);

/** Beside `gpt-tokenizer`, where it is installed, in the same run: how fast a process is that has read nothing yet. */
export const benchCold = (folder: string, outfile: string, mixed: string): void => {
  const texts = join(folder, 'mixed.txt');
  writeFileSync(texts, mixed);
  const own = coldSpeeds(folder, pathToFileURL(outfile).href, "module.measureAfresh(text, 'old')", texts);
  console.log(
    `cold: import and first estimate ${own.loadMs.toFixed(1)} ms; first 0.5 MB ${own.first.toFixed(1)} MB/s, a megabyte after the first ${own.next.toFixed(1)} MB/s`,
  );
  const other = process.env['GPT_TOKENIZER'];
  if (other === undefined) return;
  const { first, next } = coldSpeeds(folder, pathToFileURL(other).href, '(module.countTokens ?? module.default.countTokens)(text)', texts);
  console.log(`o200k: first 0.5 MB ${first.toFixed(1)} MB/s, a megabyte after the first ${next.toFixed(1)} MB/s`);
  console.log(`times as fast: ${(own.first / first).toFixed(1)} and ${(own.next / next).toFixed(1)}`);
};

/** Texts one after the other, every third with carriage returns, until there are two megabytes. */
export const mixedOf = (texts: readonly string[]): string => {
  const parts = texts.map((text, at) => (at % 3 === 0 ? text.replaceAll('\n', '\r\n') : text));
  return repeatTo(parts.join('\n'), 2_000_000);
};
