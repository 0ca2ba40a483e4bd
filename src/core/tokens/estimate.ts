import type { TokenFamily } from '../models/types';
import type { ConverseRequest } from '../request/types';
import { countRequest, type RequestEstimate } from './requestCount';
import type { TokenModel } from './tokenModel';
import { Cost } from './wordCost';
import type { TokenEstimate } from '../figures/band';

export type { RequestEstimate } from './requestCount';
export type { TokenModel } from './tokenModel';

/** Tokens of one text alone, without any frame: finite, never negative; `likely` is additive over the pieces of `chunks`. */
export const estimateText = (text: string, family: TokenFamily): TokenEstimate => {
  const cost = new Cost(family);
  cost.addText(text);
  return cost.estimate();
};

/** Tokens of each block of a request and of the prefix up to it, for this model; takes any JSON in place of a request. */
export const estimateRequest = (request: ConverseRequest, model: TokenModel): RequestEstimate => countRequest(request, model).estimate();
