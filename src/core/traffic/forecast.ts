import type { CacheTtl, Prices } from '../models/types';
import type { Band } from '../figures/band';
import { usualSessions, type Sessions } from './arrivals';
import { crossingOf } from './crossing';
import { costOf, quotaTokensOf, type CallTokens, type Usd } from '../money/bill';
import { hasPrice, writePriceOf } from '../money/rates';
import type { CachePlan, Checkpoint } from '../cache/plan';
import { isWritten } from '../cache/written';
import { lifetimeMsOf } from '../models/lifetimes';
import { perHour, trafficAt, type Traffic } from '../prompt/traffic';
import { aliveAt, meanTokens, pointOf, readsOf, type Alive, type TrafficPoint } from './point';

/** Lifetimes as they are written, one lifetime for all working checkpoints, or no checkpoints at all. */
export type ChoiceId = 'written' | CacheTtl | 'none';

/** From which traffic on a choice costs less than no caching: calls an hour, or calls of a burst. */
export type BreakEven = { readonly kind: 'always' } | { readonly kind: 'never' } | { readonly kind: 'from'; readonly traffic: number };

/** One way to set the lifetimes, and what a call costs with it on average at the traffic given. */
export interface Choice {
  readonly id: ChoiceId;
  /** Is this what the prompt says now? */
  readonly asWritten: boolean;
  /** The lifetime of each point; empty without caching. */
  readonly ttls: readonly string[];
  /** Share of calls, 0 … 1, that read each point's prefix. */
  readonly reads: readonly number[];
  /** Mean tokens of one call. */
  readonly tokens: CallTokens;
  /** Mean input tokens of one call that count against the tokens-per-minute quota. */
  readonly quotaTokens: number;
  /** Mean input cost of one call. */
  readonly usd: Usd;
  /** For `none` itself `never`. */
  readonly breakEven: BreakEven;
}

/** The traffic from which on another choice becomes the cheapest. */
export interface Switch {
  readonly traffic: number;
  readonly from: ChoiceId;
  readonly to: ChoiceId;
}

export interface Forecast {
  readonly plan: CachePlan;
  readonly prices: Prices;
  readonly traffic: Traffic;
  readonly sessions: Sessions;
  /** The checkpoints that the service writes. */
  readonly points: readonly Checkpoint[];
  /** As written, one per lifetime that the model has, none; what is written is among them once. */
  readonly choices: readonly Choice[];
  readonly written: Choice;
  readonly none: Choice;
  /** The cheapest at this traffic; of those that hardly differ the one that asks for the least change. */
  readonly cheapest: Choice;
  /** Input of a call that finds nothing, and of one that finds all it can read, as written. */
  readonly cold: Usd;
  readonly warm: Usd;
  /** Does the service refuse the call as it is written? Then `written` says what its working checkpoints would do. */
  readonly refused: boolean;
}

/** Range of traffic in which break-even points are looked for: once in four days to a million calls an hour. */
const leastTraffic = 0.01;
const mostTraffic = 1e6;
/** Differences below this share of the uncached cost are not worth a change. */
const negligible = 0.005;

const failing: readonly Checkpoint['verdict']['kind'][] = ['tooMany', 'unsupportedField', 'unsupportedModel', 'nothingBefore', 'refused'];

type Size = keyof Band;

/** What the arithmetic needs; the rest of a forecast is made from it. */
interface Ground {
  readonly plan: CachePlan;
  readonly prices: Prices;
  readonly points: readonly Checkpoint[];
  readonly sessions: Sessions;
}

/** The points of a choice with its lifetimes; a choice without lifetimes has none. */
const pointsWith = ({ points }: Ground, ttls: readonly string[], size: Size): readonly TrafficPoint[] =>
  points.slice(0, ttls.length).map((point, at) => ({ ...pointOf(point, size), ttl: ttls[at] ?? '' }));

const tokensAt = (ground: Ground, ttls: readonly string[], traffic: Traffic, size: Size): CallTokens =>
  meanTokens(pointsWith(ground, ttls, size), ground.plan.total[size], aliveAt(traffic, ground.sessions));

/** With the band of the token count: all counts at their low ends and low prices, up to all at their high ends and high prices. */
const banded = (ground: Ground, ttls: readonly string[], traffic: Traffic): Usd => ({
  low: costOf(tokensAt(ground, ttls, traffic, 'low'), ground.prices).low,
  likely: costOf(tokensAt(ground, ttls, traffic, 'likely'), ground.prices).likely,
  high: costOf(tokensAt(ground, ttls, traffic, 'high'), ground.prices).high,
});

/** Mean input cost of one call of a choice at other traffic of the same kind; its band is that of the prices only. */
export const usdAt = (forecast: Ground & { readonly traffic: Traffic }, choice: Pick<Choice, 'ttls'>, amount: number): Usd =>
  costOf(tokensAt(forecast, choice.ttls, trafficAt(forecast.traffic, amount), 'likely'), forecast.prices);

const leastOf = ({ kind }: Traffic): number => (kind === 'burst' ? 1 : leastTraffic);

/** A burst has whole calls: the first count at which it pays. */
const rounded = ({ kind }: Traffic, found: number): number => (kind === 'burst' ? Math.ceil(found - 1e-6) : found);

const breakEvenOf = (ground: Ground & { readonly traffic: Traffic }, ttls: readonly string[]): BreakEven => {
  const none = usdAt(ground, { ttls: [] }, leastTraffic).likely;
  const extra = (amount: number): number => usdAt(ground, { ttls }, amount).likely - none;
  const least = leastOf(ground.traffic);
  if (!(extra(mostTraffic) < -1e-9 * none)) return { kind: 'never' };
  if (extra(least) <= 0) return { kind: 'always' };
  return { kind: 'from', traffic: rounded(ground.traffic, crossingOf(extra, least, mostTraffic)) };
};

const choiceOf = (ground: Ground & { readonly traffic: Traffic }, id: ChoiceId, ttls: readonly string[], asWritten: boolean): Choice => {
  const { traffic, sessions } = ground;
  const tokens = tokensAt(ground, ttls, traffic, 'likely');
  return {
    id,
    asWritten,
    ttls,
    reads: readsOf(pointsWith(ground, ttls, 'likely'), aliveAt(traffic, sessions)),
    tokens,
    quotaTokens: quotaTokensOf(tokens, undefined) ?? 0,
    usd: banded(ground, ttls, traffic),
    breakEven: id === 'none' ? { kind: 'never' } : breakEvenOf(ground, ttls),
  };
};

/** Lifetimes that the model offers at a known price, its default first. */
const offered = ({ caching }: CachePlan, prices: Prices): readonly CacheTtl[] => {
  if (caching?.kind !== 'explicit') return [];
  const others = caching.ttls.filter((ttl) => ttl !== caching.defaultTtl);
  return [caching.defaultTtl, ...others].filter((ttl) => writePriceOf(prices, ttl) !== undefined);
};

const choicesOf = (ground: Ground & { readonly traffic: Traffic }, written: readonly string[]): readonly Choice[] => {
  const none = choiceOf(ground, 'none', [], written.length === 0);
  if (written.length === 0) return [none];
  const uniform = offered(ground.plan, ground.prices).map((id) =>
    choiceOf(
      ground,
      id,
      written.map(() => id),
      written.every((ttl) => ttl === id),
    ),
  );
  const own = uniform.some(({ asWritten }) => asWritten) ? [] : [choiceOf(ground, 'written', written, true)];
  return [...own, ...uniform, none];
};

/** The first whose cost is not beaten by a difference worth a change; what is written comes first. */
const cheapestOf = (choices: readonly Choice[], none: Choice): Choice => {
  const least = Math.min(...choices.map(({ usd }) => usd.likely));
  const byEffort = [...choices].sort((a, b) => Number(b.asWritten) - Number(a.asWritten));
  return byEffort.find(({ usd }) => usd.likely <= least + none.usd.likely * negligible) ?? none;
};

/** The first with the lowest cost; `held` stays unless another one is cheaper by more than a rounding. */
const cheapestAt = (forecast: Forecast, amount: number, held: Choice | undefined): Choice => {
  const usd = (choice: Choice): number => usdAt(forecast, choice, amount).likely;
  const tolerance = forecast.none.usd.likely * 1e-4;
  const rest = forecast.choices.filter((choice) => choice !== forecast.none);
  const cheapest = rest.reduce((low, next) => (usd(next) < usd(low) ? next : low), forecast.none);
  return held !== undefined && usd(held) <= usd(cheapest) + tolerance ? held : cheapest;
};

/** Traffic at which the cheapest choice changes, upwards. Walks in small steps and narrows each change down. */
export const switchesOf = (forecast: Forecast): readonly Switch[] => {
  const least = leastOf(forecast.traffic);
  const steps = 64;
  const switches: Switch[] = [];
  let held = cheapestAt(forecast, least, undefined);
  let since = least;
  for (let step = 1; step <= steps; step += 1) {
    const amount = least * (mostTraffic / least) ** (step / steps);
    const [from, to] = [held, cheapestAt(forecast, amount, held)];
    if (from === to) continue;
    const found = crossingOf((at) => usdAt(forecast, to, at).likely - usdAt(forecast, from, at).likely, since, amount);
    switches.push({ traffic: rounded(forecast.traffic, found), from: from.id, to: to.id });
    held = to;
    since = amount;
  }
  return switches;
};

const isRefused = ({ checkpoints, caching }: CachePlan): boolean =>
  checkpoints.some(({ verdict, ttl }, at) => {
    const longerBehind = checkpoints.slice(at + 1).some((later) => lifetimeMsOf(later.ttl) > lifetimeMsOf(ttl));
    const hasTtl = caching?.kind !== 'explicit' || caching.ttls.some((known) => known === ttl);
    return failing.includes(verdict.kind) || longerBehind || !hasTtl;
  });

/** All that can be read is alive. */
const warm: Alive = ({ reuse }) => (reuse === 'never' ? 0 : 1);

/**
 * What the calls of a traffic cost on average, for each choice of lifetimes: a pure function, checked against a simulation call by call.
 * `undefined` where no price of the model is known. The formulas and what they leave out are in `docs/forecast.md`.
 */
export const forecastOf = (plan: CachePlan, traffic: Traffic, sessions: Sessions = usualSessions): Forecast | undefined => {
  const { prices } = plan;
  if (!hasPrice(prices)) return undefined;
  const points = plan.checkpoints.filter(isWritten);
  const ttls = points.map(({ ttl }) => ttl);
  const ground = { plan, prices, points, sessions, traffic };
  const choices = choicesOf(ground, ttls);
  const none = choices.find(({ id }) => id === 'none') ?? choiceOf(ground, 'none', [], ttls.length === 0);
  const calls = (tokens: (size: Size) => CallTokens): Usd => ({
    low: costOf(tokens('low'), prices).low,
    likely: costOf(tokens('likely'), prices).likely,
    high: costOf(tokens('high'), prices).high,
  });
  return {
    ...ground,
    choices,
    written: choices.find(({ asWritten }) => asWritten) ?? none,
    none,
    cheapest: cheapestOf(choices, none),
    cold: calls((size) => tokensAt(ground, ttls, perHour(0), size)),
    warm: calls((size) => meanTokens(pointsWith(ground, ttls, size), plan.total[size], warm)),
    refused: isRefused(plan),
  };
};
