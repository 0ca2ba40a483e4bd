import type { TokenEstimate } from '../../src/core/figures/band';
import { estimateText } from '../../src/core/tokens/estimate';
import { readDocuments } from '../tokens/corpus';
import type { Document } from '../tokens/corpus';
import { sampleTexts } from '../unit/core/tokens/texts';
import { benchCold, mixedOf, repeatTo } from './coldTokens';
import { withShipped } from './shippedTokens';
import { benchErrors, quantile, type Judged } from './tokenErrors';

const megabytesPerSecond = (run: () => unknown, bytes: number): number => {
  const speeds = Array.from({ length: 5 }, () => {
    const start = performance.now();
    run();
    return bytes / 1000 / (performance.now() - start);
  });
  return Math.max(...speeds);
};

/** `gpt-tokenizer` is compared with only where it happens to be installed. */
const compareGptTokenizer = async (
  texts: readonly (readonly [name: string, text: string])[],
  measure: (text: string) => unknown,
): Promise<void> => {
  const name = process.env['GPT_TOKENIZER'] ?? 'gpt-tokenizer/cjs/encoding/o200k_base';
  try {
    const loaded = (await import(name)) as { countTokens?: (text: string) => number; default?: { countTokens?: (text: string) => number } };
    const count = loaded.countTokens ?? loaded.default?.countTokens;
    if (count === undefined) return;
    for (const [kind, text] of texts) {
      const speed = megabytesPerSecond(() => count(text), text.length);
      const own = megabytesPerSecond(() => measure(text), text.length);
      console.log(
        `${kind}: gpt-tokenizer o200k ${speed.toFixed(1)} MB/s, this estimator ${own.toFixed(1)} MB/s, ${(own / speed).toFixed(1)} times as much`,
      );
    }
  } catch (error) {
    console.log(`gpt-tokenizer was not compared; set GPT_TOKENIZER to its o200k_base module: ${String(error)}`);
  }
};

/** Numbers strewn into a short text that is repeated, so that what remembers words does not profit. */
const varied = (text: string): string => {
  let at = 0;
  return text.replace(/[a-z]{4,}/g, (word) => (++at % 3 === 0 ? `${word}${((at * 7919) % 9973).toString(26)}` : word));
};

const keystrokeMs = (text: string, estimate: (text: string) => unknown): number => {
  estimate(text);
  const middle = text.length >> 1;
  const times = Array.from({ length: 41 }, (_, at) => {
    // An editor hands over a text of one piece: to join it here is no part of what is measured.
    const edited = Buffer.from(`${text.slice(0, middle)}${'x'.repeat(at + 1)}${text.slice(middle)}`, 'utf16le').toString('utf16le');
    const start = performance.now();
    estimate(edited);
    return performance.now() - start;
  });
  return quantile(
    times.sort((a, b) => a - b),
    0.5,
  );
};

const benchSpeed = async (english: string, code: string, texts: readonly string[]): Promise<void> =>
  withShipped(async (shipped, outfile, folder) => {
    benchCold(folder, outfile, mixedOf(texts));
    const million = 1_000_000;
    const cases: readonly (readonly [string, string])[] = [
      ['English', repeatTo(english, 4 * million)],
      ['code', repeatTo(code, 4 * million)],
      ['one letter', 'a'.repeat(million)],
      ['emoji', '😀'.repeat(million / 2)],
      ['combining marks', `a${'\u0301\u0316'.repeat(million / 2)}`],
    ];
    for (const [name, text] of cases) {
      const speed = megabytesPerSecond(() => shipped.measureAfresh(text, 'old'), text.length);
      console.log(`${name}: ${speed.toFixed(1)} MB/s with nothing remembered`);
    }
    const mixed = repeatTo(english + code, million);
    console.log(`a keystroke in 1 MB: ${keystrokeMs(mixed, (text) => shipped.estimateText(text, 'claude-3')).toFixed(1)} ms`);
    const sized = (text: string): string => (text.length < million ? varied(repeatTo(text, million)) : text);
    await compareGptTokenizer(
      [
        ['English', sized(english)],
        ['code', sized(code)],
      ],
      (text) => shipped.measureAfresh(text, 'old'),
    );
  });

const printSamples = (): void => {
  console.log('\nTexts of test/tokens/texts. No service has counted them: the figures are for speed and drift, not for accuracy.');
  const figure = ({ low, likely, high }: TokenEstimate): string => `${Math.round(likely)} (${Math.round(low)}–${Math.round(high)})`;
  console.table(
    Object.fromEntries(
      sampleTexts.map(({ name, text }) => [
        name,
        { characters: text.length, older: figure(estimateText(text, 'claude-3')), newer: figure(estimateText(text, 'claude-5')) },
      ]),
    ),
  );
};

/**
 * Prints how far estimates are off, how often the band holds, and size, load and speed of what ships. `data` is a folder of the layout that
 * `test/tokens/README.md` describes; `without` (`1/2`) looks only at sources held out by a fit with the same option. `folds` (`8`) fits as often, each
 * time without another fold of the sources, judges each text by the weights that have not seen its source, and measures no speed; the fits stay in
 * `fits`, if a folder is named.
 */
export const benchTokens = async (options: Partial<Judged>): Promise<void> => {
  const joined = (pattern: RegExp): string => sampleTexts.flatMap(({ name, text }) => (pattern.test(name) ? [text] : [])).join('\n');
  const { data } = options;
  if (data === undefined) {
    printSamples();
    await benchSpeed(
      joined(/^english/),
      joined(/^code/),
      sampleTexts.map(({ text }) => text),
    );
    return;
  }
  await benchErrors({ ...options, data });
  if (options.folds !== undefined) return;
  const documents = readDocuments(data);
  const textOf = (test: (document: Document) => boolean): string =>
    documents.flatMap((document) => (test(document) ? [document.text] : [])).join('\n');
  await benchSpeed(
    textOf(({ kind, lang }) => lang === 'en' && (kind === 'md' || kind === 'prose')),
    textOf(({ kind }) => kind === 'code'),
    // A hash of their names decides, so that kinds and languages are mixed as they come.
    [...documents].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ text }) => text),
  );
};
