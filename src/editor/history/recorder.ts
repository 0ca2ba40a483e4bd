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
export const createRecorder = ({ engine, history, folder, keepsTexts }: RecorderDeps) => {
  /** This session's runs, without texts: compared also where nothing is written. */
  let own: readonly StoredRun[] = [];
  const requests = recent<string, ConverseRequest>(requestsInMemory);

  const others = async (): Promise<readonly StoredRun[]> => {
    const ids = new Set(own.map(({ id }) => id));
    const kept = await history.newest(undefined, compared).catch(() => []); // a disk that refuses is told where it is written
    return [...own, ...kept.filter(({ id }) => !ids.has(id))];
  };

  const requestOf = async (id: string): Promise<ConverseRequest | undefined> => {
    const known = requests.get(id);
    if (known !== undefined) return known;
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
    const all = await others();
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
    /** Writes a run that is over, and gives what is to be said of it. */
    async record(record: RunRecord, sent: SentRun): Promise<RunWhy | undefined> {
      const { name, digest } = await folder.hash();
      const print = fingerprintOf(sent.request, sent.plan, digest);
      const prompt = record.prompt && { ...record.prompt, hash: digest(sent.analysis.text) };
      const { answer, reasoning, toolUses } = record;
      const texts = keepsTexts() ? maskedTexts({ request: sent.text(), answer, reasoning, toolUses }) : undefined;
      const run = storedRun({ ...record, prompt }, { key: name, digest, sent: print });
      if (run === undefined) return undefined;
      requests.set(run.id, sent.request);
      const why = await whyOf(run, sent.analysis);
      own = [run, ...own].slice(0, compared);
      await history.write({ ...run, texts });
      return why;
    },
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
