import { shorten } from '../../messages/phrases';
import type { Problem } from '../../prompt/problems';
import { readProblems } from '../readProblems';
import { ownFormat } from '../sources';
import type { Fix, Rule, RuleInput } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'syntax/marker': { readonly found: string; readonly reason: 'ttl' | 'attribute' | 'case' | 'notAlone' | 'dialect' };
  }
}

/** The titles of its fixes. */
const titles = {
  writeMarker: (marker: string) => `Change to ${marker}`,
  ownLine: 'Put the cache point on a line of its own',
} as const;

function* repairMarker({ span }: Problem<'syntax/marker'>, { prompt }: RuleInput): Generator<Fix> {
  const repair = prompt.write.repairMarker(span);
  if (repair === undefined) return;
  const title = repair.moved ? titles.ownLine : titles.writeMarker(repair.written);
  yield { title, kind: 'moves', edits: repair.edits, preferred: true };
}

export const marker: Rule<'syntax/marker'> = {
  code: 'syntax/marker',
  severity: 'warning',
  sources: [ownFormat],
  says: ({ found, reason }) => {
    switch (reason) {
      case 'case':
        return `This is sent as text, not as a cache point: the word is spelled cachePoint. Found: ${shorten(found)}.`;
      case 'dialect':
        return `This is sent as text and caches nothing. If a cache point is meant, write <!-- cachePoint --> on a line of its own. Found: ${shorten(found)}.`;
      case 'notAlone':
        return 'This is sent as text, not as a cache point: a cache point stands alone on its line.';
      case 'ttl':
        return `This lifetime does not exist, so the call fails (ValidationException): a cache point has ttl=5m or ttl=1h. Found: ${shorten(found)}.`;
      case 'attribute':
        return `This cache point counts, but what else it says is ignored: it has no attribute but ttl=5m or ttl=1h. Found: ${shorten(found)}.`;
    }
  },
  // Anything else is sent as text; a lifetime that does not exist reaches the service, which refuses it.
  rate: ({ data }) => (data.reason === 'ttl' ? 'error' : 'warning'),
  check: readProblems('syntax/marker'),
  fixes: repairMarker,
};
