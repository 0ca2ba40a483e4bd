import { findVolatile } from '../../src/core/varies/volatile';
import { chunks } from '../../src/core/text/chunks';
import { readCorpus, readLanguages, score, type LabelledLine } from '../unit/core/varies/volatileCorpus';

const percent = (share: number): string => `${(share * 100).toFixed(1)} %`.padStart(8);

const row = (name: string, lines: readonly LabelledLine[]): string => {
  const { hits, falseAlarms, missed, precision, recall } = score(lines);
  const counts = `${String(lines.length).padStart(5)} lines  ${String(hits).padStart(4)} found  ${String(falseAlarms.length).padStart(3)} false  ${String(missed.length).padStart(3)} missed`;
  return `  ${name.padEnd(22)}${counts}   precision ${percent(precision)}   recall ${percent(recall)}`;
};

/** Milliseconds to search the corpus, repeated to a megabyte, chunk by chunk without any memory of earlier chunks; the best of five. */
const searchMs = (lines: readonly LabelledLine[]): { readonly ms: number; readonly megabytes: number } => {
  const once = lines.map(({ text }) => text).join('\n');
  const text = `${once}\n`.repeat(Math.ceil(1_000_000 / once.length));
  const pieces = chunks(text);
  let ms = Infinity;
  for (let round = 0; round < 5; round += 1) {
    const started = performance.now();
    for (const piece of pieces) findVolatile(piece);
    ms = Math.min(ms, performance.now() - started);
  }
  return { ms, megabytes: text.length / 1e6 };
};

/** Parts that, over and over, would take a search long that looks at a place again and again. */
const hostile: readonly string[] = [
  'today ',
  'today is (((((',
  'current date current date current date ',
  'request id: 0',
  'trace id 0123456789abcdef',
  '{{$now ',
  '${new Date()',
  '$(date ',
  'it is now 1',
  'now: 2026-11-2',
  '"today ',
  'this prompt was generated on 23 Nov ',
  '\u00e9'.repeat(8) + ' heute ist der 2',
  '(today) ',
  'current date\n',
  'last 5 minutes ',
  '{current_',
  '今日は',
  '1'.repeat(40),
  ' '.repeat(40),
  '; . ! ? today ',
];

/** The part whose time grows most when its repetition is eight times as long; quadratic work would take 64 times as long. */
const steepest = (): { readonly part: string; readonly growth: number } => {
  const bestMs = (text: string): number =>
    Math.min(
      ...Array.from({ length: 5 }, () => {
        const started = performance.now();
        findVolatile(text);
        return performance.now() - started;
      }),
    );
  const growths = hostile.map((part) => {
    const times = [20_000, 160_000].map((size) => bestMs(part.repeat(Math.ceil(size / part.length)).slice(0, size)));
    return { part, growth: (times[1] ?? 0) / Math.max(0.5, times[0] ?? 0) };
  });
  return growths.reduce((a, b) => (b.growth > a.growth ? b : a));
};

/** Prints how well generated literals are told from fixed ones on the labelled corpus, and how fast. */
export const benchVolatile = (): Promise<void> => {
  const { tuning, heldOut } = readCorpus();
  const all = [...tuning, ...heldOut];
  console.log('literals that look generated, by line of the labelled corpus');
  console.log(row('part set aside', heldOut));
  console.log(row('part used in tuning', tuning));
  for (const kind of [...new Set(all.map((line) => line.kind))].sort())
    console.log(
      row(
        `  ${kind}`,
        all.filter((line) => line.kind === kind),
      ),
    );
  console.log('  in many languages, the part set aside');
  const languages = readLanguages();
  console.log(row('all', languages.heldOut));
  for (const name of new Set(languages.heldOut.map(({ language }) => language)))
    console.log(
      row(
        `  ${name}`,
        languages.heldOut.filter(({ language }) => language === name),
      ),
    );
  const { ms, megabytes } = searchMs(all);
  console.log(`  search: ${(ms / megabytes).toFixed(0)} ms per megabyte of nothing but such lines, each chunk seen for the first time`);
  const { part, growth } = steepest();
  console.log(`  eight times the hostile text: at most ${growth.toFixed(1)} times as long (${JSON.stringify(part.slice(0, 24))})`);
  return Promise.resolve();
};
