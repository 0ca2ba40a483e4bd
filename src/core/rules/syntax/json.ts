import { readProblems } from '../readProblems';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/json': { readonly detail: string };
  }
}

export const json: Rule<'syntax/json'> = {
  code: 'syntax/json',
  severity: 'error',
  sources: ['The format is JSON, RFC 8259, 2017-12, with comments'],
  says: ({ detail }) => `This is not valid JSON, so it cannot be sent: ${detail}. Correct it here.`,
  check: readProblems('syntax/json'),
};
