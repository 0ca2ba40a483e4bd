import { plus, type Band } from '../figures/band';
import { countTokensOf, mentionsCache } from '../tokens/usage';
import type { StoredRun } from './stored';

/** What the runs of one prompt sum up to. */
export interface PromptTotals {
  readonly subject: string;
  /** As it was called in its newest run. */
  readonly file: string;
  readonly document?: string | undefined;
  readonly promptId?: string | undefined;
  readonly runs: number;
  readonly failed: number;
  /** Start of the oldest and of the newest run, in milliseconds since 1970. */
  readonly oldest: number;
  readonly newest: number;
  /** Tokens of all runs; `prompt` of those alone in which the service mentioned the cache, for the hit rate. */
  readonly read: number;
  readonly written: number;
  readonly input: number;
  readonly output: number;
  readonly prompt: number;
  /** US dollars of those whose price is known, and how many the others are. */
  readonly usd: Band;
  readonly unpriced: number;
  /** How many were answered by an emulator, and cost nothing. */
  readonly simulated: number;
}

const noCost: Band = { low: 0, likely: 0, high: 0 };

const totalsOfRun = (run: StoredRun): PromptTotals => {
  const counts = run.usage && countTokensOf(run.usage);
  const reportsCache = counts !== undefined && mentionsCache(counts);
  return {
    subject: run.subject,
    file: run.file,
    document: run.prompt?.document,
    promptId: run.prompt?.id,
    runs: 1,
    failed: run.state === 'failed' ? 1 : 0,
    oldest: run.startedAt,
    newest: run.startedAt,
    read: counts?.read ?? 0,
    written: counts?.written ?? 0,
    input: counts?.input ?? 0,
    output: counts?.output ?? 0,
    prompt: reportsCache ? (counts.prompt ?? 0) : 0,
    usd: run.usd ?? noCost,
    unpriced: run.usage !== undefined && run.usd === undefined ? 1 : 0,
    simulated: run.service === 'emulator' ? 1 : 0,
  };
};

const added = (a: PromptTotals, b: PromptTotals): PromptTotals => {
  const { subject, file, document, promptId } = a.newest >= b.newest ? a : b;
  return {
    subject,
    file,
    document,
    promptId,
    runs: a.runs + b.runs,
    failed: a.failed + b.failed,
    oldest: Math.min(a.oldest, b.oldest),
    newest: Math.max(a.newest, b.newest),
    read: a.read + b.read,
    written: a.written + b.written,
    input: a.input + b.input,
    output: a.output + b.output,
    prompt: a.prompt + b.prompt,
    usd: plus(a.usd, b.usd),
    unpriced: a.unpriced + b.unpriced,
    simulated: a.simulated + b.simulated,
  };
};

/** Totals of several files as one, the prompt that ran last first. */
export const mergeTotals = (lists: Iterable<readonly PromptTotals[]>): readonly PromptTotals[] => {
  const bySubject = new Map<string, PromptTotals>();
  for (const list of lists)
    for (const one of list) {
      const before = bySubject.get(one.subject);
      bySubject.set(one.subject, before === undefined ? one : added(before, one));
    }
  return [...bySubject.values()].sort((a, b) => b.newest - a.newest);
};

/** Totals of runs by their prompts. */
export const totalsOf = (runs: readonly StoredRun[]): readonly PromptTotals[] => mergeTotals(runs.map((run) => [totalsOfRun(run)]));

/** Share of the prompts' tokens that was read from the cache, 0 … 1; `undefined` where no service said anything of it. */
export const hitRateOfTotals = ({ read, prompt }: PromptTotals): number | undefined => (prompt > 0 ? read / prompt : undefined);
