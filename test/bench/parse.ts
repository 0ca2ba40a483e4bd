import { formats } from '../../src/core/formats/index';
import { noFiles } from '../../src/core/prompt/files';
import type { FormatId } from '../../src/core/prompt/model';
import { parseOnly } from '../support/onlyPrompt';

const warmUps = 20;
const rounds = 120;
/** Parsing gets this part of the 16 ms that one typed character may take in a prompt of 1 MB. */
/** JSON found by its content is one of these, and lines are read one at a time. */
type Whole = Exclude<FormatId, 'json' | 'json-lines' | 'yaml' | 'plain-text'>;
const limitsMs: { readonly [F in Whole]: number } = { 'bedrock-prompt': 5, 'converse-json': 10, messages: 10, nova: 10 };

const turn = (at: number): string =>
  `Turn ${at}: the parcel of order ${at * 17} has "not" arrived, and {{customer}} asks what happens next.\n\n- First, look it up.\n- Then answer.\n`;

const promptOf = (length: number): string => {
  const parts = ['---\nmodelId: m\nvariables:\n  customer: { example: Acme, varies: session }\n---\n# system:\n'];
  let size = 0;
  for (let at = 0; size < length; at += 1) {
    const role = at % 20 === 19 ? (at % 40 === 19 ? '\n# user:\n' : '\n# assistant:\n') : '';
    const fence = at % 33 === 32 ? `\`\`\`json\n{ "row": ${at} }\n\`\`\`\n` : '';
    parts.push(turn(at), fence, role);
    size += turn(at).length + fence.length + role.length;
  }
  parts.push('\n<!-- cachePoint -->\n');
  return parts.join('');
};

const messagesOf = (length: number, point: (text: string) => readonly unknown[]): readonly unknown[] => {
  const messages: unknown[] = [];
  let text = '';
  for (let at = 0, size = 0; size < length; at += 1) {
    text += turn(at);
    if (at % 20 !== 19) continue;
    const content = point(text);
    messages.push({ role: at % 40 === 19 ? 'user' : 'assistant', content });
    size += text.length * 1.06;
    text = '';
  }
  return messages;
};

const written = (request: object): string => JSON.stringify(request, undefined, 2);

const requestOf = (length: number): string =>
  written({ modelId: 'm', messages: messagesOf(length, (text) => [{ text }, { cachePoint: { type: 'default' } }]) });

const messagesBodyOf = (length: number): string =>
  written({
    anthropic_version: 'bedrock-2023-05-31',
    max_tokens: 9,
    messages: messagesOf(length, (text) => [{ type: 'text', text, cache_control: { type: 'ephemeral' } }]),
  });

const novaBodyOf = (length: number): string =>
  written({ schemaVersion: 'messages-v1', messages: messagesOf(length, (text) => [{ text, cachePoint: { type: 'default' } }]) });

/** As an editor hands it over: one flat string that shares nothing with the one before. */
const flat = (text: string): string => Buffer.from(text, 'utf16le').toString('utf16le');

const timesOf = (text: string, format: FormatId, count = rounds): readonly number[] => {
  const middle = text.indexOf('arrived', text.length >> 1);
  const times: number[] = [];
  let typed = '';
  for (let round = -warmUps; round < count; round += 1) {
    typed += 'a';
    const edited = flat(text.slice(0, middle) + typed + text.slice(middle));
    const started = performance.now();
    parseOnly(edited, format, noFiles);
    if (round >= 0) times.push(performance.now() - started);
  }
  return times.sort((a, b) => a - b);
};

const at = (sorted: readonly number[], share: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;

/** A megabyte of records is found in this time, without any of them being read. */
const linesLimitMs = 16;

const recordsOf = (length: number): string => {
  const record = (at: number): string =>
    JSON.stringify({
      recordId: `R${at}`,
      modelInput: { anthropic_version: 'bedrock-2023-05-31', messages: [{ role: 'user', content: turn(at) }] },
    });
  const records: string[] = [];
  for (let at = 0, size = 0; size < length; at += 1) {
    records.push(record(at));
    size += records.at(-1)?.length ?? 0;
  }
  return records.join('\n');
};

/** Times finding the prompts of a batch file, and reading one of them. */
const benchLines = (): void => {
  const text = recordsOf(1_000_000);
  const times = Array.from({ length: rounds }, (_, round) => {
    const edited = flat(`${text} ${'a'.repeat(round)}`);
    const started = performance.now();
    formats['json-lines'].read(edited, noFiles).prompts.at(-1)?.read();
    return performance.now() - started;
  }).sort((a, b) => a - b);
  const p95 = at(times, 0.95);
  const verdict = p95 <= linesLimitMs ? `ok (limit ${linesLimitMs} ms)` : `over ${linesLimitMs} ms`;
  console.log(`${'json-lines, 1 MB'.padEnd(26)}  p50 ${at(times, 0.5).toFixed(2)} ms  p95 ${p95.toFixed(2)} ms  ${verdict}`);
};

/** Times reading alone, one character typed in the middle, for each format at 100 kB and 1 MB; and 4 MB against 1 MB. */
export const benchParse = (): Promise<void> => {
  const texts: { readonly [F in Whole]: (length: number) => string } = {
    'bedrock-prompt': promptOf,
    'converse-json': requestOf,
    messages: messagesBodyOf,
    nova: novaBodyOf,
  };
  for (const format of Object.keys(texts) as readonly Whole[]) {
    // The table has exactly these keys.
    for (const length of [100_000, 1_000_000]) {
      const times = timesOf(texts[format](length), format);
      const p95 = at(times, 0.95);
      const verdict =
        length < 1_000_000 ? '' : p95 <= limitsMs[format] ? `ok (limit ${limitsMs[format]} ms)` : `over ${limitsMs[format]} ms`;
      const name = `${format}, ${length / 1000} kB`.padEnd(26);
      console.log(`${name}  p50 ${at(times, 0.5).toFixed(2)} ms  p95 ${p95.toFixed(2)} ms  ${verdict}`.trimEnd());
    }
    const [one, four] = [1_000_000, 4_000_000].map((length) => at(timesOf(texts[format](length), format, 30), 0.5));
    console.log(`${format}, 4 MB to 1 MB`.padEnd(26) + `  ${((four ?? 0) / (one ?? 1)).toFixed(1)} times`);
  }
  benchLines();
  return Promise.resolve();
};
