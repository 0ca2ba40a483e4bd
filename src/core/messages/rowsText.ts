import { sharedText } from './editor/shared';
import type { NumberFormats } from '../figures/numbers';
import type { BatchRecord, JobState, SendEntry } from '../rows/journal';
import type { LastTime } from '../rows/lastTime';
import type { RowFault } from '../rows/rowFault';
import type { TableProblem } from '../rows/table';
import type { Totals } from '../rows/totals';
import type { FailureCode } from '../runs/failure';
import { countTokensOf, type Usage } from '../tokens/usage';

const listed = (words: readonly string[], most = 8): string =>
  words.length > most ? `${words.slice(0, most).join(', ')} and ${words.length - most} more` : words.join(', ');

const plural = (count: number, word: string, formats: NumberFormats): string => `${formats.tokens(count)} ${word}${count === 1 ? '' : 's'}`;

/** Why a file gives no rows, with what to change. */
export const describeTableProblem = (problem: TableProblem): string => {
  switch (problem.kind) {
    case 'notCsv':
      return `Line ${problem.line} is no CSV: ${problem.detail}`;
    case 'notJson':
      return `Line ${problem.line} is no JSON.`;
    case 'notObject':
      return `Line ${problem.line} is no JSON object; each line must be one, with the values of the variables by their names.`;
    case 'unreadable':
      return `It cannot be read: ${problem.detail}`;
    case 'empty':
      return 'There are no rows in it.';
    case 'tooMany':
      return `It has ${problem.rows} rows; at most ${problem.most} are run at once.`;
    case 'unknownColumns': {
      const names = problem.columns.map(({ name, nearest }) =>
        nearest === undefined ? `“${name}”` : `“${name}” (did you mean “${nearest}”?)`,
      );
      return `The prompt has no variable for the ${names.length === 1 ? 'column' : 'columns'} ${listed(names)}.`;
    }
    case 'missingColumns':
      return `${problem.columns.length === 1 ? 'A column is' : 'Columns are'} missing for variables without a default: ${listed(problem.columns.map((name) => `“${name}”`))}.`;
    case 'missingValues':
      return `Row ${problem.row} has no value for ${listed(problem.names.map((name) => `“${name}”`))}.`;
    case 'notText':
      return `Row ${problem.row} has a value that is no text for ${listed(problem.names.map((name) => `“${name}”`))}.`;
  }
};

const faults: { readonly [F in RowFault]: string } = {
  bodyNotJson: 'its values make a body that is no JSON',
  schemaNotJson: 'its values make a schema of the output that is no JSON',
  blankText: 'its values leave a text of the request empty, which Bedrock refuses',
  loneSurrogate: 'it holds half of a character, which cannot be sent',
};

/** Rows that cannot be sent, by what is wrong with them; nothing of the batch leaves before they are right. */
export const describeRowFaults = (found: readonly { readonly row: number; readonly fault: RowFault }[]): string =>
  found
    .slice(0, 5)
    .map(({ row, fault }) => `Row ${row} was refused: ${faults[fault]}.`)
    .concat(found.length > 5 ? [`${found.length - 5} more rows were refused too.`] : [])
    .join(' ');

/** What a failure is called in a cell of the table. */
const failureNames: { readonly [C in FailureCode]: string } = {
  credentials: 'No usable credentials',
  signIn: 'Not signed in',
  regionMissing: 'No Region',
  accessDenied: 'Access denied',
  modelNotFound: 'Model not found',
  invalidRequest: 'Request refused',
  throttled: 'Throttled again and again',
  modelFailed: 'The model failed',
  unavailable: 'Service not available',
  timeout: 'Timed out; perhaps billed',
  network: 'Not reached',
  unanswered: 'No answer came; perhaps billed',
  otherAnswer: 'Not Bedrock that answered',
  tooDeep: 'Nested too deeply',
  interrupted: 'Ended early; perhaps billed',
  canceled: 'Canceled; perhaps billed',
  unexpected: 'Failed',
};

/** What a failed call is called where there is room for a few words. A code of a later version is called by itself. */
export const failureName = (code: FailureCode): string => failureNames[code] ?? code;

const rangeText = (usd: SendEntry['usd'], formats: NumberFormats): string =>
  usd === undefined ? 'cost not known' : `${formats.usd(0)} – ${formats.usd(usd[1])}`;

/** What a cell says while it has no answer. */
export const jobText = (state: JobState, formats: NumberFormats): string => {
  switch (state.kind) {
    case 'waiting':
      return '';
    case 'sent':
      return 'Under way…';
    case 'doubtful':
      return `Doubtful: it had left when the window ended (${rangeText(state.usd, formats)}).`;
    case 'leftOut':
      return `Left out; it may have been billed (${rangeText(state.usd, formats)}).`;
    case 'failed':
      return failureName(state.code);
    case 'done':
      return 'The answer was not kept.';
  }
};

/** The name of a row's run where runs are listed. */
export const rowName = (source: 'samples' | 'csv' | 'jsonLines', number: number): string =>
  source === 'samples' ? sharedText.sample(number) : `Row ${number}`;

export const rowsNotes = {
  answersNotKept:
    'Answers are not kept over a reload, their figures are. With the setting cachepoint.history.keepTexts the answers of the next rows are kept, too.',
  notKept: 'This call is not in the history of runs: it was deleted there, or the history keeps none.',
} as const;

/** "read 1,204 · wrote 0 · in 35 · out 80". */
export const usageText = (usage: Usage | undefined, formats: NumberFormats): string => {
  if (usage === undefined) return '';
  const { read, written, input, output } = countTokensOf(usage);
  const part = (name: string, tokens: number | undefined): readonly string[] =>
    tokens === undefined ? [] : [`${name} ${formats.tokens(tokens)}`];
  return [...part('read', read), ...part('wrote', written), ...part('in', input), ...part('out', output)].join(' · ');
};

/** A row against the last time, in a few words. */
export const lastTimeText = ({ sameAnswer, sameCall, output, usd }: LastTime, formats: NumberFormats): string => {
  const signed = (amount: number, text: string): string => `${amount > 0 ? '+' : '−'}${text}`;
  const changes = [
    ...(output === undefined || output === 0 ? [] : [`${signed(output, formats.tokens(Math.abs(output)))} tokens out`]),
    ...(usd === undefined || Math.abs(usd) < 1e-8 ? [] : [signed(usd, formats.usd(Math.abs(usd)))]),
  ];
  return [sameAnswer ? 'same answer' : 'another answer', ...(sameCall ? [] : ['another request']), ...changes].join(', ');
};

/** How far a batch is: "45 of 120 answered · 2 failed · 1 doubtful · 4 under way". */
export const progressText = (totals: Totals, inFlight: number, formats: NumberFormats): string =>
  [
    `${formats.tokens(totals.done)} of ${formats.tokens(totals.jobs)} answered`,
    ...(totals.failed === 0 ? [] : [`${formats.tokens(totals.failed)} failed`]),
    ...(totals.doubtful === 0 ? [] : [`${formats.tokens(totals.doubtful)} doubtful`]),
    ...(totals.leftOut === 0 ? [] : [`${formats.tokens(totals.leftOut)} left out`]),
    ...(inFlight === 0 ? [] : [`${formats.tokens(inFlight)} under way`]),
  ].join(' · ');

/** What the doubtful rows may have cost, and what a person can do. */
export const doubtText = ({ doubtful, doubtfulUsd }: Totals, formats: NumberFormats): string => {
  const isOne = doubtful === 1;
  const cost = doubtfulUsd === undefined ? 'What that cost is not known.' : `That may have cost ${formats.usdBand(...doubtfulUsd)}.`;
  const again = isOne
    ? 'It is sent again only if you say so; then it may be billed twice.'
    : 'They are sent again only if you say so; then they may be billed twice.';
  return `${plural(doubtful, 'row', formats)} had left when the window ended, and nobody knows whether ${isOne ? 'it was' : 'they were'} answered. ${cost} ${again}`;
};

/** What is said where a batch stands still. */
export const haltTexts = {
  begin: (detail: string): string =>
    `Nothing was sent: what is sent cannot be written down (${detail}). Make room on the disk, then run the rows again.`,
  journal: (detail: string): string =>
    `No further row is sent: what was sent cannot be written down (${detail}). Make room on the disk, then resume. Rows under way at that time may show as doubtful after a reload.`,
  limit: 'No further row is sent: today’s calls would cost more than cachepoint.run.dailyLimitUsd allows.',
  failing: (code: FailureCode): string => `No further row is sent, as the next ones would fail too: ${failureName(code).toLowerCase()}.`,
  changedRows: (count: number, formats: NumberFormats): string =>
    `${plural(count, 'row', formats)} cannot be sent from here: the prompt or the rows have changed since. Start over to run ${count === 1 ? 'it' : 'them'} as ${count === 1 ? 'it is' : 'they are'} now.`,
} as const;

export const rowsTitles = {
  source: 'Which rows?',
  pickFile: 'Run Rows of File',
  models: 'Models to run side by side (up to four)',
} as const;

/** Said where a journal is held by another window. */
export const heldElsewhere = 'These rows are open in another window. Close them there first.';

/** What a person agrees to before a batch. */
export interface BatchQuestion {
  readonly calls: number;
  readonly rows: number;
  readonly models: readonly string[];
  /** From all read up to all cold with the longest answers; `undefined` where a price is not known. */
  readonly usd: readonly [low: number, high: number] | undefined;
  readonly destination: string;
}

export const batchQuestion = ({ calls, rows, models, usd, destination }: BatchQuestion, formats: NumberFormats): string =>
  [
    destination,
    `${plural(calls, 'call', formats)}: ${plural(rows, 'row', formats)} on ${listed(models)}.`,
    usd === undefined
      ? 'What they cost is not known.'
      : `Estimated cost: ${formats.usdBand(usd[0], usd[1])}, with the longest answers that the prompt allows.`,
  ].join('\n\n');

/** "Go on with 75 of 120 rows, 1 doubtful". */
export const unfinishedText = ({ jobs }: Pick<BatchRecord, 'jobs'>, formats: NumberFormats): string => {
  const doubtful = jobs.filter(({ kind }) => kind === 'doubtful').length;
  const left = jobs.filter(({ kind }) => kind === 'waiting').length;
  return `Go on: ${formats.tokens(left)} of ${formats.tokens(jobs.length)} left${doubtful === 0 ? '' : `, ${formats.tokens(doubtful)} doubtful`}`;
};

/** Rows of earlier in a list: what is left of them, or how they ended. */
export const keptRowsText = ({ jobs, over }: Pick<BatchRecord, 'jobs' | 'over'>, formats: NumberFormats): string => {
  if (over === undefined && jobs.some(({ kind }) => kind === 'waiting' || kind === 'doubtful')) return unfinishedText({ jobs }, formats);
  const done = jobs.filter(({ kind }) => kind === 'done').length;
  return `${over === 'canceled' ? 'Canceled: ' : ''}${formats.tokens(done)} of ${formats.tokens(jobs.length)} answered`;
};

/** Said in the next window after rows were cut off. */
export const unfinishedNotice = (record: BatchRecord, formats: NumberFormats): string =>
  `Rows of ${record.batch.prompt.name} are not finished. ${unfinishedText(record, formats)}. Nothing is sent until you say so.`;
