import type { LanguageId, Module } from './form';
import { readModule } from './languages';

/*
 * Files that programs import are the same for many documents, and for each key that somebody types in one: what was read of them is kept as long as
 * their text stays.
 */

/** Characters of files that are kept at most: what was read of one takes many times its room. */
const most = 1_000_000;

interface Known {
  readonly dialect: string;
  readonly module: Module;
}

/** By their texts, the one that was asked for last behind all others. */
const known = new Map<string, Known>();
let characters = 0;

const keep = (text: string, one: Known): void => {
  if (!known.delete(text)) characters += text.length;
  known.set(text, one);
  for (const oldest of known.keys()) {
    if (characters <= most) break;
    known.delete(oldest);
    characters -= oldest.length;
  }
};

/** What a file says, by its text alone; `dialect` is the ending of its name. */
const read = (text: string, language: LanguageId, dialect: string): Module => {
  const found = known.get(text);
  const module = found?.dialect === dialect ? found.module : readModule('', text, language, dialect);
  keep(text, { dialect, module });
  return module;
};

/** A file that a program imports, at its path as the document sees it. */
export const readImported = (path: string, text: string, language: LanguageId, dialect: string): Module => ({
  ...read(text, language, dialect),
  path,
  source: { path, text },
});
