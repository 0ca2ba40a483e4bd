import { assertNever } from '../text/assertNever';
import type { Change, Impact } from '../change/editImpact';
import type { CacheSetting } from '../cache/prefixSettings';
import type { CacheField } from '../models/types';
import type { NumberFormats } from '../figures/numbers';
import { describeTokens } from './tokensText';

/** What an edit is measured against. */
export type Baseline = 'run' | 'git';

const since: { readonly [B in Baseline]: string } = { run: 'the last run', git: 'Git HEAD' };

/** The line above the first difference: "This edit invalidates 8,412 cached tokens since the last run". */
export const impactTitle = ({ lostTokens }: Impact, baseline: Baseline, formats: NumberFormats): string =>
  `This edit invalidates ${formats.tokens(lostTokens.likely)} cached tokens since ${since[baseline]}`;

const fieldNames: { readonly [F in CacheField]: string } = { tools: 'the tools', system: 'the system text', messages: 'the messages' };

const settingSentences: { readonly [S in CacheSetting]: string } = {
  toolChoice: 'toolChoice changed, which is part of what the cache compares.',
  additionalModelRequestFields: 'additionalModelRequestFields changed, which can be part of what the cache compares.',
  outputConfig: 'outputConfig changed, which can be part of what the cache compares.',
  images: 'Images came in or were all taken out, which is part of what the cache compares for messages.',
  citations: 'Citations were switched on or off, which is part of what the cache compares from the system text on.',
};

const markerSentences: { readonly [H in Extract<Change, { kind: 'markers' }>['how']]: string } = {
  added: 'A cache point was added. Where it divides a text in two, what is sent changes from there on.',
  removed: 'A cache point was removed. What was written there is read only at a cache point.',
  moved: 'A cache point was moved. What was written at its earlier place is not read from the new one.',
  lifetime: 'Only the lifetime of a cache point changed. What is cached stays readable.',
};

const changeSentence = (change: Change): string => {
  switch (change.kind) {
    case 'none':
      return 'The request is the same as before.';
    case 'tail':
      return 'Only what comes after the cached prefix changed.';
    case 'model':
      return `The model changed from ${named(change.from)} to ${named(change.to)}. Each model, and each way of addressing it, has a cache of its own.`;
    case 'setting':
      return settingSentences[change.setting];
    case 'content':
      return `The first difference in the order Bedrock reads is here, in ${fieldNames[change.field]}.`;
    case 'bytes':
      return `The first difference is here, in ${fieldNames[change.field]}, and reads the same: white space, the order of members or the way a letter is written. The cache compares bytes.`;
    case 'markers':
      return markerSentences[change.how];
    default:
      return assertNever(change);
  }
};

const named = (id: string): string => (id === '' ? 'none' : id);

const rewriteSentence = ({ rewrite, lostTokens, change }: Impact, formats: NumberFormats): string => {
  switch (rewrite.kind) {
    case 'written': {
      const cost = formats.usdBand(rewrite.cost.likely, rewrite.cost.high);
      return change.kind === 'model'
        ? `The first call of the other model writes the cache again, for ${cost} once.`
        : `The next call writes ${formats.tokens(lostTokens.likely)} tokens again, for ${cost} once.`;
    }
    case 'uncached':
      return 'No cache point works any more, so they are paid in full with each call.';
    case 'unpriced':
      return 'What writing them again costs is not known for this model.';
    default:
      return assertNever(rewrite);
  }
};

const keptSentence = ({ keptTokens }: Impact, formats: NumberFormats): string =>
  keptTokens.likely === 0 ? 'Nothing of the earlier cache is read any more.' : `Still read: ${describeTokens(keptTokens, formats)}.`;

const lostSentence = ({ lost }: Impact): string => {
  const numbers = lost.map(({ number }) => number);
  const points =
    numbers.length === 1
      ? `cache point ${numbers.join('')}`
      : `cache points ${numbers.slice(0, -1).join(', ')} and ${numbers.at(-1) ?? ''}`;
  return `Not read any more: what was written at ${points}.`;
};

/** Title and paragraphs of the hover at the first difference. */
export const impactHover = (impact: Impact, baseline: Baseline, formats: NumberFormats): readonly string[] => [
  impactTitle(impact, baseline, formats),
  changeSentence(impact.change),
  `${lostSentence(impact)} ${keptSentence(impact, formats)}`,
  `Lost: ${describeTokens(impact.lostTokens, formats)}. ${rewriteSentence(impact, formats)}`,
];
