import type { ModelEntry } from '../../models/types';
import type { ConverseRequest } from '../../request/types';
import type { Usage } from '../usage';
import { countTokensOf } from '../usage';
import { correctionOf } from '../calibrate';
import type { CalibrationContext } from '../calibrate';
import { relativeBand } from '../../figures/band';
import { estimateRequest } from '../estimate';
import type { RequestEstimate } from '../estimate';
import { applyCorrection, correctionFor } from './correction';
import { isPlausible, observe } from './observations';
import type { Calibration, Observation } from './observations';
import { hasUnseenParts, likenessOf, requestHash, textTokens } from './request';

/** What one answer taught, as the panel tells it. Bands are half-widths as shares of the figure. */
export interface Learned {
  /** The band of a request like this one, before and after. */
  readonly before: number;
  readonly after: number;
  /** (estimate shown before − tokens counted) / tokens counted: positive where the estimate was high. */
  readonly error: number;
  /** Tokens that were shown for this request, and what the service counted. */
  readonly estimated: number;
  readonly counted: number;
}

/** Why an answer teaches nothing. */
export type NoLesson =
  /** It counts with our own estimates. */
  | 'emulator'
  /** It failed, was cut, or a guardrail answered in the model's place. */
  | 'unfinished'
  | 'noTotals'
  /** See `hasUnseenParts`. */
  | 'unseenParts'
  /** The service read from a cache that the request did not ask for, or counts written tokens twice. */
  | 'unsureTotals'
  | 'unknownModel'
  /** Less than half or more than twice the estimate: the figures do not fit the request. */
  | 'implausible';

/** An answer's effect. `learned` is absent where the request had been counted before and nothing changed. */
export type Lesson =
  | { readonly kind: 'taught'; readonly calibration: Calibration; readonly learned: Learned | undefined }
  | { readonly kind: 'nothing'; readonly why: NoLesson };

/** The tokens that the service counted for exactly this request. */
export interface CountAnswer {
  readonly request: ConverseRequest;
  readonly model: ModelEntry | undefined;
  readonly counted: number;
  readonly source: Observation['source'];
}

/** A finished call; a `RunRecord` will do. */
export interface RunAnswer {
  readonly service: 'aws' | 'emulator' | 'custom';
  readonly state: string;
  readonly usage: Usage | undefined;
  readonly stopReason: string | undefined;
}

/** Identical calls differ by this much at most (recorded 2026). */
const jitterTokens = 4;

const nothing = (why: NoLesson): Lesson => ({ kind: 'nothing', why });

const bandAfter = (
  calibration: Calibration,
  uncorrected: RequestEstimate,
  answer: CountAnswer & { readonly model: ModelEntry },
  context: CalibrationContext,
) => {
  const { total } = uncorrected;
  const like = likenessOf(answer.request, answer.model, total);
  return relativeBand(applyCorrection(total, correctionFor(calibration, answer.model.id, context.file, context.now, like)));
};

/** Takes in a count of the service. */
export const learnFromCount = (answer: CountAnswer, context: CalibrationContext): Lesson => {
  const { request, model, counted, source } = answer;
  if (model === undefined) return nothing('unknownModel');
  if (hasUnseenParts(request)) return nothing('unseenParts');
  const uncorrected = estimateRequest(request, model);
  const { total } = uncorrected;
  const like = likenessOf(request, model, total);
  const observation: Observation = {
    file: context.file,
    request: requestHash(request),
    estimated: total.likely,
    counted,
    text: textTokens(request, model, total),
    band: like.band,
    shape: like.shape,
    at: context.now,
    source,
    estimator: like.estimator,
  };
  if (!isPlausible(observation)) return nothing('implausible');
  const correction = correctionOf(request, uncorrected, model, context);
  const shown = applyCorrection(total, correction).likely;
  const calibration = observe(context.calibration, model.id, observation);
  const known = correction.basis === 'counted' && Math.abs(shown - counted) <= jitterTokens;
  const withModel = { ...answer, model };
  const learned: Learned = {
    before: bandAfter(context.calibration, uncorrected, withModel, context),
    after: bandAfter(calibration, uncorrected, withModel, context),
    error: (shown - counted) / counted,
    estimated: shown,
    counted,
  };
  return { kind: 'taught', calibration, learned: known ? undefined : learned };
};

const hasMarker = (request: ConverseRequest): boolean =>
  [...(request.toolConfig?.tools ?? []), ...(request.system ?? []), ...(request.messages ?? []).flatMap(({ content }) => content)].some(
    (block) => 'cachePoint' in block,
  );

/**
 * Are input, reads and writes together the tokens of the request? Not where a cache answered that the request did not ask for, except on
 * Nova, whose sum is steady (recorded 2026); and not for GPT, whose streams count written tokens twice (reported 2026-10, one source).
 */
const totalsAreSure = (request: ConverseRequest, model: ModelEntry, cached: number): boolean => {
  if (cached === 0) return true;
  if (model.tokens === 'openai' || model.caching.kind !== 'explicit') return false;
  return model.caching.implicit || hasMarker(request);
};

/** Takes in the usage of a finished call of a live service. */
export const learnFromRun = (
  answer: RunAnswer,
  request: ConverseRequest,
  model: ModelEntry | undefined,
  context: CalibrationContext,
): Lesson => {
  if (answer.service === 'emulator') return nothing('emulator');
  if (answer.state !== 'finished' || answer.stopReason === 'guardrail_intervened') return nothing('unfinished');
  if (model === undefined) return nothing('unknownModel');
  const { prompt, read = 0, written = 0 } = answer.usage === undefined ? {} : countTokensOf(answer.usage);
  if (prompt === undefined || prompt === 0) return nothing('noTotals');
  if (!totalsAreSure(request, model, read + written)) return nothing('unsureTotals');
  return learnFromCount({ request, model, counted: prompt, source: 'run' }, context);
};
