import { fixTitles } from '../messages/fixes';
import { isLifetime, lifetimeMsOf } from '../models/lifetimes';
import type { CacheTtl } from '../models/types';
import type { Ttl } from '../request/types';
import { checkpointAt, inOtherFile } from './markers';
import type { Rule } from './types';

/** A lifetime that the model does not offer: the call fails. */
export const ttlUnsupported: Rule<'cache/ttl-unsupported'> = {
  severity: 'error',
  *check({ plan }) {
    if (plan.caching?.kind !== 'explicit') return;
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
    if (checkpoint === undefined || inOtherFile(input, checkpoint)) return;
    const edits = input.edits.setTtl(input.text, checkpoint.marker, undefined);
    if (edits !== undefined) yield { title: fixTitles.dropTtl, edits, preferred: true };
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
    const { plan, text, edits } = input;
    const checkpoint = checkpointAt(input, problem.span);
    if (checkpoint === undefined) return;
    const later = problem.data.later === '1h' ? '1h' : undefined;
    const earlier = plan.checkpoints.slice(0, checkpoint.number - 1).filter(({ ttl }) => lifetimeMsOf(ttl) < lifetimeMsOf(checkpoint.ttl));
    const raised = earlier.map((one) => (inOtherFile(input, one) ? undefined : edits.setTtl(text, one.marker, later)));
    if (raised.every((edit) => edit !== undefined))
      yield { title: fixTitles.raiseEarlier(problem.data.later), edits: raised.flat(), preferred: true };
    if (inOtherFile(input, checkpoint)) return;
    const shorter: Ttl | undefined = undefined;
    const lowered = edits.setTtl(text, checkpoint.marker, shorter);
    if (lowered !== undefined) yield { title: fixTitles.lowerLater(problem.data.earlier), edits: lowered, preferred: false };
  },
};
