import type { NumberFormats } from '../figures/numbers';

const runs = (amount: number, formats: NumberFormats): string => `${formats.tokens(amount)} run${amount === 1 ? '' : 's'}`;

/** Which runs are meant: all, those of a prompt, a single one, or some that were selected. */
export type MeantRuns =
  | { readonly kind: 'all' | 'some' }
  | { readonly kind: 'prompt'; readonly file: string }
  /** `title`: as the view names it. */
  | { readonly kind: 'run'; readonly title: string };

/** What is asked and said where runs are exported, deleted and compared. */
export const runsDialogs = {
  exportTitle: 'Export Runs',
  exportName: 'runs',
  csv: 'CSV',
  csvDetail: 'A table of figures, for a spreadsheet',
  jsonl: 'JSON Lines',
  jsonlDetail: 'All that is kept: figures, and hashes and lengths of blocks',
  withoutTexts: 'Without Texts',
  withoutTextsDetail: 'Figures, times, models and names of files; nothing of what was sent or answered',
  withTexts: (amount: number, formats: NumberFormats): string => `With Texts of ${runs(amount, formats)}`,
  withTextsDetail: 'Requests and answers word for word, where they were kept',
  exported: (amount: number, texts: number, formats: NumberFormats): string =>
    `${runs(amount, formats)} exported. ${texts === 0 ? 'The file holds no text of prompts or answers.' : `The file holds the requests and answers of ${runs(texts, formats)}, word for word.`}`,
  nothing: 'There are no runs yet.',
  deleteQuestion: (amount: number, meant: MeantRuns, formats: NumberFormats): string => {
    switch (meant.kind) {
      case 'all':
        return `Delete all runs of all prompts (${runs(amount, formats)})?`;
      case 'prompt':
        return `Delete ${runs(amount, formats)} of ${meant.file}?`;
      case 'run':
        return `Delete the run of ${meant.title}?`;
      case 'some':
        return `Delete ${runs(amount, formats)}?`;
    }
  },
  deleteDetail: (amount: number): string =>
    `${amount === 1 ? 'Its' : 'Their'} figures, and texts where they were kept, are removed from this machine. This cannot be undone.`,
  deleteButton: 'Delete',
  deleted: (amount: number, formats: NumberFormats): string => `${runs(amount, formats)} deleted.`,
  which: 'Which runs?',
  all: 'All Runs',
  onlyOf: (file: string): string => `Runs of ${file}`,
  compareFirst: 'Compare Two Runs: the First',
  compareSecond: 'Compare Two Runs: the Second',
  comparison: 'Two Runs',
  gone: 'This run is not there any more.',
  noTexts: 'Requests and answers cannot be shown: their texts were not kept. What differs is told by hashes.',
} as const;
