// What has a VS Code, a browser, a profile and ports of its own goes on side by side with another: each waits for much of its time.
// @ts-check
import { availableParallelism } from 'node:os';

/** A window keeps more than one core busy at times. With less than this, windows wait for the machine and tests for windows. */
const coresOfLane = 2;
/** More would need memory for as many windows. */
const mostLanes = 2;

/**
 * Does the work for each of the items, begun in their order, so many at a time as there are pairs of cores, two at most. The results are in the order of the items.
 * @template T, R
 * @param {readonly T[]} items
 * @param {(item: T) => Promise<R>} work Answers for its failures itself: what rejects is not waited for.
 * @param {number} [most] At a time.
 * @returns {Promise<readonly R[]>}
 */
export async function inLanes(items, work, most = mostLanes) {
  /** @type {R[]} */
  const results = [];
  const waiting = [...items.entries()];
  const lane = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) results[next[0]] = await work(next[1]);
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(most, Math.floor(availableParallelism() / coresOfLane))) }, lane));
  return results;
}
