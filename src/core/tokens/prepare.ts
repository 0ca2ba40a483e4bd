import { once } from '../text/once';

const beyondLatin1 = /[\u0100-\uffff]/;
const typographic = /[\u2018\u2019\u201c\u201d]/g;
/**
 * Letters and marks that composing can change, and some more. Cyrillic, kana, Han, Hangul and emoji are the same afterwards as long as none of these is
 * among them; dashes, quotes, arrows and other symbols stay as they are.
 */
const composable =
  /[\u0300-\u0374\u037e\u0387\u0483-\u1fff\u2c00-\u2fff\u302a-\u302f\u3099\u309a\ua66f-\uabff\ud7a4-\ud83b\ud83f-\udbff\ue000-\uffff]/;
/** As many marks as that are among letters of which each can be one, and few texts have so many of those one after the other. */
const manySuspects = /[^\0-\u02ff\u0370-\u0482\u2000-\u20cf\u3100-\ua66e\uac00-\ud7ff]{40}/;
/** Made when first needed: all of Unicode's marks take the engine a noticeable part of the time in which a first prompt is read. */
const manyMarks = once(() => /\p{M}{40}/u);

const hasManyMarks = (text: string): boolean => manySuspects.test(text) && manyMarks().test(text);

/** The text as the vocabularies see it: composed (NFC), typographic quotes as ASCII ones; `quotes` says how many there were. */
export const prepare = (text: string): { readonly text: string; readonly quotes: number } => {
  if (!beyondLatin1.test(text)) return { text, quotes: 0 };
  let quotes = 0;
  // Composing long chains of marks takes quadratic time in the engine, and no vocabulary has tokens for them.
  const composed = composable.test(text) && !hasManyMarks(text) ? text.normalize('NFC') : text;
  const folded = composed.replace(typographic, (quote) => {
    quotes += 1;
    return quote < '\u201c' ? "'" : '"';
  });
  return { text: folded, quotes };
};
