import { lifetimeMsOf } from '../../models/lifetimes';
import type { CacheTtl } from '../../models/types';
import { checkpointAt } from '../markers';
import { awsCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/ttl-order': { readonly earlier: string; readonly later: string };
  }
}

/** The titles of its fixes. */
const titles = {
  raiseEarlier: (ttl: string) => `Give the earlier cache points ttl=${ttl} too`,
  lowerLater: (ttl: string) => `Lower this cache point to ${ttl}`,
} as const;

/** A longer lifetime after a shorter one in the order tools, system, messages: the call fails. */
export const ttlOrder: Rule<'cache/ttl-order'> = {
  code: 'cache/ttl-order',
  severity: 'error',
  sources: [
    awsCaching,
    "Error report Portkey-AI/gateway#1762, read 2026-11: \"a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block\"",
  ],
  says: ({ earlier, later }) =>
    `A lifetime of ${later} comes after one of ${earlier}, so the call fails (ValidationException): the longer one must come first, in the order of tools, system text and messages.`,
  *check({ plan }) {
    if (plan.caching?.kind !== 'explicit') return;
    const { ttls } = plan.caching;
    let shortest: string | undefined;
    for (const { marker, ttl } of plan.checkpoints) {
      if (!ttls.includes(ttl as CacheTtl)) continue; // reported by the rule above
      if (shortest !== undefined && lifetimeMsOf(ttl) > lifetimeMsOf(shortest))
        yield { code: 'cache/ttl-order', span: marker.span, data: { earlier: shortest, later: ttl } };
      else shortest = ttl;
    }
  },
  *related({ data, span }, { plan }) {
    const earlier = plan.checkpoints.find(({ marker, ttl }) => ttl === data.earlier && marker.span.start < span.start);
    if (earlier?.marker.foreign === undefined && earlier !== undefined)
      yield { span: earlier.marker.span, text: `This one comes before it and lives ${data.earlier}.` };
  },
  *fixes(problem, input) {
    const {
      plan,
      prompt: { write },
    } = input;
    const checkpoint = checkpointAt(input, problem.span);
    if (checkpoint === undefined) return;
    const later = problem.data.later === '1h' ? '1h' : undefined;
    const earlier = plan.checkpoints.slice(0, checkpoint.number - 1).filter(({ ttl }) => lifetimeMsOf(ttl) < lifetimeMsOf(checkpoint.ttl));
    const raised = write.together(earlier.map((one) => write.setTtl(one.marker, later)));
    if (raised !== undefined) yield { title: titles.raiseEarlier(problem.data.later), kind: 'moves', edits: raised, preferred: true };
    const lowered = write.setTtl(checkpoint.marker);
    if (lowered !== undefined) yield { title: titles.lowerLater(problem.data.earlier), kind: 'moves', edits: lowered, preferred: false };
  },
};
