// Measures one build of the engine in a process of its own: node measure.mjs ENGINE TEXT SETTINGS edit|first|start
// Prints CPU milliseconds of one analysis, and of copying the text through JSON, which tells how fast the machine is just now. `start` is the
// first analysis with the load of the engine: what one build loads with it, another loads when it is met.
// @ts-check
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const [engine = '', path = '', settings = '{}', what] = process.argv.slice(2);
const source = readFileSync(path, 'utf8');
const rounds = what === 'edit' ? 40 : 1;
const warmUps = what === 'edit' ? 15 : 0;
const parsed = JSON.parse(settings);
const load = createRequire(import.meta.url);
/** @returns {import('../../src/core/engine')} */
const loaded = () => load(engine);
if (what !== 'start') loaded();

/** @param {() => unknown} work */
const cpuOf = (work) => {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
};

/** As an editor hands it over: one flat string that shares nothing with the one before. */
const edited = (/** @type {number} */ round) => {
  const middle = source.length >> 1;
  return Buffer.from(source.slice(0, middle) + 'x'.repeat(round) + source.slice(middle), 'utf16le').toString('utf16le');
};

const times = [];
for (let round = -warmUps; round < rounds; round += 1) {
  const text = edited(round + warmUps);
  const ms = cpuOf(() => loaded().analyze(text, 'bedrock-prompt', () => ({ kind: 'refused', reason: 'missing' }), parsed).problems.length);
  if (round >= 0) times.push(ms);
}
const anchors = Array.from({ length: 15 }, () => cpuOf(() => JSON.parse(JSON.stringify(source))));
const median = (/** @type {number[]} */ values) => values.sort((a, b) => a - b)[values.length >> 1];
console.log(JSON.stringify({ ms: median(times), anchorMs: median(anchors) }));
