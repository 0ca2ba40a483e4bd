import { lifetimeMsOf } from '../../src/core/models/lifetimes';
import type { Traffic } from '../../src/core/prompt/traffic';
import type { Sessions } from '../../src/core/traffic/arrivals';
import type { PointSpec } from './forecastPlans';

/**
 * A discrete-event simulation of the prompt cache, to check the forecast against: it looks entries up, refreshes and writes them as the
 * service documents it, call by call, and knows nothing of rates or probabilities.
 */

/** A small generator with a seed, so that a failing run can be repeated: mulberry32, public domain. */
export const randomFrom = (seed: number): (() => number) => {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
};

/** What one call was billed for, and which prefixes it read. */
export interface SeenCall {
  readonly read: number;
  readonly written: Readonly<Record<string, number>>;
  readonly input: number;
  readonly found: readonly boolean[];
}

interface Arrival {
  readonly seconds: number;
  readonly session: string;
}

/** Sessions side by side, each call belonging to one of them at random: the calls of each are then a steady stream too. */
function* steadyArrivals(callsPerHour: number, sessions: Sessions, random: () => number): Generator<Arrival> {
  const slots = Array.from({ length: Math.max(1, Math.round(callsPerHour / sessions.callsPerHour)) }, () => ({ session: 0, calls: 0 }));
  let seconds = 0;
  for (;;) {
    seconds += (-Math.log(1 - random()) * 3600) / callsPerHour;
    const at = Math.floor(random() * slots.length);
    const slot = slots[at] ?? { session: 0, calls: 0 };
    if (slot.calls >= sessions.calls) Object.assign(slot, { session: slot.session + 1, calls: 0 });
    slot.calls += 1;
    yield { seconds, session: `${at}/${slot.session}` };
  }
}

/** Moments at random within the time, dealt out to sessions of the same number of calls. */
const burstArrivals = (calls: number, minutes: number, sessions: Sessions, random: () => number): readonly Arrival[] => {
  const arrivals = Array.from({ length: calls }, (_, at) => ({
    seconds: random() * minutes * 60,
    session: String(Math.floor(at / sessions.calls)),
  }));
  return arrivals.sort((a, b) => a.seconds - b.seconds);
};

/** The cache itself: entries with the moment at which they are gone. */
const serve = (points: readonly PointSpec[], total: number): ((arrival: Arrival, call: number) => SeenCall) => {
  const gone = new Map<string, number>();
  return ({ seconds, session }, call) => {
    const keys = points.map(({ reuse }, at) => `${at} ${reuse === 'shared' ? '' : reuse === 'session' ? session : `call ${call}`}`);
    const longest = keys.findLastIndex((key) => (gone.get(key) ?? -1) > seconds);
    const written: Record<string, number> = {};
    const read = points[longest]?.tokens ?? 0;
    let reached = read;
    points.forEach(({ tokens, ttl }, at) => {
      gone.set(keys[at] ?? '', seconds + lifetimeMsOf(ttl) / 1000);
      if (at > longest && tokens > reached) written[ttl] = (written[ttl] ?? 0) + tokens - reached;
      reached = Math.max(reached, tokens);
    });
    return { read, written, input: total - reached, found: points.map((_, at) => at <= longest) };
  };
};

export interface Simulation {
  readonly points: readonly PointSpec[];
  readonly total: number;
  readonly traffic: Traffic;
  readonly sessions: Sessions;
  readonly seed: number;
}

/** Serves about `calls` calls, in groups whose means are independent enough to tell the error of the whole: stretches of time, or bursts. */
export const simulate = ({ points, total, traffic, sessions, seed }: Simulation, calls: number): readonly (readonly SeenCall[])[] => {
  const random = randomFrom(seed);
  if (traffic.kind === 'burst')
    return Array.from({ length: Math.ceil(calls / traffic.calls) }, () => {
      const call = serve(points, total);
      return burstArrivals(traffic.calls, traffic.minutes, sessions, random).map(call);
    });
  const call = serve(points, total);
  const arrivals = steadyArrivals(traffic.callsPerHour, sessions, random);
  const groups = 24;
  return Array.from({ length: groups }, (_, group) => {
    const size = Math.ceil(calls / groups);
    return Array.from({ length: size }, (__, at) => call(arrivals.next().value as Arrival, group * size + at)); // it never ends
  });
};
