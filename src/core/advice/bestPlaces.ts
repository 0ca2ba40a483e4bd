import type { LegalPlace } from './legalPlaces';

/** A lifetime that the solver may give. */
export type SolverTtl = '5m' | '1h';

/** A place with its lifetime. */
export interface ChosenPlace {
  readonly place: LegalPlace;
  readonly ttl: SolverTtl;
}

export interface Task {
  /** In the order of the prompt, with growing tokens. */
  readonly places: readonly LegalPlace[];
  /** Points that may be chosen. */
  readonly most: number;
  /** Longest first: no point may live longer than one before it. */
  readonly ttls: readonly SolverTtl[];
  /** Tokens that points standing in front, which cannot be moved, already cover. */
  readonly from: number;
  /** What a token of the stretch that this point closes saves, in any unit. */
  readonly gain: (place: LegalPlace, ttl: SolverTtl) => number;
  /** What making the choice costs by itself, in the unit of the gains. */
  readonly effort: (place: LegalPlace, ttl: SolverTtl) => number;
}

/** The best way so far to end in a point: what it brings, the point, and the way before it. */
interface Way {
  readonly value: number;
  readonly chosen: ChosenPlace;
  readonly before: Way | undefined;
}

/** Where a way may go on from: the value it keeps, less what a token already covered would have been worth. */
interface Start {
  readonly value: number;
  readonly way: Way | undefined;
}

interface Frontier {
  add(value: number, tokens: number, way: Way | undefined): void;
  best(gain: number): Start | undefined;
}

/** For each gain a later point may have, the start that serves it best. */
const startFrontier = (gains: readonly number[]): Frontier => {
  const starts = new Map<number, Start>();
  return {
    add: (value, tokens, way) => {
      for (const gain of gains) {
        const net = value - tokens * gain;
        const known = starts.get(gain);
        if (known === undefined || net > known.value) starts.set(gain, { value: net, way });
      }
    },
    best: (gain) => starts.get(gain),
  };
};

const listed = (way: Way | undefined): readonly ChosenPlace[] => {
  const places: ChosenPlace[] = [];
  for (let at = way; at !== undefined; at = at.before) places.unshift(at.chosen);
  return places;
};

/**
 * The points, with lifetimes, whose gains less efforts are highest. A dynamic program over (number of points, place, lifetime); as only a
 * few different gains exist, the best predecessor of each is kept while walking, so that it takes time linear in the places.
 */
export const choosePlaces = (task: Task): readonly ChosenPlace[] => {
  const { places, most, ttls, from, gain, effort } = task;
  const gains = [...new Set(places.flatMap((place) => ttls.map((ttl) => gain(place, ttl))))];
  let best: Start = { value: 0, way: undefined };
  // By place: the ways that end there with one point fewer.
  let reachable: readonly (readonly Way[])[] = [];
  for (let round = 1; round <= Math.min(most, places.length); round += 1) {
    const frontiers = ttls.map(() => startFrontier(gains));
    if (round === 1) for (const frontier of frontiers) frontier.add(0, from, undefined);
    const ended: Way[][] = places.map(() => []);
    places.forEach((place, at) => {
      ttls.forEach((ttl, rank) => {
        const own = gain(place, ttl);
        const before = frontiers[rank]?.best(own);
        if (before === undefined || place.tokens < from) return;
        const value = before.value + place.tokens * own - effort(place, ttl);
        const way: Way = { value, chosen: { place, ttl }, before: before.way };
        ended[at]?.push(way);
        if (value > best.value) best = { value, way };
      });
      // Ways of the round before that end here may be followed by later places, at the same lifetime or a shorter one.
      for (const way of reachable[at] ?? [])
        frontiers.forEach((frontier, rank) => {
          if (ttls.indexOf(way.chosen.ttl) <= rank) frontier.add(way.value, place.tokens, way);
        });
    });
    reachable = ended;
  }
  return listed(best.way);
};
