import type { NumberFormats } from '../figures/numbers';
import { unknownFigure } from '../figures/numbers';
import type { StoredRun } from '../history/stored';
import { hitRateOfTotals, type PromptTotals } from '../history/totals';
import { countTokensOf, hitRateOf } from '../tokens/usage';

/** Says what the view *Runs* shows. Texts of prompts and services are made visible where they are shown. */

const count = (amount: number, word: string, formats: NumberFormats): string =>
  `${formats.tokens(amount)} ${word}${amount === 1 ? '' : 's'}`;

const readText = (share: number | undefined, formats: NumberFormats): readonly string[] =>
  share === undefined ? [] : [`${formats.percent(share)} read`];

const costText = ({ usd, unpriced, runs, simulated }: PromptTotals, formats: NumberFormats): readonly string[] => {
  if (unpriced === runs) return [];
  const more = unpriced === 0 ? '' : ' or more';
  // What the emulator answers costs nothing; the figure is what Bedrock would list.
  return [`${simulated === runs ? 'would cost ' : ''}${formats.usdBand(usd.low, usd.high)}${more}`];
};

/** Beside the name of a prompt: "12 runs · 87% read · $0.031". */
export const totalsText = (totals: PromptTotals, formats: NumberFormats): string =>
  [
    count(totals.runs, 'run', formats),
    ...(totals.failed === 0 ? [] : [`${formats.tokens(totals.failed)} failed`]),
    ...readText(hitRateOfTotals(totals), formats),
    ...costText(totals, formats),
  ].join(' · ');

const stateText = ({ state, failure }: StoredRun): readonly string[] =>
  state === 'finished' ? [] : [failure?.code === 'canceled' ? 'canceled' : 'failed'];

/** The name of a run in its prompt's list: when it began, its part of a pair and its values. */
export const runTitle = ({ startedAt, pair, row }: StoredRun, when: (at: number) => string): string =>
  [when(startedAt), ...(pair === undefined ? [] : [pair.part]), ...(row === undefined ? [] : [row])].join(' · ');

/** Beside it: "84% read · $0.0031 · Claude Sonnet 4.6". */
export const runText = (run: StoredRun, formats: NumberFormats): string =>
  [
    ...stateText(run),
    ...readText(run.usage && hitRateOf(countTokensOf(run.usage)), formats),
    ...(run.usd === undefined ? [] : [formats.usdBand(run.usd.low, run.usd.high)]),
    run.modelName,
    ...(run.service === 'emulator' ? ['simulated'] : []),
  ].join(' · ');

/** All figures of a run, a line each. */
export const runDetails = (run: StoredRun, formats: NumberFormats): string => {
  const counts = run.usage && countTokensOf(run.usage);
  return [
    `${run.file}${run.row === undefined ? '' : ` · ${run.row}`}`,
    `${run.modelName} (${run.modelId})`,
    ...(counts === undefined
      ? ['No tokens were reported.']
      : [
          `Read ${formats.tokens(counts.read)}, written ${formats.tokens(counts.written)}, uncached ${formats.tokens(counts.input)}, output ${formats.tokens(counts.output)} tokens`,
        ]),
    `Cost ${run.usd === undefined ? unknownFigure : formats.usdBand(run.usd.low, run.usd.high)}, first token ${formats.duration(run.firstDeltaMs)}, total ${formats.duration(run.totalMs)}`,
    run.texts === undefined && run.hasTexts !== true ? 'Its texts were not kept.' : 'Its texts were kept.',
  ].join('\n');
};

export const runsNotes = {
  failed: 'The runs could not be read. The log says why.',
  filtered: (filter: string): string => `fits “${filter}”`,
  noMatch: (filter: string): string => `No run fits “${filter}”.`,
  later: (amount: number, formats: NumberFormats): string =>
    `${count(amount, 'run', formats)} of a later version of Cachepoint ${amount === 1 ? 'is' : 'are'} not shown.`,
  filterTitle: 'Filter Runs',
  filterPrompt: 'Words of file names, rows, models and states; empty shows all',
  lastRun: (when: string): string => `Last run ${when}`,
  runOf: (title: string, figures: string): string => `Run of ${title}, ${figures}`,
  open: 'Open',
  more: 'Show More',
  moreOf: (shown: number, of: number, formats: NumberFormats): string => `${formats.tokens(shown)} of ${formats.tokens(of)} shown`,
  setAside: (name: string): string =>
    `A file of the history of runs could not be read. It was set aside as ${name}; all other runs are there.`,
  notWritten: (why: string): string =>
    `Runs are not being kept: ${why}. What was kept before stays. This is said once; the next run that can be written is kept again.`,
  notKept: 'The texts of this run were not kept, so there is no request to show.',
  keepTexts: 'Keep Texts from Now On',
  keeping: 'From now on the texts of requests and answers are kept with each run on this machine, without what looks like a secret.',
} as const;
