import { describeLostMarker } from '../../messages/codeProblems';
import type { Problem } from '../../prompt/problems';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    /** A marker of a program that its client or the service makes no cache point of. */
    'code/lost-marker': {
      readonly found: string;
      readonly reason: LostReason;
      /** The client, as people call it. */
      readonly client: string;
      /** Does the call fail for it? */
      readonly refused: boolean;
    };
  }
}

/** The titles of its fixes. */
const titles = {
  convertMarker: 'Convert to a cache point',
  moveIntoBlock: (found: string) => `Move ${found} into the last block`,
} as const;

/** A marker that a client or the service makes no cache point of; the reader of the program finds it. */
export const lostMarker: Rule<'code/lost-marker'> = {
  code: 'code/lost-marker',
  severity: 'warning',
  sources: [
    "Requests of botocore 1.43.11, of the AWS SDK for JavaScript 3.1164.0 and of the AI SDK's Bedrock provider 5.0.101, recorded in 2026-11",
    'Source of langchain-aws and of Strands, 2026-11',
  ],
  says: describeLostMarker,
  rate: ({ data }) => (data.reason === 'deprecated' ? 'hint' : data.refused ? 'error' : 'warning'),
  *check({ prompt }): Generator<Problem<'code/lost-marker'>> {
    for (const problem of prompt.problems) if (problem.code === 'code/lost-marker') yield problem;
  },
  *fixes({ data, span }, { prompt }) {
    const edits = prompt.write.markerFromDialect(span);
    const title = data.reason === 'wholeBody' ? titles.moveIntoBlock(data.found) : titles.convertMarker;
    if (edits !== undefined) yield { title, kind: 'moves', edits, preferred: true };
  },
};
