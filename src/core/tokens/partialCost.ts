import type { Band } from '../figures/band';
import type { TokenFamily } from '../models/types';
import { mostPerUnit } from './families';
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

/** Adds to a sum until it is enough; what is added later is left out. */
export class CostUntil implements CostSink {
  readonly family: TokenFamily;
  isDone = false;
  readonly #sum: Cost;
  readonly #isEnough: () => boolean;

  constructor(sum: Cost, isEnough: () => boolean) {
    this.family = sum.family;
    this.#sum = sum;
    this.#isEnough = isEnough;
  }

  addText(text: string, factor = 1): void {
    if (this.isDone) return;
    if (factor === 1) this.isDone = this.#sum.addTextUntil(text, this.#isEnough);
    else this.#sum.addText(text, factor);
  }

  addFixed(likely: number, spread = 0): void {
    this.#sum.addFixed(likely, spread);
  }

  addRange(range: Band): void {
    this.#sum.addRange(range);
  }

  addDoubtful(text: string, range: (whole: Band) => Band): void {
    if (!this.isDone) this.#sum.addDoubtful(text, range);
  }
}
