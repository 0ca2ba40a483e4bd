import { readProblems } from '../readProblems';
import { anthropicCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/role-order': Record<never, never>;
  }
}

export const roleOrder: Rule<'syntax/role-order'> = {
  code: 'syntax/role-order',
  severity: 'warning',
  sources: [`${anthropicCaching} (order of the prompt)`],
  says: () =>
    'This system text stands after messages but is sent before them: Bedrock reads tools, then system text, then messages. Move it to the beginning.',
  check: readProblems('syntax/role-order'),
};
