import type { NumberFormats } from '../figures/numbers';
import type { ProblemData } from '../prompt/problems';
import { shorten, volatileNames } from './problemNames';
import { describeTokens } from './tokensText';

/** What it costs that something varies before a cache point, and what to do. */
export const describeVolatile = (
  { what, text, every, grows, lost, extraUsd, checkpoints }: ProblemData['cache/volatile-prefix'],
  formats: NumberFormats,
): string => {
  const subject = what === 'variable' ? `The variable ${text} changes with each request` : `${volatileNames[what]} (${shorten(text)})`;
  const points = checkpoints.length === 1 ? `cache point ${checkpoints[0] ?? 1}` : `cache points ${checkpoints.join(', ')}`;
  const extra = extraUsd === undefined || extraUsd <= 0 ? undefined : formats.usd(extraUsd);
  if (every === 'day') {
    const daily = extra === undefined ? '' : `, for ${extra} more a day`;
    return `${subject} and stands before ${points}: the first call of each day writes ${describeTokens(lost, formats)} again${daily}. A date alone may stay; a time of day belongs after the cache point.`;
  }
  const money = extra === undefined ? '' : `, at an extra cost of ${extra} a call`;
  if (grows)
    return `The variable ${text} grows before ${points}, and an entry of the cache ends where a block ends: every call writes ${describeTokens(lost, formats)} and no call reads them${money}. Append what is new as a block or message of its own, or move it after the cache point.`;
  const inCode = what === 'readClock' || what === 'madeId' || what === 'given';
  const remedy = inCode
    ? 'Move it after the cache point.'
    : what === 'variable'
      ? 'Move it after the cache point, or declare that it does not vary.'
      : 'Move it after the cache point, or remember it as static if it never changes.';
  return `${subject} and stands before ${points}: every call writes ${describeTokens(lost, formats)} and no call reads them${money}. ${remedy}`;
};
