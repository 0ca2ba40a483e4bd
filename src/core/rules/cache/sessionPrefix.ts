import type { CachePlan, Checkpoint } from '../../cache/plan';
import { mayBeWritten } from '../../cache/written';
import type { TokenEstimate } from '../../figures/band';
import { describeTokens } from '../../messages/tokensText';
import { anthropicCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/session-prefix': { readonly name: string; readonly tokens: TokenEstimate };
  }
}

/** A session's own part may be this share of its prefix before it is worth a word: then shared text stands where sessions part. */
const ownShare = 0.5;

const firstOfSession = ({ checkpoints }: CachePlan): Checkpoint | undefined =>
  checkpoints.find((point) => mayBeWritten(point) && point.reuse.kind === 'session');

/** A session variable before most of what a marker covers: what could be shared by all is cached for one session only. */
export const sessionPrefix: Rule<'cache/session-prefix'> = {
  code: 'cache/session-prefix',
  severity: 'hint',
  sources: [`${anthropicCaching} (exact prefix)`],
  says: ({ name, tokens }, formats) =>
    `The variable ${name} changes with each session, so what the next cache point covers, ${describeTokens(tokens, formats)}, is shared only within one session. Put what all sessions share before it, with a cache point of its own.`,
  *related(_problem, { plan }) {
    const point = firstOfSession(plan);
    if (point?.marker.foreign === undefined && point !== undefined)
      yield { span: point.marker.span, text: `What cache point ${point.number} covers is shared within one session only.` };
  },
  *check({ plan }) {
    const first = firstOfSession(plan);
    if (first?.reuse.kind !== 'session' || first.reuse.by.kind === 'turn') return;
    const { by } = first.reuse;
    const shared =
      plan.checkpoints.findLast(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind === 'shared')?.prefix.likely ?? 0;
    if (first.prefix.likely - shared < first.prefix.likely * ownShare) return;
    yield { code: 'cache/session-prefix', span: by.span, data: { name: by.text, tokens: first.prefix } };
  },
};
