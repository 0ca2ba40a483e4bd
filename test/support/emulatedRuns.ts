import { fingerprintOf } from '../../src/core/history/fingerprint';
import { storedRun, type StoredRun } from '../../src/core/history/stored';
import { draftRequest } from '../../src/core/request/build';
import type { JsonObject } from '../../src/core/text/json';
import { hashOf } from '../../src/core/text/hash';
import type { RunRecord } from '../../src/core/runs/record';
import { planCache, settle, type CacheOutcome } from '../../src/emulator/cachePlan';
import { createCacheStore, type CacheStore } from '../../src/emulator/cacheStore';
import { readRequest } from '../../src/emulator/request';
import { isRefused, resolveTarget } from '../../src/emulator/target';
import { countTokens } from '../../src/emulator/tokens';
import { readPrompt } from '../unit/core/cache/prompts';
import { aUsage, finishedRun } from './runRecords';

/** One block of a request: the list that it stands in (`t`, `s`, `m0u` …) and a letter: a capital one is about 1,300 tokens long. */
export interface DrawnBlock {
  readonly list: string;
  readonly letter: string;
}

const long = 'Parcels that come back are weighed, photographed and entered in the list before noon. '.repeat(80);

const blockOf = ({ list, letter }: DrawnBlock): JsonObject => {
  const text = /[A-Z]/.test(letter) ? `${long}${letter}` : letter;
  if (letter === '#') return { image: { format: 'png', source: { bytes: 'iVBORw0KGgo=' } } };
  return list === 't' ? { toolSpec: { name: letter, description: text, inputSchema: { json: {} } } } : { text };
};

/** A call, in parts that can be exchanged one by one. */
export interface DrawnCall {
  readonly modelId: string;
  readonly region: string;
  readonly blocks: readonly DrawnBlock[];
  /** Cache points by the number of blocks before them. */
  readonly points: readonly { readonly after: number; readonly ttl: '5m' | '1h' }[];
  /** Members of the request besides its blocks. */
  readonly settings: JsonObject;
  readonly toolChoice: JsonObject | undefined;
  /** Milliseconds from the beginning. */
  readonly at: number;
  /** Milliseconds until its answer begins. */
  readonly wait: number;
}

const pointOf = (ttl: '5m' | '1h'): JsonObject => ({ cachePoint: { type: 'default', ...(ttl === '1h' ? { ttl } : {}) } });

/** The request of a call, without its model. */
export const bodyOf = ({ blocks, points, settings, toolChoice }: DrawnCall): JsonObject => {
  const lists = new Map<string, JsonObject[]>();
  blocks.forEach((block, at) => {
    const { list } = block;
    const own = lists.get(list) ?? [];
    own.push(blockOf(block), ...points.filter(({ after }) => after === at + 1).map(({ ttl }) => pointOf(ttl)));
    lists.set(list, own);
  });
  const messages = [...lists].filter(([list]) => list.startsWith('m'));
  const [tools, system] = [lists.get('t'), lists.get('s')];
  return {
    ...(tools === undefined ? {} : { toolConfig: { tools, ...(toolChoice === undefined ? {} : { toolChoice }) } }),
    ...(system === undefined ? {} : { system }),
    messages: messages.map(([list, content]) => ({ role: list.endsWith('u') ? 'user' : 'assistant', content })),
    ...settings,
  };
};

const day = Date.parse('2026-11-22');

/** What the emulator does with one call, by its blocks. */
export interface Served {
  readonly outcome: CacheOutcome;
  /** Tokens up to each block. */
  readonly prefixes: readonly number[];
}

/** Plays calls on the emulator's cache in the order of time, one cache for each Region; gives what it did, in the order given. */
export const serve = (calls: readonly DrawnCall[], clearedAt = Infinity): readonly Served[] => {
  const stores = new Map<string, CacheStore>();
  const served = new Map<DrawnCall, Served>();
  const steps: { readonly at: number; readonly order: number; readonly do: () => void }[] = [];
  for (const call of calls) {
    const target = resolveTarget(call.modelId, day);
    if (isRefused(target)) throw new Error(target.message);
    const store = stores.get(call.region) ?? createCacheStore(10_000);
    stores.set(call.region, store);
    steps.push({
      at: call.at,
      order: 1,
      do: () => {
        const request = readRequest('converse', bodyOf(call));
        const counts = countTokens(request, target.entry);
        const outcome = planCache(request, target, counts, store, call.at, 'likely');
        served.set(call, { outcome, prefixes: counts.prefixes });
      },
    });
    steps.push({
      at: call.at + call.wait,
      order: call.wait === 0 ? 2 : 0,
      do: () => {
        const { outcome } = served.get(call) ?? {};
        if (outcome !== undefined) settle(outcome, store, call.at);
      },
    });
  }
  if (clearedAt < Infinity) steps.push({ at: clearedAt, order: 3, do: () => stores.forEach((store) => store.clear()) });
  // A call at the moment of another's end comes after it; one without a wait ends before the next begins.
  const rank = steps.map((step, index) => ({ step, index })).sort((a, b) => a.step.at - b.step.at || before(a, b));
  for (const { step } of rank) step.do();
  return calls.flatMap((call) => served.get(call) ?? []);
};

interface Ranked {
  readonly step: { readonly order: number };
  readonly index: number;
}

const before = (a: Ranked, b: Ranked): number =>
  a.step.order === 0 || b.step.order === 0 ? a.step.order - b.step.order || a.index - b.index : a.index - b.index;

/** A call and what became of it, as the history keeps it. */
export const runOf = (call: DrawnCall, { outcome }: Served, id: string): StoredRun => {
  const { prompt, plan } = readPrompt('call.converse.json', JSON.stringify({ modelId: call.modelId, ...bodyOf(call) }));
  const usage = aUsage({
    input: outcome.input,
    ...(outcome.reported ? { cacheRead: outcome.read, cacheWrite: outcome.written } : { cacheRead: undefined, cacheWrite: undefined }),
    writes: outcome.writes,
  });
  const record: RunRecord = finishedRun(
    usage,
    {
      id,
      startedAt: day + call.at,
      modelId: call.modelId,
      modelName: plan.model?.name ?? call.modelId,
      service: 'aws',
      region: call.region,
      api: 'converse',
      prices: plan.prices,
      caching: plan.model?.caching,
    },
    { first: call.wait, total: call.wait + 500 },
  );
  const run = storedRun(record, {
    key: 'k',
    digest: (text) => hashOf(text),
    sent: fingerprintOf(draftRequest(prompt), plan, (text) => hashOf(text)),
  });
  if (run === undefined) throw new Error('the run is not over');
  return run;
};

/** The runs that calls leave, with ids `0`, `1` … */
export const runsOf = (calls: readonly DrawnCall[], clearedAt?: number): readonly StoredRun[] =>
  serve(calls, clearedAt).map((served, at) => runOf(calls[at] as DrawnCall, served, String(at))); // as many as calls
