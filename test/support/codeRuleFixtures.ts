import { readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fixesOf } from '../../src/core/analysis';
import { noFiles } from '../../src/core/prompt/files';
import type { RatedProblem } from '../../src/core/rules/index';
import type { Edits } from '../../src/core/text/edit';
import { analyzeCode } from './codeFixtures';
import { readMarked, type Mark } from './marked';
import { expand } from './ruleFixtures';

/** A marked program under `test/fixtures/rules`: as the marked prompts there, with all problems of the document. */
export interface CodeRuleFixture {
  readonly name: string;
  readonly code: string;
  readonly text: string;
  readonly marks: readonly Mark[];
  readonly fixed: string | undefined;
  readonly problems: readonly RatedProblem[];
  /** The first preferred fix of a problem. */
  readonly fix: (problem: RatedProblem) => Edits | undefined;
}

const folder = join(import.meta.dirname, '..', 'fixtures', 'rules');

const read = (path: string): CodeRuleFixture => {
  const { text, marks } = readMarked(expand(readFileSync(path, 'utf8')));
  const fixedPath = path.replace(/\.(\w+)$/, '.fixed.$1');
  const analysis = analyzeCode(text, basename(path), noFiles);
  return {
    name: relative(folder, path),
    code: basename(dirname(path)).replace('-', '/'),
    text,
    marks,
    fixed: readdirSync(dirname(path)).includes(basename(fixedPath)) ? expand(readFileSync(fixedPath, 'utf8')) : undefined,
    problems: analysis.problems,
    fix: (problem) => {
      const prompt = analysis.problems.find(({ code, span }) => code === problem.code && span.start === problem.span.start)?.prompt;
      const found = prompt === undefined ? undefined : analysis.of(prompt);
      return found && fixesOf(found, problem).find(({ preferred }) => preferred)?.edits;
    },
  };
};

export const codeRuleFixtures = (): readonly CodeRuleFixture[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) => readdirSync(join(folder, name)).map((file) => join(folder, name, file)))
    .filter((path) => /\.(?:py|mjs)$/.test(path) && !/\.fixed\.\w+$/.test(path))
    .map(read);
