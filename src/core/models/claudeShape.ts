import { exactly } from '../figures/band';
import { claudePrices, shape, withGeography } from './shape';
import type { Given, GivenBeside } from './shape';
import type { Caching, Figure, ModelEntry } from './types';

/** What Claude models have in common. */

/**
 * Prompt caching of Claude: 4 cache points in tools, system and messages, a look-back of 20 blocks (AWS user guide, 2026-10).
 * AWS also documents best-effort caching without markers; no recorded answer shows it, so `implicit` is false.
 */
const marked = (minimum: Figure, hour: boolean): Caching => ({
  kind: 'explicit',
  minimum,
  maxCheckpoints: 4,
  fields: ['tools', 'system', 'messages'],
  ttls: hour ? ['5m', '1h'] : ['5m'],
  defaultTtl: '5m',
  lookBack: 20,
  implicit: false,
  refusesAfterDocument: true,
});

/** Up to Claude 4.1 an entry lives 5 minutes. */
export const fiveMinutes = (minimum: number): Caching => marked(exactly(minimum), false);
/** The same, where recorded calls lost entries. */
export const losingEntries = (minimum: number): Caching => {
  const caching = fiveMinutes(minimum);
  return caching.kind === 'explicit' ? { ...caching, losesEntries: true } : caching;
};
/** Since Claude 4.5 an hour may be asked for. */
export const upToAnHour = (minimum: number | Figure): Caching => marked(typeof minimum === 'number' ? exactly(minimum) : minimum, true);

/** Tokens of the hidden tool prompt (Anthropic documentation, 2026-08): of Claude 3.5 Sonnet v2, 3.7 and 4. */
export const toolsOfClaude4 = [313, 315] as const;
/** Of Claude 4.5. */
export const toolsOfClaude45 = [496, 588] as const;
/** Of Claude 4.6. */
export const toolsOfClaude46 = [497, 589] as const;
/** Of Opus 5. */
export const toolsOfOpus5 = [286, 406] as const;
/** Of Sonnet 5. */
export const toolsOfSonnet5 = [354, 474] as const;

/** Models whose hidden tool prompt stands in for that of others. */
const toolPrompts = { 'Opus 5': toolsOfOpus5, 'Sonnet 5': toolsOfSonnet5 } as const;

/** An entry of Claude gives its hidden tool prompt as published, or the model whose figure is used for want of one. */
type GivenClaude = GivenBeside<'provider' | 'tokens' | 'contextWindow' | 'maxOutputTokens'> &
  (
    | { readonly toolPrompt: readonly [auto: number, forced: number]; readonly toolPromptOf?: never }
    | { readonly toolPrompt?: never; readonly toolPromptOf: keyof typeof toolPrompts }
  );

/** Claude up to 4.6: the older vocabulary, 200,000 tokens unless said otherwise. */
export const old = ({ toolPrompt, toolPromptOf, sources, notes = [], ...given }: GivenClaude): ModelEntry =>
  shape({
    provider: 'Anthropic',
    tokens: 'claude-3',
    contextWindow: 200_000,
    maxOutputTokens: 64_000,
    countTokens: true,
    outputBurndown: 5,
    refusesContent: ['video'],
    ...given,
    ...(toolPromptOf === undefined
      ? { toolPrompt, sources: [...sources, 'anthropic-tools'], notes }
      : {
          toolPrompt: toolPrompts[toolPromptOf],
          sources,
          notes: [...notes, `The size of its hidden tool prompt is not published; that of ${toolPromptOf} is used.`],
        }),
  });

/** Before 4.5: recorded on 3 Sonnet, 3.7 and Sonnet 4, of 2024 and 2025. */
export const before45 = (given: GivenClaude): ModelEntry => old({ readsPdfAsText: true, hidesOutputSchema: true, ...given });

/** Since Opus 4.7: a million tokens, the newer vocabulary, only through profiles, counted on the mantle endpoint. */
export const recent = (given: GivenClaude): ModelEntry =>
  old({
    tokens: 'claude-5',
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    onDemand: false,
    countTokens: false,
    countTokensOnMantle: true,
    outputBurndown: 10,
    ...given,
  });

/** A price table with ten percent more outside the global profile. */
export const priced = (...prices: Parameters<typeof claudePrices>): Given['prices'] => withGeography(claudePrices(...prices));
/** A price table with one price on all endpoints. */
export const onePrice = (...prices: Parameters<typeof claudePrices>): Given['prices'] => ({ default: claudePrices(...prices) });

/** Claude by invitation, on the mantle endpoint only: Converse does not reach it. */
export const gated = (given: GivenBeside<'provider' | 'tokens' | 'contextWindow' | 'maxOutputTokens'>): ModelEntry =>
  shape({
    provider: 'Anthropic',
    lifecycle: { kind: 'gated' },
    tokens: 'claude-5',
    contextWindow: 1_000_000,
    maxOutputTokens: 128_000,
    surfaces: ['mantle'],
    refusesContent: ['video'],
    ...given,
  });
