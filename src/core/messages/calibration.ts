import type { NumberFormats } from '../figures/numbers';
import type { ModelEntry } from '../models/types';
import type { Learned, NoLesson } from '../tokens/calibration/lesson';

const errorText = ({ error, estimated, counted }: Learned, formats: NumberFormats): string => {
  const off = Math.abs(Math.round(estimated) - counted);
  if (off === 0) return 'The estimate was right to the token';
  return `The estimate was ${formats.tokens(off)} ${off === 1 ? 'token' : 'tokens'} (${formats.percent(Math.abs(error))}) ${error > 0 ? 'high' : 'low'}`;
};

const bandText = ({ before, after }: Learned, formats: NumberFormats): string => {
  const [was, is] = [formats.percent(before), formats.percent(after)];
  if (was === is) return `at ± ${is} as before`;
  return after < before ? `± ${is} instead of ± ${was}` : `± ${is} instead of ± ${was}, as the service’s answers do not agree`;
};

/** "The estimate was 102 tokens (2%) high; the next ones for this model are corrected, ± 3% instead of ± 5%." */
export const learnedText = (learned: Learned, formats: NumberFormats): string =>
  `${errorText(learned, formats)}; the next ones for this model are corrected, ${bandText(learned, formats)}.`;

const reasons: { readonly [W in NoLesson]: string } = {
  emulator: 'The local emulator counts with Cachepoint’s own estimates, so this says nothing about how good they are.',
  unfinished: 'The call did not come to its end, so nothing was learned from it.',
  noTotals: 'No tokens were reported, so nothing was learned from it.',
  unseenParts: 'The request has parts that cannot be estimated, so nothing was learned from it.',
  unsureTotals: 'The figures do not say how many tokens were sent, so nothing was learned from them.',
  unknownModel: 'The model is not known, so nothing was learned from it.',
  implausible: 'This is less than half or more than twice the estimate, so it was not taken as a correction.',
};

/** What a count of the service says to a person: "Claude Sonnet 4.5 counts 4,710 tokens for this prompt. …" */
export const countText = (model: string, tokens: number, outcome: Learned | NoLesson | undefined, formats: NumberFormats): string => {
  const count = `${model} counts ${formats.tokens(tokens)} tokens for this prompt.`;
  if (outcome === undefined) return `${count} That was known already.`;
  return `${count} ${typeof outcome === 'string' ? reasons[outcome] : learnedText(outcome, formats)}`;
};

/** Why the tokens of a model cannot be counted with CountTokens, or `undefined` where they can, or may. */
export const notCountable = (model: ModelEntry | undefined): string | undefined => {
  if (model === undefined) return 'The model of this prompt is not known, so its tokens cannot be counted. Name a model of the catalog.';
  if (model.countTokens !== false) return undefined;
  const instead = 'A run measures it, and corrects the estimates of this model.';
  return model.countTokensOnMantle === true
    ? `CountTokens of Bedrock Runtime does not take ${model.name}; its tokens are counted on the bedrock-mantle endpoint, which the AWS SDKs do not reach. ${instead}`
    : `${model.name} has no CountTokens. ${instead}`;
};
