import { didYouMean, shorten } from '../../messages/phrases';
import { readProblems } from '../readProblems';
import { ownFormat } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** `found`: the code as written, empty where there is none. */
    'syntax/unused-ignore': { readonly found: string; readonly known: boolean; readonly nearest: string | undefined };
  }
}

export const unusedIgnore: Rule<'syntax/unused-ignore'> = {
  code: 'syntax/unused-ignore',
  severity: 'warning',
  sources: [ownFormat],
  says: ({ found, known, nearest }) =>
    found === ''
      ? 'This comment names no rule, so it silences nothing. Write the code of the rule and the reason after cachepoint-ignore.'
      : known
        ? `The next line has no problem ${found}, so this comment silences nothing. Remove it.`
        : `There is no rule ${shorten(found)}, so this comment silences nothing.${didYouMean(nearest)}`,
  check: readProblems('syntax/unused-ignore'),
};
