import type { Prices } from '../models/types';
import type { FailureCode } from '../runs/failure';
import type { RunRecord } from '../runs/record';
import { costOfCall } from './callCost';

/** Failures after which no model has answered: nothing left, or the call was refused. */
const unbilled: ReadonlySet<FailureCode> = new Set<FailureCode>([
  'credentials',
  'signIn',
  'regionMissing',
  'accessDenied',
  'modelNotFound',
  'invalidRequest',
  'network',
  'tooDeep',
]);

const paidForOne = ({ usage, failure }: Pick<RunRecord, 'usage' | 'failure'>, prices: Prices | undefined): number | undefined => {
  if (usage !== undefined) return costOfCall(usage, prices).total?.high;
  return failure !== undefined && unbilled.has(failure.code) ? 0 : undefined;
};

/** What calls cost by their usage, in US dollars. `undefined`: one of them told none and may be billed, or a price is not known. */
export const paidFor = (records: readonly Pick<RunRecord, 'usage' | 'failure'>[], prices: Prices | undefined): number | undefined =>
  records.reduce<number | undefined>((sum, record) => {
    const paid = paidForOne(record, prices);
    return sum === undefined || paid === undefined ? undefined : sum + paid;
  }, 0);
