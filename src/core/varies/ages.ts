/** Dates and ages that are of the moment of the prompt by what stands behind or before them. */
import { endOf, everyOne, textOf, type Read, type VolatileText } from './found';
import { dateBefore } from './moments';
import { todayBehind } from './nowWords';
import { contextAt, isQuoted, tellsOfOther } from './volatileContext';

/** "14 October 2026 (today)" */
export const addDatesBefore = ({ low }: Read, found: VolatileText[]): void => {
  for (const { start: index } of everyOne(todayBehind, low)) {
    const start = dateBefore(low, index);
    if (start === -1) continue;
    const context = contextAt(low, start);
    if (!tellsOfOther(context) && !isQuoted(context)) found.push(textOf('date', start, index));
  }
};

/** "12 seconds ago" is of the moment of the prompt, when it tells of the latest of something. */
const duration =
  /\d{1,3} ?(?:sek|sec|seg|min|hor|hour|heure|stund|or[ae]|uur|uren|godz|час|мин|сек|saat|dakika|saniye|دق|ساع|ثا|मिनट|घंट|timm|秒|分|時間|小时|초|분|시간)[^\s\d.,;:前전]{0,7}/g;
const agoBefore = /(?:vor|il y a|hace|há|för|قبل) $/;
const agoBehind = / (?:ago|fa|geleden|temu|назад|önce|पहले|sedan)(?![a-z])| ?[前전]/y;
const latest =
  /\b(?:last|latest|previous|most recent)\b|letzte|dernière?|últim|ultim|laatste|ostatni|последн|最後|最新|上一|上次|마지막|최근|\bson |senaste|آخر|पिछल|actuali[sz]ad|atualizad|aggiornat|aktualisiert|bijgewerkt|zaktualizowan|обновл|更新/;

export const addAges = ({ low }: Read, found: VolatileText[]): void => {
  for (const { start, end } of everyOne(duration, low)) {
    const behind = endOf(agoBehind, low, end);
    if (behind === -1 && !agoBefore.test(low.slice(Math.max(0, start - 7), start))) continue;
    const context = contextAt(low, start);
    if (latest.test(context.sentence.slice(-60)) && !tellsOfOther(context)) found.push(textOf('time', start, Math.max(behind, end)));
  }
};
