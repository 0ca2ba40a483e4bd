import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { analyze, type DocumentAnalysis, type PromptAnalysis } from '../../src/core/analysis';
import { filesFrom, type FileSource } from '../../src/core/prompt/files';
import type { FormatId } from '../../src/core/prompt/model';
import { defaultSettings, type Settings } from '../../src/core/settings';
import { once } from '../../src/core/text/once';
import { readMarked, type Mark } from './marked';
import { theOne } from './onlyPrompt';

/** One marked prompt under `test/fixtures/rules`. */
export interface RuleFixture {
  /** `cache-missing/handbook.bedrock.md`. */
  readonly name: string;
  /** The code whose folder it stands in. */
  readonly code: string;
  readonly format: FormatId;
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly settings: Settings;
  readonly files: FileSource;
  /** Text after the first preferred fix of the first mark, where a `.fixed` file says so. */
  readonly fixed: string | undefined;
  /** The fixture's own text is analyzed once for all tests of a process, which is what makes them quick. */
  readonly analyze: (text: string) => PromptAnalysis;
  readonly analyzeDocument: (text: string) => DocumentAnalysis;
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'rules');

/**
 * Writes long texts out. `@@repeat 60` on a line of its own and `@@end` on another repeat the lines between them; inside a line,
 * `@@repeat 60 some text @@end` repeats the text, as JSON strings need it.
 */
export const expand = (source: string): string =>
  source
    .replace(/^@@repeat (\d+)\n([\s\S]*?)^@@end\n/gm, (_all, count: string, lines: string) => lines.repeat(Number(count)))
    .replace(/@@repeat (\d+) ([^\n]*?)@@end/g, (_all, count: string, text: string) => text.repeat(Number(count)));

/** `@@set callsPerHour 2` at the top of a fixture gives a setting a value, written as JSON; the line is no part of the prompt. */
const readSettings = (source: string): { readonly rest: string; readonly settings: Settings } => {
  const given: [string, unknown][] = [];
  const rest = source.replace(/^@@set (\w+) (.+)\n/gm, (_line, key: string, value: string) => {
    if (!(key in defaultSettings)) throw new Error(`no such setting: ${key}`);
    given.push([key, JSON.parse(value)]);
    return '';
  });
  return { rest, settings: { ...defaultSettings, ...Object.fromEntries(given) } };
};

const endings: Readonly<Record<string, FormatId>> = {
  'bedrock.md': 'bedrock-prompt',
  'converse.json': 'converse-json',
  'messages.json': 'messages',
  'nova.json': 'nova',
  jsonl: 'json-lines',
};
const ending = /\.(bedrock\.md|(?:converse|messages|nova)\.json|jsonl)$/;
const formatOf = (path: string): FormatId => endings[ending.exec(path)?.[1] ?? ''] ?? 'bedrock-prompt';
const isPrompt = (name: string): boolean => ending.test(name);
const readText = (path: string): string => readFileSync(path, 'utf8');

/** Files that prompts of one folder may include stand in its folder `files`. */
const filesBeside = (path: string): Readonly<Record<string, string | Uint8Array>> => {
  const at = join(dirname(path), 'files');
  const binary = /\.(png|jpe?g|pdf|docx|csv)$/;
  const names = readdirSync(dirname(path)).includes('files') ? readdirSync(at) : [];
  return Object.fromEntries(
    names.map((name) => [`files/${name}`, binary.test(name) ? readFileSync(join(at, name)) : readText(join(at, name))]),
  );
};

const readFixture = (path: string): RuleFixture => {
  const { rest, settings } = readSettings(readText(path));
  const { text, marks } = readMarked(expand(rest));
  const format = formatOf(path);
  const fixedPath = path.replace(ending, '.fixed.$1');
  const hasFixed = readdirSync(dirname(path)).includes(basename(fixedPath));
  const files = filesFrom(filesBeside(path));
  const own = once(() => analyze(text, format, files, settings));
  const analyzeDocument = (changed: string): DocumentAnalysis => (changed === text ? own() : analyze(changed, format, files, settings));
  return {
    name: relative(folder, path),
    code: basename(dirname(path)).replace('-', '/'),
    format,
    text,
    marks,
    settings,
    files,
    fixed: hasFixed ? expand(readText(fixedPath)) : undefined,
    analyzeDocument,
    analyze: (changed) => {
      const { prompts } = analyzeDocument(changed);
      return theOne(prompts.length === 1 ? prompts[0] : undefined);
    },
  };
};

/** All fixtures of the rules, found by their names. */
export const ruleFixtures = once((): readonly RuleFixture[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)))
    .filter((path) => isPrompt(path) && !/\.fixed\.\w+(?:\.\w+)?$/.test(path))
    .map(readFixture),
);

/** The codes that are left once a fixture is fixed as its `.fixed` file says, `undefined` where it has none. */
export const problemsOnceFixed = ({ analyze: read, fixed }: RuleFixture): readonly string[] | undefined =>
  fixed === undefined ? undefined : read(fixed).problems.map(({ code }) => code);
