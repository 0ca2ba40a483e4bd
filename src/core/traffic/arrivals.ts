import type { Reuse } from '../cache/plan';
import { lifetimeMsOf } from '../models/lifetimes';
import type { Traffic } from '../prompt/traffic';

/** How calls arrive, and how often each of them finds a prefix alive; the formulas are derived in `docs/forecast.md`. */

/** Sessions that calls belong to, where a prefix changes with the session. */
export interface Sessions {
  /** Calls that one session makes before it ends; the first of them finds nothing of its own session. */
  readonly calls: number;
  /** Mean calls an hour within one session, never more than all calls together. */
  readonly callsPerHour: number;
}

/** Assumed for want of a figure: a session of five calls, two minutes apart on average. */
export const usualSessions: Sessions = { calls: 5, callsPerHour: 30 };

/** Larger figures make no difference to any share and would only risk an overflow. */
const largest = 1e9;
const within = (value: number, least: number): number => (Number.isNaN(value) ? least : Math.min(Math.max(value, least), largest));

/**
 * Share of calls that find an entry alive, when calls arrive at random (Poisson) and each use starts the lifetime again: the call finds it
 * when the one before came less than a lifetime ago, which has probability 1 − e^(−rate × lifetime).
 */
export const hitRate = (callsPerHour: number, ttlSeconds: number): number => -Math.expm1((-within(callsPerHour, 0) * ttlSeconds) / 3600);

/**
 * Share of the calls of a burst that find an entry alive: never the first one; each other one when the gap before it is shorter than the
 * lifetime, which for n calls at random moments of a time t has probability 1 − (1 − lifetime / t)^n.
 */
export const burstHitRate = (calls: number, minutes: number, ttlSeconds: number): number => {
  const count = within(calls, 1);
  const seconds = within(minutes, 0) * 60;
  const found = seconds <= ttlSeconds ? 1 : -Math.expm1(count * Math.log1p(-ttlSeconds / seconds));
  return ((count - 1) / count) * found;
};

const sessionShare = (ttlSeconds: number, traffic: Traffic, sessions: Sessions): number => {
  const calls = within(sessions.calls, 1);
  if (traffic.kind === 'burst') return burstHitRate(Math.min(calls, within(traffic.calls, 1)), traffic.minutes, ttlSeconds);
  const rate = Math.min(within(traffic.callsPerHour, 0), within(sessions.callsPerHour, 0));
  return (1 - 1 / calls) * hitRate(rate, ttlSeconds);
};

const sharedShare = (ttlSeconds: number, traffic: Traffic): number =>
  traffic.kind === 'burst' ? burstHitRate(traffic.calls, traffic.minutes, ttlSeconds) : hitRate(traffic.callsPerHour, ttlSeconds);

/** Share of calls, 0 … 1, that find a prefix of this reuse and lifetime alive. */
export const readShare = (reuse: Reuse['kind'], ttl: string, traffic: Traffic, sessions: Sessions = usualSessions): number => {
  const seconds = lifetimeMsOf(ttl) / 1000;
  switch (reuse) {
    case 'shared':
      return sharedShare(seconds, traffic);
    case 'session':
      return sessionShare(seconds, traffic, sessions);
    case 'never':
      return 0;
  }
};
