/** A value and how much it counts. */
export interface Weighted {
  readonly value: number;
  readonly weight: number;
}

/** Deviations beyond this many scales count as one of this size (Huber 1964: 95 % efficient where errors are normal). */
const huberLimit = 1.345;
/** Makes the median absolute deviation of normal errors their standard deviation. */
const madToSigma = 1.4826;
/** Ratios agree no better than this, whatever a few of them seem to say. */
const leastScale = 0.005;
const rounds = 12;

const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);

/** Half of the weight lies on either side; between two values, the middle. `undefined` for no weight at all. */
export const weightedMedian = (items: readonly Weighted[]): number | undefined => {
  const sorted = items.filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value || a.weight - b.weight);
  const half = sumOf(sorted.map(({ weight }) => weight)) / 2;
  let before = 0;
  for (const [index, { value, weight }] of sorted.entries()) {
    before += weight;
    if (before > half * (1 + 1e-12)) return value;
    const next = sorted[index + 1];
    if (next !== undefined && before >= half * (1 - 1e-12)) return (value + next.value) / 2;
  }
  return sorted.at(-1)?.value;
};

/** The center of weighted values by Huber's estimator from the median on; single wild values hardly move it, and order does not matter. */
export const huberCenter = (items: readonly Weighted[]): number | undefined => {
  const sorted = items.filter(({ weight }) => weight > 0).sort((a, b) => a.value - b.value || a.weight - b.weight);
  const median = weightedMedian(sorted);
  if (median === undefined) return undefined;
  const deviation = weightedMedian(sorted.map(({ value, weight }) => ({ value: Math.abs(value - median), weight }))) ?? 0;
  const limit = huberLimit * Math.max(leastScale, deviation * madToSigma);
  let center = median;
  for (let round = 0; round < rounds; round += 1) {
    const weights = sorted.map(({ value, weight }) => weight * Math.min(1, limit / Math.max(Math.abs(value - center), 1e-12)));
    const total = sumOf(weights);
    center = total > 0 ? sumOf(sorted.map(({ value }, index) => value * (weights[index] ?? 0))) / total : median;
  }
  return center;
};
