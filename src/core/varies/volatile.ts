import type { VolatileKind } from '../prompt/problems';
import { addAges, addDatesBefore } from './ages';
import { builtIn, clockCode } from './clockCode';
import { cuesIn, type Cue } from './cues';
import { clockOf, endOf, lowered, textOf, type Read, type VolatileText } from './found';
import { hexValue, isPrefixed, knownExample, looksGenerated, tokenValue, ulidValue, uuidValue } from './idShapes';
import { dayEnd, dottedTime, momentAt, spanAfter, supposedAfter } from './moments';
import { nowGap, tiesValue } from './nowWords';
import { anyPlaceholder, asksFor, closes, explains, isPlace, namedPlaceholder, standsAsValue } from './placeholders';
import { contextAt, headsLine, isQuoted, isShownCode, opensLine, shownFences, standsInMail, tellsOfOther } from './volatileContext';

/** What a search of one stretch of text brings. */
export interface Search {
  /** In order, without overlaps. */
  readonly found: readonly VolatileText[];
  /** Where the last line begins, when it is a heading whose value may stand in what follows the text. */
  readonly heading: number | undefined;
}

/*
 * A value alone says little: a contract has its dates, an example its UUIDs. So a cue must stand before it that says the value is of this moment
 * or this request, on the same line or as a heading above it, and nothing before the cue may say that the line is a log, an example or a
 * supposition. Precision matters more than recall: a false alarm teaches people to look away.
 */

const ids: readonly (readonly [VolatileKind, RegExp])[] = [
  ['uuid', uuidValue],
  ['hexId', hexValue],
  ['requestId', ulidValue],
];

/** A name in braces where a value is due. */
const placeAt = (read: Read, start: number, cue: Cue): VolatileText | undefined => {
  const end = endOf(anyPlaceholder, read.low, start);
  if (end <= start || !isPlace(read.text.slice(start, end))) return undefined;
  const context = contextAt(read.low, cue.start);
  const isTold = isShownCode(context) || explains.test(context.sentence) || asksFor.test(context.sentence);
  return isTold ? undefined : clockOf(read, start, end);
};

const clauseEnd = /[^\S\n]{0,2}(?:[.,;!)\]}。，、）]|です|입니다|\r?(?:\n|$))/uy;
/** Another statement, and not another time. */
const goesOn = /[^\S\n](?:and|und|et|y|e|en|och|og|i|ja)[^\S\n](?!\d)/y;
const logMember = /[^\n]{0,23}\b[a-z]{1,12}=/y;

/** Does a date without a time, or a time without a date, say nothing after it? */
const needsBoth = ({ sort }: Cue): boolean => sort === 'stamps' || sort === 'labels';

/** What a clock prints, or a place for it. */
const printedAt = (read: Read, cue: Cue, start: number): VolatileText | undefined => {
  const { low } = read;
  const endsClause = (end: number): boolean =>
    endOf(clauseEnd, low, end) !== -1 || (cue.sort === 'states' && endOf(goesOn, low, end) !== -1);
  const moment = momentAt(low, start);
  if (moment !== undefined) {
    const isSure = moment.whole || moment.kind === 'epoch' || (cue.sort === 'states' ? endsClause(moment.end) : !needsBoth(cue));
    if (isSure) return textOf(moment.kind, start, moment.end);
  }
  if (needsBoth(cue)) return undefined;
  const name = low.slice(cue.start, cue.end);
  const day = dayEnd(low, start);
  const tied = cue.sort !== 'states' && (tiesValue.test(name) || /[^\s,(*]/.test(low.slice(cue.end, start)));
  if (day > start && (tied || endsClause(day))) return textOf('date', start, day);
  const dotted = /tid|klock|klokk|kello/.test(name) ? endOf(dottedTime, low, start) : -1;
  return dotted === -1 ? undefined : textOf('time', start, dotted);
};

/** A member of a record, as YAML writes data: its name is one word. */
const recordStart = /^(?:\s+|\s*-\s+)$/;
const oneWord = /^[^\s_-]+$/;

/** A cue at the opening is needed but for words that say enough wherever they stand. */
const mayCount = ({ low }: Read, { start, end, sort }: Cue): boolean => {
  const context = contextAt(low, start);
  if (tellsOfOther(context)) return false;
  if (sort === 'now') return !isQuoted(context) || (low[start - 1] === '"' && low[end] === '"');
  if (low[start - 1] === '"' || !opensLine(context) || isQuoted(context)) return false;
  return !oneWord.test(low.slice(start, end)) || !(recordStart.test(context.before) || standsInMail(low, start));
};

/** Nothing else stands on the line of such a value. */
const lineEnd = /["*_`'\])|]{0,4}[^\S\n]{0,2}(?:\p{L}{1,5}|[(（][^()（）\n]{1,30}[)）]|<\/[\w-]{1,30}>)?[.。]?[^\S\n]{0,4}(?=\n|$)/uy;

/** What makes a label of a bare name. */
const labelSign = /["*_'`]{0,3}[^\S\n]{0,2}[:=>|\uff1a]/y;

const momentAfter = (read: Read, cue: Cue): VolatileText | undefined => {
  if (cue.sort === 'labels' && endOf(labelSign, read.low, cue.end) === -1) return undefined;
  const start = endOf(nowGap, read.low, cue.end);
  // A form that the answer is to fill has "Date: [date]".
  const found = printedAt(read, cue, start) ?? (cue.sort === 'labels' ? undefined : placeAt(read, start, cue));
  if (found === undefined || !mayCount(read, cue)) return undefined;
  // "Time: 2016-10-26, 10:00, room 4" is an appointment.
  if (cue.sort === 'labels' && endOf(lineEnd, read.low, found.end) === -1) return undefined;
  if (endOf(spanAfter, read.low, found.end) !== -1 || endOf(supposedAfter, read.low, found.end) !== -1) return undefined;
  return cue.sort !== 'now' && endOf(logMember, read.low, found.end) !== -1 ? undefined : found;
};

/** A key of JSON: part of a sample more often than not. */
const isKey = (text: string, start: number, end: number): boolean => text[start - 1] === '"' && text[end] === '"';
/** After an identifier's name a sign is needed unless the value itself can be nothing else. */
const signGap = /\*{0,2}[^\S\n]{0,2}(?:[:：=>]|\bis\b)\*{0,2}[^\S\n]{0,3}["'`]?/y;
const spaceGap = /[^\S\n]{1,2}/y;
/** Words for a number need no sign behind them. */
const endsAsNumber = /[.°º№]$| nr$/;
const ofThis = /\b(?:this|dieser)\b/;

const sureIdAt = (low: string, start: number): VolatileText | undefined => {
  for (const [kind, pattern] of ids) {
    const end = endOf(pattern, low, start);
    if (end > start) return textOf(kind, start, end);
  }
  return undefined;
};

/** A word with digits may be any number of a document, unless the line does nothing but give it. */
const tokenAt = (low: string, cue: Cue, start: number): VolatileText | undefined => {
  const end = endOf(tokenValue, low, start);
  if (end <= start) return undefined;
  const token = low.slice(start, end);
  const isOne =
    cue.sort === 'id' ? token.replace(/\D/g, '').length >= 3 || isPrefixed(token) : looksGenerated(token, low.slice(cue.start, cue.end));
  return isOne ? textOf('requestId', start, end) : undefined;
};

const idAfter = ({ low }: Read, cue: Cue): VolatileText | undefined => {
  const { start, end, sort } = cue;
  if (isKey(low, start, end)) return undefined;
  const signed = endOf(signGap, low, end);
  // Behind the name of a thing alone, most often in a sentence, a sign is needed in any case.
  if (signed === -1 && sort === 'thing' && low[end - 1] !== '.' && !low.slice(start, end).includes(' ')) return undefined;
  const at = signed === -1 ? endOf(spaceGap, low, end) : signed;
  if (at === -1) return undefined;
  const sure = signed !== -1 || sort === 'id' || / /.test(low.slice(start, end)) ? sureIdAt(low, at) : undefined;
  const found = sure ?? (signed !== -1 || endsAsNumber.test(low.slice(start, end)) ? tokenAt(low, cue, at) : undefined);
  if (found === undefined || knownExample.test(low.slice(at, at + 9))) return undefined;
  const context = contextAt(low, start);
  if (sure === undefined && !opensLine(context) && !ofThis.test(low.slice(start, end))) return undefined;
  return tellsOfOther(context) || isQuoted(context) || isShownCode(context) ? undefined : found;
};

/** The rest of a heading, the line break, perhaps a line of dashes or an empty one, and signs before the value. */
const toNextLine =
  /(?:[^\S\n]{0,2}[(（][^()（）\n]{1,24}[)）])?["*_:：>\]】)=-]{0,6}[^\S\n]{0,4}(?:\n[=-]{3,40}[^\S\n]{0,2})?(?:\n[^\S\n]{0,4}){1,2}[>*`"'([|•_-]{0,4}[^\S\n]{0,3}/y;
const toTextEnd = /(?:[^\S\n]{0,2}[(（][^()（）\n]{1,24}[)）])?["*_:：>\]】)=-]{0,6}[^\S\n]{0,4}$/y;

const belowHeading = (read: Read, cue: Cue): VolatileText | undefined => {
  const { low } = read;
  const start = endOf(toNextLine, low, cue.end);
  if (start === -1) return undefined;
  const found =
    cue.sort === 'id' ? (sureIdAt(low, start) ?? tokenAt(low, cue, start)) : (printedAt(read, cue, start) ?? placeAt(read, start, cue));
  if (found === undefined || endOf(lineEnd, low, found.end) === -1) return undefined;
  return headsLine(contextAt(low, cue.start)) ? found : undefined;
};

const headingAt = (low: string, { start }: Cue): number | undefined => {
  const context = contextAt(low, start);
  return headsLine(context) ? start - context.before.length : undefined;
};

const isCode = (read: Read, index: number): boolean => {
  const context = contextAt(read.low, index);
  return !isQuoted(context) && !isShownCode(context);
};

/** `$session_id` stands in code that prompts show; a template that is to be filled has capitals. */
const isBare = /^\$\w*[a-z]/;

const isLeftover = ({ text, low }: Read, index: number, end: number): boolean => {
  if (!closes(low.slice(index, end)) || isBare.test(text.slice(index, end))) return false;
  const context = contextAt(low, index);
  const around = context.sentence + text.slice(end, end + 40).split('\n', 1)[0];
  const isTold = isQuoted(context) || isShownCode(context) || tellsOfOther(context) || explains.test(around);
  return !isTold && standsAsValue(context.before);
};

/** What clocks and places for their values look like, each with what must be true of one that counts. */
const clocks: readonly {
  readonly pattern: RegExp;
  readonly side: keyof Read;
  readonly counts: (read: Read, start: number, end: number) => boolean;
}[] = [
  { pattern: builtIn, side: 'text', counts: ({ text }, start) => text[start - 1] !== '`' },
  { pattern: clockCode, side: 'text', counts: isCode },
  { pattern: namedPlaceholder, side: 'low', counts: isLeftover },
];

/** The characters that one of them can begin with, where what follows can follow it. */
const beginning =
  /\{(?=[a-zA-Z_{%$ \t\x80-\uffff])|\$(?=[a-zA-Z_{(\x80-\uffff])|[#@](?=[{\x80-\uffff])|%(?=[a-zA-Z_(\x80-\uffff])|\[(?=[a-zA-Z_[\x80-\uffff])|<(?=[%<?\x80-\uffff])|_(?=[_\x80-\uffff])/g;

const addClocks = (read: Read, found: VolatileText[]): void => {
  /** Where the latest of each kind ended. */
  const done = clocks.map(() => 0);
  beginning.lastIndex = 0;
  while (beginning.test(read.text)) {
    // One character is found.
    const start = beginning.lastIndex - 1;
    clocks.forEach(({ pattern, side, counts }, at) => {
      const end = start < (done[at] ?? 0) ? -1 : endOf(pattern, read[side], start);
      if (end === -1) return;
      done[at] = end;
      if (counts(read, start, end)) found.push(clockOf(read, start, end));
    });
  }
};

const withoutOverlaps = (found: readonly VolatileText[]): readonly VolatileText[] => {
  const kept: VolatileText[] = [];
  let end = -1;
  for (const item of [...found].sort((a, b) => a.start - b.start || b.end - a.end)) {
    if (item.start < end) continue;
    kept.push(item);
    ({ end } = item);
  }
  return kept;
};

/** Searches a text for what looks made for one request. Linear in the text. */
export const searchVolatile = (text: string): Search => {
  const read: Read = { text, low: lowered(text) };
  const found: VolatileText[] = [];
  let heading: number | undefined;
  addClocks(read, found);
  for (const cue of cuesIn(read.low)) {
    const isId = cue.sort === 'id' || cue.sort === 'thing';
    const value = (isId ? idAfter : momentAfter)(read, cue) ?? (cue.sort === 'thing' ? undefined : belowHeading(read, cue));
    if (value !== undefined) found.push(value);
    else if (cue.sort !== 'thing' && endOf(toTextEnd, read.low, cue.end) !== -1) heading ??= headingAt(read.low, cue);
  }
  addDatesBefore(read, found);
  addAges(read, found);
  if (found.length === 0) return { found, heading };
  const shown = shownFences(read.low);
  const counts = found.filter(({ start }) => !shown.some((fence) => fence.start <= start && start < fence.end));
  return { found: withoutOverlaps(counts), heading };
};

/** Everything in the text that looks made for one request. */
export const findVolatile = (text: string): readonly VolatileText[] => searchVolatile(text).found;
