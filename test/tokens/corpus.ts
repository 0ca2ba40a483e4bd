import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** One document with the tokens the service (or a reconstruction of it) counted for its text alone. */
export interface Document {
  readonly id: string;
  readonly kind: string;
  readonly lang: string;
  readonly source: string;
  readonly text: string;
  readonly claude3: number;
  readonly claude47: number;
}

/** `[kind, text, frequency, old, new]`, and for punctuation whether a space stands before and after it. */
export type Run =
  | readonly [kind: 'word' | 'char', text: string, frequency: number, old: number, new_: number]
  | readonly [kind: 'punct', text: string, frequency: number, old: number, new_: number, left: boolean, right: boolean];

/** One recorded request with the tokens the service charged for all of its input. */
export interface Recorded {
  readonly source: string;
  readonly model: string;
  readonly family: string;
  readonly api: string;
  readonly request: { readonly [key: string]: unknown };
  readonly usage: { readonly [key: string]: unknown };
  readonly total_input_tokens: number;
  readonly kinds: readonly string[];
  readonly flags: { readonly [key: string]: unknown };
  readonly suspect?: string;
}

/** A text that Nova wrote, or one or more messages with the system prompt before them that it was asked, with the tokens that were charged. */
export interface CountedByNova {
  readonly id: string;
  readonly fam: 'nova1' | 'nova2';
  readonly side: 'in' | 'out';
  readonly text: string;
  /** Of a request, system prompts first. */
  readonly parts?: readonly string[];
  readonly nsys: number;
  readonly n: number;
}

const readLines = <T>(folder: string, name: string): readonly T[] =>
  gunzipSync(readFileSync(join(folder, name)))
    .toString('utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line): T => JSON.parse(line)); // a line is trusted to be what the layout in README.md says

export const readDocuments = (folder: string): readonly Document[] => readLines(folder, 'train-docs.jsonl.gz');
export const readRuns = (folder: string): readonly Run[] => readLines(folder, 'runs.jsonl.gz');
export const readRequests = (folder: string): readonly Recorded[] => readLines(folder, 'train-requests.jsonl.gz');

/** A name that a recorder wrote over before it published the answer, as in `<GOOGLE_CLOUD_LOCATION>`: the count is that of the name. */
const writtenOver = /<[A-Z]+(?:_[A-Z]+)+>/;
/** A request of 11 words that is said to have 30 tokens, exactly as many as the one recorded beside it, which is longer by 13 words and digits. */
const countOfAnother = 'i308d3a6d199ded9f';

/** Texts with what Nova charged for them; those left out are not the texts that were counted. */
export const readNova = (folder: string): readonly CountedByNova[] =>
  readLines<CountedByNova>(folder, 'train-nova.jsonl.gz').filter(({ id, text }) => id !== countOfAnother && !writtenOver.test(text));

/** The unit by which documents are held out: the repository, or the work itself in a collection of independent works. */
export const sourceOf = (document: Document): string => {
  const repository = document.source.split(/[/ ]/)[0] ?? '';
  return repository === 'ctok' ? `ctok/${document.id}` : repository;
};

/** The repository a recording was published in, named as documents name theirs. */
export const repositoryOf = (recorded: Recorded): string =>
  (/github\.com\/([^/]+)\/([^/]+)/.exec(recorded.source)?.slice(1) ?? [recorded.source]).join('+');

/** Which documents are held out: those whose source falls into fold `fold` of `folds`. */
export interface HeldOut {
  readonly fold: number;
  readonly folds: number;
}

/** Reads `2/5`, the third of five folds. */
export const parseHeldOut = (text: string | undefined): HeldOut | undefined => {
  const [fold, folds] = (text ?? '').split('/').map(Number);
  return fold !== undefined && folds !== undefined && folds > fold ? { fold, folds } : undefined;
};

/** Is the source held out? By a hash of its name, so that the folds never depend on the order of the data. */
export const isHeldOut = (source: string, { fold, folds }: HeldOut): boolean => {
  let hash = 0x811c9dc5 ^ 1;
  for (const char of source) hash = Math.imul(hash ^ (char.codePointAt(0) ?? 0), 0x01000193);
  hash ^= hash >>> 15;
  return (Math.imul(hash, 0x2c1b3c6d) >>> 17) % folds === fold;
};
