import type { PromptAnalysis } from '../../core/analysis';
import { entriesOf, isReadable, prefixKeys } from '../../core/history/entries';
import { fingerprintOf } from '../../core/history/fingerprint';
import { newestFirst } from '../../core/history/pages';
import type { StoredRun } from '../../core/history/stored';
import { sharedText } from '../../core/messages/editor/shared';
import { describeIdentity } from '../../core/messages/identityText';
import { identityOf } from '../../core/runs/identity';
import type { Target } from '../../core/runs/port';
import type { EnginePort, HistoryFolder } from '../ports';
import { cachePlace, describeTarget } from '../runs/target';
import type { RunHistory } from './runHistory';

type Row = Readonly<Record<string, string>>;

/** What earlier calls left of a prompt's next call, as `WarmMemory` takes it. */
export interface WarmBefore {
  readonly values: Row;
  readonly entries: readonly { readonly prefix: { readonly key: string; readonly ttl: string }; readonly at: number }[];
}

/** No entry lives longer. Milliseconds. */
const longestMs = 60 * 60_000;
/** Runs that are looked at. */
const looked = 200;

/** The values of the sample that a run was sent with, else the first that leave nothing open: values of a person are not kept. */
const valuesOf = (
  { prompt }: PromptAnalysis,
  row: string | undefined,
  { missingValues, runValues }: ReturnType<EnginePort>,
): Row | undefined => {
  const { samples, variables } = prompt.header;
  const named = samples.find((_, index) => sharedText.sample(index + 1) === row);
  const choices: readonly (Row | undefined)[] = [named?.value, {}, samples[0]?.value];
  return choices.find((values) => values !== undefined && missingValues(prompt, runValues(variables, values)).length === 0);
};

/** Went a call where one to this target goes, as the same identity? An emulator behind an address is found out only by a call. */
const wentTo = (
  run: StoredRun,
  { target, signer, door }: { readonly target: Target; readonly signer: string; readonly door: StoredRun['door'] },
): boolean =>
  (run.service === target.service || (target.service === 'custom' && run.service === 'emulator')) &&
  run.endpoint === describeTarget(target) &&
  run.region === target.region &&
  run.signer === signer &&
  run.door === door;

/** What the kept runs say is still warm of a prompt's next call; `undefined`: nothing, or nothing that is sure. */
export const warmBefore = async (
  subject: string,
  analysis: PromptAnalysis,
  target: Target,
  now: number,
  { engine, history, folder }: { readonly engine: EnginePort; readonly history: RunHistory; readonly folder: HistoryFolder },
): Promise<WarmBefore | undefined> => {
  // The emulator of the editor ended with its window.
  if (target.service === 'emulator') return undefined;
  const { name, digest } = await folder.hash();
  const recent = (await history.newest(undefined, looked)).filter(({ startedAt, key }) => startedAt > now - longestMs && key === name);
  const signer = digest(describeIdentity(identityOf(target, process.env)));
  const last = recent.find((run) => run.subject === subject && wentTo(run, { target, signer, door: analysis.plan.door }));
  const values = last && valuesOf(analysis, last.row, engine());
  if (last === undefined || values === undefined) return undefined;
  const { plan, request } = engine().planRequest(analysis, values);
  const call = { request: { ...request, modelId: plan.modelId }, plan, where: cachePlace(target), at: now };
  const keys = prefixKeys({ ...last, sent: fingerprintOf(call.request, plan, digest) });
  const own = engine().chainKeys(call);
  if (own.length !== keys.length) return undefined;
  const known = entriesOf(newestFirst(recent).toReversed());
  const entries = keys.flatMap((key, at) => {
    const entry = known.get(key);
    const prefix = own[at];
    return entry !== undefined && prefix !== undefined && isReadable(entry, now)
      ? [{ prefix: { key: prefix, ttl: entry.ttl }, at: entry.usedAt }]
      : [];
  });
  return entries.length === 0 ? undefined : { values, entries };
};
