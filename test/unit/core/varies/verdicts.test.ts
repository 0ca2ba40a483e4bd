import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findVolatile } from '../../../../src/core/varies/volatile';
import { checkGoldenText } from '../../../support/golden';
import { readCorpus, readLanguages, type LabelledLine } from './volatileCorpus';

const root = join(import.meta.dirname, '..', '..', '..', '..');

/** A text with what is found in brackets, on one line. */
const withFindings = (text: string): string => {
  let marked = text;
  for (const { start, end } of findVolatile(text).toReversed())
    marked = `${marked.slice(0, start)}⟦${marked.slice(start, end)}⟧${marked.slice(end)}`;
  return marked.replaceAll('\n', ' ↵ ');
};

const verdict = ({ text, volatile }: LabelledLine): string => {
  const isFound = findVolatile(text).length > 0;
  return isFound === volatile ? '     ' : isFound ? 'FALSE' : 'MISS ';
};

const lineFor = (line: LabelledLine): string => `${verdict(line)} ${line.kind.padEnd(9)} ${withFindings(line.text)}`;

/** Of what is kept back to measure with, the verdict alone is shown: a text that somebody has read is no measure any more. */
const keptBack = (line: LabelledLine, at: number): string => `${verdict(line)} ${line.kind.padEnd(9)} kept back, line ${at + 1}`;

const samples = (): readonly string[] => {
  const folder = join(root, 'media', 'samples');
  const names = readdirSync(folder).filter((name) => name.endsWith('.md'));
  return names.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8');
    return findVolatile(text).map(({ kind, start, end }) => `      ${kind.padEnd(9)} ${name}: ⟦${text.slice(start, end)}⟧`);
  });
};

describe('what looks made for one request', () => {
  const [corpus, languages] = [readCorpus(), readLanguages()];

  it('is the same as before in every line that is known, or a line of the difference says which', () => {
    const lines = [
      '# Verdicts on texts: FALSE is a false alarm, MISS one that is not found, ⟦⟧ what is found. UPDATE_GOLDEN=1 writes them again.',
      '## English',
      ...corpus.tuning.map(lineFor),
      ...corpus.heldOut.map(keptBack),
      '## Languages',
      ...languages.tuning.map((line) => `${line.language} ${lineFor(line)}`),
      ...languages.heldOut.map((line, at) => `${line.language} ${keptBack(line, at)}`),
      '## Samples',
      ...samples(),
    ];
    checkGoldenText(join(root, 'test', 'fixtures', 'volatile', 'verdicts.txt'), `${lines.join('\n')}\n`);
  });
});
