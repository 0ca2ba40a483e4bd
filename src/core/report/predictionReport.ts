import type { PricedPrediction } from '../change/predict';
import type { Band } from '../figures/band';
import type { Estimate } from './types';

/** What `cachepoint predict --json` prints: what each call will read, write and pay in full. */
export interface PredictionReport {
  readonly version: 1;
  readonly calls: readonly CallReport[];
}

export interface CallReport {
  readonly path: string;
  readonly read: Estimate;
  readonly write: Estimate;
  /** The same tokens by the lifetime that they are written with. */
  readonly writeByTtl: Readonly<Record<string, Estimate>>;
  /** Neither read nor written. */
  readonly input: Estimate;
  /** Of all input; `null` where no price is known. */
  readonly usd: Estimate | null;
  /**
   * `cold`: nothing that helps is cached yet; `warm`: something is read; `unsure`: the service is known not to keep to what is written, so the bands
   * reach from a call that reads all to one that reads nothing; `noCaching`: no cache point of the request works.
   */
  readonly assumes: 'cold' | 'warm' | 'unsure' | 'noCaching';
}

const estimate = ({ low, likely, high }: Band): Estimate => ({ low, likely, high });

/** Predictions as a report, in the order given; each with the path of its request. */
export const predictionReport = (calls: readonly { readonly path: string; readonly prediction: PricedPrediction }[]): PredictionReport => ({
  version: 1,
  calls: calls.map(({ path, prediction: { cacheRead, cacheWrite, writeByTtl, input, usd, assumes } }) => ({
    path,
    read: estimate(cacheRead),
    write: estimate(cacheWrite),
    writeByTtl: Object.fromEntries(Object.entries(writeByTtl).map(([ttl, tokens]) => [ttl, estimate(tokens)])),
    input: estimate(input),
    usd: usd === undefined ? null : estimate(usd),
    assumes,
  })),
});
