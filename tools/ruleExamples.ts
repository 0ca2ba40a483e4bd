import { analyzeFile, type FileDocument } from '../src/core/readFile';
import { readCode } from '../src/core/code';
import { formatOfFile } from '../src/core/formats/fileFormat';
import { catalogChecked } from '../src/core/models/catalog';
import { numberFormats } from '../src/core/figures/numbers';
import { filesFrom, noFiles } from '../src/core/prompt/files';
import type { RatedProblem } from '../src/core/rules/index';
import { describeProblem } from '../src/core/rules/index';
import { defaultSettings, parseSettings, projectFileName, readProjectFile, type Settings } from '../src/core/settings';
import { lineIndex } from '../src/core/text/lines';

/** Examples of `docs/rules.md`: what stands in a section is run as it is written, so that the page says what comes out. */

/** The file that a fence stands for, by the words after its backticks. */
const names: Readonly<Record<string, string>> = {
  markdown: 'example.bedrock.md',
  json: 'example.converse.json',
  'json messages': 'example.messages.json',
  'json nova': 'example.nova.json',
  jsonl: 'example.jsonl',
  python: 'example.py',
  typescript: 'example.ts',
};

/** About fourteen tokens each, whatever the vocabulary. */
const sentences = [
  'Goods that are unused may be sent back within thirty days.',
  'A refund is paid to the account that the order was paid from.',
  'The carrier asks twice before a parcel is taken back to the depot.',
  'An answer names the paragraph of the policy that it rests on.',
  'Gift cards are not refunded, and they do not lose their value.',
  'Damaged goods are replaced once a picture of them has arrived.',
];
const tokensOfSentence = 14;

/** A text of about so many tokens, always the same one. */
const longText = (tokens: number): string => {
  const count = Math.max(1, Math.round(tokens / tokensOfSentence));
  return Array.from({ length: count }, (_, index) => sentences[index % sentences.length] ?? '').join(' ');
};

/** Writes out what the page abbreviates: `(2,000 tokens of policy)` is a text of that length, `(300 times [)` a sign that often. */
export const writeOut = (text: string): string =>
  text
    .replaceAll(/\(([\d,]+) tokens of [^()\n]+\)/g, (_all, count: string) => longText(Number(count.replaceAll(',', ''))))
    .replaceAll(/\((\d+) times (.)\)/g, (_all, count: string, sign: string) => sign.repeat(Number(count)));

interface Fence {
  /** Of a fence after a line such as `` `policy.md`: ``. */
  readonly file: string | undefined;
  readonly info: string;
  readonly text: string;
}

const fencePattern = /(?:^`([\w.-]+)`:\n\n?)?^(`{3,})([^\n`]*)\n([^]*?)^\2$/gm;

const fencesIn = (text: string): readonly Fence[] =>
  [...text.matchAll(fencePattern)].map(([, file, , info = '', body = '']) => ({ file, info, text: body }));

const label = /^\*\*(?:Severity|Why|Example|Shows|Fix|Fixed|Source):\*\*/m;

/** The text from the label of a part of a section to the next label. */
const partOf = (section: string, name: string): string | undefined => {
  const start = section.indexOf(`\n**${name}:**`);
  if (start === -1) return undefined;
  const [, rest = ''] = section.slice(start + 1).split(`**${name}:**`, 2);
  const end = rest.search(label);
  return end === -1 ? rest : rest.slice(0, end);
};

const filesIn = (fences: readonly Fence[]): readonly (readonly [string, string])[] =>
  fences.flatMap(({ file, text }) => (file === undefined ? [] : [[file, text] as const]));

/** What a `cachepoint.json` beside the prompt says. */
const settingsIn = (text: string | undefined): Settings => {
  const file = text === undefined ? undefined : readProjectFile(text);
  return parseSettings((key) => (file?.kind === 'values' ? file.values.get(key) : undefined)).settings;
};

/** A prompt in a fence, with nothing beside it. */
export const exampleOf = (info: string, text: string): FileDocument => {
  const name = names[info];
  if (name === undefined) throw new Error(`No prompt is written in a fence of ${info}.`);
  return { name, text: writeOut(text), files: noFiles, settings: defaultSettings };
};

/** The prompt in a part of a section, `undefined` where there is none. One that is fixed has the files of the example, but for those it has itself. */
export const exampleIn = (section: string, part: 'Example' | 'Fixed'): FileDocument | undefined => {
  const fences = fencesIn(partOf(section, part) ?? '');
  const [first] = fences;
  if (first === undefined) return undefined;
  const files = new Map([...filesIn(fencesIn(partOf(section, 'Example') ?? '')), ...filesIn(fences)]);
  const contents = [...files].map(
    ([path, text]) => [path, path.endsWith('.md') ? writeOut(text) : new TextEncoder().encode(text)] as const,
  );
  return {
    ...exampleOf(first.info, first.text),
    files: filesFrom(Object.fromEntries(contents)),
    settings: settingsIn(files.get(projectFileName)),
  };
};

/** Everything that is found in an example, in the order of its text. */
export const problemsOf = (document: FileDocument): readonly RatedProblem[] => {
  const format = formatOfFile({ name: document.name, text: document.text, named: true });
  if (format === undefined) throw new Error(`${document.name} is no prompt.`);
  return analyzeFile(document, format, readCode, { today: catalogChecked }).problems;
};

const formats = numberFormats('en', 'UTC');

/** What is found, as the page prints it: a line for each problem. */
export const shownBy = (example: FileDocument): string => {
  const lines = lineIndex(example.text);
  return problemsOf(example)
    .map((problem) => `line ${lines.positionOf(problem.span.start).line}: ${problem.severity}: ${describeProblem(problem, formats)}\n`)
    .join('');
};
