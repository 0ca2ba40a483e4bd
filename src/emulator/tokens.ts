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

/** The same with what bounds them. */
export interface RequestTokens extends TokenCounts {
  /** Fewer than this it surely has not: what is refused for its size is refused by this figure. */
  readonly least: number;
}

const isSame = (a: Place, b: Place): boolean =>
  a.field === b.field && a.index === b.index && (a.field !== 'messages' || (b.field === 'messages' && a.message === b.message));

/** Counts a request for a model; the figures are the estimator's, since no public tokenizer exists. */
export const countTokens = (request: SentRequest, entry: ModelEntry): RequestTokens => {
  // The estimator takes any JSON in place of a request, wrong types included.
  const converse = { ...request.converse, modelId: entry.id } as unknown as ConverseRequest;
  const estimate = estimateRequest(converse, request.api === 'converse' ? entry : { ...entry, api: request.api });
  let reached = 0;
  let at = 0;
  // Both list the request in its order; the estimate has its markers too.
  const prefixes = request.blocks.map(({ place }) => {
    let block = estimate.blocks[at];
    while (block !== undefined && !isSame(block.place, place)) block = estimate.blocks[(at += 1)];
    return (reached = Math.max(reached, Math.round(block?.prefix.likely ?? 0)));
  });
  return { prefixes, total: Math.max(1, reached, Math.round(estimate.total.likely)), least: estimate.total.low };
};

/** Tokens of an answer's text; at least one for any text. */
export const countText = (text: string, entry: ModelEntry): number =>
  text === '' ? 0 : Math.max(1, Math.round(estimateText(text, entry.tokens).likely));
