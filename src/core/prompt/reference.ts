import { joinPath } from '../text/path';

/**
 * The rule of what a prompt may refer to: files inside one folder, which is the workspace folder of the prompt's document. Paths here are
 * absolute and use `/`, as those of a URI do. Whoever reads a disk resolves symbolic links too, and asks `isInside` again.
 */

/** Is the path below the folder? The folder itself is not. */
export const isInside = (path: string, folder: string): boolean => path.startsWith(folder.endsWith('/') ? folder : `${folder}/`);

/** Where a reference in a document leads, inside its folder or not. */
export const referencePath = (document: string, reference: string): string => `/${joinPath(document, reference)}`.replace(/^\/+/, '/');

/** Where a reference leads, or `undefined` where it must not be followed: it is absolute, or leads out of the folder. */
export const resolveReference = (document: string, folder: string, reference: string): string | undefined => {
  if (/^([/\\]|[A-Za-z]:)/.test(reference)) return undefined;
  const path = referencePath(document, reference);
  return isInside(path, folder) ? path : undefined;
};
