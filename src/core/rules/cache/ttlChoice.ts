import { describeTraffic } from '../../messages/trafficText';
import type { Traffic } from '../../prompt/traffic';
import { outlookOf, setTtls, worthSaying } from '../outlook';
import { awsCaching } from '../sources';
import type { Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/ttl-choice': {
      readonly better: string;
      readonly traffic: Traffic;
      readonly savesUsdPerCall: number;
      readonly savesShare: number;
    };
  }
}

/** The titles of its fixes. */
const titles = {
  useTtl: (ttl: string) => `Use ttl=${ttl}`,
} as const;

/** Another lifetime would be cheaper at this traffic. */
export const ttlChoice: Rule<'cache/ttl-choice'> = {
  code: 'cache/ttl-choice',
  severity: 'information',
  sources: [awsCaching, 'Anthropic pricing page, 2026-08-21. The arithmetic is that of [cache/never-pays](#cachenever-pays)'],
  says: ({ better, traffic, savesUsdPerCall, savesShare }, formats) =>
    `A lifetime of ${better} would be cheaper: ${describeTraffic(traffic, formats)} it saves ${formats.usd(savesUsdPerCall)} a call on average (${formats.percent(savesShare)} of what its input costs as written).`,
  *check(input) {
    const outlook = outlookOf(input);
    if (outlook === undefined || outlook.usd > outlook.uncached) return;
    const { working, best, usd, uncached } = outlook;
    const at = working.findIndex((point, index) => point.ttl !== best.ttls[index]);
    const point = working[at];
    if (point === undefined || usd - best.usd < uncached * worthSaying) return;
    const saves = usd - best.usd;
    const data = { better: best.ttls[at] ?? '', traffic: input.traffic, savesUsdPerCall: saves, savesShare: saves / usd };
    yield { code: 'cache/ttl-choice', span: point.marker.span, data };
  },
  *fixes({ data }, input) {
    const outlook = outlookOf(input);
    if (outlook !== undefined) yield* setTtls(input, outlook, titles.useTtl(data.better));
  },
};
