import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { numberFormats } from '../core/figures/numbers';
import { fileMistakes, fixedLine, progressLine, type Summary } from '../core/messages/commandLine';
import type { ProblemReport } from '../core/report/types';
import { resultOf, type FileResult } from './checked';
import { checkFile, type CheckSession, type Source } from './checkFile';
import { readCheckOptions, type CheckOptions } from './checkOptions';
import { findFiles, nameOf } from './files/find';
import { createRootFinder } from './files/included';
import { createPromptFileTest } from './files/promptFiles';
import { createSettingsFinder } from './files/settingsFile';
import { maxBytes, textOf } from './files/text';
import { changedSince, isChanged, type ChangedLines } from './git';
import { finishBeforeInterrupt } from './interrupt';
import { isMistake, type ExitCode, type Mistake } from './outcome';
import { createOutput } from './output/output';
import { createResultStore } from './resultStore';
import type { Terminal } from './terminal';

export { explain } from './explain';

const formats = numberFormats('en');

/** A check that takes longer shows how far it is. */
const patienceMs = 1000;

/** Only the problems on changed lines, wherever they stand in the report. */
const onlyChanged = (result: FileResult, lines: ReturnType<ChangedLines['get']>): FileResult => {
  const keep = (problems: readonly ProblemReport[]) =>
    problems.filter(({ range }) => range.cell !== undefined || isChanged(lines, { from: range.start.line, to: range.end.line }));
  const report = result.report();
  const prompts = report.prompts.map((prompt) => ({ ...prompt, problems: keep(prompt.problems) }));
  return resultOf({
    report: { ...report, prompts, problems: keep(report.problems) },
    prompts: result.prompts,
    fixable: { safe: 0, moves: 0, changes: 0 },
  });
};

/** Does a file hold no prompt, and nothing that is wrong? */
const isEmpty = (result: FileResult | undefined): boolean =>
  result === undefined || (result.prompts === 0 && Object.values(result.severities).every((amount) => amount === 0));

/** Sums over the results of files. */
const createSums = () => {
  const kinds = { error: 0, warning: 0, info: 0, hint: 0 };
  const fixable = { safe: 0, moves: 0, changes: 0 };
  let files = 0;
  let prompts = 0;
  return {
    fixable,
    add: (result: FileResult): void => {
      files += 1;
      prompts += result.prompts;
      for (const kind of ['error', 'warning', 'info', 'hint'] as const) kinds[kind] += result.severities[kind];
      for (const kind of ['safe', 'moves', 'changes'] as const) fixable[kind] += result.fixable[kind];
    },
    summary: (skipped: number, fixed: number): Summary => {
      const { error: errors, warning: warnings, info: infos, hint: hints } = kinds;
      return { files, skipped, prompts, errors, warnings, infos, hints, fixed };
    },
  };
};

const failed = ({ errors, warnings }: Summary, { failOn }: CheckOptions): boolean =>
  failOn !== 'never' && (errors > 0 || (failOn === 'warning' && warnings > 0));

/** Versions of V8 that know the flags: another one would complain of them on standard error. */
const knownEngines = /^1[1-4]\./;

/** Fewer files are over before their garbage matters, and one of them may be long: what lives as long as it is read would be copied again and again. */
const manyFiles = 50;

/**
 * A check reads each file once and is soon over. Code is optimized when it has run ten times as long as usual, which saves a third of all time. With many
 * files the memory for what lives shortly stays as large as it has become until now, a few megabytes: the largest that it may grow to is settled before
 * any code runs, and there it would take an eighth of all memory for no time saved.
 */
const tuneEngine = (files: number): void => {
  if (!knownEngines.test(process.versions.v8)) return;
  const memory = files < manyFiles ? [] : ['--semi-space-growth-factor=1'];
  for (const flag of ['--interrupt-budget=1500000', ...memory]) setFlagsFromString(flag);
};

/** Lets a signal and the line of progress have their turn. */
const pause = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const readStdin = async (name: string): Promise<Source | Mistake> => {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array)); // without an encoding a stream gives bytes
  const bytes = Buffer.concat(chunks);
  const text = textOf(bytes, name);
  return isMistake(text) ? text : { bytes, text };
};

interface Found {
  readonly skipped: number;
  readonly fixed: number;
  /** What is no mistake: a file that holds no prompt is named by whoever names all files that changed. */
  readonly notes: readonly string[];
  readonly mistakes: readonly string[];
}

/** Takes each result as it comes. */
type Take = (result: FileResult) => Promise<void>;

const checkStdin = async (name: string, session: CheckSession, take: Take): Promise<Found> => {
  const found = (...mistakes: readonly string[]): Found => ({ skipped: 0, fixed: 0, notes: [], mistakes });
  const source = await readStdin(name);
  if (isMistake(source)) return found(source.sentence);
  if (source.bytes.length > maxBytes) return { ...found(), skipped: 1 };
  const path = resolve(session.terminal.cwd, name);
  const file = { path, name: nameOf(path, session.terminal.cwd), named: true, isText: session.isPromptFile(path), stamp: '', changedMs: 0 };
  const outcome = await checkFile(file, session, source);
  if (outcome === 'skipped') return { ...found(), skipped: 1 };
  if (isMistake(outcome)) return found(outcome.sentence);
  if (outcome !== undefined) await take(outcome.result);
  return found();
};

const checkPaths = async (options: CheckOptions, session: CheckSession, changed: ChangedLines | undefined, take: Take): Promise<Found> => {
  const { terminal } = session;
  const { files, skipped, mistakes } = findFiles(options.paths, terminal.cwd, session.isPromptFile);
  tuneEngine(files.length);
  const sentences = mistakes.map(({ sentence }) => sentence);
  const notes: string[] = [];
  let [fixed, generated] = [0, 0];
  const started = performance.now();
  for (const [index, file] of files.entries()) {
    if (index % 16 === 0) {
      await pause();
      if (performance.now() - started > patienceMs) terminal.progress(progressLine(index, files.length, formats));
    }
    const lines = changed?.get(realpathSync(file.path));
    if (changed !== undefined && lines === undefined) continue;
    const outcome = await checkFile(file, session);
    if (outcome === 'skipped') {
      generated += 1;
      continue;
    }
    if (isMistake(outcome)) {
      sentences.push(outcome.sentence);
      continue;
    }
    if (file.named && isEmpty(outcome?.result)) notes.push(fileMistakes.notPrompt(file.name));
    if (outcome !== undefined) {
      await take(lines === undefined ? outcome.result : onlyChanged(outcome.result, lines));
      fixed += outcome.applied.length;
      if (options.format === 'text')
        for (const { line, title } of outcome.applied) await terminal.print(`${fixedLine(file.name, line, title)}\n`);
    }
  }
  terminal.progress('');
  return { skipped: skipped + generated, fixed, notes, mistakes: sentences };
};

/** `cachepoint check`: finds problems, fixes them where asked, and prints what is left. */
export const check = async (args: readonly string[], terminal: Terminal): Promise<ExitCode> => {
  const options = readCheckOptions(args);
  if (isMistake(options)) {
    terminal.tell(options.sentence);
    return 2;
  }
  const changed = options.since === undefined ? undefined : changedSince(options.since, terminal.cwd);
  if (isMistake(changed)) {
    terminal.tell(changed.sentence);
    return 2;
  }
  const store = createResultStore(options, terminal.cwd, Date.now());
  const settingsFor = createSettingsFinder();
  const session: CheckSession = {
    terminal,
    options,
    formats,
    store,
    settingsFor,
    isPromptFile: createPromptFileTest(settingsFor),
    rootOf: createRootFinder(terminal.cwd),
    toldNotes: new Set(),
  };
  const release = options.fix === undefined ? () => undefined : finishBeforeInterrupt();
  const output = createOutput(options, formats, terminal);
  const sums = createSums();
  const take: Take = (result) => {
    sums.add(result);
    return output.add(result);
  };
  const found =
    options.stdin === undefined ? await checkPaths(options, session, changed, take) : await checkStdin(options.stdin, session, take);
  release();
  store.save();
  for (const sentence of [...found.notes, ...found.mistakes]) terminal.tell(sentence);
  const summary = sums.summary(found.skipped, found.fixed);
  await output.finish(summary, sums.fixable);
  return found.mistakes.length > 0 ? 2 : failed(summary, options) ? 1 : 0;
};
