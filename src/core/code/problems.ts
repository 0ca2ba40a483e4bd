import type { SyntaxProblem } from '../prompt/problems';
import type { Span } from '../text/span';
import type { LostMarker } from './apis/sent';
import { shown, type Draft } from './prompt/draft';
import { clientWording } from '../wording/clients';

const problemOf = (draft: Draft, { spot, found, reason, client, refused }: LostMarker): SyntaxProblem => ({
  code: 'code/lost-marker',
  span: shown(draft, spot),
  data: { found, reason, client: clientWording[client], refused },
});

const key = ({ start, end }: Span): string => `${start}-${end}`;

/** What is wrong with a prompt of a program that only the program shows; each place once. */
export const draftProblems = (draft: Draft): readonly SyntaxProblem[] => {
  const seen = new Set<string>();
  // What another file says in an old way is told there.
  const own = draft.lost.filter(({ reason, spot }) => reason !== 'deprecated' || spot.source === draft.document);
  return own.map((lost) => problemOf(draft, lost)).filter(({ span }) => !seen.has(key(span)) && seen.add(key(span)));
};
