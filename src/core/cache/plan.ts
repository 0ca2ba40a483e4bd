import { isPaidByTheHour } from '../models/arn';
import { entryOf, profileKindOf, regionOf, resolveModel, type ResolveOptions, type Resolution } from '../models/resolve';
import type { Caching, ModelEntry, Prices } from '../models/types';
import type { MarkerBlock, Prompt } from '../prompt/model';
import { bareId, doorFor } from '../formats/door';
import { addressOf } from '../request/address';
import type { Door, DoorChoice } from '../request/types';
import type { Place } from '../request/wirePlace';
import { bandOf, exceeds, noTokens, type Sized, type TokenCount, type TokenEstimate } from '../figures/band';
import type { CalibrationContext } from '../tokens/calibrate';
import { fits, surelyTooShort } from './fit';
import { carrierOf, refusalAfter, type ExplicitCaching } from './markerPlaces';
import { later } from '../text/once';
import { knownAt, turnEnds } from './turns';
import { pricesOfCall, serviceTierOf } from '../money/rates';
import { lastTurnOf } from '../varies/lastTurn';
import type { Break } from '../varies/variation';
import { isBehindGap, wireBlocks, type WireBlock } from './wireBlocks';

export type { WireBlock } from './wireBlocks';

/** How a call is made that is not made on demand. */
export type NotOnDemand = 'provisioned' | 'batch';

/** What the service will do with a checkpoint. */
export type Verdict =
  /** `sure`: at every size that the prefix may have, and not only at the likeliest one. */
  | { readonly kind: 'caches'; readonly sure: boolean }
  /** `certain`: even the high estimate is below even the low figure of the minimum. */
  | { readonly kind: 'belowMinimum'; readonly minimum: number; readonly certain: boolean }
  | { readonly kind: 'tooMany'; readonly limit: number }
  | { readonly kind: 'unsupportedField'; readonly withTools: boolean }
  | { readonly kind: 'unsupportedModel' }
  | { readonly kind: 'nothingBefore' }
  /** The call fails for what stands before the marker, or for the latency that the prompt asks for. */
  | { readonly kind: 'refused'; readonly reason: 'afterReasoning' | 'afterDocument' | 'latency' }
  /** The prefix is longer than the service caches. */
  | { readonly kind: 'overMaximum'; readonly maximum: number }
  /** Bought by the hour, or in a batch job: markers are ignored. */
  | { readonly kind: 'notOnDemand'; readonly why: NotOnDemand }
  | { readonly kind: 'unknownModel' };

/** Who can read what a checkpoint wrote: every later request, those of one session, or none. */
export type Reuse =
  { readonly kind: 'shared' } | { readonly kind: 'session'; readonly by: Break } | { readonly kind: 'never'; readonly by: Break };

/** A marker seen in the order Bedrock reads, with the prefix it would cache. */
export interface Checkpoint {
  /** 1 for the first marker on the wire. */
  readonly number: number;
  /** Its index among the plan's blocks. */
  readonly index: number;
  readonly marker: MarkerBlock;
  readonly place: Place;
  /** The lifetime in force: as written, or the model's default. */
  readonly ttl: string;
  /** Counted when it is read. */
  readonly prefix: TokenEstimate;
  readonly verdict: Verdict;
  readonly reuse: Reuse;
  /** Something of unknown size stands before it: its figures are "at least", and that it is too short is not claimed. */
  readonly isOpen: boolean;
  /** Of a point that moves along with the turns of a conversation: what the call of the turn before wrote of the prefix. The rest is new. */
  readonly known?: TokenEstimate | undefined;
}

export interface CachePlan {
  /** The id that the call goes to: the prompt's own, or the usual one, on bedrock-mantle without a profile; empty where neither is known. */
  readonly modelId: string;
  /** By which operation it is sent. */
  readonly door: Door;
  readonly resolution: Resolution;
  readonly model: ModelEntry | undefined;
  readonly caching: Caching | undefined;
  readonly prices: Prices | undefined;
  readonly blocks: readonly WireBlock[];
  readonly checkpoints: readonly Checkpoint[];
  /** Counted when it is read. */
  readonly total: TokenEstimate;
  /** The same, for questions that need no more counted than they ask. */
  readonly size: Sized;
  /** Index of the first block that changes with each request; the number of blocks when none does. */
  readonly firstVarying: number;
  /** For each user turn the index of its last block. */
  readonly turns: readonly number[];
}

/** Does the prompt ask for latency-optimized inference? */
export const asksForSpeed = (prompt: Prompt): boolean => {
  const config = prompt.header.fields['performanceConfig']?.value;
  return typeof config === 'object' && config !== null && 'latency' in config && config.latency === 'optimized';
};

const verdictBySize = ({ upTo, isOpen }: WireBlock, caching: ExplicitCaching): Verdict => {
  const { minimum, maximum } = caching;
  if (maximum !== undefined && exceeds(upTo, 'likely', maximum)) return { kind: 'overMaximum', maximum };
  const fit = fits(upTo, caching);
  return fit === 'no'
    ? { kind: 'belowMinimum', minimum: minimum.likely, certain: !isOpen && surelyTooShort(bandOf(upTo), caching) }
    : { kind: 'caches', sure: fit === 'surely' };
};

/**
 * How a model caches what this prompt is sent as: Converse alone cannot place a marker after some documents, and batch jobs have no cache.
 * Source: AWS user guide, Prompt caching, 2026-10.
 */
const cachingOf = ({ api, batch, usualLifetime }: Prompt, { caching }: ModelEntry): Caching => {
  if (batch === true) return { kind: 'none' };
  if (caching.kind !== 'explicit') return caching;
  return {
    ...caching,
    ...(api === 'converse' ? {} : { refusesAfterDocument: false }),
    ...(usualLifetime === true ? { ttls: [caching.defaultTtl] } : {}),
  };
};

/** What a verdict depends on besides the blocks. */
interface Service {
  readonly prompt: Prompt;
  readonly model: ModelEntry | undefined;
  readonly notOnDemand: NotOnDemand | undefined;
  /** The limit where the prompt leaves the model to its sender: every model that takes Messages bodies has it. */
  readonly anyModelTakes: number;
}

/** Source: Anthropic documentation, Prompt caching, 2026-08-21 ("up to 4 cache breakpoints"). */
const mostOfMessages = 4;

const verdictOf = (blocks: readonly WireBlock[], index: number, number: number, service: Service): Verdict => {
  const { prompt, model, notOnDemand, anyModelTakes } = service;
  const wire = blocks[index];
  const carrier = carrierOf(blocks, index);
  if (wire === undefined || (carrier === undefined && !isBehindGap(prompt, wire.place))) return { kind: 'nothingBefore' };
  const caching = model && cachingOf(prompt, model);
  if (notOnDemand !== undefined) return { kind: 'notOnDemand', why: notOnDemand };
  if (caching === undefined) return number > anyModelTakes ? { kind: 'tooMany', limit: anyModelTakes } : { kind: 'unknownModel' };
  if (caching.kind !== 'explicit') return { kind: 'unsupportedModel' };
  const refusal = carrier === undefined ? undefined : refusalAfter(blocks, carrier, caching);
  if (refusal === 'field' || refusal === 'toolMessage') return { kind: 'unsupportedField', withTools: refusal === 'toolMessage' };
  if (refusal !== undefined) return { kind: 'refused', reason: refusal };
  if (number > caching.maxCheckpoints) return { kind: 'tooMany', limit: caching.maxCheckpoints };
  if (model?.refusesLatencyWithCache === true && asksForSpeed(prompt)) return { kind: 'refused', reason: 'latency' };
  return verdictBySize(wire, caching);
};

/** Tells in turn who can read what a checkpoint in the place of a block wrote: decided by the first break before it, a request's outweighing a session's. */
const reuseIn = (blocks: readonly WireBlock[]): ((index: number) => Reuse) => {
  let reuse: Reuse = { kind: 'shared' };
  let reached = 0;
  const add = (by: Break): void => {
    // All calls of a day share it.
    if (by.varies === 'day' || reuse.kind === 'never') return;
    if (by.varies === 'request') reuse = { kind: 'never', by };
    else if (reuse.kind === 'shared') reuse = { kind: 'session', by };
  };
  return (index) => {
    for (; reached < index && reuse.kind !== 'never'; reached += 1) blocks[reached]?.breaks.forEach(add);
    return reuse;
  };
};

/** A number of tokens with the same price as those of a request: the most of the limits that it exceeds, and one more. */
const tokensForTier = (size: Sized, { priceTiers }: ModelEntry): number =>
  Math.max(0, ...priceTiers.map(({ aboveInputTokens }) => (exceeds(size, 'likely', aboveInputTokens) ? aboveInputTokens + 1 : 0)));

export interface PlanOptions extends ResolveOptions {
  /** Used where the prompt names no model. */
  readonly defaultModelId?: string;
  /** Which door a person chose; absent: the one that streams. */
  readonly door?: DoorChoice;
  /** Texts that look generated and are not, besides those that the prompt lists itself. */
  readonly staticTexts?: readonly string[];
  /** What past answers of the service taught; absent: every figure is estimated from the text alone. */
  readonly calibration?: CalibrationContext | undefined;
}

/** What a point's figures are told from. */
interface Seen {
  readonly blocks: readonly WireBlock[];
  readonly turns: readonly number[];
  readonly caching: Caching | undefined;
}

/** A marker whose figures are counted when they are read. */
class PlannedPoint implements Checkpoint {
  readonly number: number;
  readonly index: number;
  readonly marker: MarkerBlock;
  readonly place: Place;
  readonly ttl: string;
  readonly verdict: Verdict;
  readonly reuse: Reuse;
  readonly #seen: Seen;

  constructor({ number, index, marker, place, ttl, verdict, reuse }: Omit<Checkpoint, 'prefix' | 'known' | 'isOpen'>, seen: Seen) {
    this.number = number;
    this.index = index;
    this.marker = marker;
    this.place = place;
    this.ttl = ttl;
    this.verdict = verdict;
    this.reuse = reuse;
    this.#seen = seen;
  }

  get prefix(): TokenEstimate {
    return this.#seen.blocks[this.index]?.prefix ?? noTokens('estimated');
  }

  get isOpen(): boolean {
    return this.#seen.blocks[this.index]?.isOpen === true;
  }

  get known(): TokenEstimate | undefined {
    const { blocks, turns, caching } = this.#seen;
    if (this.reuse.kind === 'never' || caching?.kind !== 'explicit') return undefined;
    return knownAt(carrierOf(blocks, this.index), { blocks, turns }, caching);
  }
}

const withTotal = later('total', ({ size }: { readonly size: TokenCount }) => size.tokens);

const withFirstVarying = later('firstVarying', ({ blocks }: { readonly blocks: readonly WireBlock[] }) => {
  const first = blocks.findIndex(({ varies }) => varies === 'request');
  return first === -1 ? blocks.length : first;
});

/** Reads a prompt the way Bedrock will: what each marker would cache, whether it does, and who can read it again. Pure. */
export const planCache = (prompt: Prompt, options: PlanOptions = {}): CachePlan => {
  const address = addressOf(prompt, options);
  const written = resolveModel(address, options);
  // There are no inference profiles on bedrock-mantle: place and price are those of the bare id.
  const modelId = prompt.onMantle === true ? bareId(address, entryOf(written)) : address;
  const resolution = modelId === address ? written : resolveModel(modelId, options);
  const model = entryOf(resolution);
  const staticTexts = [...(prompt.header.staticTexts ?? []), ...(options.staticTexts ?? [])];
  const variation = { staticTexts, lastTurn: lastTurnOf(prompt, staticTexts) };
  const { blocks, size } = wireBlocks(prompt, model, variation, options.calibration);
  const caching = model && cachingOf(prompt, model);
  const reuseUpTo = reuseIn(blocks);
  const turns = turnEnds(prompt.messages, blocks);
  const checkpoints: Checkpoint[] = [];
  const seen: Seen = { blocks, turns, caching };
  const isProvisioned = isPaidByTheHour(modelId);
  const service: Service = {
    prompt,
    model,
    notOnDemand: prompt.batch === true ? 'batch' : isProvisioned ? 'provisioned' : undefined,
    anyModelTakes: resolution.kind === 'empty' && prompt.api === 'messages' ? mostOfMessages : Infinity,
  };
  blocks.forEach((wire, index) => {
    if (wire.block.kind !== 'cachePoint') return;
    const number = checkpoints.length + 1;
    const reuse = reuseUpTo(index);
    const defaultTtl = caching?.kind === 'explicit' ? caching.defaultTtl : '5m';
    const ttl = wire.block.ttl?.value ?? defaultTtl;
    const verdict = verdictOf(blocks, index, number, service);
    checkpoints.push(new PlannedPoint({ number, index, marker: wire.block, place: wire.place, ttl, verdict, reuse }, seen));
  });
  return withFirstVarying(
    withTotal({
      modelId: modelId.trim(),
      door: prompt.onMantle === true ? 'Messages' : doorFor(prompt, resolution, options.door === 'whole' ? 'whole' : 'stream'),
      resolution,
      model,
      caching,
      // Batch jobs have prices of their own, and hours are not paid by tokens.
      prices:
        model === undefined || prompt.batch === true || isProvisioned
          ? undefined
          : pricesOfCall({
              entry: model,
              kind: profileKindOf(resolution) ?? 'inRegion',
              region: regionOf(resolution),
              inputTokens: tokensForTier(size, model),
              tier: serviceTierOf(prompt.header.fields['serviceTier']?.value),
            }),
      blocks,
      checkpoints,
      size,
      turns,
    }),
  );
};
