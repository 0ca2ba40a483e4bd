import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { analyzeWith, fixesOf, type DocumentAnalysis } from '../../src/core/analysis';
import { readCode } from '../../src/core/code';
import { numberFormats } from '../../src/core/figures/numbers';
import { filesFrom, type FileSource } from '../../src/core/prompt/files';
import { promptReport } from '../../src/core/report/promptReport';
import type { PromptReport } from '../../src/core/report/types';
import { defaultSettings } from '../../src/core/settings';
import { lineIndex } from '../../src/core/text/lines';
import { joinPath } from '../../src/core/text/path';
import { expand } from './ruleFixtures';

/**
 * A program under `test/fixtures/code`, and what must be read of it. Lines `=== path` begin its files; the first one is the document. Behind
 * `=== expected` stands what is found, a prompt a paragraph.
 */
export interface CodeFixture {
  readonly name: string;
  /** The whole of its file up to what is expected, as it is written again. */
  readonly head: string;
  readonly path: string;
  readonly text: string;
  readonly files: FileSource;
  readonly expected: string;
}

export const codeFolder = join(import.meta.dirname, '..', 'fixtures', 'code');

const partLine = /^=== (.+)\n/gm;

/** Answers by paths relative to the document's folder, whatever way they take. */
const filesBeside = (document: string, contents: Readonly<Record<string, string>>): FileSource => {
  const own = filesFrom(contents);
  return (path, as) => own(joinPath(document, path), as);
};

const readFixture = (name: string): CodeFixture => {
  const source = readFileSync(join(codeFolder, name), 'utf8');
  const heads = [...source.matchAll(partLine)];
  const parts = heads.map((head, at) => ({
    path: head[1] ?? '',
    text: expand(source.slice(head.index + head[0].length, heads[at + 1]?.index ?? source.length)),
  }));
  const [document] = parts;
  if (document === undefined) throw new Error(`${name} has no document`);
  const others = parts.slice(1).filter(({ path }) => path !== 'expected');
  const expectedAt = heads.find((head) => head[1] === 'expected')?.index ?? source.length;
  return {
    name,
    head: source.slice(0, expectedAt),
    path: document.path,
    text: document.text.replace(/\n$/, '').replaceAll('@@crlf\n', '\r\n').replaceAll('@@bom', '\ufeff'),
    files: filesBeside(document.path, Object.fromEntries(others.map(({ path, text }) => [path, text]))),
    expected: parts.find(({ path }) => path === 'expected')?.text.trim() ?? '',
  };
};

export const codeFixtures: readonly CodeFixture[] = readdirSync(codeFolder)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map(readFixture);

export const analyzeCode = (text: string, path: string, files: FileSource): DocumentAnalysis =>
  analyzeWith((next) => readCode(next, path, files), text, 'code', defaultSettings);

export const reportsOf = (analysis: DocumentAnalysis, path: string): readonly PromptReport[] =>
  analysis.prompts.map((prompt) => {
    const span = analysis.reading.prompts.find(({ id }) => id === prompt.id)?.span ?? prompt.head;
    const context = {
      path,
      lines: lineIndex(analysis.text),
      formats: numberFormats('en'),
      defaultModelId: '',
      fixesOf: (problem: Parameters<typeof fixesOf>[1]) => fixesOf(prompt, problem),
    };
    return promptReport({ ...prompt, span }, context);
  });

const shortened = (text: string): string => (text.length <= 400 ? text : `${text.slice(0, 200)}…${text.slice(-100)} (${text.length})`);

const describePrompt = (report: PromptReport): string => {
  const { title, api, modelId, modelCertain, system, messages, tools, unknown, cachePoints, complete, recorded } = report;
  return [
    `${title} ${api}, ${modelId ?? 'no model'}${modelId !== null && !modelCertain ? ' (perhaps)' : ''}, messages ${messages}, tools ${tools}${complete ? '' : ', in part'}`,
    ...(system === null ? [] : [`  system ${JSON.stringify(shortened(system))}`]),
    ...(unknown.length === 0 ? [] : [`  unknown ${unknown.map((one) => one.replace(/\s+/g, ' ').trim()).join(' | ')}`]),
    ...(recorded === undefined ? [] : [`  used ${JSON.stringify(recorded)}`]),
    ...cachePoints.map(({ field, ttl, cached }) => `  point in ${field}, ${ttl}, cached ${cached}`),
  ].join('\n');
};

/** What a fixture says of a document: its prompts, then the problems with the texts on which they stand. */
export const describeDocument = (analysis: DocumentAnalysis, path: string): string => {
  const prompts = reportsOf(analysis, path).map(describePrompt);
  const problems = analysis.problems.map(({ severity, code, span: { start, end } }) => {
    const at = analysis.text.slice(start, end).split('\n')[0] ?? '';
    return `${severity} ${code} at ${JSON.stringify(shortened(at))}`;
  });
  return [...prompts, problems.join('\n')].filter((part) => part !== '').join('\n\n') || 'nothing';
};
