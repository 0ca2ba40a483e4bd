import { cutCall } from '../request/cuts';
import type { ConverseRequest, WireCall } from '../request/types';
import { isPlausible } from '../tokens/calibration/observations';
import { countedPrefixes } from './countedPoints';
import type { CachePlan } from './plan';

/** A prefix that can be counted: by the hash under which the count is kept, and as the request that is counted. */
export interface PointCall {
  readonly hash: string;
  readonly call: WireCall;
  /** May a number of tokens be a count of it? Less than half or more than twice the estimate is none. */
  isPlausible(tokens: number): boolean;
}

/** The calls by which the prefixes of a request are counted. */
export interface PointCalls {
  /** The end that each of them has: what it counts alone is taken off. */
  readonly end: WireCall | undefined;
  readonly points: readonly PointCall[];
  /** Cache points whose prefix is no request with any end, as before the result of a tool. */
  readonly left: number;
}

/**
 * What has to be counted to know each cache point's prefix. A prefix alone is no request, so each is counted with the shortest end, and the end alone: the
 * difference is the prefix, but for the few tokens that frame its first turn. `plan`: of this very request; `call`: the same, as it is counted.
 */
export const pointCalls = (request: ConverseRequest, plan: CachePlan, call: WireCall): PointCalls => {
  const hashes = countedPrefixes(request);
  const found = new Map<string, PointCall | undefined>();
  for (const { index, prefix } of plan.checkpoints) {
    const blocks = plan.blocks.slice(0, index).filter(({ block }) => block.kind !== 'cachePoint').length;
    const hash = hashes[index];
    if (hash === undefined || blocks === 0) continue;
    const cut = cutCall(call, blocks);
    const plausible = (counted: number): boolean => isPlausible({ estimated: prefix.likely, counted });
    found.set(hash, cut && { hash, call: cut, isPlausible: plausible });
  }
  const points = [...found.values()].filter((point) => point !== undefined);
  return { end: points.length === 0 ? undefined : cutCall(call, 0), points, left: found.size - points.length };
};
