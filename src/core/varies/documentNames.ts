import { isRecord, type Json } from '../text/json';
import type { VolatileText } from './found';

/** Names of all documents in a value; a model reads them as part of the prompt. */
const namesIn = (value: Json | undefined): readonly string[] => {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'document' ? [...nameOf(inner), ...namesIn(inner)] : namesIn(inner)));
};

const nameOf = (document: Json | undefined): readonly string[] => {
  if (!isRecord(document)) return [];
  const { name } = document;
  return typeof name === 'string' ? [name] : [];
};

/** The names of the documents in a block with this member. */
export const documentNames = (member: string, value: Json): ReadonlySet<string> =>
  new Set(member === 'document' ? [...nameOf(value), ...namesIn(value)] : namesIn(value));

const date = '(?:19|20)\\d\\d[-_. ]?(?:1[0-2]|0[1-9])[-_. ]?(?:[12]\\d|3[01]|0[1-9])';
const shapes: readonly (readonly [VolatileText['kind'], RegExp])[] = [
  ['uuid', /(?<![\da-f])[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}(?![\da-f])/i],
  ['time', new RegExp(`(?<!\\d)${date}[-_. tT(]{0,2}(?:[01]\\d|2[0-3])[-_. h:]?[0-5]\\d(?:[-_. :]?[0-5]\\d\\d{0,6})?z?(?!\\d)`, 'i')],
  ['epoch', /(?<![\d.])1[5-9]\d{8}(?:\d{3})?(?!\d)/],
  // Long, or with letters and digits mixed as no word or number mixes them.
  ['hexId', /(?<![\p{L}\d])(?=[\da-f]*\d)(?=[\da-f]*[a-f])[\da-f]{16,64}(?![\p{L}\d])/iu],
  ['hexId', /(?<![\p{L}\d])(?=(?:\d*[a-f]+\d+){2}|(?:[a-f]*\d+[a-f]+){2})[\da-f]{8,15}(?![\p{L}\d])/iu],
  ['requestId', /(?<![\p{L}\d])tmp[a-z\d_]{8}(?![\p{L}\d])/u],
];

/** Longer names are refused by the service. */
const longest = 200;

/** What in a document's name is made for each upload: an identifier, or a date with a time. A date alone names a fixed edition. */
export const volatileInName = (name: string): readonly VolatileText[] => {
  for (const [kind, shape] of shapes) {
    const match = shape.exec(name.slice(0, longest));
    if (match !== null) return [{ kind, start: match.index, end: match.index + match[0].length, every: 'request' }];
  }
  return [];
};
