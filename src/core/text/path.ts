/**
 * Joins a relative reference to the folder of the file that names it. Both use `/`; the result may begin with `../`. An absolute reference stays
 * one, for whoever reads files to refuse.
 */
export const joinPath = (fromFile: string, reference: string): string => {
  const target = reference.replaceAll('\\', '/');
  const absolute = target.startsWith('/') || /^[A-Za-z]:/.test(target);
  const parts = absolute ? [] : fromFile.split('/').slice(0, -1);
  for (const part of target.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else parts.push(part);
  }
  return (target.startsWith('/') ? '/' : '') + parts.join('/');
};

/** Extension in lower case without the dot, or an empty string. */
export const extensionOf = (path: string): string => /\.([^./\\]+)$/.exec(path)?.[1]?.toLowerCase() ?? '';

export const baseName = (path: string): string => path.split(/[/\\]/).at(-1) ?? path;
