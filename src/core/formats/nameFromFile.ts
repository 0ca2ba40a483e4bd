import { baseName } from '../text/path';

/**
 * A document's name where the prompt gives none: its file's, in the letters, digits, single spaces, hyphens, parentheses and square brackets that
 * Converse takes. A name that the prompt gives goes as it is written.
 */
export const nameFromFile = (path: string): string => {
  const clean = baseName(path)
    .replace(/\.[^.]*$/, '')
    .replace(/[^A-Za-z0-9\s\-()[\]]/g, '-')
    .replace(/\s+/g, ' ')
    .trim();
  return clean === '' ? 'document' : clean.slice(0, 200).trim();
};
