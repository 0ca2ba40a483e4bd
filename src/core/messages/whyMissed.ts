import type { NumberFormats } from '../figures/numbers';
import type { CacheField } from '../models/types';
import type { BlockAt, Cause, Change, Difference, PlacePart, RunWhy, SettingName } from '../runs/explanation';
import { visibleLine } from '../text/visible';

const fieldNames: { readonly [F in CacheField]: string } = { tools: 'the tools', system: 'the system text', messages: 'the messages' };

const settingNames: { readonly [S in SettingName]: string } = {
  toolChoice: 'the tool choice',
  citations: 'whether documents are cited',
  outputFormat: 'the output format',
  thinking: 'thinking',
  effort: 'effort',
  images: 'whether the request has an image',
  otherFields: 'the field additionalModelRequestFields',
};

const placeNames: { readonly [P in PlacePart]: string } = {
  service: 'service',
  region: 'Region',
  account: 'account',
  identity: 'identity',
  api: 'API',
};

const lifetimes: Readonly<Record<string, string>> = { '5m': '5 minutes', '30m': '30 minutes', '1h': 'an hour' };
const lifetimeText = (ttl: string): string => lifetimes[ttl] ?? visibleLine(ttl);

/** A block as a person counts: "block 2 of the system text", "message 3". */
export const blockName = ({ field, message, index }: BlockAt): string => {
  if (field === 'tools') return `tool ${index + 1}`;
  if (field === 'system') return `block ${index + 1} of the system text`;
  return index === 0 ? `message ${(message ?? 0) + 1}` : `block ${index + 1} of message ${(message ?? 0) + 1}`;
};

const ordered: { readonly [F in CacheField]: string } = { tools: 'the tools', system: 'the blocks', messages: 'the messages' };

const changeText = (at: BlockAt, how: Change): string => {
  switch (how) {
    case 'moved':
      return `${ordered[at.field]} stand in another order from ${blockName(at)} on`;
    case 'added':
      return `${blockName(at)} is new`;
    case 'removed':
      return `${blockName(at)} of the earlier call is gone`;
    case 'changed':
      return `${blockName(at)} is different`;
  }
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

const blocksText = (count: number, formats: NumberFormats): string => `${formats.tokens(count)} block${count === 1 ? '' : 's'}`;

const minutes = (ms: number, formats: NumberFormats): string => formats.duration(Math.max(0, ms));

/** One cause as a sentence, which begins with a capital letter. */
export const causeText = (cause: Cause, formats: NumberFormats): string => {
  switch (cause.kind) {
    case 'model_changed':
      return `The model changed from ${visibleLine(cause.was)} to ${visibleLine(cause.is)}: each model has a cache of its own.`;
    case 'tools_changed':
    case 'system_changed':
    case 'messages_changed':
      return `${capital(changeText(cause.at, cause.how))}, so nothing from there on could be read.`;
    case 'setting_changed':
      return `${capital(settingNames[cause.setting])} changed, so nothing from ${fieldNames[cause.from]} on could be read.`;
    case 'other_place':
      if (cause.part === 'account') return 'The call was made by another account, and each account has a cache of its own.';
      return cause.part === 'identity'
        ? 'The call was signed as somebody else, perhaps of another account: each account has a cache of its own.'
        : `The ${placeNames[cause.part]} changed from ${visibleLine(cause.was) || 'none named'} to ${visibleLine(cause.is) || 'none named'}, and the two share no cache.`;
    case 'expired':
      return `The entry had expired: it was last used ${minutes(cause.ageMs, formats)} earlier and lives for ${lifetimeText(cause.ttl)}.`;
    case 'ttl_changed':
      return `The earlier call cached it for ${lifetimeText(cause.was)}. With ${lifetimeText(cause.is)}, which this call asks for, it would still have been there.`;
    case 'below_minimum': {
      const figures = `it has about ${formats.tokens(cause.tokens)} tokens, and the model’s minimum is ${formats.tokens(cause.minimum)}`;
      return `The prefix is ${cause.certain ? '' : 'probably '}too short to be cached: ${figures}.`;
    }
    case 'marker_not_sent':
      return 'The request has no cache point, so nothing is read or written.';
    case 'moved_cache_point':
      return cause.is < cause.was
        ? `The last cache point moved up: it now stands after ${blocksText(cause.is, formats)}, the earlier call’s after ${formats.tokens(cause.was)}.`
        : `The cache point moved down: it now stands after ${blocksText(cause.is, formats)}, the earlier call’s after ${formats.tokens(cause.was)}, and this model does not look back.`;
    case 'lookback_exceeded':
      return `The nearest cache point stands ${blocksText(cause.blocks, formats)} after the earlier one, and the service looks back over ${formats.tokens(cause.window)}, the last one before the cache point included.`;
    case 'parallel_first_calls':
      return `This call left ${minutes(cause.aheadMs, formats)} too early: what the earlier call wrote can be read only once its answer has begun.`;
    case 'possible_eviction_or_region':
      return `Nothing here explains it: the prefix, the settings and the place are the same, and the entry had not expired. The service may have dropped it early${cause.profile === undefined ? '' : cause.profile === 'other' ? ', or another inference profile may have sent the call to another Region' : ', or the inference profile may have sent the call to another Region'}.`;
    case 'not_cached_before':
      return 'No remembered run of this prompt had cached anything that this one could read.';
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
  `The texts differ ${at === 0 ? 'from the first character on' : `after ${formats.tokens(at)} character${at === 1 ? '' : 's'}`}: “${visibleLine(was)}” became “${visibleLine(is)}”.`;

const against = ({ againstAt }: RunWhy, now: number, formats: NumberFormats): string =>
  againstAt === undefined ? 'the run before' : `the run of ${formats.moment(againstAt, now)}`;

/** What was lost, in tokens and money; empty where nothing was. */
export const lostText = ({ explanation: { lost, lostUsd } }: RunWhy, formats: NumberFormats): string => {
  if (lost <= 0) return '';
  const money = lostUsd === undefined ? '' : `; that cost ${formats.usdBand(lostUsd.low, lostUsd.high)} more than reading them`;
  return `Lost: ${formats.tokens(lost)} tokens that were cached and not read${money}.`;
};

export interface WhyText {
  readonly title: string;
  /** A sentence each, causes first. */
  readonly sentences: readonly string[];
}

const both = 'Each of these alone would have been enough.';

/** What the card of a run that began at `startedAt` says of why it did or did not read; `undefined` where there is nothing to add to its figures. */
export const whyText = (why: RunWhy, startedAt: number, formats: NumberFormats): WhyText | undefined => {
  const { outcome, causes, difference } = why.explanation;
  const sentences = causes.map((cause) => causeText(cause, formats));
  const text = why.text === undefined ? [] : [characterText(why.text, formats)];
  const other = against(why, startedAt, formats);
  if (outcome === 'hit') {
    if (difference === undefined) return undefined;
    const title = 'Read all that had been cached';
    return { title, sentences: [`The first difference from ${other}: ${differenceText(difference)}. It cost no read.`, ...text] };
  }
  if (sentences.length === 0) return undefined;
  if (outcome === 'first') return { title: 'Nothing to read yet', sentences };
  const title = `${outcome === 'miss' ? 'Why it missed' : 'Why only a part was read'}, compared with ${other}`;
  const lost = lostText(why, formats);
  return { title, sentences: [...sentences, ...(causes.length > 1 ? [both] : []), ...text, ...(lost === '' ? [] : [lost])] };
};
