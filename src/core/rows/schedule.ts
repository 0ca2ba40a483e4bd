import { lifetimeMsOf } from '../models/lifetimes';

/** A prefix that a job's call writes or reads. */
export interface JobPrefix {
  /** Equal for calls that can read each other's entry. */
  readonly key: string;
  readonly ttl: string;
}

/** One call of a batch: a row on a model. */
export interface Job {
  /** Its place among the jobs of the batch, from 0. */
  readonly index: number;
  /** The written prefixes of its call, the shortest first. */
  readonly prefixes: readonly JobPrefix[];
}

/**
 * The order in which jobs are sent: those that share a prefix together, and within them those that share a longer one, so that an entry is read
 * while it lives. Groups stand in the order of their first jobs.
 */
export const sendingOrder = (jobs: readonly Job[]): readonly Job[] => {
  const first = new Map<string, number>();
  for (const { index, prefixes } of jobs) for (const { key } of prefixes) if (!first.has(key)) first.set(key, index);
  const pathOf = ({ index, prefixes }: Job): readonly number[] => [...prefixes.map(({ key }) => first.get(key) ?? index), index];
  const compare = (a: readonly number[], b: readonly number[]): number => {
    for (const [at, value] of a.entries()) {
      const other = b[at];
      if (other === undefined) return 1;
      if (value !== other) return value - other;
    }
    return a.length - b.length;
  };
  return jobs
    .map((job) => ({ job, path: pathOf(job) }))
    .sort((a, b) => compare(a.path, b.path))
    .map(({ job }) => job);
};

/** Which jobs wait for another's write. Times are milliseconds on one clock. */
export interface Gate {
  /** May this job be sent now? Not while another one writes a prefix that they share: it would write it again. */
  mayStart(job: Job, now: number): boolean;
  started(job: Job, now: number): void;
  /** Its answer has begun: what it wrote can be read (Anthropic, Prompt caching, 2026-08). The lifetime counts from the start of the call. */
  begun(job: Job): void;
  /** It ended without an answer: the next one has to write. */
  failed(job: Job): void;
}

/** Lets the first job of each prefix go alone, and again when the prefix has ended. */
export const createGate = (jobs: readonly Job[]): Gate => {
  const users = new Map<string, number>();
  for (const { prefixes } of jobs) for (const { key } of prefixes) users.set(key, (users.get(key) ?? 0) + 1);
  const shared = ({ prefixes }: Job): readonly JobPrefix[] => prefixes.filter(({ key }) => (users.get(key) ?? 0) > 1);
  const until = new Map<string, number>();
  const writers = new Map<string, number>();
  const startedAt = new Map<number, number>();
  const isWarm = (key: string, now: number): boolean => (until.get(key) ?? 0) > now;
  const release = ({ index }: Job): void => {
    for (const [key, writer] of writers) if (writer === index) writers.delete(key);
  };
  return {
    mayStart: (job, now) => shared(job).every(({ key }) => isWarm(key, now) || !writers.has(key)),
    started(job, now) {
      startedAt.set(job.index, now);
      for (const { key } of shared(job)) if (!isWarm(key, now)) writers.set(key, job.index);
    },
    begun(job) {
      const at = startedAt.get(job.index) ?? 0;
      for (const { key, ttl } of shared(job)) until.set(key, Math.max(until.get(key) ?? 0, at + lifetimeMsOf(ttl)));
      release(job);
    },
    failed: release,
  };
};
