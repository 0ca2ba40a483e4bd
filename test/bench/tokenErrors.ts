import type { TokenEstimate } from '../../src/core/figures/band';
import type { TokenFamily } from '../../src/core/models/types';
import type { ConverseRequest } from '../../src/core/request/types';
import { estimateRequest, estimateText } from '../../src/core/tokens/estimate';
import { modelOf, toConverse } from '../tokens/converse';
import { isHeldOut, parseHeldOut, readDocuments, readNova, readRequests, repositoryOf, sourceOf } from '../tokens/corpus';
import type { CountedByNova, Document, Recorded } from '../tokens/corpus';
import { fitFolds, type Estimator } from '../tokens/folds';

/** The estimator by which the texts of a source are judged. */
type EstimatorOf = (source: string) => Estimator;

interface Checked {
  readonly group: string;
  readonly source: string;
  readonly estimate: TokenEstimate;
  readonly counted: number;
}

const percent = (value: number): string => (100 * value).toFixed(1);
const signedErrorOf = ({ estimate, counted }: Checked): number => (estimate.likely - counted) / counted;
const errorOf = (checked: Checked): number => Math.abs(signedErrorOf(checked));
const holds = ({ estimate, counted }: Checked): boolean => estimate.low <= counted && counted <= estimate.high;
export const quantile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

const summary = (checked: readonly Checked[]) => {
  const errors = checked.map(errorOf).sort((a, b) => a - b);
  return {
    n: checked.length,
    sources: new Set(checked.map(({ source }) => source)).size,
    'mean %': percent(mean(errors)),
    'median %': percent(quantile(errors, 0.5)),
    'P90 %': percent(quantile(errors, 0.9)),
    'P95 %': percent(quantile(errors, 0.95)),
    'bias %': percent(mean(checked.map(signedErrorOf))),
    'band holds %': percent(checked.filter(holds).length / checked.length),
    'band ± %': percent(mean(checked.map(({ estimate, counted }) => (estimate.high - estimate.low) / 2 / counted))),
  };
};

const printGroups = (title: string, checked: readonly Checked[], whole: readonly string[] = ['all']): void => {
  console.log(`\n${title}`);
  const names = [...new Set(checked.map(({ group }) => group))];
  const isIn = (name: string): ((one: Checked) => boolean) => (name === 'all' ? () => true : ({ group }) => group === name);
  console.table(Object.fromEntries([...whole, ...names].map((name) => [name, summary(checked.filter(isIn(name)))])));
};

/** The corpus holds one and the same text in hundreds of languages. */
const isTranslation = (document: Document): boolean => document.kind === 'prose' && document.lang !== 'en';

const kindOf = (document: Document): string => document.kind.replace(/^short:.*/, 'short');

const lettersOf = (text: string, letters: RegExp): number => text.match(letters)?.length ?? 0;
const allLetters = (text: string): number => lettersOf(text, /\p{Alphabetic}/gu);
const isLatinText = (text: string): boolean => lettersOf(text, /\p{Script=Latin}/gu) > allLetters(text) / 2;
const marksIn = (text: string): number => lettersOf(text, /(?![a-zA-Z])\p{Script=Latin}/gu) / Math.max(1, allLetters(text));
const mostly = (text: string, letters: RegExp): boolean => lettersOf(text, letters) > 0.3 * allLetters(text);
const symbolsIn = (text: string): number => lettersOf(text, /(?!\p{ASCII})\p{S}/gu) / Math.max(1, text.length);

const eastern = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/gu;
const arabic = /\p{Script=Arabic}/gu;
/** Scripts in which at least some texts of the data are, each by a name. */
const scripts: readonly (readonly [name: string, letters: RegExp])[] = (
  'Latin Cyrillic Greek Arabic Hebrew Syriac Devanagari Gurmukhi Tamil Telugu Kannada Thai Lao Tibetan Ethiopic Khmer Cherokee ' +
  'Canadian_Aboriginal Vai Yi Hangul Hiragana Han'
)
  .split(' ')
  .map((name) => [name, new RegExp(`\\p{Script=${name}}`, 'gu')]);

/** The first of `scripts` in which three in ten of a text's letters or more are: Latin, where it is mixed with another; Japanese is known by its kana. */
const scriptOf = (text: string): string => {
  const share = (letters: RegExp): number => lettersOf(text, letters) / Math.max(1, allLetters(text));
  return scripts.find(([, letters]) => share(letters) > 0.3)?.[0] ?? 'none';
};

type Test = (document: Document) => boolean;

/** Rows by kind and by letters; a text may be in several. `isAlone`: no other source has texts in its script, so that nothing of it was known. */
const rowsOf = (isAlone: Test): readonly (readonly [string, Test])[] => [
  ['all documents', () => true],
  ['translations of one text apart', (document) => !isTranslation(document)],
  ['all but scripts of one source', (document) => !isAlone(document)],
  ['scripts of one source', isAlone],
  ['Cyrillic', ({ text }) => scriptOf(text) === 'Cyrillic'],
  ['Cyrillic, neither Russian nor Bulgarian', ({ text, lang }) => scriptOf(text) === 'Cyrillic' && lang !== 'ru' && lang !== 'bg'],
  ['Arabic script', ({ text }) => mostly(text, arabic)],
  ['Devanagari, Thai, Tibetan', ({ text }) => /^(?:Devanagari|Thai|Tibetan)$/.test(scriptOf(text))],
  ['Latin, over 10 % marks', ({ text }) => isLatinText(text) && marksIn(text) > 0.1],
  ['Latin, 2 to 10 % marks', ({ text }) => isLatinText(text) && marksIn(text) > 0.02 && marksIn(text) <= 0.1],
  ['plain Latin, not English', (document) => isTranslation(document) && isLatinText(document.text) && marksIn(document.text) <= 0.02],
  ['Chinese, Japanese, Korean', ({ text }) => mostly(text, eastern)],
  ['Markdown', ({ kind }) => kind === 'md'],
  ['Markdown, English', ({ kind, lang }) => kind === 'md' && lang === 'en'],
  ['code', ({ kind }) => kind === 'code'],
  ['JSON', ({ kind }) => kind === 'json'],
  ['YAML', ({ kind }) => kind === 'yaml'],
  ['XML', ({ kind }) => kind === 'xml'],
  ['over 5 % symbols', ({ text }) => symbolsIn(text) > 0.05],
  ['emoji', ({ kind }) => kind === 'short:emoji'],
];

/** Is a text in a script that no other source has? */
const aloneAmong = (documents: readonly Document[]): Test => {
  const sources = new Map<string, Set<string>>();
  for (const document of documents) {
    const script = scriptOf(document.text);
    sources.set(script, (sources.get(script) ?? new Set()).add(sourceOf(document)));
  }
  return ({ text }) => sources.get(scriptOf(text))?.size === 1;
};

const benchDocuments = (documents: readonly Document[], isMeant: (source: string) => boolean, estimatorOf: EstimatorOf): void => {
  const isAlone = aloneAmong(documents);
  const meant = documents.filter((document) => isMeant(sourceOf(document)));
  const alone = [...new Set(meant.filter(isAlone).map(({ text }) => scriptOf(text)))];
  console.log(`\nScripts of one source, of which nothing is known where it is left out: ${alone.join(', ')}.`);
  for (const [name, family, field] of [
    ['older vocabulary (Claude 3 … 4.6)', 'claude-3', 'claude3'],
    ['newer vocabulary (Claude 4.7, 4.8, 5)', 'claude-5', 'claude47'],
  ] as const) {
    const estimates = meant.map((document) => {
      const source = sourceOf(document);
      return { document, checked: { source, estimate: estimatorOf(source).estimateText(document.text, family), counted: document[field] } };
    });
    const among = (group: (document: Document) => string, isIn: Test = () => true): readonly Checked[] =>
      estimates.filter(({ document }) => isIn(document)).map(({ document, checked }) => ({ ...checked, group: group(document) }));
    const rows = rowsOf(isAlone).flatMap(([row, isIn]) => among(() => row, isIn));
    printGroups(`Documents by letters and kind, ${name}`, rows, []);
    const byKind = among(kindOf, (document) => !isTranslation(document));
    printGroups(`Documents by kind, translations of one text apart, ${name}`, byKind);
    printGroups(
      `Documents by script, ${name}`,
      among(({ text }) => scriptOf(text)),
      [],
    );
  }
};

/** Pictures and documents may stand in tool results, too, which the recording's own list of kinds does not look into. */
const hasMedia = ({ kinds, request }: Recorded): boolean =>
  kinds.includes('image') || kinds.includes('document') || /"(?:image|document)"/.test(JSON.stringify(request));
const isUnseen = ({ kinds, flags }: Recorded): boolean =>
  kinds.includes('server_tools') || ['server_tool_use', 'url_media', 'other_blocks'].some((flag) => flags[flag] !== undefined);

const benchRequests = (requests: readonly Recorded[], estimatorOf: EstimatorOf): void => {
  const known = requests.filter(
    (recorded) => recorded.suspect === undefined && !isUnseen(recorded) && modelOf(recorded).tokens !== 'other',
  );
  const check = (recorded: Recorded): Checked => {
    const source = repositoryOf(recorded);
    return {
      group: `${recorded.family} ${recorded.kinds.join('+') || 'text'}`,
      source,
      estimate: estimatorOf(source).estimateRequest(toConverse(recorded), modelOf(recorded)).total,
      counted: recorded.total_input_tokens,
    };
  };
  printGroups('Requests by family and kind', known.map(check));
  const large = known.filter((recorded) => recorded.family.startsWith('claude') && recorded.total_input_tokens >= 1000);
  const title = 'Claude requests of 1,000 tokens or more';
  printGroups(`${title}, without pictures and documents`, large.filter((recorded) => !hasMedia(recorded)).map(check));
  printGroups(`${title}, with all`, large.map(check));
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
    return { group: `${one.fam} ${one.side === 'out' ? 'answers' : 'requests'}`, source: one.id, estimate, counted: one.n };
  };
  for (const fam of ['nova1', 'nova2'] as const)
    printGroups(`Texts of 30 tokens or more counted by ${fam}`, counted.filter((one) => one.fam === fam && one.n >= 30).map(check));
};

const shipping: Estimator = { estimateText, estimateRequest };

/** Which of the counted texts are looked at, and by which weights; see `benchTokens`. */
export interface Judged {
  readonly data: string;
  readonly without?: string | undefined;
  readonly folds?: string | undefined;
  readonly fits?: string | undefined;
}

/** Prints how far estimates are off and how often the band holds. */
export const benchErrors = async ({ data, without, folds, fits }: Judged): Promise<void> => {
  const heldOut = parseHeldOut(without);
  const isMeant = (source: string): boolean => heldOut === undefined || isHeldOut(source, heldOut);
  const estimatorOf = folds === undefined ? () => shipping : await fitFolds(data, Number(folds), fits);
  benchDocuments(readDocuments(data), isMeant, estimatorOf);
  const requests = readRequests(data).filter((recorded) => isMeant(repositoryOf(recorded)));
  benchRequests(requests, estimatorOf);
  benchNova(readNova(data));
};
