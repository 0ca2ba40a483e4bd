import type { Band, TokenCount, TokenEstimate } from '../figures/band';
import type { Place } from '../request/wirePlace';
import type { ConverseRequest } from '../request/types';
import { CostInGoes, MostCost } from './partialCost';
import { partsOf, type Fill, type RequestParts } from './requestParts';
import type { TokenModel } from './tokenModel';
import { Cost } from './wordCost';

/** What one block of a request costs alone, and what a checkpoint standing right after it would cover; both in tokens. */
export interface BlockEstimate {
  readonly place: Place;
  readonly own: TokenEstimate;
  readonly prefix: TokenEstimate;
}

/** A request's blocks in the order tools, system, messages (markers included, with 0 tokens), and the whole. */
export interface RequestEstimate {
  readonly blocks: readonly BlockEstimate[];
  readonly total: TokenEstimate;
}

/** A request's figures, each counted when it is asked for; blocks by their index on the wire. */
export interface RequestCount {
  own(index: number): TokenEstimate;
  /** Up to the end of a block. */
  upTo(index: number): TokenCount;
  readonly whole: TokenCount;
  /** All of them. */
  estimate(): RequestEstimate;
}

const noTokens: TokenEstimate = { low: 0, likely: 0, high: 0, basis: 'estimated' };

/** By so much must be passed what is asked for: where texts meet, a part may cost a little less than alone. */
const clearly = (amount: number): number => amount * 1.02 + 2;

const never = (): boolean => false;

/** Goes through a request in wire order as far as it is asked; what was counted whole is not counted again. */
class Counting {
  readonly #parts: RequestParts;
  readonly #sum: Cost;
  /** Of the next block, as far as it is counted. */
  readonly #own: Cost;
  #begun: CostInGoes | undefined;
  readonly #blocks: BlockEstimate[] = [];
  /** Blocks that were asked for before their turn. */
  readonly #alone = new Map<number, Cost>();
  #total: TokenEstimate | undefined;
  /** What is added by the length of texts alone: of as many blocks as `most` has figures. */
  readonly #mostCost: MostCost;
  readonly #most: number[] = [];

  constructor(parts: RequestParts) {
    this.#parts = parts;
    this.#sum = new Cost(parts.family);
    this.#own = new Cost(parts.family);
    this.#mostCost = new MostCost(parts.family);
  }

  own(index: number): TokenEstimate {
    const known = this.#blocks[index];
    if (known !== undefined) return known.own;
    const fill = this.#parts.blocks[index]?.fill;
    if (fill === undefined) return noTokens;
    const alone = this.#alone.get(index) ?? new Cost(this.#parts.family);
    if (!this.#alone.has(index)) fill(alone);
    this.#alone.set(index, alone);
    return alone.estimate();
  }

  prefix(index: number): TokenEstimate {
    while (this.#blocks.length <= index && this.#blocks.length < this.#parts.blocks.length) this.#countNext();
    return this.#blocks[index]?.prefix ?? noTokens;
  }

  total(): TokenEstimate {
    if (this.#total !== undefined) return this.#total;
    this.prefix(this.#parts.blocks.length - 1);
    this.#parts.closing(this.#own);
    this.#sum.add(this.#own);
    this.#total = this.#sum.estimate();
    return this.#total;
  }

  estimate(): RequestEstimate {
    const total = this.total();
    return { blocks: this.#blocks, total };
  }

  /**
   * Is this end of the figure of the blocks up to `index` more than `amount`, or less? Counts no further than it takes, and nothing where the length of
   * their texts decides; `undefined`: it took counting them all.
   */
  passes(index: number, end: keyof Band, amount: number): boolean | undefined {
    if (this.#blocks.length > index) return undefined;
    return end !== 'high' && this.#mostUpTo(index) < amount ? false : this.#reaches(index, end, amount);
  }

  /** The same of the whole request. */
  totalPasses(end: keyof Band, amount: number): boolean | undefined {
    const last = this.#parts.blocks.length - 1;
    if (this.#blocks.length > last) return undefined;
    return end !== 'high' && this.#mostOfAll() < amount ? false : this.#reaches(last, end, amount);
  }

  #reaches(index: number, end: keyof Band, amount: number): true | undefined {
    const enough = clearly(amount);
    while (this.#blocks.length <= index) {
      const before = this.#sum.least(end);
      const isEnough = (): boolean => before + this.#own.least(end) >= enough;
      if (isEnough() || this.#countNext(isEnough)) return true;
    }
    return undefined;
  }

  /** What the blocks up to `index` cost at most. */
  #mostUpTo(index: number): number {
    for (let at = this.#most.length; at <= index; at += 1) {
      this.#parts.blocks[at]?.fill?.(this.#mostCost);
      this.#most.push(this.#mostCost.most);
    }
    return this.#most[index] ?? 0;
  }

  #mostOfAll(): number {
    const closing = new MostCost(this.#parts.family);
    this.#parts.closing(closing);
    return this.#mostUpTo(this.#parts.blocks.length - 1) + closing.most;
  }

  /** Counts one block more. Where it is enough in the middle of it, the rest of the block is left for later, and the answer is `true`. */
  #countNext(isEnough?: () => boolean): boolean {
    const index = this.#blocks.length;
    const part = this.#parts.blocks[index];
    if (part === undefined) return false;
    const { place, fill } = part;
    if (fill === undefined) {
      this.#blocks.push({ place, own: noTokens, prefix: this.#blocks.at(-1)?.prefix ?? noTokens });
      return false;
    }
    if (this.#fillOwn(index, fill, isEnough)) return true;
    this.#sum.add(this.#own);
    this.#blocks.push({ place, own: this.#own.estimate(), prefix: this.#sum.estimate() });
    this.#own.clear();
    this.#begun = undefined;
    return false;
  }

  #fillOwn(index: number, fill: Fill, isEnough: (() => boolean) | undefined): boolean {
    const alone = this.#alone.get(index);
    if (alone !== undefined) {
      this.#own.clear();
      this.#own.add(alone);
      this.#alone.delete(index);
      return false;
    }
    if (isEnough !== undefined || this.#begun !== undefined) return (this.#begun ??= new CostInGoes(this.#own)).go(fill, isEnough ?? never);
    fill(this.#own);
    return false;
  }
}

/** Up to the end of a block, or of the whole request where none is named. */
class CountUpTo implements TokenCount {
  readonly #counting: Counting;
  readonly #index: number | undefined;

  constructor(counting: Counting, index?: number) {
    this.#counting = counting;
    this.#index = index;
  }

  get tokens(): TokenEstimate {
    return this.#index === undefined ? this.#counting.total() : this.#counting.prefix(this.#index);
  }

  passes(end: keyof Band, amount: number): boolean | undefined {
    return this.#index === undefined ? this.#counting.totalPasses(end, amount) : this.#counting.passes(this.#index, end, amount);
  }
}

/** Counts a request as far as its figures are asked for. Takes any JSON in place of a request. */
export const countRequest = (request: ConverseRequest, model: TokenModel): RequestCount => {
  const counting = new Counting(partsOf(request, model));
  return {
    own: (index) => counting.own(index),
    upTo: (index) => new CountUpTo(counting, index),
    whole: new CountUpTo(counting),
    estimate: () => counting.estimate(),
  };
};

/** The same of a request that is counted already. */
export const countedRequest = ({ blocks, total }: RequestEstimate): RequestCount => {
  const counted = (tokens: TokenEstimate): TokenCount => ({ tokens, passes: () => undefined });
  return {
    own: (index) => blocks[index]?.own ?? total,
    upTo: (index) => counted(blocks[index]?.prefix ?? total),
    whole: counted(total),
    estimate: () => ({ blocks, total }),
  };
};
