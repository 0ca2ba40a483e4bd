const isUpper = (code: number): boolean => code >= 0x41 && code <= 0x5a;
const isLower = (code: number): boolean => code >= 0x61 && code <= 0x7a;

/** How the word `text[start, end)` is written: 0 lower case, 1 capitalised, 2 capitals, 3 mixed, 4 with letters beyond ASCII. */
export const styleOf = (text: string, start: number, end: number): number => {
  let upper = 0;
  let lower = 0;
  for (let at = start; at < end; at += 1) {
    const code = text.charCodeAt(at);
    if (isUpper(code)) upper += 1;
    else if (isLower(code)) lower += 1;
    else return 4;
  }
  if (upper === 0) return 0;
  if (upper === 1 && isUpper(text.charCodeAt(start))) return 1;
  return lower === 0 ? 2 : 3;
};

/** Does a word beginning so use the weights that all vocabularies share? Latin letters are where vocabularies differ. */
export const isShared = (code: number): boolean =>
  code >= 0x370 && !(code >= 0x1e00 && code <= 0x1eff) && !(code >= 0x2c60 && code <= 0x2c7f);
