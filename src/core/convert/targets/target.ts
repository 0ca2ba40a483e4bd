import type { Draft } from '../draft';
import type { CodeLanguage } from '../types';

/** One way to write a prompt. What cannot be written is told in the draft. */
export interface Target {
  /** Of VS Code. */
  languageId(draft: Draft): string;
  /** With its dot. */
  ending(draft: Draft): string;
  write(draft: Draft): string;
}

const languageIds: { readonly [L in CodeLanguage]: readonly [id: string, ending: string] } = {
  python: ['python', '.py'],
  typescript: ['typescript', '.ts'],
};

/** A target that is one kind of file. */
export const fileOf = (languageId: string, ending: string, write: Target['write']): Target => ({
  languageId: () => languageId,
  ending: () => ending,
  write,
});

export const codeIn = (language: CodeLanguage, write: Target['write']): Target => fileOf(...languageIds[language], write);
