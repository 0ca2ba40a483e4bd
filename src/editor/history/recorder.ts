import type { PromptAnalysis } from '../../core/analysis';
import { explain } from '../../core/history/explain';
import { fingerprintOf } from '../../core/history/fingerprint';
import { maskedTexts } from '../../core/history/masked';
import { storedRun, type StoredRun } from '../../core/history/stored';
import { textDifference } from '../../core/history/textDifference';
import type { ConverseRequest } from '../../core/request/types';
import { blockIn, type Cause, type Explanation, type RunWhy } from '../../core/runs/explanation';
import type { RunRecord } from '../../core/runs/record';
import { recent } from '../../core/text/recent';
import { movedRun, type MoveKey } from '../movedKeys';
import type { EnginePort, HistoryFolder } from '../ports';
import type { SentRun } from '../runs/runJob';
import { blockAt } from './blockAt';
import type { RunHistory } from './runHistory';

/** Runs that a new one is compared with. */
const compared = 200;
/** Requests of this session that are kept in memory. */
const requestsInMemory = 50;

export interface RecorderDeps {
  readonly engine: EnginePort;
  readonly history: RunHistory;
  readonly folder: HistoryFolder;
  readonly keepsTexts: () => boolean;
  /** Characters of requests that are kept of one batch: a thousand times the same prompt would leave no room for other runs. */
  readonly mostOfBatch: () => number;
}

/** Rules that find what a cause comes from where no block of the prompt does. */
const rulesByCause: { readonly [K in Cause['kind']]?: readonly string[] } = {
  below_minimum: ['cache/below-minimum'],
  lookback_exceeded: ['cache/look-back'],
  marker_not_sent: ['cache/missing', 'cache/dialect'],
  expired: ['cache/ttl-choice'],
  moved_cache_point: ['cache/last-turn', 'cache/nothing-before'],
};

/** The first problem of a prompt that a rule can fix and that led to a cause. */
export const fixFor = (explanation: Explanation, analysis: PromptAnalysis, engine: EnginePort) => {
  const codes = new Set<string>(explanation.causes.flatMap(({ kind }) => rulesByCause[kind] ?? []));
  const at = explanation.causes.length === 0 ? undefined : blockIn(explanation);
  const block = at && blockAt(analysis, at);
  for (const problem of analysis.problems) {
    const inside = block !== undefined && problem.span.start >= block.span.start && problem.span.end <= block.span.end;
    if (!codes.has(problem.code) && !(inside && problem.code.startsWith('cache/'))) continue;
    const [fix] = engine().fixesOf(analysis, problem);
    if (fix !== undefined) return { problem, title: fix.title };
  }
  return undefined;
};

/** Keeps what runs were, and says of each why it did or did not read the cache. */
export const createRecorder = ({ engine, history, folder, keepsTexts, mostOfBatch }: RecorderDeps) => {
  /** This session's runs, without texts: compared also where nothing is written. */
  let own: readonly StoredRun[] = [];
  const requests = recent<string, { readonly request: ConverseRequest; readonly text: () => string }>(requestsInMemory);

  const batches = recent<string, number>(5);

  /** The request of a run as it is kept; an empty one where its batch has enough of them. */
  const requestText = ({ batch }: RunRecord, sent: SentRun): string => {
    const text = sent.text();
    if (batch === undefined) return text;
    const all = (batches.get(batch.id) ?? 0) + text.length;
    if (all > mostOfBatch()) return '';
    batches.set(batch.id, all);
    return text;
  };

  /** Runs that a run can be compared with: those that began before it, the newest of them. */
  const others = async ({ startedAt }: StoredRun): Promise<readonly StoredRun[]> => {
    const ids = new Set(own.map(({ id }) => id));
    const kept = await history.newest(undefined, compared, { upTo: startedAt }).catch(() => []); // a disk that refuses is told where it is written
    return [...own, ...kept.filter(({ id }) => !ids.has(id))];
  };

  /** Writes a run that is over; gives it as it is kept. */
  const write = async (record: RunRecord, sent: SentRun): Promise<StoredRun | undefined> => {
    const { name, digest } = await folder.hash();
    const print = fingerprintOf(sent.request, sent.plan, digest);
    const prompt = record.prompt && { ...record.prompt, hash: digest(sent.analysis.text) };
    const { answer, reasoning, toolUses, parts } = record;
    const texts = keepsTexts() ? maskedTexts({ request: requestText(record, sent), answer, reasoning, toolUses, parts }) : undefined;
    const run = storedRun({ ...record, prompt }, { key: name, digest, sent: print });
    if (run === undefined) return undefined;
    requests.set(run.id, { request: sent.request, text: sent.text });
    own = [run, ...own].slice(0, compared);
    await history.write({ ...run, texts });
    return run;
  };

  const requestOf = async (id: string): Promise<ConverseRequest | undefined> => {
    const known = requests.get(id);
    if (known !== undefined) return known.request;
    const stored = await history.find(id);
    if (stored?.texts === undefined || stored.api !== 'converse') return undefined;
    try {
      return JSON.parse(stored.texts.request) as ConverseRequest;
    } catch {
      return undefined;
    }
  };

  /** What the card says of a stored run. */
  const whyOf = async (run: StoredRun, analysis?: PromptAnalysis): Promise<RunWhy | undefined> => {
    const all = await others(run);
    const explanation = explain(run, all);
    if (explanation === undefined) return undefined;
    const against = all.find(({ id }) => id === explanation.against);
    const [was, is] = against === undefined ? [] : await Promise.all([requestOf(against.id), requestOf(run.id)]);
    const at = blockIn(explanation);
    return {
      explanation,
      againstAt: against?.startedAt,
      hasTexts: was !== undefined && is !== undefined,
      text: was && is && at && textDifference(was, is, at),
      fix: analysis && fixFor(explanation, analysis, engine)?.title,
    };
  };

  return {
    whyOf,
    write,
    /** Writes a run that is over, and gives what is to be said of it. */
    async record(record: RunRecord, sent: SentRun): Promise<RunWhy | undefined> {
      const run = await write(record, sent);
      return run && whyOf(run, sent.analysis);
    },
    /** A request of this session as it was sent; `undefined` of other ones, and of those that many others followed. */
    requestText: (id: string): string | undefined => requests.get(id)?.text(),
    /** Files got other names. */
    moveKeys(move: MoveKey): void {
      own = own.map((run) => movedRun(run, move));
    },
    /** Forgets runs that were deleted. */
    forget(isMeant: (run: StoredRun) => boolean): void {
      for (const run of own) if (isMeant(run)) requests.delete(run.id);
      own = own.filter((run) => !isMeant(run));
    },
  };
};
