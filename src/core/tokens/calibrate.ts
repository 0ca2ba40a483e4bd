import type { ConverseRequest } from '../request/types';
import { applyCorrection, correctionByCount, correctionFor } from './calibration/correction';
import type { Correction, Likeness } from './calibration/correction';
import { observationsOf } from './calibration/observations';
import type { Calibration, Observation } from './calibration/observations';
import { likenessOf, requestHash } from './calibration/request';
import type { RequestEstimate, TokenModel } from './estimate';

export { applyCorrection, correctionFor } from './calibration/correction';
export type { Correction } from './calibration/correction';
export { hashOf } from '../text/hash';
export { forget, moveFiles, noCalibration, observationsOf, observe, parseCalibration } from './calibration/observations';
export type { Calibration, Observation } from './calibration/observations';

/** What the service counted of prefixes, by the hash of each. */
export interface PointCounts {
  /** Was anything counted of the model? */
  has(modelId: string): boolean;
  tokens(modelId: string, hash: string): number | undefined;
}

/** What the analysis is given of past answers. */
export interface CalibrationContext {
  readonly points?: PointCounts;
  readonly calibration: Calibration;
  /** Hash of the file's address, as in its observations. */
  readonly file: string;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** A model with an id, by which its observations are found. */
export type CountedModel = TokenModel & { readonly id: string };

/** A count this old no longer speaks for the same request: the service changes what it adds. */
const countHoldsMs = 30 * 86_400_000;
/** The same request has the same estimate; only then is it worth comparing hashes. */
const sameEstimate = 0.01;

const countOf = (
  request: ConverseRequest,
  { estimated, estimator }: Likeness,
  model: CountedModel,
  { calibration, now }: CalibrationContext,
): Observation | undefined => {
  const candidates = observationsOf(calibration, model.id).filter(
    (one) => one.estimator === estimator && Math.abs(one.estimated - estimated) < sameEstimate && Math.abs(now - one.at) <= countHoldsMs,
  );
  if (candidates.length === 0) return undefined;
  const hash = requestHash(request);
  return candidates.find((one) => one.request === hash);
};

/** The correction of exactly this request, by its own count where it was counted before, else by what its like taught. */
export const correctionOf = (
  request: ConverseRequest,
  uncorrected: RequestEstimate,
  model: CountedModel,
  context: CalibrationContext,
): Correction => {
  const like = likenessOf(request, model, uncorrected.total);
  const counted = countOf(request, like, model, context);
  return counted === undefined ? correctionFor(context.calibration, model.id, context.file, context.now, like) : correctionByCount(counted);
};

/** A request's estimate with the correction applied to each block, each prefix and the whole. */
export const correctRequest = (uncorrected: RequestEstimate, correction: Correction): RequestEstimate => {
  if (correction.basis === 'estimated') return uncorrected;
  const { blocks, total } = uncorrected;
  // A part is never the whole, not even the prefix up to the last block: the frame after it is not in it.
  const share = (likely: number): number => (total.likely > 0 ? Math.min(1 - 1e-9, likely / total.likely) : 0);
  return {
    blocks: blocks.map(({ place, own, prefix }) => ({
      place,
      own: applyCorrection(own, correction, share(own.likely)),
      prefix: applyCorrection(prefix, correction, share(prefix.likely)),
    })),
    total: applyCorrection(total, correction),
  };
};

/** Was anything observed of the model? */
export const isTaught = (model: CountedModel, context: CalibrationContext | undefined): context is CalibrationContext =>
  context !== undefined && observationsOf(context.calibration, model.id).length > 0;

/** The estimate as it is shown: corrected where anything was observed of the model, untouched otherwise. */
export const calibrated = (
  request: ConverseRequest,
  uncorrected: RequestEstimate,
  model: CountedModel,
  context: CalibrationContext | undefined,
): RequestEstimate =>
  isTaught(model, context) ? correctRequest(uncorrected, correctionOf(request, uncorrected, model, context)) : uncorrected;
