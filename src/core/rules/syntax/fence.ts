import { readProblems } from '../readProblems';
import { ownFormat } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/fence': Record<never, never>;
  }
}

export const fence: Rule<'syntax/fence'> = {
  code: 'syntax/fence',
  severity: 'warning',
  sources: [ownFormat, 'Fences as in CommonMark 0.31.2, 2024-01'],
  says: () => 'This code fence is never closed, so what follows is read as if it had not been opened. Close it.',
  check: readProblems('syntax/fence'),
};
