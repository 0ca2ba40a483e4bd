/** What stands between a word that says that the present follows and its value. All patterns read lower case. */
import { today } from './tables';
import { letters } from './words';

/** "(today)", after a date. */
export const todayBehind = new RegExp(`[(\uff08](?:${today})[)\uff09]`, 'g');

/** What may stand between a cue and its value: a parenthesis, a place, then signs or a verb, then an article. `\p{L}` would take ten milliseconds to compile. */
const word = '[^\\s\\d.,;:!?\'"()（）\\[\\]{}|/\\\\<>=*+-]';
export const nowGap = new RegExp(
  [
    `["'’]?(?:[^\\S\\n]{0,2}[(（](?:${word}{1,20}/${word}{1,20}|(?:${word}| ){1,16}|[a-z]{1,4}(?:[/.: -]{1,2}[a-z]{1,4}){1,5})(?:[+-]\\d{1,2}(?::\\d\\d)?)?[)）])?[*_]{0,2}`,
    `(?:[^\\S\\n](?:in|en|à|em|w|i|в)[^\\S\\n]${word}{2,20}(?=[^\\S\\n](?:is|ist|est|es|è|é|är|er|jest)[^\\S\\n]|[^\\S\\n]?[:=：]))?`,
    `(?:[^\\S\\n]{0,2}(?:[:=>：＝,，、(（|]|[-–—](?=[^\\S\\n])|(?:is|ist|est|es|è|é|är|er|on|at|это)(?![${letters}\\d]))){0,3}`,
    `[*_]{0,2}[^\\S\\n]{0,3}["'\`「]?`,
    `(?:(?:the|le|il|el|der|den|dem|am|al|het|det|dia|día|as|las|la|les|um|om|kl\\.?|klo|ore|den|godzina|saat|jest)[^\\S\\n]{1,2}){0,2}`,
  ].join(''),
  'y',
);

/** Does the cue itself end in what ties a value to it? */
export const tiesValue =
  /(?:is|['’]s|ist|es|der|den|det|le|est|son|a|è|é|il|al|el|dia|día|het|är|er|jest|mamy|to|on|は|が|是|为|為|은|는|[：:])$/u;
