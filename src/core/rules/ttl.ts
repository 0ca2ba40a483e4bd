import { fixTitles } from '../messages/fixes';
import { isLifetime, lifetimeMsOf } from '../models/lifetimes';
import type { CacheTtl } from '../models/types';
import { checkpointAt } from './markers';
import type { Rule } from './types';

/**
 * A lifetime that the model does not offer: the call fails. Of a model that has none of those that can be written, nobody has seen what it does
 * with one.
 */
export const ttlUnsupported: Rule<'cache/ttl-unsupported'> = {
  severity: 'error',
  rate: ({ data: { supported } }) => (supported.includes('5m') ? 'error' : 'warning'),
  *check({ plan, prompt }) {
    // What is said there is said of the model.
    if (plan.caching?.kind !== 'explicit' || prompt.usualLifetime === true) return;
    const { ttls } = plan.caching;
    for (const { marker, verdict } of plan.checkpoints) {
      const ttl = marker.ttl?.value;
      if (ttl === undefined || !isLifetime(ttl) || verdict.kind === 'unsupportedField') continue;
      if (ttls.includes(ttl as CacheTtl)) continue; // a search, not a claim
      yield { code: 'cache/ttl-unsupported', span: marker.span, data: { ttl, model: plan.model?.name ?? '', supported: ttls } };
    }
  },
  *fixes(problem, input) {
    const checkpoint = checkpointAt(input, problem.span);
    const edits = checkpoint && input.prompt.write.setTtl(checkpoint.marker);
    if (edits !== undefined) yield { title: fixTitles.dropTtl, kind: 'moves', edits, preferred: true };
  },
};

/** A longer lifetime behind a shorter one in the order tools, system, messages: the call fails. */
export const ttlOrder: Rule<'cache/ttl-order'> = {
  severity: 'error',
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
    if (raised !== undefined) yield { title: fixTitles.raiseEarlier(problem.data.later), kind: 'moves', edits: raised, preferred: true };
    const lowered = write.setTtl(checkpoint.marker);
    if (lowered !== undefined) yield { title: fixTitles.lowerLater(problem.data.earlier), kind: 'moves', edits: lowered, preferred: false };
  },
};
