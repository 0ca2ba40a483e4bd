import type { CacheField } from '../models/types';
import type { Band } from '../figures/band';

/** Settings that take part in the comparison of prefixes, by the names that people know them by. */
export type SettingName = 'toolChoice' | 'citations' | 'outputFormat' | 'thinking' | 'effort' | 'images' | 'otherFields';

/** What of the place of a call is another one: no two of these share a cache. `identity`: whether its account is another one is not known. */
export type PlacePart = 'service' | 'region' | 'account' | 'identity' | 'api';

/**
 * Why a call did not read what an earlier one had left. The first four are the words of Anthropic's own cache diagnostics (beta, read 2026-11),
 * which Bedrock does not have; the others say what those leave open.
 */
export type Cause =
  | { readonly kind: 'model_changed'; readonly was: string; readonly is: string }
  /** `block`: the first one that differs, counted from 0 in its list; `message` where it stands in one. */
  | { readonly kind: 'tools_changed' | 'system_changed' | 'messages_changed'; readonly at: BlockAt; readonly how: Change }
  | { readonly kind: 'setting_changed'; readonly setting: SettingName; readonly from: CacheField }
  | { readonly kind: 'other_place'; readonly part: PlacePart; readonly was: string; readonly is: string }
  /** `ageMs`: since the entry was written or read last. */
  | { readonly kind: 'expired'; readonly ttl: string; readonly ageMs: number }
  /** It expired by the shorter lifetime of the two. */
  | { readonly kind: 'ttl_changed'; readonly was: string; readonly is: string }
  /** `certain`: at every size that the prefix may have. */
  | { readonly kind: 'below_minimum'; readonly tokens: number; readonly minimum: number; readonly certain: boolean }
  | { readonly kind: 'marker_not_sent' }
  | { readonly kind: 'moved_cache_point'; readonly was: number; readonly is: number }
  | { readonly kind: 'lookback_exceeded'; readonly blocks: number; readonly window: number }
  /** The earlier call had not begun to answer when this one left. */
  | { readonly kind: 'parallel_first_calls'; readonly aheadMs: number }
  /** All that can be told from here says that it should have hit. `profile`: the calls went by different ones, or by one of many Regions. */
  | { readonly kind: 'possible_eviction_or_region'; readonly profile: 'other' | 'many' | undefined }
  /** No earlier call of this prompt, as far as is remembered, had left anything. */
  | { readonly kind: 'not_cached_before' };

export type CauseKind = Cause['kind'];

/** A block of a request by its place, counted from 0 among those of its list. */
export interface BlockAt {
  readonly field: CacheField;
  readonly message?: number | undefined;
  readonly index: number;
}

/** `changed`: another block stands there; `added`, `removed`: one more or one less; `moved`: the same blocks in another order. */
export type Change = 'changed' | 'added' | 'removed' | 'moved';

/** The first place in which two requests differ, whether or not that cost anything. */
export type Difference =
  | { readonly kind: 'block'; readonly at: BlockAt; readonly how: Change }
  | { readonly kind: 'setting'; readonly setting: SettingName; readonly from: CacheField }
  | { readonly kind: 'model' };

/** How a call did beside the earlier one. */
export interface Explanation {
  /** The run that it is compared with; absent where there is none. */
  readonly against: string | undefined;
  /** `hit`: all that the earlier call had left was read; `part`: less; `miss`: nothing; `first`: nothing had been left. */
  readonly outcome: 'hit' | 'part' | 'miss' | 'first';
  /** Each of them alone would have kept the call from reading it. Empty for a hit. */
  readonly causes: readonly Cause[];
  /** What differs between the two requests; absent where they are equal. */
  readonly difference: Difference | undefined;
  /** Tokens that the earlier call had left and this one did not read. */
  readonly lost: number;
  /** What reading them would have cost less, in US dollars by the price list; absent where that is not known, or nothing was lost. */
  readonly lostUsd?: Band | undefined;
}

/** The block of the request that an explanation is about, where there is one. */
export const blockIn = ({ causes, difference }: Explanation): BlockAt | undefined => {
  const changed = causes.find((cause) => 'at' in cause);
  if (changed !== undefined && 'at' in changed) return changed.at;
  return difference?.kind === 'block' ? difference.at : undefined;
};

/** Where the text of a block begins to differ, where both texts are at hand. */
export interface TextDifference {
  /** Characters before it, counted from 0. */
  readonly at: number;
  /** A few characters around it. */
  readonly was: string;
  readonly is: string;
}

/** All that a card says of why a run did or did not read the cache. */
export interface RunWhy {
  readonly explanation: Explanation;
  /** When the run that it is compared with began, in milliseconds since 1970. */
  readonly againstAt?: number | undefined;
  readonly text?: TextDifference | undefined;
  /** Can both requests be shown? Else their texts were not kept. */
  readonly hasTexts: boolean;
  /** What the fix of a rule for it is called. */
  readonly fix?: string | undefined;
}
