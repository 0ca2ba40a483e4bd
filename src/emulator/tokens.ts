import type { ModelEntry } from '../core/models/types';
import type { Place } from '../core/request/wirePlace';
import type { ConverseRequest } from '../core/request/types';
import { estimateRequest, estimateText } from '../core/tokens/estimate';
import type { SentRequest } from './request';

/** Input tokens of a request as the emulator bills them: whole numbers that never fall from one prefix to the next. */
export interface TokenCounts {
  /** For each block, the tokens of everything up to and including it. */
  readonly prefixes: readonly number[];
  readonly total: number;
}

const keyOf = (place: Place): string =>
  place.field === 'messages' ? `messages/${place.message}/${place.index}` : `${place.field}/${place.index}`;

/** Counts a request for a model; the figures are the estimator's, since no public tokenizer exists. */
export const countTokens = (request: SentRequest, entry: ModelEntry): TokenCounts => {
  // The estimator takes any JSON in place of a request, wrong types included.
  const converse = { ...request.converse, modelId: entry.id } as unknown as ConverseRequest;
  const estimate = estimateRequest(converse, entry);
  const byPlace = new Map(estimate.blocks.map((block) => [keyOf(block.place), Math.round(block.prefix.likely)]));
  let reached = 0;
  const prefixes = request.blocks.map(({ place }) => (reached = Math.max(reached, byPlace.get(keyOf(place)) ?? reached)));
  return { prefixes, total: Math.max(1, reached, Math.round(estimate.total.likely)) };
};

/** Tokens of an answer's text; at least one for any text. */
export const countText = (text: string, entry: ModelEntry): number =>
  text === '' ? 0 : Math.max(1, Math.round(estimateText(text, entry.tokens).likely));
