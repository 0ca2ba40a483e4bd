import type { ModelEntry } from './types';

/** Prefixes of cross-Region inference profiles, and which AWS Regions each geography serves (AWS user guide, Cross-Region inference, 2026). */

/** Prefixes that AWS uses for system-defined inference profiles, without the dot. */
export const profilePrefixes: readonly string[] = ['us', 'us-gov', 'eu', 'apac', 'jp', 'au', 'in', 'ca', 'global'];

/** Tried from the top: a Region's first matching row names its geographies, the narrowest first. */
const geographies: readonly (readonly [region: RegExp, prefixes: readonly string[]])[] = [
  [/^us-gov-/, ['us-gov']],
  [/^us-/, ['us']],
  [/^ca-/, ['ca', 'us']],
  [/^eu-/, ['eu']],
  [/^ap-northeast-[13]$/, ['jp', 'apac']],
  [/^ap-southeast-[24]$/, ['au', 'apac']],
  [/^ap-south-[12]$/, ['in', 'apac']],
  [/^ap-/, ['apac']],
];

/** The geographic prefixes that serve an AWS Region, the narrowest first; none for Regions without a geography of their own. */
export const geographiesOf = (region: string): readonly string[] => geographies.find(([pattern]) => pattern.test(region))?.[1] ?? [];

/** GovCloud and China are partitions of their own, which global profiles do not reach. */
const reachesGlobal = (region: string): boolean => !/^(us-gov|us-iso|cn)/.test(region);

/** How far a call may go to be processed: anywhere, or not beyond a geography. */
export type Reach = 'anywhere' | 'geography';

/**
 * Inference profile ids of a model that can be called from a Region, best first: its geography, then `global`, where the call may go anywhere.
 * Without a Region all such profiles of the model, in the catalog's order.
 */
export const suggestProfile = (entry: ModelEntry, region: string | undefined, reach: Reach = 'anywhere'): readonly string[] => {
  const fitting = region === undefined ? entry.profiles : [...geographiesOf(region), ...(reachesGlobal(region) ? ['global'] : [])];
  return fitting
    .filter((prefix) => entry.profiles.includes(prefix) && (reach === 'anywhere' || prefix !== 'global'))
    .map((prefix) => `${prefix}.${entry.id}`);
};
