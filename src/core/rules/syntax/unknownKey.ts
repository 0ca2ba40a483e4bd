import { didYouMean } from '../../messages/phrases';
import type { Problem } from '../../prompt/problems';
import { readProblems } from '../readProblems';
import { ownFormat } from '../sources';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/unknown-key': { readonly key: string; readonly nearest: string | undefined };
  }
}

/** The titles of its fixes. */
const titles = {
  renameKey: (key: string) => `Change to ${key}`,
} as const;

function* renameKey({ data, span }: Problem<'syntax/unknown-key'>, { prompt }: RuleInput): Generator<Fix> {
  const edits = data.nearest === undefined ? undefined : prompt.write.renameKey(span, data.nearest);
  if (edits !== undefined && data.nearest !== undefined)
    yield { title: titles.renameKey(data.nearest), kind: 'changes', edits, preferred: true };
}

export const unknownKey: Rule<'syntax/unknown-key'> = {
  code: 'syntax/unknown-key',
  severity: 'warning',
  sources: [ownFormat, 'Keys of requests: service model bedrock-runtime/2023-09-30, read 2026-10'],
  says: ({ key, nearest }) =>
    `Nothing reads this key, so it has no effect: ${key}.${nearest === undefined ? ' Remove it.' : didYouMean(nearest)}`,
  check: readProblems('syntax/unknown-key'),
  fixes: renameKey,
};
