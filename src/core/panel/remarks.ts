import { learnedText } from '../messages/calibration';
import { routerSwitched } from '../messages/answerPartText';
import { mantleNote } from '../messages/doorText';
import { describeDoubt } from '../messages/doubts';
import * as said from '../messages/runRemarks';
import { cutShortBy } from '../messages/runStatus';
import { oldPriceDays } from '../money/oldPrices';
import type { RunRecord } from '../runs/record';
import { mentionsCache } from '../tokens/usage';
import type { Measured } from './measured';
import { splitsFreely } from './measured';
import type { Remark } from './protocol';

type Rule = (measured: Measured) => Remark | undefined;

const neutral = (text: string): Remark => ({ tone: 'neutral', text });
const good = (text: string): Remark => ({ tone: 'good', text });
const bad = (text: string): Remark => ({ tone: 'bad', text });

/** A later read may fall short of the earlier write by this share before it is worth a word: tokens at a block's edge move. */
const shortfall = 0.05;

const read = ({ counts }: Measured): number => counts.read ?? 0;
const written = ({ counts }: Measured): number => counts.written ?? 0;
const partOf = ({ record }: Measured): 'cold' | 'warm' | undefined => record.pair?.part;

/** Is it known why the call did not read? Then nothing is guessed. */
const isExplained = ({ record: { why } }: Measured): boolean => why !== undefined && why.explanation.causes.length > 0;

const notMentioned: Rule = ({ counts, record }) => {
  if (mentionsCache(counts)) return undefined;
  return neutral(record.caching?.kind === 'none' ? said.remarks.noCaching : said.remarks.notMentioned);
};

const minimumOf = ({ record: { caching } }: Measured) => (caching?.kind === 'none' ? undefined : caching?.minimum);

const nothingHappened: Rule = (measured) => {
  const { record, counts } = measured;
  if (!mentionsCache(counts) || read(measured) > 0 || written(measured) > 0 || missedWarm(measured) || isExplained(measured))
    return undefined;
  if (record.prediction?.assumes === 'noCaching') return neutral(said.remarks.nothingAsPredicted);
  return bad(said.nothingHappened(minimumOf(measured), measured.formats));
};

/** Lifetimes of what was written; the usual one where the service named none. */
const ttlsOf = ({ usage, record }: Measured): readonly string[] => {
  const ttls = [...new Set(usage.writes.filter(({ tokens }) => tokens > 0).map(({ ttl }) => ttl))];
  return ttls.length > 0 ? ttls : [record.caching?.kind === 'explicit' ? record.caching.defaultTtl : '5m'];
};

const writtenOnly: Rule = (measured) => {
  if (written(measured) === 0 || read(measured) > 0 || missedWarm(measured)) return undefined;
  return neutral(said.writtenOnly(written(measured), ttlsOf(measured), measured.formats));
};

const readOnly: Rule = (measured) =>
  read(measured) > 0 && written(measured) === 0 ? good(said.readOnly(read(measured), measured.formats)) : undefined;

const readAndWritten: Rule = (measured) => {
  const { formats, record } = measured;
  if (read(measured) === 0 || written(measured) === 0) return undefined;
  const freely = splitsFreely(record);
  return (freely ? good : neutral)(said.readAndWritten(read(measured), written(measured), freely, formats));
};

const coldWasWarm: Rule = (measured) => (partOf(measured) === 'cold' && read(measured) > 0 ? neutral(said.remarks.coldWasWarm) : undefined);

const missedWarm = (measured: Measured): boolean => partOf(measured) === 'warm' && mentionsCache(measured.counts) && read(measured) === 0;

const warmReadNothing: Rule = (measured) => {
  if (!missedWarm(measured) || isExplained(measured)) return undefined;
  const { partner, formats } = measured;
  const left = partner === undefined ? undefined : read(partner) + written(partner);
  return bad(left === 0 ? said.warmAfterNothing(minimumOf(measured), formats) : said.warmReadNothing(left, formats));
};

const readLess: Rule = (measured) => {
  const { partner, record, formats } = measured;
  if (partOf(measured) !== 'warm' || partner === undefined || splitsFreely(record) || isExplained(measured)) return undefined;
  const left = read(partner) + written(partner);
  if (read(measured) === 0 || read(measured) >= left * (1 - shortfall)) return undefined;
  return bad(said.readLess(read(measured), left, formats));
};

const otherThanAssumed: Rule = (measured) => {
  const assumes = measured.record.prediction?.assumes;
  if (assumes === 'cold' && partOf(measured) === undefined && read(measured) > 0) return neutral(said.remarks.notEmpty);
  if (isExplained(measured)) return undefined;
  if (assumes === 'warm' && partOf(measured) === undefined && mentionsCache(measured.counts) && read(measured) === 0)
    return neutral(said.remarks.notCached);
  return undefined;
};

/** What was sent is not quite the prompt, and the figures say so. */
const madeCold: Rule = ({ record: { coldLine } }) => (coldLine === undefined ? undefined : neutral(said.madeCold(coldLine)));

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
  return good(said.firstTokenSooner(now, before, formats));
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
  const plain = formats.usd(sum((one) => one?.withoutCaching?.low));
  return sum((one) => one?.saved?.low) > 0 ? good(said.pairSaved(paid, plain)) : neutral(said.pairCost(paid, plain, read(measured) > 0));
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
  return days === undefined ? undefined : neutral(said.oldPrices(days, pricesChecked ?? '', formats));
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

const stopped = ({ stopReason }: RunRecord): Remark | undefined => {
  const text = said.stopText(stopReason);
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
  if (state === 'finished') return neutral(said.remarks.noUsage);
  if (failure === undefined || !sentAnyway.includes(failure.code)) return undefined;
  if (firstDeltaMs !== undefined) return neutral(said.remarks.billedSoFar);
  return openedAt !== undefined && (failure.code === 'canceled' || failure.code === 'timeout')
    ? neutral(said.remarks.perhapsBilled)
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
