import { judgeSpending, ledgerLine, readLedger, type DaySpending, type PlannedCost, type SpendingVerdict } from '../../core/money/spending';
import type { Log } from '../workspace/log';
import type { LedgerPort } from '../ports';
import type { SettingsReader } from '../workspace/settings';

/** A planned sum that is counted; what it was in the end takes its place. */
export interface Booking {
  /** What the calls cost; `undefined`: not known, so that the planned sum stays. A job that sent nothing cost 0. */
  settle(usd: number | undefined): Promise<void>;
}

/** What today's calls cost, over all windows of the editor. */
export interface Spending {
  /** What is counted of today. */
  today(): Promise<DaySpending>;
  /** May these calls be made, and is the person asked first? Counts nothing. */
  judge(planned: PlannedCost): Promise<SpendingVerdict>;
  /**
   * Counts a planned sum before anything is sent. `undefined`: the day would pass its limit (another window may have been quicker), and nothing is
   * counted.
   */
  book(planned: PlannedCost): Promise<Booking | undefined>;
}

export interface SpendingDeps {
  readonly ledger: LedgerPort;
  readonly settings: Pick<SettingsReader, 'read'>;
  readonly log: Pick<Log, 'warn'>;
  /** A text that no other window makes. */
  readonly window: string;
  readonly now?: () => Date;
}

/** The day of a person's calendar, as `2026-11-28`. */
const dayOf = (date: Date): string =>
  [date.getFullYear(), date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0')).join('-');

export const createSpending = ({ ledger, settings, log, window, now = () => new Date() }: SpendingDeps): Spending => {
  let booked = 0;
  // A disk that refuses must not end runs: a limit that cannot be kept is said in the log.
  const tolerant = async <T>(work: Promise<T>, otherwise: T): Promise<T> => {
    try {
      return await work;
    } catch (error) {
      log.warn(`What today’s runs cost could not be kept: ${error instanceof Error ? error.message : String(error)}`);
      return otherwise;
    }
  };
  const spentOn = async (day: string): Promise<DaySpending> => readLedger(await tolerant(ledger.read(day), ''));
  const limits = () => settings.read();
  return {
    today: () => spentOn(dayOf(now())),
    judge: async (planned) => judgeSpending(planned, await spentOn(dayOf(now())), limits()),
    async book(planned) {
      const day = dayOf(now());
      const id = `${window}-${(booked += 1)}`;
      const write = (usd: number | undefined) => tolerant(ledger.append(day, ledgerLine({ id, usd })), undefined);
      // Written first and judged then: of two windows that book at once at least one sees both sums.
      await write(planned.usd);
      const { usd, unpriced } = await spentOn(day);
      const before = { usd: usd - (planned.usd ?? 0), unpriced: unpriced - (planned.usd === undefined ? 1 : 0) };
      if (judgeSpending(planned, before, limits()).kind === 'overLimit') {
        await write(0);
        return undefined;
      }
      return { settle: async (cost) => (cost === undefined ? undefined : write(cost)) };
    },
  };
};
