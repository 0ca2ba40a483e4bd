import type { TokenEstimate } from '../figures/band';
import type { CacheField } from '../models/types';
import type { Varies } from '../prompt/words';
import type { ConverseRequest } from '../request/types';
import { hashOf } from '../text/hash';
import type { CachePlan } from './plan';
import { prefixSettings } from './prefixSettings';
import { comparedBlock, isCachePoint, sentBlocks } from './sentBlocks';

/** The prefix of a request that ends with one of its blocks. */
export interface ChainEntry {
  /** Index of the block among the plan's blocks. Cache points are no blocks and have no entry. */
  readonly index: number;
  /** Equal for two requests exactly when the cache takes their prefixes for the same. */
  readonly hash: string;
  /** Of the block alone, in its list: equal exactly when the block is the same to the cache. */
  readonly own: string;
  /** Counted when it is read. */
  readonly tokens: TokenEstimate;
  /** How often the block itself changes. */
  readonly varies: Varies;
}

const fields: readonly CacheField[] = ['tools', 'system', 'messages'];

/**
 * One entry for each block of a request, `plan` being the plan of the same request: what predictions, the look-back, edit impact and the history of runs
 * compare. A hash covers the model, the blocks up to here without cache points, and the settings that count from the block's field or an
 * earlier one. Hashes have 53 bits: among a million prefixes two differ unnoticed once in twenty thousand times.
 */
export const prefixChain = (request: ConverseRequest, plan: CachePlan): readonly ChainEntry[] => {
  const settings = prefixSettings(request, plan.model);
  const chain: ChainEntry[] = [];
  let hash = hashOf(plan.modelId);
  let reached = -1;
  sentBlocks(request).forEach(({ field, list, block }, index) => {
    const wire = plan.blocks[index];
    if (isCachePoint(block) || wire === undefined) return;
    for (; reached < fields.indexOf(field); reached += 1) {
      const values = settings.filter(({ from, value }) => from === fields[reached + 1] && value !== '');
      if (values.length > 0) hash = hashOf([hash, ...values.flatMap(({ setting, value }) => [setting, value])]);
    }
    const own = hashOf([list, comparedBlock(block)]);
    hash = hashOf([hash, own]);
    chain.push({
      index,
      hash,
      own,
      varies: wire.varies,
      get tokens() {
        return wire.prefix;
      },
    });
  });
  return chain;
};
