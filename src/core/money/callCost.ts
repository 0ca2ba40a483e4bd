import type { Prices } from '../models/types';
import { countTokensOf, type TokenCounts, type Usage } from '../tokens/usage';
import { billOf, type Bill, type CallTokens, type Usd } from './bill';

/** What a measured call cost by its price list. `undefined`: a price is not known, or the tokens were not reported. */
export interface CallCost extends Bill {
  /** The same tokens, all of the prompt at the input price. */
  readonly withoutCaching: Usd | undefined;
  /** Without caching minus this call; negative where a write cost more than it gave back. */
  readonly saved: Usd | undefined;
  /** As a share of the cost without caching, both as the price list has them. */
  readonly savedShare: number | undefined;
}

/** Lifetime of a checkpoint that names none. Source: Bedrock user guide, prompt caching, read 2026-11. */
const usualTtl = '5m';

/** Amounts too small to divide by have no share. */
const shareOf = (part: number, whole: number): number | undefined => {
  const share = part / whole;
  return whole > 0 && Number.isFinite(share) ? share : undefined;
};

/** Written tokens by lifetime; what the service did not break down has the default lifetime. */
const writesOf = ({ writes }: Usage, written: number, defaultTtl: string): Record<string, number> => {
  const byTtl: Record<string, number> = {};
  const add = (ttl: string, tokens: number): void => void (byTtl[ttl] = (byTtl[ttl] ?? 0) + tokens);
  const listed = writes.filter(({ tokens }) => Number.isSafeInteger(tokens) && tokens > 0);
  const rest = written - listed.reduce((sum, { tokens }) => sum + tokens, 0);
  // Where the lifetimes claim more than the sum, the sum is believed.
  if (rest < 0) add(listed[0]?.ttl ?? defaultTtl, written);
  else for (const { ttl, tokens } of [...listed, { ttl: defaultTtl, tokens: rest }]) add(ttl, tokens);
  return byTtl;
};

const tokensOf = (usage: Usage, { read = 0, written = 0, input = 0, output = 0 }: TokenCounts, defaultTtl: string): CallTokens => ({
  read,
  write: writesOf(usage, written, defaultTtl),
  input,
  output,
});

const minus = (a: Usd, b: Usd): Usd => ({ low: a.low - b.high, likely: a.likely - b.likely, high: a.high - b.low });

/** Prices one measured call. Tokens of the cache that the reply did not mention count as none. */
export const costOfCall = (usage: Usage, prices: Prices | undefined, defaultTtl: string = usualTtl): CallCost => {
  const counts = countTokensOf(usage);
  const bill = billOf(tokensOf(usage, counts, defaultTtl), prices);
  const all = billOf({ read: 0, write: {}, input: counts.prompt ?? 0, output: counts.output ?? 0 }, prices);
  const reported = counts.input !== undefined && counts.output !== undefined;
  const [total, withoutCaching] = reported ? [bill.total, all.total] : [];
  const saved = total && withoutCaching && minus(withoutCaching, total);
  return {
    read: counts.read === undefined ? undefined : bill.read,
    written: counts.written === undefined ? undefined : bill.written,
    input: counts.input === undefined ? undefined : bill.input,
    output: counts.output === undefined ? undefined : bill.output,
    total,
    withoutCaching,
    saved,
    savedShare: saved && withoutCaching && shareOf(saved.likely, withoutCaching.likely),
    missing: [...new Set([...all.missing, ...bill.missing])],
  };
};
