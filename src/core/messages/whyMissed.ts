import type { NumberFormats } from '../figures/numbers';
import type { CacheField } from '../models/types';
import type { BlockAt, Cause, Change, Difference, PlacePart, RunWhy, SettingName } from '../runs/explanation';
import { visibleLine } from '../text/visible';

const fieldNames: { readonly [F in CacheField]: string } = { tools: 'the tools', system: 'the system text', messages: 'the messages' };

const settingNames: { readonly [S in SettingName]: string } = {
  toolChoice: 'toolChoice',
  citations: 'citations of documents',
  outputFormat: 'the output format',
  thinking: 'thinking',
  effort: 'effort',
  images: 'whether there is an image in it',
  otherFields: 'additionalModelRequestFields',
};

const placeNames: { readonly [P in PlacePart]: string } = { service: 'service', region: 'Region', account: 'account', api: 'API' };

const lifetimes: Readonly<Record<string, string>> = { '5m': '5 minutes', '30m': '30 minutes', '1h': 'an hour' };
const lifetimeText = (ttl: string): string => lifetimes[ttl] ?? visibleLine(ttl);

/** A block as a person counts: "block 2 of the system text", "message 3". */
export const blockName = ({ field, message, index }: BlockAt): string => {
  if (field === 'tools') return `tool ${index + 1}`;
  if (field === 'system') return `block ${index + 1} of the system text`;
  return index === 0 ? `message ${(message ?? 0) + 1}` : `block ${index + 1} of message ${(message ?? 0) + 1}`;
};

const changeText = (at: BlockAt, how: Change): string => {
  switch (how) {
    case 'moved':
      return `${fieldNames[at.field]} are the same ones in another order, from ${blockName(at)} on`;
    case 'added':
      return `${blockName(at)} is new`;
    case 'removed':
      return `a block that stood at ${blockName(at)} is gone`;
    case 'changed':
      return `${blockName(at)} is another one`;
  }
};

const minutes = (ms: number, formats: NumberFormats): string => formats.duration(Math.max(0, ms));

/** One cause as a sentence, which begins with a capital letter. */
export const causeText = (cause: Cause, formats: NumberFormats): string => {
  switch (cause.kind) {
    case 'model_changed':
      return `The model changed from ${visibleLine(cause.was)} to ${visibleLine(cause.is)}: each model has a cache of its own.`;
    case 'tools_changed':
    case 'system_changed':
    case 'messages_changed':
      return `Before the cache point ${changeText(cause.at, cause.how)}: from there on nothing of the earlier prefix can be read.`;
    case 'setting_changed':
      return `A setting changed: ${settingNames[cause.setting]}. From ${fieldNames[cause.from]} on that is another prefix.`;
    case 'other_place':
      return cause.part === 'account'
        ? 'The call was made as somebody else: each account has a cache of its own.'
        : `The ${placeNames[cause.part]} changed from ${visibleLine(cause.was) || 'none named'} to ${visibleLine(cause.is) || 'none named'}: they share no cache.`;
    case 'expired':
      return `The entry had expired: it was used last ${minutes(cause.ageMs, formats)} before, and lives ${lifetimeText(cause.ttl)}.`;
    case 'ttl_changed':
      return `The earlier call wrote it for ${lifetimeText(cause.was)}; this one asks for ${lifetimeText(cause.is)}, with which it would still have been there.`;
    case 'below_minimum': {
      const figures = `${formats.tokens(cause.tokens)} tokens by estimate, where the model’s minimum is ${formats.tokens(cause.minimum)}`;
      return cause.certain
        ? `The prefix is too short to be cached: ${figures}.`
        : `The prefix is probably too short to be cached: ${figures}.`;
    }
    case 'marker_not_sent':
      return 'The request has no cache point, so nothing is read or written.';
    case 'moved_cache_point':
      return cause.is < cause.was
        ? `The last cache point moved forward: it stands after ${formats.tokens(cause.is)} blocks now, and the earlier call wrote its entry after ${formats.tokens(cause.was)}.`
        : `The cache point moved: it stands after ${formats.tokens(cause.is)} blocks now, the earlier call’s after ${formats.tokens(cause.was)}, and this model does not look back.`;
    case 'lookback_exceeded':
      return `The nearest cache point stands ${formats.tokens(cause.blocks)} blocks after the earlier one; the service looks back over ${formats.tokens(cause.window)}, its own first.`;
    case 'parallel_first_calls':
      return `The earlier call had not begun to answer: an entry can be read once its first answer begins, ${minutes(cause.aheadMs, formats)} after this call left.`;
    case 'possible_eviction_or_region':
      return `Nothing that can be seen from here explains it: the prefix, the settings and the place are the same, and the entry should still have lived. The service may have dropped it${cause.profile === undefined ? '' : cause.profile === 'other' ? ', or another inference profile sent the call to another Region' : ', or the inference profile sent the call to another Region'}.`;
    case 'not_cached_before':
      return 'No earlier run of this prompt that is remembered had left anything to read.';
  }
};

/** What differs between two requests, as the end of a sentence. */
const differenceText = (difference: Difference): string => {
  switch (difference.kind) {
    case 'model':
      return 'the model';
    case 'setting':
      return settingNames[difference.setting];
    case 'block':
      return changeText(difference.at, difference.how);
  }
};

/** Where the texts part, with a few characters of both. */
export const characterText = ({ at, was, is }: NonNullable<RunWhy['text']>, formats: NumberFormats): string =>
  `The texts part after ${formats.tokens(at)} characters: “${visibleLine(was)}” became “${visibleLine(is)}”.`;

const against = ({ againstAt }: RunWhy, formats: NumberFormats): string =>
  againstAt === undefined ? 'the run before' : `the run of ${formats.time(againstAt)}`;

/** What was lost, in tokens and money; empty where nothing was. */
export const lostText = ({ explanation: { lost, lostUsd } }: RunWhy, formats: NumberFormats): string => {
  if (lost <= 0) return '';
  const money = lostUsd === undefined ? '' : `, which cost ${formats.usdBand(lostUsd.low, lostUsd.high)} more than reading them`;
  return `Lost: ${formats.tokens(lost)} tokens that had been cached and were not read${money}.`;
};

export interface WhyText {
  readonly title: string;
  /** A sentence each, causes first. */
  readonly sentences: readonly string[];
}

const both = 'Each of these alone would have kept the call from reading.';

/** What the card of a run says of why it did or did not read; `undefined` where there is nothing to add to its figures. */
export const whyText = (why: RunWhy, formats: NumberFormats): WhyText | undefined => {
  const { outcome, causes, difference } = why.explanation;
  const sentences = causes.map((cause) => causeText(cause, formats));
  const text = why.text === undefined ? [] : [characterText(why.text, formats)];
  if (outcome === 'hit') {
    if (difference === undefined) return undefined;
    const title = 'Read all that had been cached';
    return {
      title,
      sentences: [`Beside ${against(why, formats)} this differs first: ${differenceText(difference)}. It cost no read.`, ...text],
    };
  }
  if (sentences.length === 0) return undefined;
  if (outcome === 'first') return { title: 'Nothing to read yet', sentences };
  const title =
    outcome === 'miss' ? `Why it missed, beside ${against(why, formats)}` : `Why only a part was read, beside ${against(why, formats)}`;
  const lost = lostText(why, formats);
  return { title, sentences: [...sentences, ...(causes.length > 1 ? [both] : []), ...text, ...(lost === '' ? [] : [lost])] };
};
