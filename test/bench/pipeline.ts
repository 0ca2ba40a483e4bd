import { perHour } from '../../src/core/prompt/traffic';
import { planCache, type CachePlan } from '../../src/core/cache/plan';
import { highlightsOf } from '../../src/core/cache/highlights';
import { savingsOf } from '../../src/core/traffic/savings';
import { noFiles } from '../../src/core/prompt/files';
import { formats } from '../../src/core/formats/index';
import type { Prompt } from '../../src/core/prompt/model';
import { checkRules } from '../../src/core/rules/index';
import { defaultSettings } from '../../src/core/settings';
import { forgetTexts } from '../../src/core/text/memo';
import { analyzeOnly, parseOnly } from '../support/onlyPrompt';
import { mixedText } from './corpus';

/** From one typed character to all problems, 95 of 100 times: an editor's frame for the large prompt, a third of it for the usual one. */
const sizes = [
  { name: '100 kB', bytes: 100_000, limitMs: 5 },
  { name: '1 MB', bytes: 1_000_000, limitMs: 16 },
] as const;
const warmUps = 20;
const rounds = 120;

const front = `---
modelId: us.anthropic.claude-sonnet-4-5-20250929-v1:0
inferenceConfig: { maxTokens: 800, temperature: 0 }
toolConfig:
  tools:
    - toolSpec:
        name: find_order
        description: Finds an order by its number and says where the parcel is.
        inputSchema: { json: { type: object, properties: { number: { type: string } }, required: [number] } }
variables:
  tenant: { example: Acme Ltd, varies: session }
  question: { example: Where is my parcel?, varies: request }
---
# system:
`;

const words = 'order parcel return policy customer refund within days shop answer number label delivery address never always'.split(' ');

/** Prose with headings, lists, code and dates, different in each paragraph, so that nothing is remembered by accident. */
const paragraph = (at: number): string => {
  const pick = (step: number) => words[(at * 7 + step * 13 + ((at * step) % 5)) % words.length] ?? '';
  const sentence = Array.from({ length: 18 }, (_, step) => pick(step)).join(' ');
  if (at % 9 === 0) return `## ${at}. ${sentence.slice(0, 40)}\n`;
  if (at % 13 === 0) return `- ${sentence}\n- Item ${at}, in force since 2024-03-${String((at % 28) + 1).padStart(2, '0')}.\n`;
  if (at % 29 === 0) return `\`\`\`json\n{ "row": ${at}, "text": "${sentence}" }\n\`\`\`\n`;
  return `${at}: ${sentence}. The ${pick(3)} is ${at * 17} and the ${pick(5)} "${pick(7)}" costs ${(at * 3.75).toFixed(2)}.\n`;
};

export const promptOf = (bytes: number): string => {
  const parts = [front];
  let size = front.length;
  for (let at = 1; size < bytes; at += 1) {
    // A marker in the middle, a session variable behind it, and a second marker near the end.
    const half = size > bytes / 2 && size - 200 <= bytes / 2;
    const next = half ? `${paragraph(at)}\n<!-- cachePoint ttl=1h -->\n\nThe customer belongs to {{tenant}}.\n` : paragraph(at);
    parts.push(`${next}\n`);
    size += next.length + 1;
  }
  return `${parts.join('')}<!-- cachePoint -->\n\n# user:\n{{question}}\n`;
};

/** Real text of several kinds, with Windows line ends: what stands in a source is longer than what it says. */
const mixedPrompt = (bytes: number): string =>
  [
    front,
    mixedText(bytes / 2, 1),
    '\n<!-- cachePoint ttl=1h -->\n\nThe customer belongs to {{tenant}}.\n',
    mixedText(bytes / 2, 9),
    '\n<!-- cachePoint -->\n\n# user:\n{{question}}\n',
  ]
    .join('')
    .replaceAll('\n', '\r\n');

/** An edit in it may take so many times that in plain text of the same size. */
const mostMixed = 2;

/** As an editor hands it over: one flat string that shares nothing with the one before. */
const flat = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

const percentile = (values: readonly number[], share: number): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

interface Measured {
  readonly whole: readonly number[];
  readonly parts: ReadonlyMap<string, readonly number[]>;
}

/** The parts of `analyze` one after another, timed alone on a text of their own edit. */
const timeParts = (text: string, add: (name: string, ms: number) => void): void => {
  const timed = <T>(name: string, work: () => T): T => {
    const started = performance.now();
    const result = work();
    add(name, performance.now() - started);
    return result;
  };
  const format = formats['bedrock-prompt'];
  const prompt: Prompt = timed('parse', () => parseOnly(text, format.id, noFiles));
  const plan: CachePlan = timed('plan and count', () => planCache(prompt));
  timed('savings', () => savingsOf(plan));
  timed('rules', () => checkRules({ text, prompt, plan, traffic: perHour(60) }, {}));
  timed('highlights', () => highlightsOf(plan));
};

const measure = (source: string): Measured => {
  const whole: number[] = [];
  const parts = new Map<string, number[]>();
  const middle = source.indexOf('\n', source.length >> 1) - 10;
  let typed = '';
  const type = (): string => {
    typed += String.fromCharCode(97 + (typed.length % 26));
    return flat(source.slice(0, middle) + typed + source.slice(middle));
  };
  for (let round = -warmUps; round < rounds; round += 1) {
    const text = type();
    const started = performance.now();
    analyzeOnly(text, 'bedrock-prompt', noFiles, defaultSettings);
    const ms = performance.now() - started;
    if (round >= 0) whole.push(ms);
    timeParts(type(), (name, part) => {
      if (round >= 0) parts.set(name, [...(parts.get(name) ?? []), part]);
    });
  }
  return { whole, parts };
};

const row = (name: string, values: readonly number[], verdict = ''): void =>
  console.log(
    [
      name.padEnd(26),
      `p50 ${percentile(values, 0.5).toFixed(2)} ms`.padStart(14),
      `p95 ${percentile(values, 0.95).toFixed(2)} ms`.padStart(14),
    ].join('  ') + (verdict === '' ? '' : `  ${verdict}`),
  );

/** The first read of a text: with nothing remembered of it. */
const firstRead = (text: string): number => {
  forgetTexts();
  const fresh = flat(text);
  const started = performance.now();
  analyzeOnly(fresh, 'bedrock-prompt', noFiles, defaultSettings);
  return performance.now() - started;
};

/** Times the way from one typed character to all problems, whole and by part, on prompts of 100 kB and 1 MB, and on 1 MB of mixed text. */
export const benchPipeline = (): Promise<void> => {
  let plain = Number.NaN;
  for (const { name, bytes, limitMs } of sizes) {
    const { whole, parts } = measure(promptOf(bytes));
    row(`${name}, whole`, whole, percentile(whole, 0.95) <= limitMs ? `ok (limit ${limitMs} ms)` : `over the limit of ${limitMs} ms`);
    for (const [part, values] of parts) row(`  ${part}`, values);
    plain = percentile(whole, 0.5);
  }
  const mixed = mixedPrompt(1_000_000);
  const { whole, parts } = measure(mixed);
  const ratio = percentile(whole, 0.5) / plain;
  row('1 MB mixed, CRLF, whole', whole, `${ratio.toFixed(2)} × plain (limit ${mostMixed})${ratio > mostMixed ? ', over' : ''}`);
  for (const [part, values] of parts) row(`  ${part}`, values);
  for (const [name, text] of Object.entries({ plain: promptOf(1_000_000), mixed }))
    row(
      `first read, 1 MB ${name}`,
      Array.from({ length: 5 }, () => firstRead(text)),
    );
  return Promise.resolve();
};
