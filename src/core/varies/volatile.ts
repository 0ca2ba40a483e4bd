import type { VolatileKind } from '../prompt/problems';
import { builtIn, clockCode } from './clockCode';
import { hexValue, idCue, knownExample, thingCue, tokenValue, ulidValue, uuidValue } from './idWords';
import { dateValue, epochValue, nowCue, openingCue, timeValue } from './nowWords';
import { contextAt, isQuoted, isShownCode, opens, tellsOfOther } from './volatileContext';

/** Something in a literal text that looks made for one request. Offsets are in that text. */
export interface VolatileText {
  readonly kind: VolatileKind;
  readonly start: number;
  readonly end: number;
}

/*
 * A value alone says little: a contract has its dates, an example its UUIDs. So a cue must stand before it on the same line that says the
 * value is of this moment or this request, and nothing before the cue may say that the line is a log, an example or a supposition. No pattern
 * crosses a line end, so that a text may be searched in pieces cut there.
 * Precision matters more than recall: a false alarm teaches people to look away.
 */

/** What may stand between a cue and its value: a parenthesis, then a colon, an equals sign, a copula or a tag's end. */
const nowGap =
  /["']?(?:[^\S\n]{0,2}\([\p{L} ]{1,16}\))?(?:\*{1,2})?(?:[^\S\n]{0,2}(?:[:=>]|,|\(|(?:is|ist|est|es|\u00e8|\u00e9|on|at)\b)){0,2}\*{0,2}[^\S\n]{0,3}["'`]?(?:(?:the|le|il|el|der|den)[^\S\n])?/iuy;
/** After an identifier's name a sign is needed unless the value itself can be nothing else. */
const signGap = /\*{0,2}[^\S\n]{0,2}(?:[:=>]|\bis\b)\*{0,2}[^\S\n]{0,3}["'`]?/iuy;
const spaceGap = /[^\S\n]{1,2}/uy;
/** A key of JSON: part of a sample more often than not. */
const isKey = (text: string, start: number, end: number): boolean => text[start - 1] === '"' && text[end] === '"';

const endOf = (pattern: RegExp, text: string, at: number): number => {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : -1;
};

const moments: readonly (readonly [VolatileKind, RegExp])[] = [
  ['time', timeValue],
  ['date', dateValue],
  ['epoch', epochValue],
];

const firstOf = (kinds: readonly (readonly [VolatileKind, RegExp])[], text: string, start: number): VolatileText | undefined => {
  for (const [kind, pattern] of kinds) {
    const end = endOf(pattern, text, start);
    if (end > start) return { kind, start, end };
  }
  return undefined;
};

const momentAfter = (text: string, cueStart: number, cueEnd: number): VolatileText | undefined => {
  const start = endOf(nowGap, text, cueEnd);
  const found = start <= cueEnd ? undefined : firstOf(moments, text, start);
  if (found === undefined) return undefined;
  const context = contextAt(text, cueStart);
  if (tellsOfOther(context) || (isQuoted(context) && !isKey(text, cueStart, cueEnd))) return undefined;
  return found;
};

/** Only a value with a date and a time, or a number of seconds, is surely of the moment behind a word such as "timestamp". */
const openingAfter = (text: string, cueStart: number, cueEnd: number): VolatileText | undefined => {
  if (text[cueStart - 1] === '"' || !opens(contextAt(text, cueStart))) return undefined;
  const found = momentAfter(text, cueStart, cueEnd);
  const rest = found === undefined ? '' : text.slice(found.end, found.end + 24);
  return /^[^\n]{0,23}\b[a-z]{1,12}=/i.test(rest) ? undefined : found;
};

const ids: readonly (readonly [VolatileKind, RegExp])[] = [
  ['uuid', uuidValue],
  ['hexId', hexValue],
  ['requestId', ulidValue],
];

const ofThis = /\b(?:this|dieser)\b/i;

/** A token of letters counts as an identifier when it holds some digits. */
const tokenAt = (text: string, start: number): VolatileText | undefined => {
  const end = endOf(tokenValue, text, start);
  if (end <= start) return undefined;
  const digits = text.slice(start, end).replace(/\D/g, '').length;
  return digits >= 3 ? { kind: 'requestId', start, end } : undefined;
};

const idAfter = (text: string, cueStart: number, cueEnd: number, named: boolean): VolatileText | undefined => {
  if (isKey(text, cueStart, cueEnd)) return undefined;
  const signed = endOf(signGap, text, cueEnd);
  const spaced = named && signed === -1 ? endOf(spaceGap, text, cueEnd) : -1;
  const start = Math.max(signed, spaced);
  if (start === -1) return undefined;
  const mayBeToken = named && (signed !== -1 || text[cueEnd - 1] === '.');
  const sure = firstOf(ids, text, start);
  const found = sure ?? (mayBeToken ? tokenAt(text, start) : undefined);
  if (found === undefined || knownExample.test(text.slice(found.start, found.start + 9))) return undefined;
  const context = contextAt(text, cueStart);
  // A word with digits may be any number of a document, unless the line does nothing but give it.
  if (sure === undefined && !opens(context) && !ofThis.test(text.slice(cueStart, cueEnd))) return undefined;
  return tellsOfOther(context) || isQuoted(context) || isShownCode(context) ? undefined : found;
};

/** One cheap look decides which of the searches need to be made at all: most text has no cue. */
const momentWords =
  /today|current|right now|now|date|time|this (?:prompt|message|request|context|call)|epoch|\bts\b|generated|rendered|request|it(?: is|['\u2019]s) \d|heut|aktuell|jetzt|gerade|nous sommes|maintenant|heure|actuel|hoy|fecha|hora|oggi|odierna|attuale|hoje|atual|vandaag|\bnu\b|aujourd|huidige|dag|dagens|t\u00e4n\u00e4\u00e4n|data|dzisiaj|dnes/i;
const idWords =
  /request|session|trace|span|correlation|conversation|invocation|interaction|transaction|thread|run|call|message|nonce|-?id\b/i;
const clockSigns = /\{|<%=|\$\(/;
const digit = /\d/;

type After = (text: string, start: number, end: number) => VolatileText | undefined;

function* afterCues(text: string, cue: RegExp, after: After): Generator<VolatileText> {
  for (const match of text.matchAll(cue)) {
    const found = after(text, match.index, match.index + match[0].length);
    if (found !== undefined) yield found;
  }
}

function* clocks(text: string): Generator<VolatileText> {
  for (const match of text.matchAll(builtIn))
    if (text[match.index - 1] !== '`') yield { kind: 'clock', start: match.index, end: match.index + match[0].length };
  for (const match of text.matchAll(clockCode)) {
    const context = contextAt(text, match.index);
    if (!isQuoted(context) && !isShownCode(context)) yield { kind: 'clock', start: match.index, end: match.index + match[0].length };
  }
}

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

/** Everything in the text that looks made for one request, in order, without overlaps. Linear in the text. */
export const findVolatile = (text: string): readonly VolatileText[] => {
  const found: VolatileText[] = [];
  if (clockSigns.test(text)) found.push(...clocks(text));
  if (momentWords.test(text)) {
    found.push(...afterCues(text, nowCue, momentAfter));
    if (digit.test(text)) found.push(...afterCues(text, openingCue, openingAfter));
  }
  if (digit.test(text) && idWords.test(text)) {
    found.push(...afterCues(text, idCue, (all, start, end) => idAfter(all, start, end, true)));
    found.push(...afterCues(text, thingCue, (all, start, end) => idAfter(all, start, end, false)));
  }
  return withoutOverlaps(found);
};
