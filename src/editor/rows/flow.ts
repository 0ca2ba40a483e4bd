import * as vscode from 'vscode';
import { rowsDialogs } from '../../core/messages/editor/rows';
import type { PromptAnalysis } from '../../core/analysis';
import {
  batchQuestion,
  describeRowFaults,
  describeTableProblem,
  haltTexts,
  heldElsewhere,
  rowsTitles,
  unfinishedText,
} from '../../core/messages/rowsText';
import { entryLine, startBatch, type BatchEntry, type BatchRecord } from '../../core/rows/journal';
import type { GivenRow } from '../../core/rows/table';
import { labelText, messageText } from '../../core/text/visible';
import { nameOfPrompt, refKey, type PromptRef } from '../promptRef';
import { describeTarget } from '../runs/target';
import { beginRow } from './keptCalls';
import { openBatch, type OpenBatch } from './openBatch';
import { folderOf, isUnfinished, keptJournals, knownBatches, type FlowDeps, type KnownBatch } from './known';
import { rowsFolder } from './ports';
import { prepare, type Ready } from './ready';
import { readRows, samples, sourceOfFile, type ReadRows } from './source';

const isOf = (ref: PromptRef, { batch }: BatchRecord): boolean =>
  refKey({ uri: vscode.Uri.parse(batch.prompt.uri), id: batch.prompt.id }) === refKey(ref);

/** What a person chose to run. */
type Choice = { readonly kind: 'rows'; readonly source: BatchEntry['source'] } | { readonly kind: 'resume'; readonly known: KnownBatch };

const askForFile = async (): Promise<BatchEntry['source'] | undefined> => {
  const [file] =
    (await vscode.window.showOpenDialog({
      title: rowsTitles.pickFile,
      openLabel: rowsDialogs.runRows,
      filters: { [rowsDialogs.tables]: ['csv', 'tsv', 'jsonl', 'ndjson'] },
    })) ?? [];
  return file && sourceOfFile(file);
};

const choose = async ({ prompt }: PromptAnalysis, open: readonly KnownBatch[], deps: FlowDeps): Promise<Choice | undefined> => {
  const count = prompt.header.samples.length;
  const items: (vscode.QuickPickItem & { readonly choice: Choice | 'file' })[] = [
    ...open.map((known) => ({
      label: `$(debug-continue) ${labelText(unfinishedText(known.record, deps.formats))}`,
      detail: labelText(`${known.record.batch.source.name} · ${known.record.batch.models.map(({ name }) => name).join(', ')}`),
      choice: { kind: 'resume', known } as const,
    })),
    ...(count === 0
      ? []
      : [
          {
            label: rowsDialogs.samples,
            detail: rowsDialogs.samplesDetail(count, deps.formats),
            choice: { kind: 'rows', source: samples } as const,
          },
        ]),
    { label: rowsDialogs.ofFile, detail: rowsDialogs.ofFileDetail, choice: 'file' },
  ];
  const picked = await vscode.window.showQuickPick(items, { title: rowsTitles.source });
  if (picked?.choice !== 'file') return picked?.choice;
  const source = await askForFile();
  return source && { kind: 'rows', source };
};

/** The same prompt on another model. */
const onModel = (analysis: PromptAnalysis, modelId: string, { engine }: FlowDeps): PromptAnalysis => {
  if (modelId === analysis.plan.modelId) return analysis;
  const { prompt, planOptions } = analysis;
  const span = prompt.header.modelId?.span ?? { start: 0, end: 0 };
  const moved = { ...prompt, header: { ...prompt.header, modelId: { value: modelId, span } } };
  return { ...analysis, prompt: moved, plan: engine().planRequest({ ...analysis, prompt: moved, planOptions }, {}).plan };
};

const mostModels = 4;

/** Asks for two to four models, the prompt's own among them at first. */
const askForModels = async (ref: PromptRef, analysis: PromptAnalysis, deps: FlowDeps): Promise<readonly string[] | undefined> => {
  const { modelMatrix, modelOverridesOf } = deps.engine();
  const settings = deps.settings.read(ref.uri);
  const rows = modelMatrix(analysis.prompt, {
    ...analysis.planOptions,
    overrides: modelOverridesOf(settings).entries,
    traffic: { traffic: analysis.input.traffic },
    ...(settings.region === '' ? {} : { region: settings.region }),
  });
  const items = rows
    .filter(({ refused, lifecycle }) => !refused && lifecycle.kind !== 'retired')
    .map(({ entry, modelId, current, expectedUsd, caches }) => ({
      label: labelText(entry.name),
      description: labelText(modelId),
      detail: rowsDialogs.modelDetail(expectedUsd, caches, deps.formats),
      picked: current,
      modelId: current ? analysis.plan.modelId : modelId,
      rank: current ? 0 : 1,
    }))
    .sort((a, b) => a.rank - b.rank);
  for (;;) {
    const picked = await vscode.window.showQuickPick(items, { title: rowsTitles.models, canPickMany: true, matchOnDescription: true });
    if (picked === undefined) return undefined;
    if (picked.length >= 1 && picked.length <= mostModels) return picked.map(({ modelId }) => modelId);
    void vscode.window.showInformationMessage(messageText(rowsDialogs.chooseModels(mostModels)));
  }
};

const tellProblems = (read: Extract<ReadRows, { readonly problems: unknown }>): void =>
  void vscode.window.showErrorMessage(
    messageText(rowsDialogs.notSentOf(read.source.name, read.problems.map(describeTableProblem).join(' '))),
  );

const open = async (
  record: BatchRecord,
  path: string,
  ready: Ready,
  earlier: BatchRecord | undefined,
  deps: FlowDeps,
): Promise<OpenBatch | undefined> => {
  const unlock = await deps.rows.lockJournal(path);
  if (unlock === undefined) {
    void vscode.window.showInformationMessage(messageText(heldElsewhere));
    return undefined;
  }
  const { prepared, target, digest, analyses } = ready;
  const [analysis] = analyses;
  if (analysis === undefined) return undefined;
  // Rows are the same by their calls, wherever they stand now.
  const models = record.batch.models.length;
  const places = new Map(prepared.rows.map(({ key, calls }, row) => [`${key} ${calls.join(' ')}`, row]));
  const placeOf = (row: number): number | undefined => {
    const kept = record.batch.rows[row];
    return kept && places.get(`${kept.key} ${kept.calls.join(' ')}`);
  };
  const rowPlaces = record.batch.rows.map((_, row) => placeOf(row));
  const jobs = rowPlaces.flatMap((place, row) =>
    place === undefined
      ? []
      : prepared.jobs.slice(place * models, (place + 1) * models).map((job) => ({ ...job, index: row * models + job.model })),
  );
  const journal = await deps.rows.openJournal(path);
  const { run } = await deps.bedrock();
  const rowAt = (row: number): GivenRow | undefined => ready.rows[rowPlaces[row] ?? -1];
  /** As its files are called now. */
  const now = () => {
    const { batch } = opened.record;
    return { batch, ref: { uri: vscode.Uri.parse(batch.prompt.uri), id: batch.prompt.id } };
  };
  const isResumed = record.jobs.some(({ kind }) => kind === 'done');
  const opened: OpenBatch = openBatch({
    record,
    jobs,
    rowOf: rowAt,
    money: prepared.money,
    earlier,
    target,
    most: deps.settings.read().rowsAtOnce,
    journal: {
      append: (lines) => journal.append(lines),
      async close() {
        await journal.close();
        await unlock();
      },
    },
    digest,
    matchesPattern: deps.rows.matchesPattern,
    port: run,
    formats: deps.formats,
    keptAnswers: isResumed ? await deps.history().answersOf(record.batch.id) : new Map(),
    begin: (job, call, startedAt) =>
      beginRow(
        { job, ...now(), target, startedAt, analysis: analyses[job.model] ?? analysis, row: rowAt(Math.floor(job.index / models)) },
        call,
        deps,
      ),
    begun: (job, startedAt) => {
      const row = rowAt(Math.floor(job.index / models));
      if (row !== undefined) deps.warm.wrote(job.prefixes, startedAt, now().ref, row.values);
    },
    agree: (calls, usd) =>
      deps.agree({
        calls,
        usd,
        target,
        analysis,
        question: (destination) =>
          batchQuestion(
            { calls, rows: Math.ceil(calls / models), models: record.batch.models.map(({ name }) => name), usd, destination },
            deps.formats,
          ),
      }),
  });
  return opened;
};

/** Opens a batch of earlier again, as far as its rows can still be read. */
export const resumeBatch = async ({ path, record }: KnownBatch, deps: FlowDeps): Promise<OpenBatch | undefined> => {
  const { prompt, source, models } = record.batch;
  const ref = { uri: vscode.Uri.parse(prompt.uri), id: prompt.id };
  const analysis = await deps.runnable(ref);
  if (analysis === undefined) return undefined;
  const read = await readRows(source, analysis, deps.rows);
  if ('problems' in read) {
    tellProblems(read);
    return undefined;
  }
  const ready = await prepare(
    ref,
    models.map(({ id }) => onModel(analysis, id, deps)),
    read.rows,
    deps,
  );
  return open(record, path, ready, undefined, deps);
};

/** Which rows are run, on which models. */
export interface RowsChoice {
  readonly source: BatchEntry['source'];
  readonly models: readonly string[];
  /** The rows that are meant. */
  readonly only?: (row: GivenRow) => boolean;
}

/** Rows of a prompt, from the choice to a batch that can start. */
export const newBatch = async (
  ref: PromptRef,
  analysis: PromptAnalysis,
  choice: RowsChoice,
  deps: FlowDeps,
): Promise<OpenBatch | undefined> => {
  const read = await readRows(choice.source, analysis, deps.rows);
  if ('problems' in read) {
    tellProblems(read);
    return undefined;
  }
  const rows = choice.only === undefined ? read.rows : read.rows.filter(choice.only);
  const ready = await prepare(
    ref,
    choice.models.map((id) => onModel(analysis, id, deps)),
    rows,
    deps,
  );
  if (ready.prepared.faults.length > 0) {
    void vscode.window.showErrorMessage(messageText(rowsDialogs.notSent(describeRowFaults(ready.prepared.faults))));
    return undefined;
  }
  const known = await knownBatches(deps);
  const earlier = known.find(({ record }) => isOf(ref, record) && record.jobs.some(({ kind }) => kind === 'done'))?.record;
  const at = Date.now();
  const id = `${new Date(at).toISOString().replace(/[^\d]/g, '').slice(0, 14)}-${[...crypto.getRandomValues(new Uint8Array(4))].map((byte) => byte.toString(16).padStart(2, '0')).join('')}`;
  const entry: BatchEntry = {
    t: 'batch',
    id,
    at,
    prompt: {
      uri: ref.uri.toString(),
      id: ref.id,
      name: nameOfPrompt(ref, analysis),
    },
    source: read.source,
    models: ready.analyses.map(({ plan }) => ({ id: plan.modelId, name: plan.model?.name ?? plan.modelId })),
    service: ready.target.service,
    place: describeTarget(ready.target),
    rows: ready.prepared.rows,
  };
  await deps.rows.pruneJournals(folderOf(deps), keptJournals - 1);
  const path = vscode.Uri.joinPath(rowsFolder(deps.storage), `${id}.jsonl`).fsPath;
  try {
    const journal = await deps.rows.openJournal(path);
    await journal.append(entryLine(entry)).finally(() => journal.close());
  } catch (error) {
    void vscode.window.showErrorMessage(messageText(haltTexts.begin(error instanceof Error ? error.message : String(error))));
    return undefined;
  }
  return open(startBatch(entry), path, ready, earlier, deps);
};

/** What *Run All Rows* asks, up to a batch that can start. */
export const batchFor = async (ref: PromptRef, onModels: boolean, deps: FlowDeps): Promise<OpenBatch | undefined> => {
  const analysis = await deps.runnable(ref);
  if (analysis === undefined) return undefined;
  const models = onModels ? await askForModels(ref, analysis, deps) : [analysis.plan.modelId];
  if (models === undefined) return undefined;
  const unfinished = (await knownBatches(deps)).filter(({ record }) => isOf(ref, record) && isUnfinished(record));
  const choice = await choose(analysis, unfinished, deps);
  if (choice === undefined) return undefined;
  return choice.kind === 'resume' ? resumeBatch(choice.known, deps) : newBatch(ref, analysis, { source: choice.source, models }, deps);
};
