/** What is known of one Bedrock model, as data: every limit and price carries where it was read and when. */

import type { Band } from '../figures/band';

/** How a model turns text into tokens, and what it adds around it; see `tokens/`. */
export type TokenFamily =
  | 'claude-3' // Claude 3 … 4.6: the older vocabulary
  | 'claude-4.7' // Opus 4.7: the newer vocabulary, frames of its own
  | 'claude-5' // Opus 4.8 and 5.x: the newer vocabulary
  | 'nova-1'
  | 'nova-2'
  | 'llama'
  | 'openai'
  | 'qwen'
  | 'deepseek'
  | 'mistral'
  | 'other';

/** Where a marker may stand. */
export type CacheField = 'tools' | 'system' | 'messages';
/** How long an entry lives after its last use. */
export type CacheTtl = '5m' | '1h' | '30m';

/** A figure on which sources may disagree. `likely` is used for sums; a verdict between `low` and `high` says "may". */
export interface Figure extends Band {
  /** Why low and high differ, in one sentence; absent when they are equal. */
  readonly why?: string;
}

/** USD per million tokens, list price on demand. `null`: not offered; absent: not known. */
export interface Prices {
  readonly input: number;
  readonly output: number;
  readonly cacheRead?: number | null;
  readonly cacheWrite5m?: number | null;
  readonly cacheWrite1h?: number | null;
  readonly cacheWrite30m?: number | null;
  /** Where sources disagree on the write price (Nova): the highest figure found. */
  readonly cacheWrite5mHigh?: number;
}

/**
 * How the model is addressed, which decides the price: `global` for `global.` profiles, a geography (`us`, `eu`, `apac`, `jp`, …) for
 * the geographic ones, `inRegion` for the bare id.
 */
export type ProfileKind = 'global' | 'inRegion' | (string & {});

/** Prices by profile kind. */
export interface PriceTable {
  /** By profile kind; `default` serves every kind that has no row of its own; `geo` every geographic profile and the bare id. */
  readonly [kind: string]: Prices;
}

/** Other prices for long requests. */
export interface PriceTier {
  /** The whole request is billed at this tier when all its input tokens, cached ones included, exceed this. */
  readonly aboveInputTokens: number;
  readonly prices: PriceTable;
}

/** What the model does with cache points of Converse. */
export type Caching =
  /** Markers are honored. */
  | {
      readonly kind: 'explicit';
      /** Fewest tokens in the whole prefix before a checkpoint for it to be written. */
      readonly minimum: Figure;
      readonly maxCheckpoints: number;
      readonly fields: readonly CacheField[];
      readonly ttls: readonly CacheTtl[];
      readonly defaultTtl: CacheTtl;
      /** Most tokens a cached prefix may hold, where the service names one. */
      readonly maximum?: number;
      /** Content blocks the service looks back from a checkpoint for an earlier entry; absent where it does not. */
      readonly lookBack?: number;
      /** Blocks without a marker may be cached on best effort too; `false` also where it is documented but was never seen. */
      readonly implicit: boolean;
      /** Recorded calls over cross-Region profiles did not find what a call a minute earlier had written. */
      readonly losesEntries?: boolean;
      /** A marker in a message that holds toolUse or toolResult blocks is refused. */
      readonly refusesToolMessages?: boolean;
      /** A marker straight after a document that is not a PDF is refused. */
      readonly refusesAfterDocument?: boolean;
    }
  /** The service caches by itself or through another API; a Converse marker is refused. */
  | { readonly kind: 'implicit'; readonly minimum?: Figure; readonly note: string }
  | { readonly kind: 'none' };

/** Whether it can be called; `endOfLife` is an ISO date. `gated`: by invitation only. */
export type Lifecycle =
  | { readonly kind: 'active' | 'preview' | 'gated' }
  | { readonly kind: 'legacy'; readonly endOfLife?: string }
  | { readonly kind: 'retired'; readonly endOfLife?: string };

/** `high`: several sources or a measurement agree; `medium`: one good source; `low`: inferred, or one source that is not the vendor's. */
export type Certainty = 'high' | 'medium' | 'low';

/** Content blocks besides text. */
export type ContentKind = 'image' | 'document' | 'video';

/** One model. */
export interface ModelEntry {
  /** The base model id, as `anthropic.claude-sonnet-4-6`. */
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly lifecycle: Lifecycle;
  /** Prefixes of its inference profiles, without the dot: `us`, `eu`, `global`. */
  readonly profiles: readonly string[];
  /** May the bare id be called on demand? `undefined`: not known, so nothing is said. */
  readonly onDemand: boolean | undefined;
  readonly caching: Caching;
  readonly tokens: TokenFamily;
  /** Tokens of the hidden tool-use prompt: [toolChoice auto or none, any or a named tool]. */
  readonly toolPrompt?: readonly [auto: number, forced: number];
  /** Over Converse it reads the text of a PDF without citations, and does not see its pages. */
  readonly readsPdfAsText?: boolean;
  /** It is held to an output schema without being shown it. */
  readonly hidesOutputSchema?: boolean;
  readonly contextWindow: number;
  readonly maxOutputTokens: number;
  /** Does CountTokens of Bedrock Runtime take it? */
  readonly countTokens: boolean | undefined;
  /** Can its tokens be counted on the bedrock-mantle endpoint instead? Absent: not known. */
  readonly countTokensOnMantle?: boolean;
  /** `performanceConfig.latency: optimized` together with a marker is refused. */
  readonly refusesLatencyWithCache?: boolean;
  /** Content blocks it is known to refuse; absent: not known, so nothing is said. */
  readonly refusesContent?: readonly ContentKind[];
  readonly prices: PriceTable;
  readonly priceTiers: readonly PriceTier[];
  /** Output tokens count this many times against the tokens-per-minute quota. */
  readonly outputBurndown: number | undefined;
  /** Where it is served; Converse needs `runtime`. */
  readonly surfaces: readonly ('runtime' | 'mantle')[];
  readonly certainty: Certainty;
  /** What a careful reader should know, a sentence each. */
  readonly notes: readonly string[];
  /** Keys into the catalog's table of sources. */
  readonly sources: readonly string[];
  /** ISO date (day) on which this entry was last compared with its sources: the catalog's day unless it was compared alone since. */
  readonly checked: string;
  /** Fields that come from the setting `cachepoint.models` and not from the sources; absent for the catalog's own entries. */
  readonly overridden?: readonly string[];
  /** What a person's contract makes of every price: already in them. Absent: list prices. */
  readonly priceFactor?: number;
}

/** A public text that figures were read in. */
export interface Source {
  readonly title: string;
  /** ISO date (day or month) of the text read. */
  readonly date: string;
  /** Where it can be read today. */
  readonly url?: string;
}
