import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatOf, readDocument } from '../../../src/cli/engine/documents';
import type { DocumentAnalysis, PromptAnalysis } from '../../../src/core/analysis';
import { numberFormats } from '../../../src/core/figures/numbers';
import { describeProblem } from '../../../src/core/rules/index';
import { resolveReference } from '../../../src/core/prompt/reference';
import { filesFrom, type FileSource } from '../../../src/core/prompt/files';
import type { Severity } from '../../../src/core/prompt/problems';
import { defaultSettings, parseSettings, type Settings } from '../../../src/core/settings';
import type { Span } from '../../../src/core/text/span';

/** A text, or parts of a long one: `{text}` stands for itself, `{repeat, times}` for a text written again, `{i}` being the number from 0. */
type CaseText = string | readonly ({ readonly text: string } | { readonly repeat: string; readonly times: number })[];

/** What every case has. */
export interface CaseDocument {
  /** Its ending says the format. */
  readonly path: string;
  readonly text: CaseText;
  /** Files that the document can bring in, by their paths from its folder. */
  readonly files?: Readonly<Record<string, CaseText>>;
  /** Settings of `cachepoint.*`, with or without the prefix. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

export interface Case<E> extends CaseDocument {
  readonly id: string;
  /** What it is a sample of. */
  readonly kind: string;
  readonly expect: E;
  readonly why: string;
}

/** Another folder with such files can be named, to try cases that are not kept here. */
const folder = process.env['CASES'] ?? join(import.meta.dirname, '..', '..', 'fixtures', 'cases');

/** The cases of a file, one in each line. */
export const readCases = <C>(name: string): readonly C[] =>
  readFileSync(join(folder, `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
    .map((line) => JSON.parse(line) as C); // The fixtures' own shape; what does not fit fails in its test.

export const writtenOut = (text: CaseText): string =>
  typeof text === 'string'
    ? text
    : text
        .map((part) =>
          'text' in part
            ? part.text
            : Array.from({ length: part.times }, (_, index) => part.repeat.replaceAll('{i}', String(index))).join(''),
        )
        .join('');

const root = '/project';
const at = (path: string): string => `${root}/${path}`;

/** The files of a case as the program would find them, from anywhere inside its folder. */
const filesOf = ({ path, files = {} }: CaseDocument): FileSource => {
  const contents = Object.entries(files).map(([name, text]) => [resolveReference(at(path), root, name) ?? name, writtenOut(text)]);
  const texts = filesFrom(Object.fromEntries(contents) as Record<string, string>);
  return (name, as) => {
    const found = resolveReference(at(path), root, name);
    if (found === undefined) return { kind: 'refused', reason: 'outside' };
    const answer = texts(found, 'text');
    return as === 'bytes' && answer.kind === 'text' ? { kind: 'bytes', bytes: new TextEncoder().encode(answer.text) } : answer;
  };
};

const settingsOf = ({ settings }: CaseDocument): Settings =>
  settings === undefined ? defaultSettings : parseSettings((key) => settings[`cachepoint.${key}`] ?? settings[key]).settings;

/** Reads a case's document, or another text in its place. */
export const analyzeCase = (one: CaseDocument, text = writtenOut(one.text)): DocumentAnalysis => {
  const format = formatOf({ name: one.path, text, named: true });
  if (format === undefined) throw new Error(`${one.path} is of no format`);
  return readDocument({ name: one.path, text, named: true, files: filesOf(one), settings: settingsOf(one) }, format);
};

/** The one prompt of a document. */
export const promptIn = ({ prompts }: DocumentAnalysis): PromptAnalysis => {
  const [prompt] = prompts;
  if (prompt === undefined || prompts.length > 1) throw new Error('this document is not one prompt');
  return prompt;
};

/** A text of the document: its first occurrence, or the nth, from 1. */
export type TextPlace = string | { readonly text: string; readonly nth?: number };

/** `undefined`: it does not stand there. */
export const findPlace = (text: string, wanted: TextPlace): Span | undefined => {
  const { text: words, nth = 1 } = typeof wanted === 'string' ? { text: wanted } : wanted;
  let start = -1;
  for (let count = 0; count < nth; count += 1) {
    start = text.indexOf(words, start + 1);
    if (start === -1) return undefined;
  }
  return { start, end: start + words.length };
};

export const meets = (a: Span, b: Span): boolean => a.start <= b.end && b.start <= a.end;

const formats = numberFormats('en', 'UTC');

export interface FoundProblem extends Span {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
}

export const problemsOf = (document: DocumentAnalysis): readonly FoundProblem[] =>
  document.problems.map((problem) => ({
    code: problem.code,
    severity: problem.severity,
    message: describeProblem(problem, formats),
    ...problem.span,
  }));
