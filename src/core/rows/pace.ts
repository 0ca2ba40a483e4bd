/** How many calls are under way at once. It falls by half when the service throttles, and grows by one after as many answers as there are calls. */
export interface Pace {
  readonly limit: number;
  readonly most: number;
  /** Answers since the limit changed. */
  readonly clean: number;
  /** Nothing is sent before this time, in milliseconds. */
  readonly notBefore: number;
  /** Throttled calls in a row, without an answer between. */
  readonly refused: number;
  /** Since when the limit is what it is: answers to calls that left earlier say nothing about it. */
  readonly since: number;
}

export const startPace = (most: number): Pace => ({ limit: most, most, clean: 0, notBefore: 0, refused: 0, since: 0 });

/** The first wait after a throttled call; it doubles with each further one up to the longest. Milliseconds. */
const firstWait = 1_000;
const longestWait = 60_000;

/** After a throttled call. Calls that were under way together count as one refusal. */
export const afterThrottle = (pace: Pace, now: number): Pace =>
  now < pace.notBefore
    ? pace
    : {
        ...pace,
        limit: Math.max(1, Math.floor(pace.limit / 2)),
        clean: 0,
        refused: pace.refused + 1,
        since: now,
        notBefore: now + Math.min(longestWait, firstWait * 2 ** pace.refused),
      };

export const afterAnswer = (pace: Pace, startedAt: number, now: number): Pace => {
  if (startedAt <= pace.since) return pace;
  const clean = pace.clean + 1;
  return clean >= pace.limit && pace.limit < pace.most
    ? { ...pace, limit: pace.limit + 1, clean: 0, refused: 0, since: now }
    : { ...pace, clean, refused: 0 };
};
