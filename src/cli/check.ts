import { realpathSync } from 'node:fs';
import { resolve } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { version } from '../../package.json';
import { numberFormats } from '../core/figures/numbers';
import { fileMistakes, fixedLine, progressLine, type Summary } from '../core/messages/commandLine';
import type { FileReport, ProblemReport, Report } from '../core/report/types';
import { problemsOf, type CheckedFile } from './checked';
import { checkFile, type CheckSession, type Source } from './checkFile';
import { readCheckOptions, type CheckOptions } from './checkOptions';
import { findFiles, nameOf } from './files/find';
import { createRootFinder } from './files/included';
import { createSettingsFinder } from './files/settingsFile';
import { textOf } from './files/text';
import { changedSince, isChanged, type ChangedLines } from './git';
import { finishBeforeInterrupt } from './interrupt';
import { isMistake, type ExitCode, type Mistake } from './outcome';
import { findingsOf } from './output/findings';
import { githubReport } from './output/github';
import { sarifLog } from './output/sarif';
import { textReport } from './output/text';
import { createResultStore } from './resultStore';
import type { Terminal } from './terminal';

export { explain } from './explain';

const formats = numberFormats('en');

/** A check that takes longer shows how far it is. */
const patienceMs = 1000;

/** Only the problems on changed lines, wherever they stand in the report. */
const onlyChanged = (checked: CheckedFile, lines: ReturnType<ChangedLines['get']>): CheckedFile => {
  const keep = (problems: readonly ProblemReport[]) =>
    problems.filter(({ range }) => isChanged(lines, { from: range.start.line, to: range.end.line }));
  const { report } = checked;
  const prompts = report.prompts.map((prompt) => ({ ...prompt, problems: keep(prompt.problems) }));
  return { ...checked, fixable: { safe: 0, moves: 0, changes: 0 }, report: { ...report, prompts, problems: keep(report.problems) } };
};

const summaryOf = (checked: readonly CheckedFile[], skipped: number, fixed: number): Summary => {
  const problems = checked.flatMap(({ report }) => problemsOf(report));
  const count = (severity: ProblemReport['severity']): number => problems.filter((problem) => problem.severity === severity).length;
  return {
    files: checked.length,
    skipped,
    prompts: checked.reduce((sum, { prompts }) => sum + prompts, 0),
    errors: count('error'),
    warnings: count('warning'),
    infos: count('info'),
    hints: count('hint'),
    fixed,
  };
};

const printed = (checked: readonly CheckedFile[], summary: Summary, { format }: CheckOptions, terminal: Terminal): string => {
  const files: readonly FileReport[] = checked.map(({ report }) => report);
  switch (format) {
    case 'json':
      return `${JSON.stringify({ version: 1, files, summary } satisfies Report)}\n`;
    case 'sarif':
      return `${JSON.stringify(sarifLog(findingsOf(files), version), undefined, 2)}\n`;
    case 'github':
      return githubReport(findingsOf(files));
    case 'text': {
      const sum = (key: keyof CheckedFile['fixable']): number => checked.reduce((total, { fixable }) => total + fixable[key], 0);
      const fixable = { safe: sum('safe'), moves: sum('moves'), changes: sum('changes') };
      return textReport(findingsOf(files), summary, fixable, formats, terminal);
    }
  }
};

const failed = ({ errors, warnings }: Summary, { failOn }: CheckOptions): boolean =>
  failOn !== 'never' && (errors > 0 || (failOn === 'warning' && warnings > 0));

/** Versions of V8 that know the flags: another one would complain of them on standard error. */
const knownEngines = /^1[1-4]\./;

/**
 * A check reads each file once and is soon over. Code is optimized when it has run ten times as long as usual, which saves a third of all time; and
 * little memory for what lives shortly saves thirty megabytes.
 */
const tuneEngine = (): void => {
  if (!knownEngines.test(process.versions.v8)) return;
  for (const flag of ['--interrupt-budget=1500000', '--semi-space-growth-factor=1', '--max-semi-space-size=4']) setFlagsFromString(flag);
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
  readonly checked: readonly CheckedFile[];
  readonly skipped: number;
  readonly fixed: number;
  readonly mistakes: readonly string[];
}

const checkStdin = async (name: string, session: CheckSession): Promise<Found> => {
  const source = await readStdin(name);
  if (isMistake(source)) return { checked: [], skipped: 0, fixed: 0, mistakes: [source.sentence] };
  const path = resolve(session.terminal.cwd, name);
  const outcome = await checkFile({ path, name: nameOf(path, session.terminal.cwd), named: true }, session, source);
  if (isMistake(outcome)) return { checked: [], skipped: 0, fixed: 0, mistakes: [outcome.sentence] };
  return { checked: outcome === undefined ? [] : [outcome.checked], skipped: 0, fixed: 0, mistakes: [] };
};

const checkPaths = async (options: CheckOptions, session: CheckSession, changed: ChangedLines | undefined): Promise<Found> => {
  const { terminal } = session;
  tuneEngine();
  const { files, skipped, mistakes } = findFiles(options.paths, terminal.cwd);
  const sentences = mistakes.map(({ sentence }) => sentence);
  const checked: CheckedFile[] = [];
  let fixed = 0;
  const started = performance.now();
  for (const [index, file] of files.entries()) {
    if (index % 16 === 0) {
      await pause();
      if (performance.now() - started > patienceMs) terminal.progress(progressLine(index, files.length, formats));
    }
    const lines = changed?.get(realpathSync(file.path));
    if (changed !== undefined && lines === undefined) continue;
    const outcome = await checkFile(file, session);
    if (isMistake(outcome)) sentences.push(outcome.sentence);
    else if (outcome !== undefined) {
      checked.push(lines === undefined ? outcome.checked : onlyChanged(outcome.checked, lines));
      fixed += outcome.applied.length;
      if (options.format === 'text')
        for (const { line, title } of outcome.applied) await terminal.print(`${fixedLine(file.name, line, title)}\n`);
    } else if (file.named) sentences.push(fileMistakes.notPrompt(file.name));
  }
  terminal.progress('');
  return { checked, skipped, fixed, mistakes: sentences };
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
  const store = createResultStore(options, terminal.cwd);
  const session: CheckSession = {
    terminal,
    options,
    formats,
    store,
    settingsFor: createSettingsFinder(),
    rootOf: createRootFinder(terminal.cwd),
    told: new Set(),
  };
  const release = options.fix === undefined ? () => undefined : finishBeforeInterrupt();
  const found = options.stdin === undefined ? await checkPaths(options, session, changed) : await checkStdin(options.stdin, session);
  release();
  store.save();
  for (const sentence of found.mistakes) terminal.tell(sentence);
  const summary = summaryOf(found.checked, found.skipped, found.fixed);
  await terminal.print(printed(found.checked, summary, options, terminal));
  return found.mistakes.length > 0 ? 2 : failed(summary, options) ? 1 : 0;
};
