import { exactly, type TokenEstimate } from '../figures/band';
import type { ConverseRequest } from '../request/types';
import { hashOf } from '../text/hash';
import type { PointCounts } from '../tokens/calibrate';
import { fieldOf } from '../tokens/json';
import type { RequestEstimate } from '../tokens/requestCount';
import { comparedBlock, isCachePoint, sentBlocks } from './sentBlocks';

/** Settings that add tokens of their own. */
const settings = ['toolChoice', 'additionalModelRequestFields', 'outputConfig'] as const;

const settingOf = (request: ConverseRequest, name: (typeof settings)[number]): unknown =>
  name === 'toolChoice' ? fieldOf(fieldOf(request, 'toolConfig'), name) : fieldOf(request, name);

/**
 * For each block of a request, cache points among them, a hash of what stands up to it: equal exactly where the service counts the same. Cache points
 * add nothing.
 */
export const countedPrefixes = (request: ConverseRequest): readonly string[] => {
  let hash = hashOf(settings.map((name) => settingOf(request, name) ?? null));
  return sentBlocks(request).map(({ list, block }) => (isCachePoint(block) ? hash : (hash = hashOf([hash, list, comparedBlock(block)]))));
};

/** A prefix that was counted, by its block. */
interface Known {
  readonly index: number;
  readonly tokens: number;
}

const knownIn = (request: ConverseRequest, modelId: string, points: PointCounts): readonly Known[] =>
  countedPrefixes(request).flatMap((hash, index) => {
    const tokens = points.tokens(modelId, hash);
    return tokens === undefined ? [] : [{ index, tokens }];
  });

const isSame = (a: TokenEstimate, tokens: number): boolean => a.basis === 'counted' && a.likely === tokens;

/** A figure between two counted ones, in the proportion of their estimates. */
const between = (figure: TokenEstimate, from: { est: number; is: number }, to: { est: number; is: number } | undefined): TokenEstimate => {
  const scale = to === undefined || to.est <= from.est ? 1 : (to.is - from.is) / (to.est - from.est);
  const moved = (value: number): number => Math.max(from.is, from.is + (value - from.est) * scale);
  return { ...figure, low: moved(Math.min(figure.low, figure.likely)), likely: moved(figure.likely), high: moved(figure.high) };
};

/** The estimate of a request with what the service counted of its prefixes; what lies between keeps its proportion. */
export const withCountedPoints = (
  estimate: RequestEstimate,
  request: ConverseRequest,
  modelId: string,
  points: PointCounts,
): RequestEstimate => {
  const known = knownIn(request, modelId, points);
  if (known.length === 0) return estimate;
  let from = { est: 0, is: 0 };
  const blocks = estimate.blocks.map((block, index) => {
    const own = known.find((one) => one.index === index);
    if (own !== undefined) {
      from = { est: block.prefix.likely, is: own.tokens };
      return isSame(block.prefix, own.tokens) ? block : { ...block, prefix: { ...exactly(own.tokens), basis: 'counted' as const } };
    }
    const next = known.find((one) => one.index > index);
    const to = next && { est: estimate.blocks[next.index]?.prefix.likely ?? 0, is: next.tokens };
    return { ...block, prefix: between(block.prefix, from, to) };
  });
  const { total } = estimate;
  return { blocks, total: total.basis === 'counted' ? total : between(total, from, undefined) };
};
