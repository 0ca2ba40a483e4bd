import { once } from '../text/once';

/** Characters beyond ASCII that vocabularies join with their neighbors as they do ASCII punctuation (seen in counted runs, 2026-11). */
const joining = '—→•（·།│–─…«§£└»°═€−†█√';

/** What the scanner does with a UTF-16 code unit; the values index nothing outside this folder. */
export const letter = 1;
export const digit = 2;
export const punctuation = 3;
export const space = 4;
export const newline = 5;
/** Counted one by one: ideographs, Hangul, marks that are not alphabetic, symbols, control characters. */
export const single = 6;
/** First half of a surrogate pair, or a lone half. */
export const surrogate = 7;

/** Made when first needed, because all of Unicode takes milliseconds to be made ready and many prompts are ASCII. */
const beyondAscii = once(() => ({
  alphabetic: /\p{Alphabetic}/u,
  oneByOne: /[\p{Script=Han}\p{Script=Hangul}]/u,
  blank: /[\t\u000b\f \u00a0\u2000-\u200a\u2028\u2029\u3000]/,
}));

const asciiClass = (code: number): number => {
  if (code === 0x20 || (code >= 9 && code <= 12)) return space;
  if (code >= 0x30 && code <= 0x39) return digit;
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a)) return letter;
  return code > 0x20 ? punctuation : single;
};

const classify = (code: number): number => {
  if (code === 10 || code === 13) return newline;
  if (code >= 0xd800 && code <= 0xdfff) return surrogate;
  if (code < 0x7f) return asciiClass(code);
  const char = String.fromCharCode(code);
  const { alphabetic, oneByOne, blank } = beyondAscii();
  if (blank.test(char)) return space;
  if (joining.includes(char)) return punctuation;
  if (alphabetic.test(char)) return oneByOne.test(char) ? single : letter;
  return single;
};

/** Classes by code unit, or 0: filled as characters are met, since asking the engine about all of Unicode at once would cost more than a whole estimate. */
export const kindByCode = new Uint8Array(0x10000);

/** The class of one UTF-16 code unit. */
export const classOf = (code: number): number => {
  const found = kindByCode[code] ?? single;
  return found !== 0 ? found : (kindByCode[code] = classify(code));
};
