import { extensionOf } from '../text/path';
import type { LanguageId, Module } from './form';
import { readPython } from './python/read';
import { readTypeScript } from './typescript/read';

const byExtension: Readonly<Record<string, LanguageId>> = {
  py: 'python',
  ts: 'typescript',
  tsx: 'typescript',
  mts: 'typescript',
  cts: 'typescript',
  js: 'typescript',
  jsx: 'typescript',
  mjs: 'typescript',
  cjs: 'typescript',
};

/** The language of a file by the ending of its name. */
export const languageOf = (path: string): LanguageId | undefined => {
  const extension = extensionOf(path);
  return Object.hasOwn(byExtension, extension) ? byExtension[extension] : undefined;
};

/** Reads a file; `key` is the name under which its last version is remembered, for files that somebody types in. */
export const readModule = (path: string, text: string, language: LanguageId, dialect = extensionOf(path), key?: string): Module =>
  language === 'python' ? readPython(path, text, key) : readTypeScript(path, text, dialect, key);
