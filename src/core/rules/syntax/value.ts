import { readProblems } from '../readProblems';
import { ownFormat } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/value': { readonly key: string; readonly expected: string };
  }
}

export const value: Rule<'syntax/value'> = {
  code: 'syntax/value',
  severity: 'warning',
  sources: [ownFormat],
  says: ({ key, expected }) => `The value of ${key} is left out, because it must be ${expected}.`,
  check: readProblems('syntax/value'),
};
