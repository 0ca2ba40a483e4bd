import type { PointCounts } from '../calibrate';

/** One prefix or request that the service counted: base model, hash of its content, tokens, and when, in milliseconds since 1970. */
export type CountedPrefix = readonly [modelId: string, hash: string, tokens: number, at: number];

/** More are forgotten, the oldest first. */
const most = 1_000;

/** A count this old no longer speaks for the same text: the service changes what it adds. */
const holdsMs = 30 * 86_400_000;

const isCounted = (value: unknown): value is CountedPrefix =>
  Array.isArray(value) &&
  value.length === 4 &&
  typeof value[0] === 'string' &&
  typeof value[1] === 'string' &&
  Number.isSafeInteger(value[2]) &&
  Number.isFinite(value[3]);

/** What was stored, without what is no count. */
export const parseCounted = (stored: unknown): readonly CountedPrefix[] => (Array.isArray(stored) ? stored.filter(isCounted) : []);

/** With further counts; one of the same text takes the place of the earlier. */
export const addCounted = (known: readonly CountedPrefix[], added: readonly CountedPrefix[]): readonly CountedPrefix[] => {
  const fresh = new Set(added.map(([modelId, hash]) => `${modelId} ${hash}`));
  return [...known.filter(([modelId, hash]) => !fresh.has(`${modelId} ${hash}`)), ...added].slice(-most);
};

/** How they are asked for; counts that are too old are none. */
export const pointCountsOf = (known: readonly CountedPrefix[], now: number): PointCounts => {
  const byKey = new Map<string, number>();
  const models = new Set<string>();
  for (const [modelId, hash, tokens, at] of known) {
    if (Math.abs(now - at) > holdsMs) continue;
    models.add(modelId);
    byKey.set(`${modelId} ${hash}`, tokens);
  }
  return { has: (modelId) => models.has(modelId), tokens: (modelId, hash) => byKey.get(`${modelId} ${hash}`) };
};
