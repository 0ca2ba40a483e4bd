import type { FileRefusal } from '../../prompt/files';
import type { Problem } from '../../prompt/problems';
import { readProblems } from '../readProblems';
import { ownFormat } from '../sources';
import type { Fix, Rule } from '../types';

declare module '../../prompt/problems' {
  interface ProblemData {
    'request/include': { readonly path: string; readonly reason: FileRefusal | 'cyclic' | 'tooDeep' };
  }
}

/** The titles of its fixes. */
const titles = {
  createFile: (path: string) => `Create ${path}`,
} as const;

const reasons: { readonly [R in Exclude<FileRefusal, 'untrusted'> | 'cyclic' | 'tooDeep']: string } = {
  missing: 'it does not exist',
  outside: 'it lies outside the workspace folder, and a prompt may use only files inside it',
  tooLarge: 'it is larger than 5 MB, or makes the includes larger than that together',
  unreadable: 'it cannot be read as text of this kind',
  cyclic: 'it includes itself, directly or through another file',
  tooDeep: 'it stands more than 8 includes deep',
};

function* createFile({ data: { path, reason } }: Problem<'request/include'>): Generator<Fix> {
  if (reason === 'missing') yield { title: titles.createFile(path), kind: 'changes', edits: [], create: path, preferred: false };
}

export const include: Rule<'request/include'> = {
  code: 'request/include',
  severity: 'error',
  sources: [ownFormat],
  says: ({ path, reason }) =>
    reason === 'untrusted'
      ? `The file ${path} is not read until this workspace is trusted, so figures say "at least" and nothing is told that rests on it.`
      : `The file ${path} is not used, because ${reasons[reason]}. Correct the path or the file.`,
  // Nothing is wrong with it: the person has not said yet that it may be read.
  rate: ({ data }) => (data.reason === 'untrusted' ? 'information' : 'error'),
  check: readProblems('request/include'),
  fixes: createFile,
};
