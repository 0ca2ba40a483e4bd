import { readProblems } from '../readProblems';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/not-converse': { readonly detail: string };
  }
}

export const notConverse: Rule<'syntax/not-converse'> = {
  code: 'syntax/not-converse',
  severity: 'error',
  sources: ['Service model bedrock-runtime/2023-09-30, read 2026-11 (ConverseRequest)'],
  says: ({ detail }) => `Converse does not take this, so the call fails: ${detail}. Write an object that holds it.`,
  check: readProblems('syntax/not-converse'),
};
