import { readProblems } from '../readProblems';
import { ownFormat } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `file`: all of the file is YAML. */
    'syntax/front-matter': { readonly detail: string; readonly file?: true };
  }
}

export const frontMatter: Rule<'syntax/front-matter'> = {
  code: 'syntax/front-matter',
  severity: 'error',
  sources: [ownFormat, 'YAML 1.2.2, 2021-10'],
  says: ({ detail, file }) =>
    file
      ? `This file is not valid YAML, so nothing in it is read: ${detail}. Correct it here.`
      : `The front matter is not valid YAML, so model, settings and variables are not known: ${detail}. Correct it here.`,
  check: readProblems('syntax/front-matter'),
};
