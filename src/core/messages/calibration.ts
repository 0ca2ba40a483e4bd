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

/** What became of the cache points: "2,310 and 4,310 of them up to the cache points." */
export const pointsText = (counted: readonly number[], left: number, formats: NumberFormats): string => {
  const figures = counted.map((tokens) => formats.tokens(tokens));
  const last = figures.at(-1);
  const list = figures.length < 2 ? (last ?? '') : `${figures.slice(0, -1).join(', ')} and ${last ?? ''}`;
  const said = last === undefined ? '' : ` ${list} of them stand before the cache ${figures.length === 1 ? 'point' : 'points'}.`;
  const rest =
    left === 0
      ? ''
      : ` ${left === 1 ? 'One cache point keeps its estimate' : `${left} cache points keep their estimates`}: the service did not count up to there.`;
  return `${said}${rest}`;
};

/** Who counts the tokens of a model: CountTokens of Bedrock Runtime, bedrock-mantle, or nobody. */
export const countedBy = ({ countTokens, countTokensOnMantle }: ModelEntry): 'runtime' | 'mantle' | undefined =>
  countTokens !== false ? 'runtime' : countTokensOnMantle === true ? 'mantle' : undefined;

/** Why the tokens of a model cannot be counted, or `undefined` where they can, or may. */
export const notCountable = (model: ModelEntry | undefined): string | undefined => {
  if (model === undefined) return 'The model of this prompt is not known, so its tokens cannot be counted. Name a model of the catalog.';
  return countedBy(model) === undefined
    ? `${model.name} has no CountTokens, so the estimate stays. A run measures it, and corrects the estimates of this model.`
    : undefined;
};
