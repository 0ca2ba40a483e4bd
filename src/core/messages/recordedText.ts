import type { NumberFormats } from '../figures/numbers';
import type { RecordedMode } from '../runs/recorded';

/** What is said of answers that are given again. */

const unitsMs: readonly (readonly [word: string, ms: number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1_000],
];

/** "3 minutes ago". */
export const ageText = (ms: number, formats: NumberFormats): string => {
  const [word, unit] = unitsMs.find(([, one]) => ms >= one) ?? ['second', 1_000];
  const count = Math.floor(Math.max(0, ms) / unit);
  return count === 0 ? 'just now' : `${formats.tokens(count)} ${word}${count === 1 ? '' : 's'} ago`;
};

/** What the card of such a run says. */
export const replayedText = (ageMs: number, formats: NumberFormats): string =>
  `Replayed: recorded ${ageText(ageMs, formats)} for an identical request. Nothing was sent and nothing is billed; no prompt cache was read or written. ` +
  'A model samples, so a real run may well answer otherwise.';

export const modeTitles: { readonly [M in RecordedMode]: readonly [label: string, detail: string] } = {
  off: ['Off', 'Every run is sent.'],
  window: ['In this window', 'Answers are kept in memory until the window closes.'],
  persistent: [
    'Persistent',
    'Answers are kept with the workspace for a week, where texts of runs may be kept (cachepoint.history.keepTexts).',
  ],
};

/** Asked before texts are kept for the first time. */
export const keepTextsQuestion =
  'Answers that outlast the window are texts on this machine. The setting cachepoint.history.keepTexts allows that, and keeps the texts of runs in the history too.';
