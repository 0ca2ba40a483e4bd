import { learnedText } from '../messages/calibration';
import { routerSwitched } from '../messages/answerPartText';
import { mantleNote } from '../messages/doorText';
import { describeDoubt } from '../messages/doubts';
import { oldPriceDays } from '../money/oldPrices';
import type { RunRecord } from '../runs/record';
import { mentionsCache } from '../tokens/usage';
import type { Measured } from './measured';
import { splitsFreely } from './measured';
import { cutShortBy } from './status';
import type { Remark } from './protocol';

type Rule = (measured: Measured) => Remark | undefined;

const neutral = (text: string): Remark => ({ tone: 'neutral', text });
const good = (text: string): Remark => ({ tone: 'good', text });
const bad = (text: string): Remark => ({ tone: 'bad', text });

/** A later read may fall short of the earlier write by this share before it is worth a word: tokens at a block's edge move. */
const shortfall = 0.05;

const lifetimes: Readonly<Record<string, string>> = { '5m': '5 minutes', '30m': '30 minutes', '1h': 'an hour' };
const read = ({ counts }: Measured): number => counts.read ?? 0;
const written = ({ counts }: Measured): number => counts.written ?? 0;
const partOf = ({ record }: Measured): 'cold' | 'warm' | undefined => record.pair?.part;

/** Is it known why the call did not read? Then nothing is guessed. */
const isExplained = ({ record: { why } }: Measured): boolean => why !== undefined && why.explanation.causes.length > 0;

const notMentioned: Rule = ({ counts, record }) => {
  if (mentionsCache(counts)) return undefined;
  return neutral(
    record.caching?.kind === 'none'
      ? 'The service reported nothing of the cache: this model has no prompt caching.'
      : 'The service reported nothing of the cache, so reads and writes are not known. That is not the same as zero.',
  );
};

const minimumText = ({ record: { caching }, formats }: Measured): string => {
  const minimum = caching?.kind === 'none' ? undefined : caching?.minimum;
  return minimum === undefined ? 'the model’s minimum' : `the model’s minimum of ${formats.tokenBand(minimum.low, minimum.high)} tokens`;
};

const nothingHappened: Rule = (measured) => {
  const { record, counts } = measured;
  if (!mentionsCache(counts) || read(measured) > 0 || written(measured) > 0 || missedWarm(measured) || isExplained(measured))
    return undefined;
  if (record.prediction?.assumes === 'noCaching')
    return neutral('Nothing was written or read, as predicted: no cache point of this prompt can take effect.');
  return bad(
    `Nothing was written or read: the prefix is probably below ${minimumText(measured)}, or the prompt has no cache point that takes effect.`,
  );
};

const lifetimeText = ({ usage, record }: Measured): string => {
  const usual = record.caching?.kind === 'explicit' ? record.caching.defaultTtl : '5m';
  const ttls = [...new Set(usage.writes.filter(({ tokens }) => tokens > 0).map(({ ttl }) => ttl))];
  const [only = usual] = ttls;
  return ttls.length > 1 ? 'the lifetime of each cache point' : (lifetimes[only] ?? only);
};

const writtenOnly: Rule = (measured) => {
  if (written(measured) === 0 || read(measured) > 0 || missedWarm(measured)) return undefined;
  return neutral(
    `Written, not read yet: the next call with the same prefix within ${lifetimeText(measured)} reads ${measured.formats.tokens(written(measured))} tokens from the cache.`,
  );
};

const readOnly: Rule = (measured) =>
  read(measured) > 0 && written(measured) === 0
    ? good(`Read ${measured.formats.tokens(read(measured))} tokens from the cache; nothing written. The read also renewed their lifetime.`)
    : undefined;

const readAndWritten: Rule = (measured) => {
  const { formats, record } = measured;
  if (read(measured) === 0 || written(measured) === 0) return undefined;
  const figures = `Read ${formats.tokens(read(measured))} tokens and wrote ${formats.tokens(written(measured))}`;
  return splitsFreely(record)
    ? good(
        `${figures}. This model also caches by itself: how it splits reads and writes varies from call to call, and only their sum is steady.`,
      )
    : neutral(`${figures}: the prefix matched up to one cache point, and what follows it was new.`);
};

const coldWasWarm: Rule = (measured) =>
  partOf(measured) === 'cold' && read(measured) > 0
    ? neutral(
        'The first call was not cold: an earlier call within the lifetime had already written this prefix. Wait until it expires, or change the prefix, to compare.',
      )
    : undefined;

const missedWarm = (measured: Measured): boolean => partOf(measured) === 'warm' && mentionsCache(measured.counts) && read(measured) === 0;

const warmReadNothing: Rule = (measured) => {
  if (!missedWarm(measured) || isExplained(measured)) return undefined;
  const { partner, formats } = measured;
  const left = partner === undefined ? undefined : read(partner) + written(partner);
  if (left === 0)
    return bad(
      `The second call read nothing because the first one wrote nothing: the prefix is probably below ${minimumText(measured)}, or no cache point takes effect.`,
    );
  return bad(
    `The second call read nothing${left === undefined ? '' : `, although the first one left ${formats.tokens(left)} tokens in the cache`}. Likely reasons: something before the cache point differs between the calls ` +
      '(a date, an id, a variable, the order of keys in a tool); an inference profile sent them to different Regions; or the entry had expired.',
  );
};

const readLess: Rule = (measured) => {
  const { partner, record, formats } = measured;
  if (partOf(measured) !== 'warm' || partner === undefined || splitsFreely(record) || isExplained(measured)) return undefined;
  const left = read(partner) + written(partner);
  if (read(measured) === 0 || read(measured) >= left * (1 - shortfall)) return undefined;
  return bad(
    `Only ${formats.tokens(read(measured))} of the ${formats.tokens(left)} tokens that the first call left were read: a later part of the prefix differs between the calls.`,
  );
};

const otherThanAssumed: Rule = (measured) => {
  const assumes = measured.record.prediction?.assumes;
  if (assumes === 'cold' && partOf(measured) === undefined && read(measured) > 0)
    return neutral('The prediction took the cache to be empty, but an earlier call within the lifetime had filled it.');
  if (isExplained(measured)) return undefined;
  if (assumes === 'warm' && partOf(measured) === undefined && mentionsCache(measured.counts) && read(measured) === 0)
    return neutral(
      'The prediction took the prefix to be in the cache, but it had expired, or something before the cache point has changed since.',
    );
  return undefined;
};

/** What was sent is not quite the prompt, and the figures say so. */
const madeCold: Rule = ({ record: { coldLine } }) =>
  coldLine === undefined
    ? undefined
    : neutral(`This call was made cold: it began with a line that no other call has, ${coldLine}. The file was not changed.`);

/** Where no read was promised the reason stands beside the measured figures. */
const doubted: Rule = ({ record: { prediction } }) => {
  const [doubt] = prediction?.doubts ?? [];
  return doubt === undefined || prediction?.assumes !== 'unsure' ? undefined : neutral(describeDoubt(doubt));
};

const sooner: Rule = (measured) => {
  const { record, partner, formats } = measured;
  // Without a read a shorter wait says nothing about the cache.
  if (read(measured) === 0) return undefined;
  const before = partner?.record.firstDeltaMs;
  const now = record.firstDeltaMs;
  if (record.pair?.part !== 'warm' || before === undefined || now === undefined || !(before > 0) || now >= before) return undefined;
  return good(
    `First token after ${formats.duration(now)} instead of ${formats.duration(before)}: ${formats.percent((before - now) / before)} sooner.`,
  );
};

const together: Rule = (measured) => {
  const { record, cost, partner, formats } = measured;
  const both = [cost, partner?.cost];
  if (record.pair?.part !== 'warm' || both.some((one) => one?.total === undefined || one.withoutCaching === undefined)) return undefined;
  const sum = (pick: (one: (typeof both)[number]) => number | undefined): number => both.reduce((all, one) => all + (pick(one) ?? 0), 0);
  const paid = formats.usdBand(
    sum((one) => one?.total?.low),
    sum((one) => one?.total?.high),
  );
  const plain = sum((one) => one?.withoutCaching?.low);
  return sum((one) => one?.saved?.low) > 0
    ? good(`Both calls together cost ${paid} instead of ${formats.usd(plain)} without caching.`)
    : neutral(
        `Both calls together cost ${paid}; without caching ${formats.usd(plain)}.${read(measured) > 0 ? ' Each further read lowers the average.' : ''}`,
      );
};

const taught: Rule = ({ record, formats }) => (record.learned === undefined ? undefined : neutral(learnedText(record.learned, formats)));

const routedTo = ({ parts }: RunRecord): string | undefined => parts.find((part) => part.kind === 'router')?.modelId;

/** A router that chose another model lost what the call before had written. */
const switched: Rule = ({ record, partner }) => {
  const [before, now] = [partner && routedTo(partner.record), routedTo(record)];
  if (record.pair?.part !== 'warm' || before === undefined || now === undefined || before === now) return undefined;
  return bad(routerSwitched(before, now));
};

/** Of a run that cost money; what the emulator would have cost decides nothing. */
const oldPrices: Rule = ({ record: { prices, pricesChecked, startedAt, service }, formats }) => {
  const days = service === 'emulator' || prices === undefined ? undefined : oldPriceDays(pricesChecked, startedAt);
  return days === undefined
    ? undefined
    : neutral(
        `The prices of this model were last checked ${formats.tokens(days)} days before this run, on ${pricesChecked ?? ''}: AWS may charge others by now. The setting cachepoint.models takes newer ones.`,
      );
};

const measuredRules: readonly Rule[] = [
  notMentioned,
  nothingHappened,
  switched,
  warmReadNothing,
  readLess,
  madeCold,
  coldWasWarm,
  writtenOnly,
  readOnly,
  readAndWritten,
  otherThanAssumed,
  doubted,
  sooner,
  together,
  oldPrices,
  taught,
];

/** Why an answer ended, and what to do about it. */
const stopTexts: Readonly<Record<string, string>> = {
  max_tokens: 'The answer was cut at maxTokens. Raise it in the prompt for a longer one.',
  tool_use:
    'The model asks for a tool. Cachepoint shows the request and does not run tools: to go on, add this call and its toolResult to the messages.',
  guardrail_intervened:
    'A guardrail intervened: the answer is the guardrail’s. With trace enabled in guardrailConfig the service says which policy it was; policies are changed in the Bedrock console.',
  content_filtered: 'The service filtered the answer. Say in other words what is asked, or leave out what a filter may take for harmful.',
  model_context_window_exceeded:
    'The prompt and the answer together filled the model’s context window. Send less, or choose a model with a larger one.',
  malformed_model_output:
    'The service could not read what the model wrote. Run again; if it stays so, a lower temperature or another model may help.',
  malformed_tool_use:
    'The model asked for a tool in a form that could not be read. Run again; if it stays so, a simpler schema of the tool may help.',
};

const stopped = ({ stopReason }: RunRecord): Remark | undefined => {
  const text = stopReason === undefined || !Object.hasOwn(stopTexts, stopReason) ? undefined : stopTexts[stopReason];
  if (text === undefined) return undefined;
  return cutShortBy(stopReason) === undefined ? neutral(text) : bad(text);
};

const sentAnyway: readonly string[] = [
  'canceled',
  'interrupted',
  'timeout',
  'throttled',
  'unavailable',
  'modelFailed',
  'unanswered',
  'otherAnswer',
  'unexpected',
];

/** The service reports tokens at the very end of the stream, so an early end leaves none. */
const notReported = ({ state, usage, failure, firstDeltaMs, openedAt, replayedFrom }: RunRecord): Remark | undefined => {
  if (usage !== undefined || replayedFrom !== undefined) return undefined;
  if (state === 'finished')
    return neutral(
      'The answer is whole, but the service reported no tokens for this run, so nothing can be said of the cache or of its cost. It is billed all the same.',
    );
  if (failure === undefined || !sentAnyway.includes(failure.code)) return undefined;
  if (firstDeltaMs !== undefined)
    return neutral(
      'The tokens up to here are billed but not reported: the service sends the figures at the end of the stream. A cache write may have taken place.',
    );
  return openedAt !== undefined && (failure.code === 'canceled' || failure.code === 'timeout')
    ? neutral('If the service had begun to work on the call, its tokens are billed but not reported.')
    : undefined;
};

const onMantle = ({ door, service }: RunRecord): Remark | undefined =>
  door === 'Messages' && service !== 'emulator' ? neutral(mantleNote) : undefined;

/** What the measured usage means, a sentence each, the most important first. */
export const remarksOn = (record: RunRecord, measured: Measured | undefined): readonly Remark[] =>
  [
    notReported(record),
    ...(measured === undefined ? [] : measuredRules.map((rule) => rule(measured))),
    stopped(record),
    onMantle(record),
  ].filter((remark) => remark !== undefined);
