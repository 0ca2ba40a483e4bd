import { readFileSync } from 'node:fs';
import { findVolatile } from '../../../../src/core/varies/volatile';
import type { VolatileKind } from '../../../../src/core/prompt/problems';

/** One line of the corpus: does it hold something made for one request, what kind (or what kind it resembles), and the line itself. */
export interface LabelledLine {
  readonly volatile: boolean;
  readonly kind: VolatileKind;
  readonly text: string;
}

/**
 * Lines with an index below this were divided before the patterns were made to fit them. The later ones were all looked at in tuning; when first
 * seen, 40 of these 47 were judged right (precision 0.89, recall 0.77), which says more of unknown text than any figure after tuning.
 */
const divided = 462;

const linesOf = (name: string): readonly (readonly string[])[] =>
  readFileSync(new URL(`../../../fixtures/volatile/${name}`, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => line.split('\t'));

export interface Corpus<Line extends LabelledLine = LabelledLine> {
  readonly tuning: readonly Line[];
  readonly heldOut: readonly Line[];
}

/** The corpus in its two parts: pairs of lines in turn, of which only the first part was looked at in tuning. */
export const readCorpus = (): Corpus => {
  const lines = linesOf('corpus.tsv').map(([label = '', kind = '', text = '']): LabelledLine => {
    return { volatile: label === 'volatile', kind: kind as VolatileKind, text }; // the corpus test checks the words
  });
  const isHeldOut = (at: number): boolean => at < divided && (at >> 1) % 2 === 1;
  return { tuning: lines.filter((_, at) => !isHeldOut(at)), heldOut: lines.filter((_, at) => isHeldOut(at)) };
};

/** A line, or a heading with what stands below it, in one language. */
export interface LanguageLine extends LabelledLine {
  readonly language: string;
}

/** Lines of languages behind these were looked at in tuning, all of them. */
const dividedLanguages = 1871;

/** Lines in the languages of `src/core/varies/languages`. Of each language and label, pairs of lines in turn were only measured. A line break is written `\\n`. */
export const readLanguages = (): Corpus<LanguageLine> => {
  const counts = new Map<string, number>();
  const tuning: LanguageLine[] = [];
  const heldOut: LanguageLine[] = [];
  for (const [language = '', label = '', kind = '', text = ''] of linesOf('languages.tsv')) {
    const at = counts.get(language + label) ?? 0;
    counts.set(language + label, at + 1);
    const line = { language, volatile: label === 'volatile', kind: kind as VolatileKind, text: text.replaceAll('\\n', '\n') };
    const isHeldOut = tuning.length + heldOut.length < dividedLanguages && (at >> 1) % 2 === 1;
    (isHeldOut ? heldOut : tuning).push(line);
  }
  return { tuning, heldOut };
};

export interface Score {
  readonly lines: number;
  readonly hits: number;
  readonly falseAlarms: readonly string[];
  readonly missed: readonly string[];
  readonly precision: number;
  readonly recall: number;
}

/** Precision and recall by line: a line counts as reported when anything in it is. */
export const score = (lines: readonly LabelledLine[]): Score => {
  const reported = lines.map((line) => ({ ...line, found: findVolatile(line.text).length > 0 }));
  const hits = reported.filter((line) => line.found && line.volatile).length;
  const falseAlarms = reported.filter((line) => line.found && !line.volatile).map((line) => line.text);
  const missed = reported.filter((line) => !line.found && line.volatile).map((line) => line.text);
  const ratio = (part: number, whole: number) => (whole === 0 ? 1 : part / whole);
  return {
    lines: lines.length,
    hits,
    falseAlarms,
    missed,
    precision: ratio(hits, hits + falseAlarms.length),
    recall: ratio(hits, hits + missed.length),
  };
};
