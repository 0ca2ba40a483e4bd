import { mayBeWritten } from '../cache/written';
import type { Rule } from './types';

/** A session's own part may be this share of its prefix before it is worth a word: then shared text stands where sessions part. */
const ownShare = 0.5;

/** A session variable before most of what a marker covers: what could be shared by all is cached for one session only. */
export const sessionPrefix: Rule<'cache/session-prefix'> = {
  severity: 'hint',
  *check({ plan }) {
    const first = plan.checkpoints.find((point) => mayBeWritten(point) && point.reuse.kind === 'session');
    if (first?.reuse.kind !== 'session' || first.reuse.by.kind === 'turn') return;
    const { by } = first.reuse;
    const shared =
      plan.checkpoints.findLast(({ verdict, reuse }) => verdict.kind === 'caches' && reuse.kind === 'shared')?.prefix.likely ?? 0;
    if (first.prefix.likely - shared < first.prefix.likely * ownShare) return;
    yield { code: 'cache/session-prefix', span: by.span, data: { name: by.text, tokens: first.prefix } };
  },
};
