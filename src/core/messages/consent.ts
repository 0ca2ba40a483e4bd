import { doorText } from './doorText';
import type { NumberFormats } from '../figures/numbers';
import type { SpendingVerdict, DaySpending, SpendingLimits } from '../money/spending';
import type { Door } from '../request/types';
import type { CallPlace } from '../runs/port';
import type { PlannedCalls } from '../traffic/planned';
import { processingText, type Places } from './account';
import { oldPriceDays } from '../money/oldPrices';

/** What a person agrees to before a live call. */
export interface ConsentQuestion {
  readonly place: CallPlace;
  /** The operation by which the prompt is sent. */
  readonly door: Door;
  /** Does the text leave this machine? */
  readonly leaves: boolean;
  readonly modelName: string;
  /** The prefix of its profile, `global`, or `inRegion`; `undefined` where the id does not say it. */
  readonly profileKind: string | undefined;
  /** Regions that may process the call, as the account told. */
  readonly processed: Places | undefined;
  readonly planned: PlannedCalls;
  /** ISO date on which the model's prices were compared with their sources. */
  readonly pricesChecked: string | undefined;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly spent: DaySpending;
  readonly limits: SpendingLimits;
  readonly verdict: SpendingVerdict;
}

/** Title and text of the question, and its button. */
export interface ConsentText {
  readonly title: string;
  readonly detail: string;
  readonly send: string;
}

const whereTo = ({ place, door, leaves }: ConsentQuestion): string => {
  const { identity, region, address } = place;
  const where = `${address}, Region ${region}, by ${doorText(door)}`;
  return `The text ${leaves ? 'leaves this machine and ' : ''}goes to ${where}, as ${identity}.`;
};

const callsText = (calls: number, formats: NumberFormats): string => (calls === 1 ? 'One call' : `${formats.tokens(calls)} calls`);

const costText = ({ planned, pricesChecked, now }: ConsentQuestion, formats: NumberFormats): string => {
  const { calls, inputUsd, answersUsd, maxTokens } = planned;
  if (inputUsd === undefined) return `${callsText(calls, formats)}; the cost is not known, since no price of the model is.`;
  const input = `at most ${formats.usd(inputUsd)} for the input`;
  const answers =
    answersUsd === undefined || maxTokens === undefined
      ? 'the answer is billed on top, and the request sets no limit to it'
      : `at most ${formats.usd(answersUsd)} for answers of ${formats.tokens(maxTokens)} tokens`;
  const days = oldPriceDays(pricesChecked, now);
  const old = days === undefined ? '' : ` The prices were last checked ${formats.tokens(days)} days ago, on ${pricesChecked ?? ''}.`;
  return `${callsText(calls, formats)}, by the estimate: ${input}; ${answers}.${old}`;
};

const reasonText = ({ verdict, limits }: ConsentQuestion, formats: NumberFormats): readonly string[] => {
  if (verdict.kind !== 'ask') return [];
  return verdict.why === 'cost'
    ? [`You are asked because it may cost more than ${formats.usd(limits.confirmAboveUsd)} (setting cachepoint.run.confirmAboveUsd).`]
    : ['You are asked each time while the price is not known: your own settings can name it (cachepoint.models).'];
};

const todayText = ({ spent, limits }: ConsentQuestion, formats: NumberFormats): readonly string[] => {
  if (spent.usd === 0 && spent.unpriced === 0) return [];
  const of = limits.dailyLimitUsd > 0 ? ` of ${formats.usd(limits.dailyLimitUsd)}` : '';
  const besides = spent.unpriced === 0 ? '' : `, and ${formats.tokens(spent.unpriced)} without a known price`;
  return [`Runs of today: ${formats.usd(spent.usd)}${of}${besides}.`];
};

/** What another door than Bedrock Runtime's changes. */
const doorChanges = ({ door, modelName }: ConsentQuestion): readonly string[] =>
  door === 'Messages'
    ? [
        `On bedrock-mantle there are no inference profiles: ${modelName} answers in this Region alone, by its bare id and at its price there. There are no invocation logs.`,
      ]
    : [];

/** The question before a live call: where the text goes and as whom, which model answers, what it may cost, and why it is asked now. */
export const consentText = (question: ConsentQuestion, formats: NumberFormats): ConsentText => {
  const { place, modelName, profileKind, processed } = question;
  return {
    title: `Send this prompt to ${place.name}?`,
    detail: [
      whereTo(question),
      ...doorChanges(question),
      [`Model: ${modelName}.`, processingText(processed, profileKind, place.region), costText(question, formats)]
        .filter((part) => part !== '')
        .join(' '),
      ...reasonText(question, formats),
      ...todayText(question, formats),
    ].join('\n\n'),
    send: `Send to ${place.name}`,
  };
};

/** Why a run is not sent on a day that has cost enough. */
export const overLimitText = (
  { spent, limitUsd }: Extract<SpendingVerdict, { readonly kind: 'overLimit' }>,
  planned: Pick<PlannedCalls, 'usd'>,
  formats: NumberFormats,
): string =>
  `Nothing was sent: today’s runs cost ${formats.usd(spent.usd)} so far${planned.usd === undefined ? '' : `, this may cost ${formats.usd(planned.usd)}`}, ` +
  `and your limit of a day is ${formats.usd(limitUsd)} (setting cachepoint.run.dailyLimitUsd).`;
