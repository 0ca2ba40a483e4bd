import { describeTraffic } from '../../messages/trafficText';
import type { Traffic } from '../../prompt/traffic';
import { aliveAt, pointOf } from '../../traffic/point';
import { ownMarkers, removeAllMarkersFix } from '../markers';
import { outlookOf, setTtls } from '../outlook';
import { awsCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/never-pays': {
      readonly traffic: Traffic;
      /** Share of calls that read what another has written. */
      readonly hitRate: number;
      readonly extraUsdPerCall: number;
      readonly extraShare: number;
      readonly hourPays: boolean;
    };
  }
}

/** The titles of its fixes. */
const titles = {
  useHour: 'Keep the prefix for an hour',
} as const;

/** The write is read too rarely to pay for itself. */
export const neverPays: Rule<'cache/never-pays'> = {
  code: 'cache/never-pays',
  severity: 'information',
  sources: [
    `${awsCaching} (a hit renews the lifetime)`,
    'Anthropic pricing page, 2026-08-21 (multipliers). Only prompts whose cached part every call shares are judged: how often one session calls is not known',
  ],
  says: ({ traffic, hitRate, extraUsdPerCall, extraShare, hourPays }, formats) =>
    `Caching costs more than it saves here: ${describeTraffic(traffic, formats)} about ${formats.percent(hitRate)} of the calls find the prefix still cached, and a call costs ${formats.usd(extraUsdPerCall)} more than without cache points (${formats.percent(extraShare)} of its input).${hourPays ? ' With ttl=1h it pays.' : ''}`,
  *check(input) {
    const outlook = outlookOf(input);
    const first = outlook?.working[0];
    if (outlook === undefined || first === undefined || outlook.usd <= outlook.uncached * (1 + 1e-9)) return;
    const { traffic } = input;
    const extra = outlook.usd - outlook.uncached;
    yield {
      code: 'cache/never-pays',
      span: first.marker.span,
      data: {
        traffic,
        hitRate: aliveAt(traffic)(pointOf(first)),
        extraUsdPerCall: extra,
        extraShare: extra / outlook.uncached,
        hourPays: outlook.best.usd < outlook.uncached,
      },
    };
  },
  *fixes({ data }, input) {
    const outlook = outlookOf(input);
    if (outlook === undefined) return;
    const longer = data.hourPays ? [...setTtls(input, outlook, titles.useHour)] : [];
    yield* longer;
    yield* removeAllMarkersFix(input, ownMarkers(input), longer.length === 0);
  },
};
