/** What the command line says about its arguments, files and results. One sentence for each mistake. */
import type { NumberFormats } from '../figures/numbers';
import type { RecordedUsage } from '../prompt/model';

const count = (formats: NumberFormats, amount: number, one: string, many = `${one}s`): string =>
  `${formats.tokens(amount)} ${amount === 1 ? one : many}`;

const listed = (words: readonly string[], last: 'and' | 'or'): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1) ?? ''}`;

/** Mistakes in how the program was called. */
export const usage = {
  unknownCommand: (name: string) => `There is no command "${name}". See cachepoint --help.`,
  unknownOption: (command: string, option: string) => `cachepoint ${command} has no option ${option}. See cachepoint ${command} --help.`,
  needsValue: (command: string, option: string) => `${option} needs a value. See cachepoint ${command} --help.`,
  takesNoValue: (option: string) => `${option} takes no value.`,
  oneOf: (option: string, words: readonly string[], found: string) => `${option} takes ${listed(words, 'or')}, not: ${found}`,
  wholeNumber: (option: string, found: string) => `${option} takes a whole number from 1, not: ${found}`,
  within: (option: string, min: number, max: number, found: string) =>
    `${option} takes a whole number from ${min} to ${max}, not: ${found}`,
  rate: (option: string, found: string) => `${option} takes a number of calls an hour, not: ${found}`,
  oneFile: (command: string) => `cachepoint ${command} takes one file. See cachepoint ${command} --help.`,
  someFiles: (command: string) => `cachepoint ${command} takes at least one file. See cachepoint ${command} --help.`,
  seconds: (option: string, calls: number, found: string) =>
    `${option} takes ${calls === 1 ? 'a number' : `${calls} numbers`} of seconds, one for each file with commas between, not: ${found}`,
  fixNeedsFiles: '--fix writes into files, so it cannot be used on standard input.',
  sinceNeedsFiles: '--since compares files, so it cannot be used on standard input.',
  stdinAlone: 'Standard input is checked alone, without paths beside it.',
  other: (command: string, detail: string) => `The arguments of cachepoint ${command} cannot be read: ${detail}`,
} as const;

const systemReasons: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'there is no permission',
  EPERM: 'there is no permission',
  EISDIR: 'it is a folder',
  ENOTDIR: 'a part of its path is not a folder',
  ENOSPC: 'the disk is full',
  EROFS: 'the disk is read-only',
  EMFILE: 'too many files are open',
  ELOOP: 'its links lead in a circle',
  EPIPE: 'the reader has closed it',
  EIO: 'the disk reports an error',
};

/** What an operating system's error code means. */
export const systemReason = (code: string | undefined): string => systemReasons[code ?? ''] ?? `of the error ${code ?? 'unknown'}`;

/** A batch file has thousands of prompts. */
const mostNamed = 8;

const someOf = (ids: readonly string[]): string =>
  ids.length <= mostNamed ? ids.join(', ') : `${ids.slice(0, mostNamed).join(', ')} and ${ids.length - mostNamed} more`;

/** What is wrong with files. */
export const fileMistakes = {
  cannotRead: (path: string, code: string | undefined) => `${path} cannot be read, because ${systemReason(code)}.`,
  cannotWrite: (path: string, code: string | undefined) => `${path} cannot be written, because ${systemReason(code)}.`,
  notebook: (path: string) => `${path} is a notebook, which the command line reads and does not write.`,
  cannotPrint: (code: string | undefined) => `The output cannot be written, because ${systemReason(code)}.`,
  noFolder: (code: string | undefined) => `The folder in which this was started cannot be found, because ${systemReason(code)}.`,
  notText: (path: string) => `${path} is not read, because it is not UTF-8 text.`,
  noMatch: (pattern: string) => `Nothing matches ${pattern}.`,
  notPrompt: (path: string) =>
    `${path} holds no prompt. Prompts are read from .bedrock.md files, from JSON and YAML that hold a request, from code that sends one, and from text files in a folder named prompts.`,
  whichPrompt: (path: string, ids: readonly string[]) =>
    `${path} holds ${ids.length} prompts; name one of them as ${path}#ID: ${someOf(ids)}.`,
  noSuchPrompt: (path: string, id: string, ids: readonly string[]) => `${path} has no prompt "${id}"; it has: ${someOf(ids)}.`,
  badSettings: (path: string, detail: string) => `${path} is not used, because ${detail}.`,
  wrongSettings: (path: string, keys: readonly string[]) =>
    `In ${path} the default is used for values that do not fit: ${keys.join(', ')}.`,
  unknownSettings: (path: string, keys: readonly string[]) => `In ${path} nothing reads these keys: ${keys.join(', ')}.`,
  notJson: 'it is not valid JSON',
  notObject: 'it is not a JSON object',
  changedMeanwhile: (path: string) => `${path} is left as it is, because it changed in the meantime.`,
} as const;

export const gitMistakes = {
  noGit: '--since needs git, and git cannot be started.',
  noRepository: '--since needs a git repository, and this folder is in none.',
  noReference: (name: string) => `git knows no commit, branch or tag named "${name}".`,
  failed: (detail: string) => `git could not compare the files: ${detail}`,
} as const;

export const unknownRule = (code: string, nearest: string | undefined): string =>
  `There is no rule and no file named "${code}".${nearest === undefined ? '' : ` Did you mean ${nearest}?`}`;

export const unexpected = (detail: string): string =>
  `Cachepoint made a mistake of its own, please report it at https://github.com/cachepoint/cachepoint/issues: ${detail}`;

/** Counts of a run of `check`, as its report has them. */
export interface Summary {
  /** Files that hold prompts, or were named and looked at. */
  readonly files: number;
  /** Files left out for their size, or because a program wrote them for programs. */
  readonly skipped: number;
  readonly prompts: number;
  readonly errors: number;
  readonly warnings: number;
  readonly infos: number;
  readonly hints: number;
  /** Fixes applied. */
  readonly fixed: number;
}

/** Numbers of problems that `--fix`, `--fix=moves` and `--fix=changes` would take on, each with those before it. */
export interface Fixable {
  readonly safe: number;
  readonly moves: number;
  readonly changes: number;
}

const fixHint = ({ safe, moves, changes }: Fixable, formats: NumberFormats): readonly string[] => {
  const option = safe > 0 ? '--fix' : moves > 0 ? '--fix=moves' : '--fix=changes';
  const amount = safe > 0 ? safe : moves > 0 ? moves : changes;
  return amount === 0 ? [] : [`${count(formats, amount, 'problem')} can be fixed with ${option}.`];
};

/** The last lines of `check`: what was found, what was left out, and what can be done. */
export const checkSummary = (summary: Summary, fixable: Fixable, formats: NumberFormats): readonly string[] => {
  const { files, skipped, prompts, errors, warnings, infos, hints, fixed } = summary;
  const kinds = [
    [errors, 'error', 'errors'],
    [warnings, 'warning', 'warnings'],
    [infos, 'info', 'infos'],
    [hints, 'hint', 'hints'],
  ] as const;
  const found = kinds.flatMap(([amount, one, many]) => (amount === 0 ? [] : [count(formats, amount, one, many)]));
  const where = `in ${count(formats, prompts, 'prompt')} of ${count(formats, files, 'file')}`;
  return [
    prompts === 0 && found.length === 0
      ? 'No prompts were found.'
      : `${found.length === 0 ? 'No problems' : listed(found, 'and')} ${where}.`,
    ...(fixed === 0 ? [] : [`${count(formats, fixed, 'fix was', 'fixes were')} applied.`]),
    ...(skipped === 0
      ? []
      : [
          `${count(formats, skipped, 'file was', 'files were')} left out for size, or because a program packed ${skipped === 1 ? 'it' : 'them'}.`,
        ]),
    ...fixHint(fixable, formats),
  ];
};

export const fixedLine = (path: string, line: number, title: string): string => `${path}:${line}: fixed: ${title}`;

/** Shown on a terminal while a long check runs. */
export const progressLine = (done: number, of: number, formats: NumberFormats): string =>
  `Checked ${formats.tokens(done)} of ${count(formats, of, 'file')}…`;

export const renderNotes = {
  withoutValue: (names: readonly string[]) => `Without a value: ${names.join(', ')}.`,
  noRow: (row: number, rows: number) =>
    rows === 0
      ? 'The prompt has no rows under samples.'
      : `The prompt has no row ${row} under samples; it has ${rows === 1 ? 'one' : rows}.`,
} as const;

export const predictNotes = {
  heads: ['At', 'File', 'Read', 'Written', 'Uncached', 'Input', 'Cache'],
  assumes: { cold: 'cold', warm: 'warm', unsure: 'unsure', noCaching: 'no caching' },
  notValues: (path: string, calls: number) =>
    `${path} must hold a JSON list with ${calls === 1 ? 'one object' : `${calls} objects`} of texts, the variables of each file.`,
} as const;

export const simulateNotes = {
  about: (
    model: string,
    { turns, toolRounds, ttl }: { readonly turns: number; readonly toolRounds: number; readonly ttl: string },
    calls: number,
    formats: NumberFormats,
  ) =>
    `${model}: ${count(formats, turns, 'turn')} with ${count(formats, toolRounds, 'tool call')} each, ${count(formats, calls, 'call')} in all, cache points of ${ttl}`,
  heads: ['Cache points', 'Read', 'Written', 'Cost', 'Saved'],
} as const;

export const optimizeNotes = {
  best: 'The cache points are best as they are.',
  written: (path: string) => `${path} is written.`,
  notWritten: 'Nothing is written; --write applies this.',
} as const;

/** A file as places in it are told; `cell`: of a notebook, from 0. */
export const placeIn = (path: string, cell: number | undefined): string => (cell === undefined ? path : `${path} cell ${cell + 1}`);

/** A message with its place in a notebook, where a program takes lines of the whole file only. */
export const messageInCell = (message: string, cell: number, line: number): string => `cell ${cell + 1}, line ${line}: ${message}`;

export const explainNotes = {
  /** Over the columns of the table of models. */
  modelHeads: ['', 'Model', 'Cached', 'Minimum', 'Lifetimes', 'First call', 'Later call', 'Expected', 'Uncached'] as readonly string[],
  noCachePoints: 'There are no cache points.',
  more: (amount: number, formats: NumberFormats) => `${count(formats, amount, 'more line')} like these`,
  recorded: ({ input, output, cacheRead, cacheWrite }: RecordedUsage, { tokens: figure }: NumberFormats) =>
    cacheRead === undefined && cacheWrite === undefined
      ? `Recorded: ${figure(input)} tokens in and ${figure(output)} out; the answer does not mention the cache.`
      : `Recorded: ${figure(cacheRead ?? 0)} tokens read from the cache, ${figure(cacheWrite ?? 0)} written to it, ${figure(input)} neither, and ${figure(output)} out.`,
  problems: (amount: number, path: string, formats: NumberFormats) =>
    amount === 0
      ? 'There are no problems.'
      : `There ${amount === 1 ? 'is' : 'are'} ${count(formats, amount, 'problem')}; see cachepoint check ${path}.`,
  legend: {
    cached: (number: number) => `read from the cache up to cache point ${number}`,
    unmarked: 'would be cached with a cache point after it',
    varying: 'changes with each request',
    tail: 'paid in full on each call',
  },
} as const;
