import type { Usd } from '../money/bill';
import { costOfCall } from '../money/callCost';
import { countTokensOf, type Usage } from '../tokens/usage';
import type { StoredRun } from './stored';

/** The same call with so many tokens more read, which it wrote or paid in full. */
const withRead = (usage: Usage, tokens: number): Usage => {
  const { read = 0, written = 0, input = 0 } = countTokensOf(usage);
  const unwritten = Math.min(written, tokens);
  let left = unwritten;
  const writes = usage.writes.map(({ ttl, tokens: own }) => {
    const taken = Math.min(own, left);
    left -= taken;
    return { ttl, tokens: own - taken };
  });
  const unpaid = Math.min(input, tokens - unwritten);
  return { ...usage, cacheRead: read + unwritten + unpaid, cacheWrite: written - unwritten, writes, input: input - unpaid };
};

/** What a call paid more than if it had read so many more tokens, in US dollars; `undefined` where no price is known, or it is nothing. */
export const usdOfLost = ({ usage, prices, caching }: StoredRun, tokens: number): Usd | undefined => {
  if (usage === undefined || tokens <= 0) return undefined;
  const usualTtl = caching?.kind === 'explicit' ? caching.defaultTtl : undefined;
  const [paid, due] = [costOfCall(usage, prices, usualTtl).total, costOfCall(withRead(usage, Math.round(tokens)), prices, usualTtl).total];
  if (paid === undefined || due === undefined || paid.likely <= due.likely) return undefined;
  // Both ends of a price on which sources disagree belong to both sums.
  const more = [paid.low - due.low, paid.likely - due.likely, paid.high - due.high].map((usd) => Math.max(0, usd)) as [
    number,
    number,
    number,
  ];
  return { low: Math.min(...more), likely: more[1], high: Math.max(...more) };
};
