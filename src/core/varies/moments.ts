/**
 * Dates and times as a clock prints them, in lower case. They count only after a word that says that they are of the present. Every repetition
 * is bounded, so that each attempt reads a bounded stretch of text. Names are looked up, not searched for: a pattern of all of them is slow.
 */
import { span, type Span } from '../text/span';
import { months, weekdays } from './tables';

/** The first three or four letters of a name, or two of a weekday, are its short forms. */
const beginningsOf = (words: readonly string[], lengths: readonly number[]): readonly string[] =>
  words.flatMap((name) => lengths.map((length) => name.slice(0, length)));

/** Names of months and their short forms, in all languages. */
const monthNames: ReadonlySet<string> = new Set([...months.split(' '), ...beginningsOf(months.split(' '), [3, 4, 5])]);
const weekdayNames: ReadonlySet<string> = new Set(weekdays.split(' '));
const weekdayShortNames: ReadonlySet<string> = new Set(beginningsOf([...weekdayNames], [2, 3, 4]));

const gap = '[^\\S\\n]{1,2}';
const year = '(?:19|20)\\d\\d';
const day = '(?:[12]\\d|3[01]|0?[1-9])(?!\\d)';
const ofMonth = '(?:1[0-2]|0?[1-9])';
const word = '[^\\s\\d.,;:!?()\\[\\]{}"\'’`*_|/<>=（）。、，-]';

const isoDate = `${year}[-/.][^\\S\\n]?${ofMonth}[-/.][^\\S\\n]?${day}(?:(?<=\\.[^\\S\\n]\\d{1,2})\\.)?`;
const compactDate = `${year}(?:1[0-2]|0[1-9])(?:[12]\\d|3[01]|0[1-9])(?!\\d)`;
const numericDate = `\\d{1,2}[./-][^\\S\\n]?\\d{1,2}[./-](?:[^\\S\\n]?${year}|\\d\\d)(?![\\d.]\\d)(?!\\d)`;
/** The numbers of Chinese, Japanese and Korean dates carry their units. */
const unitDate = `(?:(?:${year}|令和[^\\S\\n]?\\d{1,2})[年년][^\\S\\n]?)?${ofMonth}[月월][^\\S\\n]?\\d{1,2}[日号號일]`;
const dayAndMonth = `${day}(?:st|nd|rd|th|\\.?[ºª°]|er|\\.|:e)?(?:${gap}(?:(?:of|de)${gap}|d['’])?|-)(?<after>${word}{3,12})\\.?`;
const monthAndDay = `(?<before>${word}{3,12})\\.?${gap}${day}(?:st|nd|rd|th)?(?![a-z])`;
const yearAfter = `(?:(?:${gap}(?:del?[^\\S\\n])?|,[^\\S\\n]|-)${year}(?!\\d)(?:[^\\S\\n](?:года|г\\.|r\\.|roku))?)`;

const zone =
  '(?:[^\\S\\n]{0,2}(?:z|utc|gmt|ces?t|\\+\\d{2}:?\\d{2}|(?<=:\\d\\d:\\d\\d(?:[.,]\\d{1,9})?[^\\S\\n]{0,2})-\\d{2}:?\\d{2})(?![a-z\\d]))?';
const half = '(?:(?:午前|午後|上午|下午|早上|晚上|凌晨|中午|오전|오후)[^\\S\\n]?)?';
const clockTime = [
  `\\d{1,2}(?:[^\\S\\n]?[h:：][^\\S\\n]?)\\d{2}(?::\\d{2}(?:[.,]\\d{1,9})?)?(?!\\d)(?:[^\\S\\n]{0,2}(?:[ap]\\.?m\\b\\.?|(?:uhr|uur)\\b))?${zone}`,
  `\\d{1,2}[^\\S\\n]?[ap]\\.?m\\b\\.?`,
  `\\d{1,2}[時时点點시](?:[^\\S\\n]?(?:\\d{1,2}[分분](?:[^\\S\\n]?\\d{1,2}[秒초])?|半))?`,
  `(?:kl|klo|klokken|klockan)\\.?[^\\S\\n]?\\d{1,2}[.:]\\d{2}(?!\\.?\\d)`,
  `\\d{1,2}\\.\\d{2}[^\\S\\n]?(?:uur|uhr)\\b`,
].join('|');
const time = `${half}(?:${clockTime})`;
const joins = 'at|um|à|a las?|(?:alle )?ore|alle|às|om|o|o godz\\.|godz\\.|godzina|kl\\.?|klockan|klo|в|saat|ve saat|et il est|الساعة';
const between = `(?:t|[,，、]?[^\\S\\n]{0,2}(?:[-–—(（|/][^\\S\\n]?)?(?:(?:${joins})${gap})?)`;

const sticky = (source: string): RegExp => new RegExp(source, 'y');

const numbers = sticky(`(?:${isoDate}|${compactDate}|${numericDate}|${unitDate})`);
const named = sticky(`(?:${dayAndMonth}|${monthAndDay})(?<year>${yearAfter})?`);
const weekdayBefore = sticky(`(${word}{2,14}(?:-feira)?)\\.?,?${gap}(?:(?:the|den|der|dem|le|el|il|het|dia|día)${gap})?`);
const weekdayBehind = sticky(
  `[,，、]?[^\\S\\n]{0,2}[(（]?(?:(${word}{3,14})|[月火水木金土日][曜]日|(?:星期|[周週]).|[월화수목금토일]요일|[月火水木金土日월화수목금토일](?=[)）]))[)）]?`,
);
const timeOnly = sticky(time);
const timeBehind = sticky(`${between}${time}`);
const onDate = sticky(`,?${gap}(?:(?:on|del?|di|am|le|den)${gap})?`);
/** Seconds or milliseconds since 1970, between 2017 and 2033. */
const epoch = sticky('1[5-9]\\d{8}(?:\\d{3})?(?:\\.\\d{1,9})?\\b');
const weekdayAlone = sticky(`(${word}{3,14}(?:-feira)?)`);
const ofEnglishMonth = sticky(`${gap}the${gap}${day}(?:st|nd|rd|th)${gap}of${gap}(${word}{3,12})`);
const unspacedWeekday = sticky('[月火水木金土日]曜日|(?:星期|[周週]|礼拜)[一二三四五六日天]|[월화수목금토일]요일');

const match = (pattern: RegExp, low: string, at: number): RegExpExecArray | null => {
  pattern.lastIndex = at;
  return pattern.exec(low);
};

/** Where a match ends, or where it would have begun. */
const past = (pattern: RegExp, low: string, at: number, isName: (name: string) => boolean = () => true): number => {
  const found = match(pattern, low, at);
  return found !== null && (found[1] === undefined || isName(found[1])) ? pattern.lastIndex : at;
};

const isWeekday = (name: string): boolean => weekdayNames.has(name);
const isWeekdayForm = (name: string): boolean => weekdayNames.has(name) || weekdayShortNames.has(name);

/** What a clock prints. */
export interface Moment {
  readonly kind: 'date' | 'time' | 'epoch';
  readonly end: number;
  /** A date together with a time of day. */
  readonly whole: boolean;
}

interface DateFound {
  readonly end: number;
  readonly hasYear: boolean;
}

/** A date, with its weekday before or after it. */
const dateFrom = (low: string, start: number): DateFound | undefined => {
  const at = past(weekdayBefore, low, start, isWeekdayForm);
  let end = past(numbers, low, at);
  let hasYear = true;
  if (end === at) {
    const groups = match(named, low, at)?.groups;
    if (groups === undefined || !monthNames.has(groups['after'] ?? groups['before'] ?? '')) return undefined;
    end = named.lastIndex;
    hasYear = groups['year'] !== undefined;
  }
  return { end: past(weekdayBehind, low, end, isWeekday), hasYear };
};

const digitOrLetter = /[^\s!-/:-@[-`{-~]/y;

const firstWord = sticky(`(${word}{2,14}(?:-feira)?)`);
const otherBeginning = /^(?:午|上|下|早|晚|凌|中|오|令|klo?$|星期|[周週礼月火水木金土日화수목토])/;

/** A quick look: does a number stand here, or a word that a date or time can begin with? */
const mayBegin = (low: string, at: number): boolean => {
  if (match(digitOrLetter, low, at) === null) return false;
  const name = match(firstWord, low, at)?.[1];
  return name === undefined || isWeekdayForm(name) || monthNames.has(name) || otherBeginning.test(name);
};

/** A date with its year, a time, both, or seconds since 1970, at this place of the text. */
export const momentAt = (low: string, start: number): Moment | undefined => {
  if (!mayBegin(low, start)) return undefined;
  const date = dateFrom(low, start);
  if (date !== undefined) {
    const end = past(timeBehind, low, date.end);
    if (end > date.end) return { kind: 'time', end, whole: true };
    return date.hasYear ? { kind: 'date', end, whole: false } : undefined;
  }
  const at = past(weekdayBefore, low, start, isWeekdayForm);
  const end = past(timeOnly, low, at);
  if (end > at) {
    const on = past(onDate, low, end);
    const dateBehind = on === end ? undefined : dateFrom(low, on);
    return { kind: 'time', end: dateBehind?.end ?? end, whole: dateBehind !== undefined };
  }
  const seconds = past(epoch, low, start);
  return seconds === start ? undefined : { kind: 'epoch', end: seconds, whole: false };
};

/** Where the date stands in a text that is a date with a time of day, in lower case; `undefined`: it is something else. */
export const dateWithin = (low: string): Span | undefined => {
  const first = dateFrom(low, 0);
  if (first !== undefined) return first.hasYear && past(timeBehind, low, first.end) > first.end ? span(0, first.end) : undefined;
  const on = past(onDate, low, past(timeOnly, low, 0));
  const second = on === 0 ? undefined : dateFrom(low, on);
  return second?.hasYear === true ? span(on, second.end) : undefined;
};

/** The end of a weekday or a day of a month: parts of many phrases, that count after a sign or a verb only. -1: there is none. */
export const dayEnd = (low: string, start: number): number => {
  if (!mayBegin(low, start)) return -1;
  const date = dateFrom(low, start);
  if (date !== undefined) return date.end;
  const unspaced = past(unspacedWeekday, low, start);
  if (unspaced > start) return unspaced;
  const end = past(weekdayAlone, low, start, isWeekday);
  if (end === start || /['’]/.test(low[end] ?? '')) return -1;
  return past(ofEnglishMonth, low, end, (name) => monthNames.has(name));
};

/** Where a date begins that ends at `end`, but for a space; -1: none does. */
export const dateBefore = (low: string, end: number): number => {
  const window = Math.max(0, end - 48);
  const from = window + low.slice(window, end).lastIndexOf('\n') + 1;
  for (let at = from; at < end; at += 1) {
    if (at > from && match(digitOrLetter, low, at - 1) !== null) continue;
    const moment = momentAt(low, at);
    if (moment !== undefined && moment.kind !== 'epoch' && moment.end <= end && low.slice(moment.end, end).trim() === '') return at;
  }
  return -1;
};

/** With a dot for a colon, as Nordic clocks print. */
export const dottedTime = sticky('\\d{1,2}\\.\\d{2}(?!\\.?\\d)');

/** Behind a value: a second one makes a span of time of it, an arrow an example, a postposition a date from or until which something holds. */
export const spanAfter =
  /[^\S\n]{0,2}(?:[-–—~〜～]|to\b|bis\b|à|a las|a\b|alle\b|às\b|até\b|tot\b|till\b|til\b|do\b|до|から|至|到|부터)[^\S\n]{0,2}\d{1,4}(?:[^\S\n]?[:.h/時时点點시年-]|[^\S\n]?(?:am|pm|uhr|uur)\b)|(?:[^\S\n]|です)?(?:부터|까지|이전|이후|から|まで|より|以降|以前|起|之前|之后|前|后|後)|[^\n]{0,40}?(?:->|→|=>|⇒)/y;
/** Behind a value, in languages that put the word of supposition last. */
export const supposedAfter =
  /[^\n。.]{0,6}(?:とする|とします|だとし|と仮定|なら|だったら|가정|이면|라면|ise(?![a-zçğıöşü])|olduğunu|olsa)/y;
