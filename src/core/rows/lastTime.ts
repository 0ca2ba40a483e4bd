import { countTokensOf } from '../tokens/usage';
import type { BatchRecord, JobResult } from './journal';

/** What an earlier batch of the same prompt says of a row on a model. */
export interface LastTime {
  /** Is the answer the same, character for character? */
  readonly sameAnswer: boolean;
  /** Is what was sent the same? Else another prompt made the answer. */
  readonly sameCall: boolean;
  /** This time less last time; `undefined` where one is not known. */
  readonly output: number | undefined;
  readonly usd: number | undefined;
  /** The expectation was met then, or not. */
  readonly met: boolean | undefined;
}

const less = (a: number | undefined, b: number | undefined): number | undefined => (a === undefined || b === undefined ? undefined : a - b);

const outputOf = ({ usage }: JobResult): number | undefined => usage && countTokensOf(usage).output;

/** Finds, for a job of a batch, the same row on the same model in an earlier one. Rows are the same by their values. */
export const lastTimeOf = (earlier: BatchRecord | undefined): ((now: BatchRecord, job: number) => LastTime | undefined) => {
  const known = new Map<string, { readonly result: JobResult; readonly call: string | undefined }>();
  earlier?.batch.rows.forEach(({ key, calls }, row) =>
    earlier.batch.models.forEach(({ id }, model) => {
      const state = earlier.jobs[row * earlier.batch.models.length + model];
      if (state?.kind === 'done') known.set(`${key} ${id}`, { result: state.result, call: calls[model] });
    }),
  );
  return ({ batch, jobs }, job) => {
    const [row, model] = [batch.rows[Math.floor(job / batch.models.length)], batch.models[job % batch.models.length]];
    const state = jobs[job];
    const before = row && model && known.get(`${row.key} ${model.id}`);
    if (before === undefined || state?.kind !== 'done') return undefined;
    const { result } = state;
    return {
      sameAnswer: result.answer.hash === before.result.answer.hash,
      sameCall: row?.calls[job % batch.models.length] === before.call,
      output: less(outputOf(result), outputOf(before.result)),
      usd: less(result.usd, before.result.usd),
      met: before.result.met,
    };
  };
};
