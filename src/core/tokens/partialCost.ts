import type { Band } from '../figures/band';
import type { TokenFamily } from '../models/types';
import { mostPerUnit } from './families';
import type { Unmeasured } from './measure';
import type { Cost, CostSink } from './wordCost';

/** What a sum costs at most, by the length of its texts alone. */
export class MostCost implements CostSink {
  readonly family: TokenFamily;
  most = 0;

  constructor(family: TokenFamily) {
    this.family = family;
  }

  addText(text: string, factor = 1): void {
    this.most += text.length * mostPerUnit(this.family) * factor;
  }

  addFixed(likely: number, spread = 0): void {
    this.most += likely + spread;
  }

  addRange({ likely, high }: Band): void {
    this.most += Math.max(likely, high);
  }

  addDoubtful(text: string, range: (whole: Band) => Band): void {
    const most = text.length * mostPerUnit(this.family);
    this.addRange(range({ low: 0, likely: most, high: most }));
  }
}

/**
 * Fills a sum in several goes, each until it has enough and on from where the one before had. A part is filled by the same calls each time: those that
 * were answered are passed over, and so are those after it was enough.
 */
export class CostInGoes implements CostSink {
  readonly family: TokenFamily;
  readonly #sum: Cost;
  #isEnough = (): boolean => false;
  #hasEnough = false;
  /** Calls that were answered, and those of this go. */
  #answered = 0;
  #calls = 0;
  /** Of the text in which a go had enough. */
  #rest: Unmeasured | undefined;

  constructor(sum: Cost) {
    this.family = sum.family;
    this.#sum = sum;
  }

  /** Did it have enough before the part was full? */
  go(fill: (cost: CostSink) => void, isEnough: () => boolean): boolean {
    this.#isEnough = isEnough;
    this.#hasEnough = false;
    this.#calls = 0;
    fill(this);
    return this.#hasEnough;
  }

  #isDue(): boolean {
    this.#calls += 1;
    if (this.#hasEnough || this.#calls <= this.#answered) return false;
    this.#answered = this.#calls;
    return true;
  }

  addText(text: string, factor = 1): void {
    if (!this.#isDue()) return;
    if (factor !== 1) return this.#sum.addText(text, factor);
    const rest = this.#rest ?? this.#sum.unmeasured(text);
    this.#hasEnough = this.#sum.addUntil(rest, this.#isEnough);
    this.#rest = this.#hasEnough ? rest : undefined;
    if (this.#hasEnough) this.#answered -= 1;
  }

  addFixed(likely: number, spread = 0): void {
    if (this.#isDue()) this.#sum.addFixed(likely, spread);
  }

  addRange(range: Band): void {
    if (this.#isDue()) this.#sum.addRange(range);
  }

  addDoubtful(text: string, range: (whole: Band) => Band): void {
    if (this.#isDue()) this.#sum.addDoubtful(text, range);
  }
}
