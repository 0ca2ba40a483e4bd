import { readProblems } from '../readProblems';
import { ownFormat } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/inert-marker': { readonly file: string };
  }
}

export const inertMarker: Rule<'syntax/inert-marker'> = {
  code: 'syntax/inert-marker',
  severity: 'hint',
  sources: [ownFormat],
  says: ({ file }) =>
    `A cache point in the included file ${file} is sent as text: only those of the prompt itself count. Put one after the include instead.`,
  check: readProblems('syntax/inert-marker'),
};
