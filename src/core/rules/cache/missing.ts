import type { ExplicitCaching } from '../../cache/markerPlaces';
import type { TokenEstimate } from '../../figures/band';
import { capital } from '../../messages/phrases';
import { describeTokens } from '../../messages/tokensText';
import { describeTraffic } from '../../messages/trafficText';
import { uncachedCostOf } from '../../money/bill';
import type { Traffic } from '../../prompt/traffic';
import type { Ttl } from '../../request/types';
import { oncePer } from '../../text/once';
import { expectedUsd, trafficPoints } from '../../traffic/expected';
import type { TrafficPoint } from '../../traffic/point';
import { type SharedPlace, findSharedPlace } from '../sharedPlace';
import { awsCaching } from '../sources';
import type { Rule, RuleInput } from '../types';
import { writtenFaults } from '../writtenFaults';

declare module '../../prompt/problems' {
  interface ProblemData {
    'cache/missing': {
      readonly tokens: TokenEstimate;
      readonly minimum: number;
      readonly model: string;
      /** Saved per call on average at `traffic`; `undefined` without a price. */
      readonly savesUsd: number | undefined;
      readonly savesShare: number | undefined;
      readonly traffic: Traffic;
      readonly implicit: boolean;
    };
  }
}

/** The titles of its fixes. */
const titles = {
  insertMarker: 'Insert a cache point here',
} as const;

/** The longer lifetime costs more to write, so it must save this share of the input to be proposed. */
const worthTheHour = 0.1;

interface Proposal {
  readonly place: SharedPlace;
  readonly ttl: Ttl | undefined;
  /** `undefined` where no price is known. */
  readonly savesUsd: number | undefined;
  readonly savesShare: number | undefined;
}

/** What a marker of this lifetime would save per call on average. */
const savingOf = ({ plan, traffic }: RuleInput, { prefix }: SharedPlace, ttl: string): number | undefined => {
  const { prices, total } = plan;
  if (prices === undefined) return undefined;
  const points = trafficPoints(plan);
  const added: TrafficPoint = { tokens: prefix.likely, ttl, reuse: 'shared' };
  const after = [...points, added].sort((a, b) => a.tokens - b.tokens);
  return expectedUsd(points, total.likely, traffic, prices) - expectedUsd(after, total.likely, traffic, prices);
};

/** The lifetime that pays, if one does. */
const withLifetime = (input: RuleInput, place: SharedPlace, caching: ExplicitCaching): Proposal | undefined => {
  const { plan } = input;
  const uncached = plan.prices && uncachedCostOf(plan.total.likely, plan.prices).likely;
  const usual = savingOf(input, place, caching.defaultTtl);
  if (usual === undefined || !uncached) return { place, ttl: undefined, savesUsd: undefined, savesShare: undefined };
  const earlier = plan.checkpoints.filter(({ prefix }) => prefix.likely < place.prefix.likely);
  const mayBeHour = caching.defaultTtl === '5m' && caching.ttls.includes('1h') && earlier.every(({ ttl }) => ttl === '1h');
  const hour = mayBeHour ? (savingOf(input, place, '1h') ?? 0) : 0;
  const chosen = hour - Math.max(0, usual) > uncached * worthTheHour ? hour : usual;
  if (chosen <= 0) return undefined;
  return { place, ttl: chosen === usual ? undefined : '1h', savesUsd: chosen, savesShare: chosen / uncached };
};

const findProposal = (input: RuleInput): Proposal | undefined => {
  const { caching } = input.plan;
  const place = findSharedPlace(input);
  return place === undefined || caching?.kind !== 'explicit' ? undefined : withLifetime(input, place, caching);
};

const proposalOf = oncePer((input: RuleInput) => ({ proposal: findProposal(input) }));

/** Looked for once, for the problem and its fix. */
const propose = (input: RuleInput): Proposal | undefined => proposalOf(input).proposal;

/** Does a cache point stand there that is written as another API or tool writes it? That is told, and is what is missing. */
const isMeant = ({ prompt }: RuleInput): boolean =>
  prompt.open?.mayMark === true ||
  writtenFaults(prompt).some(({ fault }) => fault.kind === 'dialect') ||
  prompt.problems.some(
    (problem) =>
      (problem.code === 'syntax/marker' && problem.data.reason === 'dialect') ||
      (problem.code === 'code/lost-marker' && problem.data.reason !== 'deprecated'),
  );

/** A static prefix long enough to be cached with no marker after it. */
export const missing: Rule<'cache/missing'> = {
  code: 'cache/missing',
  severity: 'information',
  sources: [`${awsCaching}. Prices are those of the model catalog, each with its source and date`],
  says: ({ tokens, minimum, model, savesUsd, savesShare, traffic, implicit }, formats) => {
    const money =
      savesUsd === undefined || savesShare === undefined
        ? ''
        : ` ${capital(describeTraffic(traffic, formats))} a cache point here would save ${formats.usd(savesUsd)} a call (${formats.percent(savesShare)} of its input).`;
    const now = implicit ? 'without a cache point they are cached on best effort only' : 'no cache point makes use of it';
    return `${capital(describeTokens(tokens, formats))} up to here are the same in each call and reach the ${formats.tokens(minimum)} that ${model} needs, but ${now}.${money}`;
  },
  *check(input) {
    const { plan, traffic } = input;
    const proposal = propose(input);
    if (proposal === undefined || plan.caching?.kind !== 'explicit' || isMeant(input)) return;
    const { place, savesUsd, savesShare } = proposal;
    const { minimum, implicit } = plan.caching;
    const model = plan.model?.name ?? '';
    const data = { tokens: place.prefix, minimum: minimum.likely, model, savesUsd, savesShare, traffic, implicit };
    yield { code: 'cache/missing', span: place.line, data };
  },
  *fixes(_problem, input) {
    const proposal = propose(input);
    const edits = proposal?.place.write(proposal.ttl);
    if (edits !== undefined) yield { title: titles.insertMarker, kind: 'moves', edits, preferred: true };
  },
};
