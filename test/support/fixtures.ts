import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesFrom, type FileSource } from '../../src/core/prompt/files';
import type { FormatId, Prompt } from '../../src/core/prompt/model';
import { parseOnly } from './onlyPrompt';

/** A file of a format, kept as a fixture or shipped as a sample. */
export interface FormatFixture {
  readonly name: string;
  readonly format: FormatId;
  readonly text: string;
  /** Where its expected model is kept; samples have none. */
  readonly golden: string | undefined;
}

const root = join(import.meta.dirname, '..', '..');
const fixturesFolder = join(root, 'test', 'fixtures', 'formats');
const samplesFolder = join(root, 'media', 'samples');
const extensions: { readonly [F in FormatId]: string } = {
  'bedrock-prompt': '.bedrock.md',
  'converse-json': '.converse.json',
  messages: '.messages.json',
  nova: '.nova.json',
  json: '.request.json',
  'json-lines': '.jsonl',
  yaml: '.yaml',
  'plain-text': '.plain.md',
};

const formatIds = Object.keys(extensions) as readonly FormatId[]; // the table has exactly these keys

/** Every fixture, found by its name's end: a `<case>` file, and its model in `<case>.json` beside it. */
export const fixtures: readonly FormatFixture[] = formatIds.flatMap((format) => {
  const folder = join(fixturesFolder, format);
  const ending = extensions[format];
  return readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .map((file) => {
      const name = file.slice(0, -ending.length);
      return { name, format, text: readFileSync(join(folder, file), 'utf8'), golden: join(folder, `${name}.json`) };
    });
});

/** The prompts that are shipped for people to try. */
export const samples: readonly FormatFixture[] = formatIds.flatMap((format) =>
  readdirSync(samplesFolder)
    .filter((file) => file.endsWith(extensions[format]))
    .map((file) => ({ name: file, format, text: readFileSync(join(samplesFolder, file), 'utf8'), golden: undefined })),
);

const inMemory: Readonly<Record<string, string | Uint8Array>> = {
  'picture.png': new Uint8Array([0x89, 0x50, 0x4e, 0x47]),
  'my picture.jpg': new Uint8Array([0xff, 0xd8, 0xff]),
  'terms.pdf': new Uint8Array([0x25, 0x50, 0x44, 0x46, 0x2d]),
  'parts/greeting.md': '\uFEFFGood day {{customer}}.\r\n\r\n',
  'parts/outer.md': 'Outer.\n{{> ./inner.md}}\nOuter again.',
  'parts/inner.md': 'Inner with {{customer}} and {{> ../plain.md}}.',
  'plain.md': 'plain text',
  'parts/loop.md': 'Once {{> ./loop.md}} more.',
  'parts/marked.md': 'Before.\n<!-- cachePoint -->\n# user:\nAfter.\n',
  'parts/fenced.md': '```\n<!-- cachePoint -->\n```\n',
  'large.md': 'x'.repeat(3_000_000),
  'value.txt': 'from a file\r\nof two lines\n',
  'tools.json': '{ "tools": [{ "toolSpec": { "name": "a", "inputSchema": { "json": {} } } }, { "cachePoint": { "type": "default" } }] }',
  'tools.yaml': 'toolConfig:\n  tools:\n    - toolSpec: { name: b, inputSchema: { json: {} } }\n  toolChoice: { auto: {} }\n',
  'broken.json': '{ "tools": [',
  'list.json': '[{ "toolSpec": { "name": "c", "inputSchema": { "json": {} } } }]',
  ...Object.fromEntries(Array.from({ length: 12 }, (_, depth) => [`deep/${depth}.md`, `${depth} {{> ./${depth + 1}.md}}`])),
};

/** Files that fixtures may refer to: a few from memory, those of the samples, and some that answer with each refusal. */
export const fixtureFiles: FileSource = (path, as) => {
  const refused = /^refused\/(outside|untrusted|unreadable|tooLarge)\./.exec(path)?.[1];
  if (refused !== undefined) return { kind: 'refused', reason: refused as 'outside' }; // one of the names above
  if (path.startsWith('pending/')) return { kind: 'pending' };
  if (path.startsWith('../') || path.startsWith('/')) return { kind: 'refused', reason: 'outside' };
  const sample = join(samplesFolder, path);
  if (as === 'text' && !(path in inMemory) && existsSync(sample)) return { kind: 'text', text: readFileSync(sample, 'utf8') };
  return filesFrom(inMemory)(path, as);
};

export const parseFixture = ({ text, format }: Pick<FormatFixture, 'text' | 'format'>): Prompt => parseOnly(text, format, fixtureFiles);
