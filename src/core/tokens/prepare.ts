import { once } from '../text/once';

const beyondLatin1 = /[\u0100-\uffff]/;
const typographic = /[\u2018\u2019\u201c\u201d]/g;
/** Where composed and decomposed forms are: not among the dashes, quotes, arrows and other symbols that most texts have at most. */
const composable = /[\u0300-\u1fff\u2c00-\uffff]/;
/** Made when first needed: all of Unicode's marks take the engine a noticeable part of the time in which this code loads. */
const manyMarks = once(() => /\p{M}{40}/u);

/** The text as the vocabularies see it: composed (NFC), typographic quotes as ASCII ones; `quotes` says how many there were. */
export const prepare = (text: string): { readonly text: string; readonly quotes: number } => {
  if (!beyondLatin1.test(text)) return { text, quotes: 0 };
  let quotes = 0;
  // Composing long chains of marks takes quadratic time in the engine, and no vocabulary has tokens for them.
  const composed = composable.test(text) && !manyMarks().test(text) ? text.normalize('NFC') : text;
  const folded = composed.replace(typographic, (quote) => {
    quotes += 1;
    return quote < '\u201c' ? "'" : '"';
  });
  return { text: folded, quotes };
};
