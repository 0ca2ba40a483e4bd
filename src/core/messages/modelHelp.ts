import type { NumberFormats } from '../figures/numbers';
import { sources as sourceTable } from '../models/sources';
import type { ModelEntry, Prices, Source } from '../models/types';

const lifecycleLine = ({ lifecycle }: ModelEntry): readonly string[] => {
  switch (lifecycle.kind) {
    case 'retired':
      return [`Retired${lifecycle.endOfLife === undefined ? '' : ` on ${lifecycle.endOfLife}`}: calls fail.`];
    case 'legacy':
      return [`Calls fail from ${lifecycle.endOfLife ?? 'a date to come'} on: take a newer model.`];
    case 'preview':
      return ['A preview.'];
    case 'gated':
      return ['By invitation only.'];
    case 'active':
      return [];
  }
};

/** What a model caches, in a few words: "caches from 1,024 tokens, 5m or 1h". */
export const cachingWords = ({ caching }: ModelEntry, formats: NumberFormats): string =>
  caching.kind === 'explicit'
    ? `caches from ${formats.tokens(caching.minimum.likely)} tokens, ${caching.ttls.join(' or ')}`
    : caching.kind === 'implicit'
      ? 'caches by itself, takes no cache points'
      : 'takes no cache points';

const perMillion = ({ input, output, cacheRead, cacheWrite5m, cacheWrite1h }: Prices, formats: NumberFormats): string => {
  const parts = [
    `input ${formats.usd(input)}`,
    ...(typeof cacheRead === 'number' ? [`cache read ${formats.usd(cacheRead)}`] : []),
    ...(typeof cacheWrite5m === 'number' ? [`write ${formats.usd(cacheWrite5m)}`] : []),
    ...(typeof cacheWrite1h === 'number' ? [`write for an hour ${formats.usd(cacheWrite1h)}`] : []),
    `output ${formats.usd(output)}`,
  ];
  return `A million tokens cost: ${parts.join(', ')}.`;
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** What a person should know of a model before naming it, a sentence each. `prices`: those of the profile, where they are known. */
export const modelHelp = (entry: ModelEntry, prices: Prices | undefined, formats: NumberFormats): readonly string[] => [
  ...lifecycleLine(entry),
  `${capital(cachingWords(entry, formats))}.${entry.caching.kind === 'explicit' ? ` At most ${formats.tokens(entry.caching.maxCheckpoints)} cache points, in: ${entry.caching.fields.join(', ')}.` : ''}`,
  `Reads up to ${formats.tokens(entry.contextWindow)} tokens and answers with up to ${formats.tokens(entry.maxOutputTokens)}.`,
  ...(prices === undefined ? [] : [perMillion(prices, formats)]),
];

const sourcesOf = (model: ModelEntry): readonly Source[] => model.sources.flatMap((key) => sourceTable[key] ?? []);

const compared = ({ checked, certainty }: ModelEntry): string =>
  `Limits and prices were compared with their sources on ${checked}; certainty: ${certainty}. Sources: `;

/** Where the figures of a model were read, and when they were compared. */
export const sourceLine = (model: ModelEntry): string =>
  `${compared(model)}${sourcesOf(model)
    .map(({ title, date }) => `${title} (${date})`)
    .join('; ')}.`;

/** The same as Markdown, with links; nothing for no model. All of it is our own text. */
export const sourceLinks = (model: ModelEntry | undefined): string => {
  if (model === undefined) return '';
  const links = sourcesOf(model).map(({ title, date, url }) => (url === undefined ? `${title} (${date})` : `[${title} (${date})](${url})`));
  return `${compared(model)}${links.join('; ')}.`;
};
