import { isPaidByTheHour } from '../models/arn';
import { entryOf, type Resolution } from '../models/resolve';
import { assertNever } from '../text/assertNever';
import type { CachePlan, Checkpoint, Reuse, Verdict } from '../cache/plan';
import { fitOf, isPartlyKnown } from '../cache/written';
import type { Traffic } from '../prompt/traffic';
import { forecastOf } from '../traffic/forecast';
import { usdOf } from '../money/bill';
import type { Conversation } from '../traffic/conversation';
import { savingsOf, type Savings } from '../traffic/savings';
import type { NumberFormats } from '../figures/numbers';
import type { TokenEstimate } from '../figures/band';
import { describeForecast, describePointForecast } from './forecastText';
import { modelHelp } from './modelHelp';
import { describeTokens } from './tokensText';

/** Half the width of the band as a share of the figure: "± 6%"; "counted" where the service counted it. Empty where nothing is uncertain. */
export const describeBand = ({ low, likely, high, basis }: TokenEstimate, formats: NumberFormats): string => {
  if (basis === 'counted' && low === high) return ' counted';
  if (likely <= 0 || low === high) return '';
  return ` ± ${formats.percent(Math.max(high - likely, likely - low) / likely)}`;
};

const verdictNote = (verdict: Verdict, minimum: number | undefined, formats: NumberFormats): string => {
  switch (verdict.kind) {
    case 'caches':
      return minimum === undefined ? '' : ` · min ${formats.tokens(minimum)} ${verdict.sure ? '✓' : '? may do nothing'}`;
    case 'belowMinimum':
      return ` · min ${formats.tokens(verdict.minimum)} ${verdict.certain ? '✗ does nothing' : '? may do nothing'}`;
    case 'tooMany':
      return ` · ✗ more than ${formats.tokens(verdict.limit)}`;
    case 'unsupportedField':
    case 'unsupportedModel':
    case 'refused':
      return ' · ✗ refused';
    case 'overMaximum':
      return ` · max ${formats.tokens(verdict.maximum)} ? may do nothing`;
    case 'notOnDemand':
      return ' · ✗ ignored';
    case 'nothingBefore':
      return ' · ✗ nothing before it';
    case 'unknownModel':
      return ' · model not known';
    default:
      return assertNever(verdict);
  }
};

/** Would more before the point make it another verdict? */
const restsOnSize = ({ kind }: Verdict): boolean => kind === 'caches' || kind === 'belowMinimum' || kind === 'unknownModel';

const reuseNote = (reuse: Reuse): string => {
  switch (reuse.kind) {
    case 'shared':
      return '';
    case 'session':
      return reuse.by.kind === 'turn' ? ' · for the next turn' : ' · per session';
    case 'never':
      return reuse.by.kind === 'turn' ? ' · for the next turn only' : ' · written, never read';
    default:
      return assertNever(reuse);
  }
};

const minimumOf = (plan: CachePlan): number | undefined => (plan.caching?.kind === 'explicit' ? plan.caching.minimum.likely : undefined);

/** The inline figure at a marker: "2,310 tok ± 6% · min 1,024 ✓ · 5m". */
export const inlineFigure = (checkpoint: Checkpoint, plan: CachePlan, formats: NumberFormats): string => {
  const { prefix, verdict, reuse, ttl } = checkpoint;
  const works = verdict.kind === 'caches' && verdict.sure;
  if (checkpoint.isOpen === true && !works && restsOnSize(verdict)) {
    const minimum = minimumOf(plan);
    return `at least ${formats.tokens(prefix.low)} tok${minimum === undefined ? '' : ` · min ${formats.tokens(minimum)} ?`} · ${ttl}`;
  }
  return `${formats.tokens(prefix.likely)} tok${describeBand(prefix, formats)}${verdictNote(verdict, minimumOf(plan), formats)} · ${ttl}${works ? reuseNote(reuse) : ''}`;
};

const cachedWord = (savings: Savings | undefined): string => (savings?.sure === true ? 'cached' : 'may be cached');

/** "saves 78% from the second call", or "9 turns save 62%" of a conversation; close to the minimum "may save". Empty where nothing is saved. */
const savedWords = ({ savedShare, conversation, sure }: Savings, formats: NumberFormats): readonly string[] => {
  const share = conversation?.savedShare ?? savedShare;
  if (share <= 0) return [];
  if (conversation === undefined) return [`${sure ? 'saves' : 'may save'} ${formats.percent(share)} from the second call`];
  return [`${formats.tokens(conversation.calls.length)} turns ${sure ? 'save' : 'may save'} ${formats.percent(share)}`];
};

/** "4,812 tokens, 4,310 cached (89%), saves 78% from the second call". */
export const summaryLine = (plan: CachePlan, savings: Savings | undefined, formats: NumberFormats): string => {
  const isOpen = isPartlyKnown(plan);
  const total = isOpen ? `at least ${formats.tokens(plan.total.low)} tokens` : `${formats.tokens(plan.total.likely)} tokens`;
  if (plan.model === undefined) return `${total}, ${plan.resolution.kind === 'empty' ? 'no model named' : 'model not known'}`;
  if (isPaidByTheHour(plan.modelId)) return `${total}, savings not applicable: Provisioned Throughput`;
  if (plan.caching?.kind !== 'explicit') return `${total}, ${plan.model.name} takes no cache points`;
  const read = savings?.readTokens ?? 0;
  if (read === 0) return isOpen ? `${total}, the rest is not known` : `${total}, nothing cached`;
  const share = `${formats.tokens(read)} ${cachedWord(savings)} (${formats.percent(savings?.readShare)})`;
  return [total, share, ...(savings === undefined ? [] : savedWords(savings, formats))].join(', ');
};

/** Short enough for a status item: "4,812 tok · 89% cached". */
export const statusText = (plan: CachePlan, savings: Savings | undefined, formats: NumberFormats): string => {
  const isOpen = isPartlyKnown(plan);
  const tokens = isOpen ? `at least ${formats.tokens(plan.total.low)} tok` : `${formats.tokens(plan.total.likely)} tok`;
  if (savings !== undefined && savings.readTokens > 0) return `${tokens} · ${formats.percent(savings.readShare)} ${cachedWord(savings)}`;
  return isOpen ? tokens : `${tokens} · not cached`;
};

const mayDoNothing = (prefix: TokenEstimate, model: string, minimum: number | undefined, formats: NumberFormats): string =>
  `${describeTokens(prefix, formats)} stand before it; ${model} caches from ${formats.tokens(minimum)}, so it may do nothing.`;

const verdictSentence = ({ verdict, prefix, isOpen }: Checkpoint, plan: CachePlan, formats: NumberFormats): string => {
  const model = plan.model?.name ?? 'The model';
  if (isOpen === true && restsOnSize(verdict) && !(verdict.kind === 'caches' && verdict.sure))
    return `At least ${formats.tokens(prefix.low)} tokens stand before it, and something that is not known. ${minimumOf(plan) === undefined ? '' : `${model} caches from ${formats.tokens(minimumOf(plan))}.`}`.trim();
  switch (verdict.kind) {
    case 'caches':
      return verdict.sure
        ? `${describeTokens(prefix, formats)} stand before it, and ${model} caches from ${formats.tokens(minimumOf(plan))}.`
        : mayDoNothing(prefix, model, minimumOf(plan), formats);
    case 'belowMinimum':
      return verdict.certain
        ? `${describeTokens(prefix, formats)} stand before it; ${model} caches from ${formats.tokens(verdict.minimum)}, so it does nothing.`
        : mayDoNothing(prefix, model, verdict.minimum, formats);
    case 'tooMany':
      return `${model} takes at most ${formats.tokens(verdict.limit)} cache points, so the call fails.`;
    case 'unsupportedField':
      return `${model} takes no cache point at this place, so the call fails.`;
    case 'unsupportedModel':
      return `${model} takes no cache points, so the call fails.`;
    case 'nothingBefore':
      return 'Nothing stands before it in its list, so the call fails.';
    case 'refused':
      return `${model} refuses it here, so the call fails.`;
    case 'overMaximum':
      return `${describeTokens(prefix, formats)} stand before it; ${model} is said to cache at most ${formats.tokens(verdict.maximum)}, so it may do nothing.`;
    case 'notOnDemand':
      return `It does nothing: Bedrock caches on-demand calls only, not ${verdict.why === 'batch' ? 'batch jobs' : 'Provisioned Throughput'}.`;
    case 'unknownModel':
      return `${describeTokens(prefix, formats)} stand before it. The model is not known, and so its minimum is not known either.`;
    default:
      return assertNever(verdict);
  }
};

const reuseSentence = ({ reuse, ttl, known }: Checkpoint, formats: NumberFormats): string => {
  if (known !== undefined && known.likely > 0)
    return `It moves along with the conversation: this call reads ${describeTokens(known, formats)} that earlier turns wrote and writes the rest, and the next turn within ${ttl} reads all of it.`;
  switch (reuse.kind) {
    case 'shared':
      return `Every later call within ${ttl} of the last use reads it.`;
    case 'session':
      if (reuse.by.kind === 'turn') return `The next turn of the conversation reads it, within ${ttl} of the last use.`;
      return `Later calls of one session read it, within ${ttl} of the last use: the variable ${reuse.by.text} changes with the session.`;
    case 'never':
      if (reuse.by.kind === 'turn')
        return `Only a request that goes on with this conversation reads it, within ${ttl}: the last turn is another one in each request.`;
      if (reuse.by.grows === true)
        return `No later call reads it: the variable ${reuse.by.text} before it grows inside its block, and an entry of the cache ends where a block ends.`;
      return `No later call reads it: ${reuse.by.kind === 'variable' ? `the variable ${reuse.by.text}` : `"${reuse.by.text}"`} before it changes with each request.`;
    default:
      return assertNever(reuse);
  }
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Paragraphs of the hover at a marker, plain text. */
export const checkpointHover = (checkpoint: Checkpoint, plan: CachePlan, traffic: Traffic, formats: NumberFormats): readonly string[] => {
  const title = `Cache point ${checkpoint.number} of ${plan.checkpoints.length}, lifetime ${checkpoint.ttl}`;
  const lines = [title, capital(verdictSentence(checkpoint, plan, formats))];
  if (fitOf(checkpoint) === 'surely')
    lines.push(
      reuseSentence(checkpoint, formats),
      ...moneyLines(checkpoint, plan, formats),
      ...readLines(checkpoint, plan, traffic, formats),
    );
  const why = plan.caching?.kind === 'explicit' ? plan.caching.minimum.why : undefined;
  if (why !== undefined) lines.push(`The minimum is not certain: ${why}`);
  return lines;
};

const readLines = ({ number }: Checkpoint, plan: CachePlan, traffic: Traffic, formats: NumberFormats): readonly string[] => {
  const forecast = forecastOf(plan, traffic);
  const reads = forecast && describePointForecast(forecast, number, formats);
  return reads === undefined ? [] : [reads];
};

const moneyLines = ({ prefix, ttl }: Checkpoint, { prices }: CachePlan, formats: NumberFormats): readonly string[] => {
  if (prices === undefined) return [];
  const noTokens = { read: 0, write: {}, input: 0 };
  const write = usdOf({ ...noTokens, write: { [ttl]: prefix.likely } }, prices);
  const read = usdOf({ ...noTokens, read: prefix.likely }, prices);
  const input = usdOf({ ...noTokens, input: prefix.likely }, prices);
  const written = formats.usdBand(write?.low, write?.high);
  return [`The prefix costs ${written} to write, ${formats.usd(read?.likely)} to read, and ${formats.usd(input?.likely)} without caching.`];
};

const basisWords = {
  counted: 'as the service counted them',
  calibrated: 'estimated offline and corrected by what the service counted before',
  estimated: 'estimated offline',
} as const;

const callLines = ({ cold, warm, uncached, breakEvenCalls: calls, readTokens }: Savings, formats: NumberFormats): readonly string[] => [
  `The input of the first call costs ${formats.usdBand(cold.likely, cold.high)}, that of a later one ${formats.usdBand(warm.likely, warm.high)}, and without caching ${formats.usd(uncached.likely)}.`,
  ...(calls === undefined || readTokens === 0
    ? []
    : [calls <= 1 ? 'Caching pays from the first call.' : `Caching pays from call ${formats.tokens(calls)} within the lifetime.`]),
];

const turnLines = ({ calls, cached, uncached }: Conversation, { warm, readTokens }: Savings, formats: NumberFormats): readonly string[] => [
  `The input of the ${formats.tokens(calls.length)} turns of this conversation costs ${formats.usdBand(cached.likely, cached.high)} in all, and ${formats.usd(uncached.likely)} without caching, where each follows within the lifetime.`,
  `The newest turn costs ${formats.usdBand(warm.likely, warm.high)}: it reads ${formats.tokens(readTokens)} tokens that earlier turns wrote.`,
];

/** Why nothing is told of savings. Source: AWS user guide, Prompt caching, 2026-10: on-demand inference only. */
export const hourlyText =
  'Savings do not apply: Provisioned Throughput is paid by the hour, whatever it is used for, and its calls have no prompt cache.';

/** Lines of the status item's and the summary lens's details. */
export const planDetails = (plan: CachePlan, traffic: Traffic, formats: NumberFormats): readonly string[] => {
  const savings = savingsOf(plan);
  const size = isPartlyKnown(plan) ? `at least ${formats.tokens(plan.total.low)} tokens` : describeTokens(plan.total, formats);
  const lines = [modelLine(plan.resolution), `${capital(size)} in all, ${basisWords[plan.total.basis]}.`];
  if (isPaidByTheHour(plan.modelId)) lines.push(hourlyText);
  if (savings !== undefined)
    lines.push(...(savings.conversation === undefined ? callLines(savings, formats) : turnLines(savings.conversation, savings, formats)));
  const forecast = forecastOf(plan, traffic);
  if (forecast !== undefined && forecast.points.length > 0) lines.push(...describeForecast(forecast, formats));
  return lines;
};

const modelLine = (resolution: Resolution): string => {
  const entry = entryOf(resolution);
  if (entry !== undefined) return `Model: ${entry.name}.`;
  return resolution.kind === 'unknown'
    ? `The catalog has no model ${resolution.id}.`
    : resolution.kind === 'opaque'
      ? `The ARN ${resolution.arn} does not say which model answers.`
      : 'The prompt names no model.';
};

/** Title and paragraphs of the hover at the model that a prompt names. */
export const modelHover = ({ model, prices, resolution, modelId }: CachePlan, formats: NumberFormats): readonly string[] =>
  model === undefined ? [modelId === '' ? 'No model' : modelId, modelLine(resolution)] : [model.name, ...modelHelp(model, prices, formats)];
