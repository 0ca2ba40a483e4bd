import { readProblems } from '../readProblems';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/too-deep': Record<never, never>;
  }
}

export const tooDeep: Rule<'syntax/too-deep'> = {
  code: 'syntax/too-deep',
  severity: 'error',
  sources: ['This is a limit of this extension, as of version 0.1.0, 2026-11'],
  says: () => 'This is nested too deeply to be read (more than 200 levels), so it is left out of the analysis. Write it with fewer levels.',
  check: readProblems('syntax/too-deep'),
};
