/** What may be spent in a day over all windows, and when a person is asked first. Amounts are US dollars. */

/** One line of a day's ledger: what one job may cost, and, by a later line with the same id, what it did cost. */
export interface SpendingEntry {
  readonly id: string;
  /** `undefined`: no price is known. */
  readonly usd: number | undefined;
}

/** What is counted of a day so far. */
export interface DaySpending {
  readonly usd: number;
  /** Jobs whose price is not known: they are in no sum. */
  readonly unpriced: number;
}

/** What calls may cost by the estimate, all together. */
export interface PlannedCost {
  readonly calls: number;
  /** `undefined`: no price is known that a workspace did not name. */
  readonly usd: number | undefined;
}

/** Limits of a person's own settings. */
export interface SpendingLimits {
  /** Calls that may cost more than this together are asked about. */
  readonly confirmAboveUsd: number;
  /** No more than this a day; 0: no limit. */
  readonly dailyLimitUsd: number;
}

export type SpendingVerdict =
  | { readonly kind: 'go' }
  | { readonly kind: 'ask'; readonly why: 'cost' | 'unknownPrice' }
  /** With this the day would cost more than its limit. */
  | { readonly kind: 'overLimit'; readonly spent: DaySpending; readonly limitUsd: number };

const amountOf = (usd: number | undefined): number => (usd !== undefined && Number.isFinite(usd) ? Math.max(0, usd) : 0);

/** A sum of decimal prices is not exact; a thousandth of a cent is nobody's limit. */
const exceeds = (usd: number, limit: number): boolean => usd > limit + 1e-5;

/** May these calls be made after what the day has cost, and is a person asked first? */
export const judgeSpending = (planned: PlannedCost, spent: DaySpending, limits: SpendingLimits): SpendingVerdict => {
  const { confirmAboveUsd, dailyLimitUsd } = limits;
  const all = amountOf(spent.usd) + amountOf(planned.usd);
  // A day that is used up is closed for calls of an unknown price as well.
  const isOver = exceeds(all, dailyLimitUsd) || (planned.usd === undefined && all >= dailyLimitUsd);
  if (dailyLimitUsd > 0 && isOver) return { kind: 'overLimit', spent, limitUsd: dailyLimitUsd };
  if (planned.usd === undefined) return { kind: 'ask', why: 'unknownPrice' };
  return exceeds(planned.usd, confirmAboveUsd) ? { kind: 'ask', why: 'cost' } : { kind: 'go' };
};

/** One line of the ledger; what ends it also begins it, so that a line that was cut off spoils no other. */
export const ledgerLine = ({ id, usd }: SpendingEntry): string => `\n${JSON.stringify({ id, usd: usd ?? null })}\n`;

const entryOf = (line: string): SpendingEntry | undefined => {
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null || !('id' in value) || !('usd' in value)) return undefined;
    const { id, usd } = value;
    if (typeof id !== 'string' || (usd !== null && typeof usd !== 'number')) return undefined;
    return { id, usd: usd ?? undefined };
  } catch {
    return undefined;
  }
};

/** What a ledger adds up to: the last line of each job counts. Total: a line that cannot be read is none. */
export const readLedger = (text: string): DaySpending => {
  const jobs = new Map<string, number | undefined>();
  for (const line of text.split('\n')) {
    const entry = line === '' ? undefined : entryOf(line);
    if (entry !== undefined) jobs.set(entry.id, entry.usd);
  }
  const amounts = [...jobs.values()];
  return {
    usd: amounts.reduce<number>((sum, usd) => sum + amountOf(usd), 0),
    unpriced: amounts.filter((usd) => usd === undefined).length,
  };
};
