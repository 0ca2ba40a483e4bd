import { exactly, type Basis, type TokenEstimate } from '../../figures/band';
import { huberCenter, weightedMedian } from './robust';
import { mostFactor, observationsOf } from './observations';
import { offsetOf } from './offset';
import type { Calibration, Observation, RequestShape } from './observations';

/** What past answers of the service say about the estimate of one request. */
export interface Correction {
  /** Tokens that the service adds besides those estimated, or fewer; what stands in the request does not change them. */
  readonly offset: number;
  /** The estimate with them is multiplied by this, 0.5 … 2. */
  readonly factor: number;
  /** The half-width of the band is multiplied by this: below 1 where past answers agreed, above 1 where they scattered. */
  readonly spread: number;
  readonly basis: Basis;
  /** Observations of the model that took part, and those of the file among them. */
  readonly observations: number;
  readonly ofFile: number;
}

/** The request that a correction is for, as far as past requests are to be likened to it. */
export interface Likeness {
  readonly shape: RequestShape;
  /** Uncorrected tokens. */
  readonly estimated: number;
  /** Half-width of the uncorrected band as a share of the estimate. */
  readonly band: number;
  readonly estimator: number;
}

/** Leaves every estimate as it is. */
export const noCorrection: Correction = { offset: 0, factor: 1, spread: 1, basis: 'estimated', observations: 0, ofFile: 0 };

/** An observation counts half after this time: the service rewords its hidden prompts every few months, and prompts change daily. */
const halfLifeMs = 14 * 86_400_000;
/** Prompts with fewer tokens of text than this mostly measure the frame. */
const shortText = 200;
/** How much requests of another shape say. */
const otherShape = 0.3;
/** A band is at least this wide when observations are measured by it: no estimator is surer. */
const leastBand = 0.01;
/** Beyond this many bands a deviation is a stray and counts as one of this size. */
const strayBands = 2.5;
/** A band holds nine in ten: 1.645 standard deviations of a normal error, squared. */
const bandPerVariance = 2.706;

/**
 * How errors hang together: `shared` is the share of an error's variance that the texts of one file, or the files of one model, have in
 * common; `prior` counts the observations that the estimate alone is worth, for the common part and for the scatter around it.
 */
interface Kinship {
  readonly shared: number;
  readonly prior: number;
  readonly scatterPrior: number;
}
const ofOneFile: Kinship = { shared: 0.8, prior: 0.5, scatterPrior: 3 };
const ofOneModel: Kinship = { shared: 0.35, prior: 1.5, scatterPrior: 6 };

interface Sample {
  readonly ratio: number;
  readonly weight: number;
  readonly band: number;
}

interface State {
  /** Logarithm of the factor. */
  readonly shift: number;
  /** Square of the spread. */
  readonly variance: number;
}

const lessOf = (a: number, b: number): number => (a > 0 && b > 0 ? Math.min(a, b) / Math.max(a, b) : 1);

const ageWeight = (at: number, now: number): number => 2 ** (-Math.max(0, now - at) / halfLifeMs);

/** Requests of the same shape tell what the service adds to them, whatever their texts. */
const learnedOffset = (fitting: readonly Observation[], now: number, like: Likeness | undefined): number => {
  const alike = fitting.filter(({ shape }) => shape === like?.shape);
  return offsetOf(byFile(alike).map((list) => list.map((one) => ({ ...one, weight: ageWeight(one.at, now) }))));
};

const sampleOf = (one: Observation, now: number): Sample => ({
  ratio: Math.log(one.counted / one.estimated),
  weight: (ageWeight(one.at, now) * one.text) / (one.text + shortText),
  band: Math.max(leastBand, one.band),
});

const shapeWeight = (one: Observation, like: Likeness): number => (like.shape === one.shape ? 1 : otherShape);

/** An observation of the same file says most where the prompt has kept its size. */
const ownSample = (one: Observation, now: number, like: Likeness | undefined): Sample => {
  const sample = sampleOf(one, now);
  const likeness = like === undefined ? 1 : shapeWeight(one, like) * lessOf(like.estimated, one.estimated) ** 0.5;
  return { ...sample, weight: sample.weight * likeness };
};

/** Takes in observations of one kinship: they pull the shift towards their center, and narrow or widen what is left of the band. */
const learnFrom = (before: State, samples: readonly Sample[], kinship: Kinship): State => {
  const center = huberCenter(samples.map(({ ratio, weight }) => ({ value: ratio, weight })));
  const count = orderlySum(samples.map(({ weight }) => weight));
  if (center === undefined || !(count > 0)) return before;
  const { shared, prior, scatterPrior } = kinship;
  const shift = before.shift + ((center - before.shift) * count) / (count + prior);
  // Scatter around their own center, where strays are capped, and the distance that the shift still keeps from it.
  const squares = samples.map(
    ({ ratio, weight, band }) => weight * (Math.min(strayBands, Math.abs(ratio - center) / band) ** 2 + ((center - shift) / band) ** 2),
  );
  const unsure = (shared * prior) / (count + prior) + ((1 - shared) * scatterPrior) / (scatterPrior + count);
  return { shift, variance: before.variance * unsure + (bandPerVariance * orderlySum(squares)) / (scatterPrior + count) };
};

/** Sums are made in one order, so that figures do not depend on that of arrival. */
const orderlySum = (values: readonly number[]): number => [...values].sort((a, b) => a - b).reduce((sum, value) => sum + value, 0);

const byFile = (observations: readonly Observation[]): readonly (readonly Observation[])[] => {
  const files = new Map<string, Observation[]>();
  for (const one of observations) files.set(one.file, [...(files.get(one.file) ?? []), one]);
  return [...files.keys()].sort().map((file) => files.get(file) ?? []);
};

/** Requests of one prompt differ in size by no more: the newest question is another one, the rest is the same. */
const sameSize = 0.95;
/** So many answers to one prompt, the recent ones counted whole, know its error, however doubtful the estimate was. */
const enoughAnswers = 2.5;
/** What a prompt's next answer may differ by, as a share, besides twice what its answers differed by among themselves. */
const nextAnswer = 0.012;

/** A prompt's own answers, once there are enough that agree: its error is theirs, and is no longer judged by the estimate's band. */
const ownError = (own: readonly Observation[], now: number, like: Likeness | undefined, before: State): State => {
  if (like === undefined || like.band <= 0) return before;
  const alike = own.filter((one) => one.shape === like.shape && lessOf(like.estimated, one.estimated) >= sameSize);
  const answers = alike.map((one) => ({ value: Math.log(one.counted / one.estimated), weight: ageWeight(one.at, now) }));
  const center = huberCenter(answers);
  if (center === undefined || orderlySum(answers.map(({ weight }) => weight)) < enoughAnswers) return before;
  const apart = Math.max(...answers.map(({ value }) => Math.abs(value - center)));
  const variance = ((nextAnswer + 2 * apart) / like.band) ** 2;
  return variance < before.variance ? { shift: center, variance } : before;
};

/** Each other file has one voice, however often it was run; it is heard where its texts are as hard to estimate and of the same shape. */
const voiceOf = (list: readonly Observation[], now: number, like: Likeness | undefined): Sample => {
  const samples = list.map((one) => sampleOf(one, now));
  const count = orderlySum(samples.map(({ weight }) => weight));
  const band = Math.max(leastBand, weightedMedian(samples.map((sample) => ({ value: sample.band, weight: sample.weight }))) ?? 0);
  const [first] = list;
  const likeness =
    like === undefined || first === undefined ? 1 : shapeWeight(first, like) * lessOf(Math.max(leastBand, like.band), band) ** 2;
  const ratio = huberCenter(samples.map(({ ratio: value, weight }) => ({ value, weight }))) ?? 0;
  return { ratio, weight: (count / (count + 1)) * likeness, band };
};

/**
 * The correction of a request of this file for this model: first what the service adds to requests of its shape, then by what factor the rest is off.
 * Robust: medians of log ratios, strays capped. Without observations it is
 * `noCorrection`; with few it stays near it. `now` in milliseconds since 1970.
 */
export const correctionFor = (calibration: Calibration, modelId: string, file: string, now: number, request?: Likeness): Correction => {
  const observed = observationsOf(calibration, modelId).filter(({ estimator }) => request === undefined || estimator === request.estimator);
  if (observed.length === 0) return noCorrection;
  const offset = learnedOffset(observed, now, request);
  const like = request && { ...request, estimated: request.estimated + offset };
  const fitting = observed.map((one) => (one.shape === like?.shape ? { ...one, estimated: one.estimated + offset } : one));
  const own = fitting.filter((one) => one.file === file);
  const others = byFile(fitting.filter((one) => one.file !== file));
  const voices = others.map((list) => voiceOf(list, now, like));
  const ofModel = learnFrom({ shift: 0, variance: 1 }, voices, ofOneModel);
  const ofFile = ownError(
    own,
    now,
    like,
    learnFrom(
      ofModel,
      own.map((one) => ownSample(one, now, like)),
      ofOneFile,
    ),
  );
  const most = Math.log(mostFactor);
  const factor = Math.exp(Math.min(most, Math.max(-most, ofFile.shift)));
  if (!Number.isFinite(factor) || !Number.isFinite(ofFile.variance)) return noCorrection;
  const bounded = Math.min(mostFactor, Math.max(1 / mostFactor, factor));
  return {
    offset,
    factor: bounded,
    spread: Math.sqrt(ofFile.variance),
    basis: 'calibrated',
    observations: fitting.length,
    ofFile: own.length,
  };
};

/** The correction for a request that the service has counted: its whole is exact, its parts nearly so. */
export const correctionByCount = ({ counted, estimated }: Observation): Correction => ({
  offset: 0,
  factor: counted / estimated,
  spread: 0,
  basis: 'counted',
  observations: 1,
  ofFile: 1,
});

/** No band is narrower than half a percent or four tokens: identical calls are recorded to differ by a few tokens (Bedrock, 2026). */
const leastShare = 0.005;
const leastTokens = 4;

const half = (width: number, likely: number, narrowing: number): number => {
  const least = Math.min(width, Math.max(likely * leastShare, leastTokens));
  return Math.max(width * narrowing, least);
};

/**
 * A corrected estimate. `share`: the part of the whole request that it stands for; what is known of the whole says less of a small part,
 * so its band narrows less.
 */
export const applyCorrection = (estimate: TokenEstimate, correction: Correction, share = 1): TokenEstimate => {
  const { offset, factor, spread, basis } = correction;
  if (basis === 'estimated' || estimate.high <= 0) return estimate;
  const part = Math.min(1, Math.max(0, share));
  const likely = Math.max(estimate.likely / mostFactor, estimate.likely + offset * part) * factor;
  if (basis === 'counted' && share >= 1) {
    return { ...exactly(Math.round(likely)), basis };
  }
  // Where what is added stands is not known: a part has its share of it, and may have none or all.
  const astray = Math.abs(offset) * factor * Math.min(part, 1 - part);
  // Where the whole is exact, what one part has too much another has too little.
  const narrowing = basis === 'counted' ? Math.sqrt(1 - part) : 1 + (spread - 1) * Math.sqrt(part);
  const below = half((estimate.likely - estimate.low) * factor, likely, narrowing) + astray;
  const above = half((estimate.high - estimate.likely) * factor, likely, narrowing) + astray;
  return { low: Math.max(0, likely - below), likely, high: likely + above, basis: 'calibrated' };
};
