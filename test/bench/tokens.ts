import type { TokenFamily } from '../../src/core/models/types';
import { estimateRequest, estimateText } from '../../src/core/tokens/estimate';
import type { ConverseRequest } from '../../src/core/request/types';
import type { TokenEstimate } from '../../src/core/figures/band';
import { toConverse, modelOf } from '../tokens/converse';
import { benchCold, mixedOf, repeatTo } from './coldTokens';
import { withShipped } from './shippedTokens';
import { isHeldOut, parseHeldOut, readDocuments, readNova, readRequests, repositoryOf, sourceOf } from '../tokens/corpus';
import type { CountedByNova, Document, HeldOut, Recorded } from '../tokens/corpus';
import { sampleTexts } from '../unit/core/tokens/texts';

interface Checked {
  readonly group: string;
  readonly estimate: TokenEstimate;
  readonly counted: number;
}

const percent = (value: number): string => (100 * value).toFixed(1);
const errorOf = ({ estimate, counted }: Checked): number => Math.abs(estimate.likely - counted) / counted;
const holds = ({ estimate, counted }: Checked): boolean => estimate.low <= counted && counted <= estimate.high;
const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const summary = (checked: readonly Checked[]) => {
  const errors = checked.map(errorOf).sort((a, b) => a - b);
  return {
    n: checked.length,
    'mean %': percent(mean(errors)),
    'median %': percent(quantile(errors, 0.5)),
    'P90 %': percent(quantile(errors, 0.9)),
    'P95 %': percent(quantile(errors, 0.95)),
    'band holds %': percent(checked.filter(holds).length / checked.length),
    'band ± %': percent(mean(checked.map(({ estimate, counted }) => (estimate.high - estimate.low) / 2 / counted))),
  };
};

const printGroups = (title: string, checked: readonly Checked[], whole: readonly string[] = ['all']): void => {
  console.log(`\n${title}`);
  const names = [...new Set(checked.map(({ group }) => group))].sort();
  console.table(
    Object.fromEntries(
      [...whole, ...names].map((name) => [name, summary(checked.filter(({ group }) => name === 'all' || group === name))]),
    ),
  );
};

const scripts: readonly (readonly [string, RegExp])[] = [
  ['CJK', /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['Cyrillic, Greek', /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Armenian}\p{Script=Georgian}]/gu],
  ['Arabic, Hebrew', /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/gu],
  ['other Latin', /(?![a-zA-Z])\p{Script=Latin}/gu],
];

/** The script group of a text by its letters, as the tables name it. */
const scriptOf = (text: string): string => {
  const letters = text.match(/\p{Alphabetic}/gu)?.length ?? 0;
  if (letters === 0) return 'no letters';
  const share = (script: RegExp): number => (text.match(script)?.length ?? 0) / letters;
  for (const [name, script] of scripts) if (share(script) > (name === 'other Latin' ? 0.02 : 0.3)) return name;
  return share(/[a-zA-Z]/g) > 0.5 ? 'ASCII' : 'Indic, Thai, others';
};

/** The corpus holds one and the same text in hundreds of languages. */
const isTranslation = (document: Document): boolean => document.kind === 'prose' && document.lang !== 'en';

const kindOf = (document: Document): string => document.kind.replace(/^short:.*/, 'short');

const benchDocuments = (documents: readonly Document[]): void => {
  for (const [name, family, field] of [
    ['older vocabulary (Claude 3 … 4.6)', 'claude-3', 'claude3'],
    ['newer vocabulary (Claude 4.7, 4.8, 5)', 'claude-5', 'claude47'],
  ] as const) {
    const checked = (group: (document: Document) => string, among = documents): readonly Checked[] =>
      among.map((document) => ({ group: group(document), estimate: estimateText(document.text, family), counted: document[field] }));
    printGroups(
      `Documents by kind, translations of one text apart, ${name}`,
      checked(
        kindOf,
        documents.filter((document) => !isTranslation(document)),
      ),
    );
    printGroups(
      `All documents by script, ${name}`,
      checked(({ text }) => scriptOf(text)),
    );
    printGroups(
      `All documents by the rows of docs/tokens.md, ${name}`,
      rowsOfPage.flatMap(([row, isIn]) => checked(() => row, documents.filter(isIn))),
      [],
    );
  }
};

const lettersOf = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;
const isLatinText = (text: string): boolean => lettersOf(text, /\p{Script=Latin}/gu) > lettersOf(text, /\p{Alphabetic}/gu) / 2;
const marksIn = (text: string): number =>
  lettersOf(text, /(?![a-zA-Z])\p{Script=Latin}/gu) / Math.max(1, lettersOf(text, /\p{Alphabetic}/gu));
const mostly = (text: string, letters: RegExp): boolean => lettersOf(text, letters) > 0.3 * lettersOf(text, /\p{Alphabetic}/gu);
const eastern = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const european = /[\p{Script=Cyrillic}\p{Script=Greek}]/gu;

/** The rows of the table in docs/tokens.md; a text may be in several. */
const rowsOfPage: readonly (readonly [string, (document: Document) => boolean])[] = [
  [
    'scripts beyond these',
    ({ text }) =>
      !isLatinText(text) &&
      !mostly(text, eastern) &&
      !mostly(text, european) &&
      lettersOf(text, /\p{Alphabetic}/gu) > 0.3 * text.length &&
      lettersOf(text, /(?!\p{ASCII})\p{S}/gu) <= 0.05 * text.length,
  ],
  ['Cyrillic, Greek', ({ text }) => mostly(text, european)],
  ['Latin, over 10 % marks', ({ text }) => isLatinText(text) && marksIn(text) > 0.1],
  ['Latin, 2 to 10 % marks', ({ text }) => isLatinText(text) && marksIn(text) > 0.02 && marksIn(text) <= 0.1],
  ['plain Latin, not English', (document) => isTranslation(document) && isLatinText(document.text) && marksIn(document.text) <= 0.02],
  ['JSON', ({ kind }) => kind === 'json'],
  ['code', ({ kind }) => kind === 'code'],
  ['Markdown', ({ kind }) => kind === 'md'],
  ['over 5 % symbols', ({ text }) => lettersOf(text, /(?!\p{ASCII})\p{S}/gu) > 0.05 * text.length],
  ['YAML, XML', ({ kind }) => kind === 'yaml' || kind === 'xml'],
  ['Chinese, Japanese, Korean', ({ text }) => mostly(text, eastern)],
];

/** Pictures and documents may stand in tool results, too, which the recording's own list of kinds does not look into. */
const hasMedia = ({ kinds, request }: Recorded): boolean =>
  kinds.includes('image') || kinds.includes('document') || /"(?:image|document)"/.test(JSON.stringify(request));
const isUnseen = ({ kinds, flags }: Recorded): boolean =>
  kinds.includes('server_tools') || ['server_tool_use', 'url_media', 'other_blocks'].some((flag) => flags[flag] !== undefined);

const benchRequests = (requests: readonly Recorded[]): void => {
  const known = requests.filter(
    (recorded) => recorded.suspect === undefined && !isUnseen(recorded) && modelOf(recorded).tokens !== 'other',
  );
  const check = (recorded: Recorded): Checked => ({
    group: `${recorded.family} ${recorded.kinds.join('+') || 'text'}`,
    estimate: estimateRequest(toConverse(recorded), modelOf(recorded)).total,
    counted: recorded.total_input_tokens,
  });
  printGroups('Requests by family and kind', known.map(check));
  const large = known.filter((recorded) => recorded.family.startsWith('claude') && recorded.total_input_tokens >= 1000);
  printGroups(
    'Claude requests of 1,000 tokens or more, without pictures and documents',
    large.filter((recorded) => !hasMedia(recorded)).map(check),
  );
};

/** What Nova was asked; its messages take turns. */
const novaRequest = ({ text, parts = [text], nsys }: CountedByNova): ConverseRequest => ({
  modelId: '',
  system: parts.slice(0, nsys).map((part) => ({ text: part })),
  messages: parts.slice(nsys).map((part, at) => ({ role: at % 2 === 0 ? 'user' : 'assistant', content: [{ text: part }] })),
});

/** None of these texts was fitted to but by the factor of a family: they say what shorter ones cannot, where one token is several percent. */
const benchNova = (counted: readonly CountedByNova[]): void => {
  const check = (one: CountedByNova): Checked => {
    const family: TokenFamily = one.fam === 'nova1' ? 'nova-1' : 'nova-2';
    const estimate = one.side === 'out' ? estimateText(one.text, family) : estimateRequest(novaRequest(one), { tokens: family }).total;
    return { group: `${one.fam} ${one.side === 'out' ? 'answers' : 'requests'}`, estimate, counted: one.n };
  };
  for (const fam of ['nova1', 'nova2'] as const)
    printGroups(`Texts of 30 tokens or more counted by ${fam}`, counted.filter((one) => one.fam === fam && one.n >= 30).map(check));
};

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
 * `test/tokens/README.md` describes; `without` (`1/2`) looks only at sources held out by a fit with the same option.
 */
export const benchTokens = async (options: {
  readonly data?: string | undefined;
  readonly without?: string | undefined;
}): Promise<void> => {
  const heldOut: HeldOut | undefined = parseHeldOut(options.without);
  const joined = (pattern: RegExp): string => sampleTexts.flatMap(({ name, text }) => (pattern.test(name) ? [text] : [])).join('\n');
  if (options.data === undefined) {
    printSamples();
    await benchSpeed(
      joined(/^english/),
      joined(/^code/),
      sampleTexts.map(({ text }) => text),
    );
    return;
  }
  const documents = readDocuments(options.data);
  const isMeant = (source: string): boolean => heldOut === undefined || isHeldOut(source, heldOut);
  benchDocuments(documents.filter((document) => isMeant(sourceOf(document))));
  benchRequests(readRequests(options.data).filter((recorded) => isMeant(repositoryOf(recorded))));
  benchNova(readNova(options.data));
  const textOf = (test: (document: Document) => boolean): string =>
    documents.flatMap((document) => (test(document) ? [document.text] : [])).join('\n');
  await benchSpeed(
    textOf(({ kind, lang }) => lang === 'en' && (kind === 'md' || kind === 'prose')),
    textOf(({ kind }) => kind === 'code'),
    // A hash of their names decides, so that kinds and languages are mixed as they come.
    [...documents].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ text }) => text),
  );
};
