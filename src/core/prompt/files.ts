/** Why a referenced file cannot be used. */
export type FileRefusal = 'missing' | 'outside' | 'tooLarge' | 'untrusted' | 'unreadable';

export type FileAnswer =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array }
  /** It is being read; the analysis runs again when it is there. */
  | { readonly kind: 'pending' }
  | { readonly kind: 'refused'; readonly reason: FileRefusal };

/** Is the file there to be used once the workspace is trusted? Until then nothing is claimed that rests on what it says. */
export const isUnread = (answer: FileAnswer): boolean => answer.kind === 'refused' && answer.reason === 'untrusted';

/**
 * Answers at once what a path relative to the prompt file's folder holds. Core never touches a disk: the editor reads
 * ahead and answers from memory, tests answer from a record.
 */
export type FileSource = (path: string, as: 'text' | 'bytes') => FileAnswer;

/** For text that has no folder: every reference is missing. */
export const noFiles: FileSource = () => ({ kind: 'refused', reason: 'missing' });

/** Files from memory, for tests and for the bench. */
export const filesFrom =
  (contents: Readonly<Record<string, string | Uint8Array>>): FileSource =>
  (path, as) => {
    const content = contents[path];
    if (content === undefined) return { kind: 'refused', reason: 'missing' };
    if (as === 'text') return typeof content === 'string' ? { kind: 'text', text: content } : { kind: 'refused', reason: 'unreadable' };
    return typeof content === 'string' ? { kind: 'refused', reason: 'unreadable' } : { kind: 'bytes', bytes: content };
  };
