import type { ByteTrouble } from '../prompt/problems';

/** Characters that look like others with other bytes. Offsets are in the text as it is sent. */
export interface Trouble {
  readonly what: ByteTrouble;
  readonly start: number;
  readonly end: number;
}

const patterns: readonly { readonly what: ByteTrouble; readonly pattern: RegExp }[] = [
  { what: 'trailingSpace', pattern: /(?<![ \t])[ \t]+(?=\n)/g },
  { what: 'carriageReturn', pattern: /\r\n?/g },
  { what: 'notComposed', pattern: /[^\u0300-\u036f][\u0300-\u036f]+/gu },
  { what: 'byteOrderMark', pattern: /\ufeff/g },
];

/** One look decides whether the slower search is needed: most text has none of it. */
const suspicious = /[ \t]\n|[\r\u0300-\u036f\ufeff]/;

/** What the characters look like when every machine writes them alike. */
export const usualForm = (what: ByteTrouble, found: string): string =>
  what === 'carriageReturn' ? '\n' : what === 'notComposed' ? found.normalize('NFC') : '';

/** All such characters of a text, in order. Some marks have no composed form: there is but one way to write those. */
export const findTroubles = (text: string): readonly Trouble[] => {
  if (!suspicious.test(text)) return [];
  return patterns
    .flatMap(({ what, pattern }) =>
      [...text.matchAll(pattern)]
        .filter(([found]) => usualForm(what, found) !== found)
        .map(({ 0: found, index }): Trouble => ({ what, start: index, end: index + found.length })),
    )
    .sort((a, b) => a.start - b.start);
};
