/** Places of the shape features; the fitted weights are stored in this order. Their amount is 1 unless the comment says otherwise. */

/** 10 × 5: what stood before, how the word is written. */
export const word = 0;
/** 10 × 6 × 2: what stood before, what follows, one character or more. */
export const punct = 50;
/** 10 × 4: what stood before, one digit, two, three, more. */
export const digitsAfter = 170;
/** 6 × 4: the same by what follows. */
export const digitsBefore = 210;
/** Amount: groups of three digits. */
export const digitGroup = 234;
/** Typographic quotes, which are read as the ASCII ones. */
export const quote = 235;
/** Amount: carriage returns. */
export const carriage = 236;
/** 10 × 6: a single space inside a line, by what stands before and after it. */
export const oneSpace = 237;
/** 6: two or more spaces inside a line, by what follows. */
export const gap = 297;
/** 6: the same, by length (2, 4, 8, 16, 32 and more). */
export const gapLength = 303;
/** Tabs inside a line. */
export const tabs = 309;
/** Amount: tabs after the first. */
export const moreTabs = 310;
/** Amount: characters of a blank run that is neither all spaces nor all tabs. */
export const otherBlank = 311;
/** 4 × 6: one, two, three, four or more newlines, by what follows. */
export const newlines = 312;
/** Amount: sixteens of newlines. */
export const moreNewlines = 336;
/** 10: a line end, by what stands before it. */
export const lineEnd = 337;
/** 6 × 2: blanks at the start of a line, by what follows, one character or more. */
export const indent = 347;
/** 24: spaces at the start of a line, by their number. */
export const indentSpaces = 359;
/** Amount: sixteens of spaces at the start of a line that are begun after the first: each sixteen is one token in all vocabularies. */
export const moreIndentSpaces = 383;
/** 8: tabs at the start of a line, by their number. */
export const indentTabs = 384;
/** Amount: tabs beyond. */
export const moreIndentTabs = 392;
/** 33: ASCII punctuation after blanks at the start of a line, by its first character, and any other. */
export const indentMark = 393;
/** 10 × 6: a symbol that stands alone, by what stood before and what follows. */
export const symbol = 426;
/** The same for ideographs and syllables, which stand side by side in running text. */
export const ideograph = 486;
export const count = 546;
