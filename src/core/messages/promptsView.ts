import type { NumberFormats } from '../figures/numbers';
import type { CacheField } from '../models/types';

/** What the view says of one prompt. */
export interface ToldPrompt {
  readonly title: string;
  /** The name of the model, else its id; empty where none is named. */
  readonly model: string;
  /** Likely tokens of the whole request. */
  readonly tokens: number;
  /** Parts are not known: there are at least so many. */
  readonly isOpen: boolean;
  /** Share of the tokens that a later call reads from the cache, from 0 to 1. */
  readonly cachedShare: number;
  readonly errors: number;
  readonly warnings: number;
}

const count = (amount: number, word: string, formats: NumberFormats): string =>
  `${formats.tokens(amount)} ${word}${amount === 1 ? '' : 's'}`;

const tokensText = ({ tokens, isOpen }: ToldPrompt, formats: NumberFormats): string =>
  `${isOpen ? 'at least ' : ''}${count(tokens, 'token', formats)}`;

const cachedText = ({ cachedShare }: ToldPrompt, formats: NumberFormats): string =>
  cachedShare > 0 ? `${formats.percent(cachedShare)} cached` : 'not cached';

const problemsText = ({ errors, warnings }: ToldPrompt, formats: NumberFormats): readonly string[] => [
  ...(errors === 0 ? [] : [count(errors, 'error', formats)]),
  ...(warnings === 0 ? [] : [count(warnings, 'warning', formats)]),
];

/** Beside the title of a prompt: "4,812 tokens · 89% cached · 1 warning · Claude Sonnet 4.5". */
export const rowDescription = (row: ToldPrompt, formats: NumberFormats): string =>
  [tokensText(row, formats), cachedText(row, formats), ...problemsText(row, formats), ...(row.model === '' ? [] : [row.model])].join(' · ');

/** What a screen reader says of a prompt. */
export const rowLabel = (row: ToldPrompt, path: string, formats: NumberFormats): string =>
  [
    `Prompt ${row.title} in ${path}`,
    row.model === '' ? 'no model named' : row.model,
    tokensText(row, formats),
    cachedText(row, formats),
    ...problemsText(row, formats),
  ].join(', ');

const fieldNames: { readonly [F in CacheField]: string } = { tools: 'tools', system: 'system text', messages: 'messages' };

export interface ToldPart {
  readonly field: CacheField;
  readonly name: string;
}

/** More parts than this are counted. */
const mostNamed = 3;

const partText = ({ field, name }: ToldPart): string => (name === '' ? fieldNames[field] : name);

const partsText = (parts: readonly ToldPart[]): string => {
  const named = parts.slice(0, mostNamed).map(partText);
  return [...named, ...(parts.length > mostNamed ? [`${parts.length - mostNamed} more`] : [])].join(' + ');
};

/** The title of a group: "4 calls share 3,100 tokens". */
export const groupTitle = (prompts: number, tokens: number, formats: NumberFormats): string =>
  tokens === 0
    ? `${count(prompts, 'prompt', formats)} begin nearly alike`
    : `${count(prompts, 'prompt', formats)} share ${count(tokens, 'token', formats)}`;

/** Beside it, what that is: "tools + policy.md". */
export const groupDescription = (parts: readonly ToldPart[]): string => partsText(parts);

/** What the tooltip of a group says. */
export const groupDetails = (tokens: number, parts: readonly ToldPart[]): string =>
  tokens === 0
    ? 'They share nothing in the cache: the cache compares whole blocks, and their first one differs. With the same block first, the others could read what one has written.'
    : `They begin with the same ${partsText(parts)}. Sent within its lifetime, what one of them has written up to a cache point after it is read by the others.`;

/** Fewer characters in common are no more than chance. */
const leastTold = 100;

/** The line that leads to the place where prompts part. */
export const partingTitle = (field: CacheField, common: number, formats: NumberFormats): string =>
  common < leastTold
    ? `They part at the ${fieldNames[field]}`
    : `They part after ${count(common, 'character', formats)} of the ${fieldNames[field]}`;

/** What its tooltip says; `a` and `b` name the two prompts. */
export const partingDetails = (a: string, b: string): string => `${a} and ${b} differ here first. Opens the second.`;

/** Above a text that code reads: "Read by answer in chat.py". */
export const readBy = (readers: readonly { readonly title: string; readonly file: string }[]): string => {
  const [first, ...others] = readers;
  if (first === undefined) return '';
  const more = others.length === 0 ? '' : ` and ${others.length} more`;
  return `Read by ${first.title} in ${first.file}${more}`;
};

export const viewNotes = {
  searching: (done: number, of: number, formats: NumberFormats) =>
    of === 0 ? 'Looking for prompts…' : `Looking for prompts: ${formats.tokens(done)} of ${count(of, 'file', formats)}…`,
  filtered: (text: string) => `Filtered by “${text}”`,
  noMatch: (text: string) => `No prompt matches “${text}”.`,
  stopped: 'The search was stopped. Refresh to look at all files.',
  failed: 'The prompts could not be read. The log says why.',
  open: 'Open',
  filterTitle: 'Filter Prompts',
  filterPrompt: 'Part of a title, a path or a model; empty shows all.',
} as const;
