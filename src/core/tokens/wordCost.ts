import type { TokenFamily } from '../models/types';
import { estimateTally, leastOfTally, vocabularyFor } from './families';
import { addMeasured, addUntil, unmeasured, type Unmeasured } from './measure';
import { addTally, clearTally, emptyTally, hypotenuse } from './tally';
import type { Tally } from './tally';
import type { Band, TokenEstimate } from '../figures/band';

/** What the parts of a request add their tokens to. */
export interface CostSink {
  readonly family: TokenFamily;
  /** Adds the tokens of a text, so many times. */
  addText(text: string, factor?: number): void;
  /** Adds `likely` tokens that may be off by `spread` either way; less than nothing takes back the doubt of what was added before. */
  addFixed(likely: number, spread?: number): void;
  /** Adds tokens that come from no text: frames, pictures, pages. */
  addRange(range: Band): void;
  /** Adds a text of which it is not known how much is read: `range` says how many tokens, by those that it has. */
  addDoubtful(text: string, range: (whole: Band) => Band): void;
}

/** A sum of texts and fixed parts that is turned into an estimate only at the end, so that its band is that of the whole. */
export class Cost implements CostSink {
  readonly family: TokenFamily;
  readonly #tally: Tally = emptyTally();
  #low = 0;
  #likely = 0;
  #high = 0;

  constructor(family: TokenFamily) {
    this.family = family;
  }

  addText(text: string, factor = 1): void {
    if (text === '') return;
    const vocabulary = vocabularyFor(this.family);
    const tally = factor === 1 ? this.#tally : emptyTally();
    addMeasured(tally, text, vocabulary);
    if (factor !== 1) addTally(this.#tally, tally, factor);
  }

  /** A text that is added piece after piece. */
  unmeasured(text: string): Unmeasured {
    return unmeasured(text, vocabularyFor(this.family));
  }

  /** Adds more of such a text until it is enough; was it ever? */
  addUntil(rest: Unmeasured, isEnough: () => boolean): boolean {
    return addUntil(this.#tally, rest, isEnough);
  }

  addFixed(likely: number, spread = 0): void {
    this.#low += likely - spread;
    this.#likely += likely;
    this.#high += likely + spread;
  }

  addRange(range: Band): void {
    this.#low += Math.min(range.low, range.likely);
    this.#likely += range.likely;
    this.#high += Math.max(range.high, range.likely);
  }

  addDoubtful(text: string, range: (whole: Band) => Band): void {
    const whole = new Cost(this.family);
    whole.addText(text);
    this.addRange(range(whole.estimate()));
  }

  add(other: Cost): void {
    addTally(this.#tally, other.#tally);
    this.#low += other.#low;
    this.#likely += other.#likely;
    this.#high += other.#high;
  }

  /** Makes it the cost of nothing again: a request has many blocks, and a sum takes more than their few words. */
  clear(): void {
    clearTally(this.#tally);
    this.#low = 0;
    this.#likely = 0;
    this.#high = 0;
  }

  /** The estimate so far: parts of different kinds err independently, so their deviations add as squares. */
  estimate(): TokenEstimate {
    const text = estimateTally(this.#tally, this.family);
    const likely = Math.max(0, text.likely + this.#likely);
    const below = hypotenuse(text.likely - text.low, this.#likely - this.#low);
    const above = hypotenuse(text.high - text.likely, this.#high - this.#likely);
    return { low: Math.max(0, likely - below), likely, high: likely + above, basis: 'estimated' };
  }

  /** What an end of the estimate is at least, whatever is added. */
  least(end: keyof Band): number {
    const text = leastOfTally(this.#tally, this.family);
    return end === 'low' ? Math.max(0, text.low + this.#low) : Math.max(0, text.likely + this.#likely);
  }
}
