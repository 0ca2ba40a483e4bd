import { mkdirSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');

/** Real text of several kinds, as it stands in this repository: prose, code and JSON. */
const realTexts = (): readonly string[] => {
  const below = (folder: string, ending: string): readonly string[] =>
    readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith(ending))
      .sort()
      .map((name) => readFileSync(join(root, folder, name), 'utf8'));
  const texts = [...below('docs', '.md'), ...below('src', '.ts'), ...below('syntaxes', '.json'), ...below('media', '.md')];
  return texts.map((text) => text.replaceAll('{{', '{').replaceAll('<!--', '<!'));
};

/** A text of about `length` characters made of real ones, different for each `seed`; every fourth part has CRLF where `crlf` is set. */
export const mixedText = (length: number, seed: number, crlf = false): string => {
  const texts = realTexts();
  const parts: string[] = [];
  let size = 0;
  for (let at = seed * 7; size < length; at += 1) {
    const text = texts[at % texts.length] ?? '';
    const from = (at * 977) % Math.max(1, text.length - 3000);
    const part = `${at}. ${text.slice(from, from + 3000)}\n`;
    parts.push(crlf && at % 4 === 0 ? part.replaceAll('\n', '\r\n') : part);
    size += part.length;
  }
  return parts.join('').slice(0, length);
};

const words = 'order parcel return policy customer refund within days shop answer number label delivery address never always'.split(' ');

/** Converse requests as agents and services store them: a long system text, some turns, tools in every third; 20.6 MB in all. */
export const writeConverseFiles = (count: number): string => {
  const folder = mkdtempSync(join(tmpdir(), 'cachepoint-bench-'));
  const texts = realTexts().join('\n');
  const sizeOf = (n: number): number => 4_000 + ((n * 7919) % 29_000);
  for (let n = 0; n < count; n += 1) {
    const from = (n * 104_729) % Math.max(1, texts.length - 40_000);
    const turns = Array.from({ length: 1 + (n % 5) * 2 }, (_, turn) => ({
      role: turn % 2 === 0 ? 'user' : 'assistant',
      content: [{ text: Array.from({ length: 40 }, (_word, step) => words[(n + turn * 3 + step * 5) % words.length]).join(' ') }],
    }));
    const tools = [{ toolSpec: { name: `find_${n}`, description: 'Finds an order.', inputSchema: { json: { type: 'object' } } } }];
    const request = {
      modelId: n % 2 === 0 ? 'us.anthropic.claude-sonnet-4-5-20250929-v1:0' : 'us.anthropic.claude-haiku-4-5-20251001-v1:0',
      system: [{ text: `${n}: ${texts.slice(from, from + sizeOf(n))}` }, ...(n % 2 === 0 ? [{ cachePoint: { type: 'default' } }] : [])],
      messages: turns,
      inferenceConfig: { maxTokens: 800 },
      ...(n % 3 === 0 ? { toolConfig: { tools } } : {}),
    };
    const at = join(folder, `part${n % 20}`);
    mkdirSync(at, { recursive: true });
    writeFileSync(join(at, `${n}.converse.json`), JSON.stringify(request, undefined, 2));
  }
  return folder;
};
