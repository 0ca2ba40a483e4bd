import { cpuUsage } from 'node:process';
import { noFiles } from '../../src/core/prompt/files';
import type { FormatId } from '../../src/core/prompt/model';
import { defaultSettings } from '../../src/core/settings';
import { forgetTexts } from '../../src/core/text/memo';
import { findVolatile } from '../../src/core/varies/volatile';
import { analyzeOnly } from '../support/onlyPrompt';
import { collectGarbage } from './garbage';

/** Time may grow by this much when the text doubles: 2 is linear, the rest is for caches of the processor and garbage. */
const mostRatio = 2.3;
/** Shorter times say more about the machine than about the input, which is then doubled further. */
const leastMs = 25;
const doublings = { least: 3, most: 6 };

/** An input of `n` parts, and what is done with it. */
interface Row {
  readonly name: string;
  /** Parts of the smallest input. */
  readonly from: number;
  readonly make: (n: number) => string;
  readonly run: (text: string) => unknown;
}

const analyzed = (format: FormatId) => (text: string) => analyzeOnly(text, format, noFiles, defaultSettings);
const list = (n: number, part: (at: number) => string, joint = ''): string => Array.from({ length: n }, (_, at) => part(at)).join(joint);
const modelId = 'us.anthropic.claude-sonnet-4-5-20250929-v1:0';

const front = (more = '') => `---\nmodelId: ${modelId}\n${more}---\n`;
const prompt = (name: string, from: number, make: (n: number) => string): Row => ({ name, from, make, run: analyzed('bedrock-prompt') });
const body = (name: string, from: number, part: (at: number) => string): Row =>
  prompt(name, from, (n) => `${front()}# user:\n${list(n, part)}`);

const request = (name: string, from: number, content: (n: number) => object): Row => ({
  name: `${name}, JSON`,
  from,
  make: (n) => JSON.stringify({ modelId, ...content(n) }, undefined, 2),
  run: analyzed('converse-json'),
});
const inUser = (content: readonly object[]): object => ({ messages: [{ role: 'user', content }] });
const json = (name: string, from: number, part: string, around: (inside: string) => string): Row => ({
  name: `${name}, JSON`,
  from,
  make: (n) => around(part.repeat(n)),
  run: analyzed('converse-json'),
});

const uuid = (at: number): string => `${(at + 0x10000000).toString(16)}-1111-4222-8333-${(at + 0x100000000000).toString(16)}`;
const idLines = (n: number): string => list(n, (at) => `request id: ${uuid(at)}\n`);
const point = { cachePoint: { type: 'default' } };
const toolUse = (at: number): object => ({ toolUse: { toolUseId: `t${at}`, name: 'find', input: { at } } });
const toolResult = (at: number): object => ({ toolResult: { toolUseId: `t${at}`, content: [{ text: `Result ${at}` }] } });

const rows: readonly Row[] = [
  prompt('lines with an id', 1_000, (n) => `${front()}# system:\n${idLines(n)}<!-- cachePoint -->\n# user:\nHello\n`),
  prompt('lines with an id, CRLF', 1_000, (n) =>
    `${front()}# system:\n${idLines(n)}<!-- cachePoint -->\n# user:\nHello\n`.replaceAll('\n', '\r\n'),
  ),
  request('lines with an id', 1_000, (n) => ({
    system: [{ text: idLines(n) }, point],
    messages: [{ role: 'user', content: [{ text: 'Hi' }] }],
  })),
  prompt('undeclared variables beside declared ones', 250, (n) =>
    [
      front(`variables:\n${list(n, (at) => `  known${at}: { example: a }\n`)}`),
      `# user:\n${list(n, (at) => `{{known${at}}} {{unknown${at}}}\n`)}`,
    ].join(''),
  ),
  prompt('declarations that nothing uses', 2_000, (n) =>
    [front(`variables:\n${list(n, (at) => `  name${at}: { example: a }\n`)}`), '# user:\nHello\n'].join(''),
  ),
  prompt('variables, each used once', 2_000, (n) =>
    [front(`variables:\n${list(n, (at) => `  name${at}: { example: a }\n`)}`), `# user:\n${list(n, (at) => `{{name${at}}}\n`)}`].join(''),
  ),
  prompt('messages beside declared variables', 1_000, (n) =>
    [
      front(`variables:\n${list(n, (at) => `  name${at}: { example: a }\n`)}`),
      list(n, (at) => `# ${at % 2 === 0 ? 'user' : 'assistant'}:\n{{name${at}}}\n`),
    ].join(''),
  ),
  prompt('texts listed as static beside ids', 500, (n) =>
    [
      front(`static:\n${list(n, (at) => `  - "text ${at} that stays"\n`)}`),
      `# system:\n${idLines(n)}<!-- cachePoint -->\n# user:\nHello\n`,
    ].join(''),
  ),
  body('comments that ignore nothing', 2_000, (at) => `<!-- cachepoint-ignore cache/mising${at} -->\ntext\n`),
  body('comments that ignore, one after the other', 4_000, () => '<!-- cachepoint-ignore cache/missing -->\n'),
  json('comments that ignore, on one line', 4_000, '/* a */ // cachepoint-ignore cache/missing\n', (inside) => `{${inside}"messages":[]}`),
  json('comments on one line', 4_000, '/* cachepoint-ignore cache/missing */ ', (inside) => `{${inside}"messages":[]}`),
  body('includes that are missing', 4_000, (at) => `{{> a${at}.md}}\n<!-- cachePoint -->\n`),
  body('cache points without text before them', 4_000, (at) => `# ${at % 2 === 0 ? 'user' : 'assistant'}:\n<!-- cachePoint -->\n`),
  body('consecutive cache points', 4_000, () => '<!-- cachePoint -->\n'),
  request('consecutive cache points', 4_000, (n) => inUser([{ text: 'Hi' }, ...Array.from({ length: n }, () => point)])),
  prompt('turns', 4_000, (n) => front() + list(n, (at) => `# ${at % 2 === 0 ? 'user' : 'assistant'}:\nTurn ${at}.\n`)),
  request('text blocks in one message', 12_500, (n) => inUser(Array.from({ length: n }, (_, at) => ({ text: `Part ${at}.` })))),
  request('cache points behind texts', 4_000, (n) => inUser(Array.from({ length: n }, (_, at) => [{ text: `Part ${at}.` }, point]).flat())),
  request('turns', 4_000, (n) => ({
    messages: Array.from({ length: n }, (_, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content: [{ text: `Turn ${at}.` }] })),
  })),
  request('tool results in pairs', 2_000, (n) => ({
    messages: Array.from({ length: 2 * n }, (_, at) =>
      at % 2 === 0 ? { role: 'assistant', content: [toolUse(at)] } : { role: 'user', content: [toolResult(at - 1)] },
    ),
  })),
  request('tool results in one message', 2_000, (n) => inUser(Array.from({ length: n }, (_, at) => toolResult(at)))),
  request('blank blocks', 2_000, (n) => inUser([{ text: 'Hi' }, ...Array.from({ length: n }, () => ({ text: ' ' }))])),
  request('unknown members', 2_000, (n) => ({
    ...inUser([{ text: 'Hi' }]),
    inferenceConfig: Object.fromEntries(Array.from({ length: n }, (_, at) => [`maxTokenz${at}`, at])),
  })),
  body('unclosed fences', 40_000, () => '```a\n'),
  body('fences that close', 20_000, () => '```\n```\n'),
  body('variables', 20_000, () => '{{a}}'),
  body('escapes', 40_000, () => '\\{{'),
  body('opened variables', 40_000, () => '{{'),
  body('escaped roles and markers', 5_000, () => '\\user:\n<!-- cachePoint -->\n'),
  body('media lines', 10_000, () => '![](a.png)\n'),
  body('opened inline markers', 10_000, () => 'a <!-- cachePoint '),
  body('inline markers', 10_000, () => 'a <!-- cachePoint --> '),
  body('blank lines', 200_000, () => '\n'),
  body('converse fences', 4_000, () => '```converse\n{"text":"a"}\n```\n'),
  prompt('fences of ever smaller length', 400, (n) => list(n, (at) => `${'`'.repeat(n + 2 - at)}a\n`)),
  prompt('spaces at the end of lines', 20_000, (n) => `${front()}# system:\n${'some text \n'.repeat(n)}<!-- cachePoint -->\n# user:\nHi\n`),
  json('texts', 20_000, '{"text":"a\\n"},', (inside) => `{"system":[${inside}]}`),
  json('odd members', 20_000, '{"a":1},', (inside) => `{"system":[${inside}]}`),
  json('raw line ends in a text', 20_000, 'line\n', (inside) => `{"system":[{"text":"${inside}"}]}`),
  json('nonsense', 20_000, 'a:', (inside) => `{${inside}}`),
  ...['today is (((((', 'request id: 0', '${new Date()', 'it is now 1', 'id of this request ', '; . ! ? today '].map((part): Row => ({
    name: `search: ${part}`,
    from: 20_000,
    make: (n) => part.repeat(n),
    run: findVolatile,
  })),
];

const cpuMs = (work: () => unknown): number => {
  const before = cpuUsage();
  work();
  const { user, system } = cpuUsage(before);
  return (user + system) / 1000;
};

/** Bounds a row whose time explodes: the next doubling would take minutes. */
const tooLongMs = 20_000;

/** Times by the length of the text that took them. */
interface Times {
  readonly lengths: readonly number[];
  readonly cold: readonly number[];
  readonly again: readonly number[];
}

/** The least of some runs, the others say what else the machine did; of more where each is short. */
const runs = { least: 3, most: 15, enoughMs: 300 };
const leastOf = (before: () => void, work: () => unknown): number => {
  let [least, sum] = [Infinity, 0];
  for (let run = 0; run < runs.least || (run < runs.most && sum < runs.enoughMs); run += 1) {
    before();
    collectGarbage();
    const ms = cpuMs(work);
    least = Math.min(least, ms);
    sum += ms;
  }
  return least;
};

const timesOf = ({ from, make, run }: Row): Times => {
  const lengths: number[] = [];
  const cold: number[] = [];
  const again: number[] = [];
  run(make(Math.ceil(from / 2)));
  for (let step = 0; step <= doublings.most; step += 1) {
    const last = cold.at(-1) ?? 0;
    if (last > tooLongMs || (step > doublings.least && last >= leastMs)) break;
    const text = make(from * 2 ** step);
    lengths.push(text.length);
    cold.push(leastOf(forgetTexts, () => run(text)));
    again.push(
      leastOf(
        () => undefined,
        () => run(text),
      ),
    );
  }
  return { lengths, cold, again };
};

/** How much the time grew when the length of the text doubled, on average over the last two steps; 0 where it took next to none. */
const growthOf = (times: readonly number[], lengths: readonly number[]): number => {
  const last = times.length - 1;
  const before = Math.max(0, last - 2);
  const [from = 0, to = 0] = [times[before], times[last]];
  const doubled = Math.log2((lengths[last] ?? 1) / (lengths[before] ?? 1));
  return to < leastMs ? 0 : (to / Math.max(leastMs / 4, from)) ** (1 / doubled);
};

const shown = (times: readonly number[]): string => times.map((ms) => (ms < 100 ? ms.toFixed(1) : ms.toFixed(0)).padStart(6)).join(' ');

/**
 * Doubles inputs of one kind of part and prints how the CPU time of one analysis grows, of a fresh text and of the same one again.
 * `part`: only rows in whose name it stands.
 */
export const benchGrowth = (part = ''): Promise<void> => {
  const chosen = rows.filter(({ name }) => name.includes(part));
  let over = 0;
  console.log(`CPU ms at n, 2n, 4n …: a fresh text | the same again; the larger growth of a doubled text (at most ${mostRatio})`);
  for (const row of chosen) {
    const { lengths, cold, again } = timesOf(row);
    const worst = Math.max(growthOf(cold, lengths), growthOf(again, lengths));
    if (worst > mostRatio) over += 1;
    console.log(
      `${row.name.padEnd(44)} ${shown(cold)} |${shown(again)}  ${worst.toFixed(1).padStart(5)}${worst > mostRatio ? '  over' : ''}`,
    );
  }
  console.log(`${chosen.length} rows, ${over} over`);
  return Promise.resolve();
};
