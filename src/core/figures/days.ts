/** Days of the Gregorian calendar, as ISO dates; core has no clock. */

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;

/** A running number of days, by which dates are as far apart as they are; `undefined` for what is no date. */
const dayNumber = (iso: string): number | undefined => {
  const [, year, month, day] = (datePattern.exec(iso) ?? []).map(Number);
  if (year === undefined || month === undefined || day === undefined) return undefined;
  // Years are counted from March, so that the day that some of them have more comes last.
  const y = month > 2 ? year : year - 1;
  const fromMarch = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day;
  return 365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + fromMarch;
};

/** Days from one ISO date to another; `undefined` where one of them is none. */
export const daysBetween = (from: string, to: string): number | undefined => {
  const [first, last] = [dayNumber(from), dayNumber(to)];
  return first === undefined || last === undefined ? undefined : last - first;
};

const dayMs = 86_400_000;

/** Days from an ISO date to a moment, in milliseconds since 1970, by UTC. */
export const daysUntil = (from: string, epochMs: number): number | undefined => {
  const since1970 = daysBetween(from, '1970-01-01');
  return since1970 === undefined || !Number.isFinite(epochMs) ? undefined : since1970 + Math.floor(epochMs / dayMs);
};
