import type { NumberFormats } from '../figures/numbers';
import { amountOf, type Traffic } from '../prompt/traffic';

/** How often a prompt is called, in words. */

/** A rate of calls with as many digits as are useful: "60", "2.9", "0.75". */
export const describeRate = (amount: number, formats: NumberFormats): string =>
  amount >= 9.95 || amount === 0 || !Number.isFinite(amount) ? formats.tokens(amount) : String(Number(amount.toPrecision(2)));

/** "1 call", "20 calls". */
export const plural = (count: string, one: string, many: string): string => `${count} ${count === '1' ? one : many}`;

/** "60 calls an hour", or "20 calls within 30 minutes". */
export const describeAmount = (amount: number, traffic: Traffic, formats: NumberFormats): string => {
  const calls = plural(describeRate(amount, formats), 'call', 'calls');
  return traffic.kind === 'poisson'
    ? `${calls} an hour`
    : `${calls} within ${plural(describeRate(traffic.minutes, formats), 'minute', 'minutes')}`;
};

/** "at 60 calls an hour", or "for 20 calls within 30 minutes". */
export const describeTraffic = (traffic: Traffic, formats: NumberFormats): string =>
  `${traffic.kind === 'poisson' ? 'at' : 'for'} ${describeAmount(amountOf(traffic), traffic, formats)}`;
