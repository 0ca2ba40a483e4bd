import type { TokenEstimate } from '../figures/band';
import type { NumberFormats } from '../figures/numbers';

/** "about 2,310 tokens (2,170 – 2,450)", or one figure where the service counted. */
export const describeTokens = (tokens: TokenEstimate, formats: NumberFormats): string =>
  tokens.basis === 'counted' || tokens.low === tokens.high
    ? `${formats.tokens(tokens.likely)} tokens${tokens.basis === 'counted' ? ' (counted)' : ''}`
    : `about ${formats.tokens(tokens.likely)} tokens (${formats.tokenBand(tokens.low, tokens.high)})`;
