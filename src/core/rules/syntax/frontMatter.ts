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
  says: ({ detail, file }) => `${file ? 'This file' : 'The front matter'} is not valid YAML: ${detail}.`,
  check: readProblems('syntax/front-matter'),
};
