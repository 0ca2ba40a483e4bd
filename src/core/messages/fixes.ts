/** The titles of fixes that several rules offer; those of one rule stand in its file. */
export const fixTitles = {
  removeMarker: 'Remove this cache point',
  removeAllMarkers: (count: number) => `Remove all ${count} cache points`,
  removeMarkers: (count: number) => (count === 1 ? 'Remove this cache point' : `Remove the ${count} cache points of this file`),
  moveMarkerUp: 'Move the cache point before the part that varies',
  moveVarying: ({ what, parts, to }: { readonly what: string; readonly parts: number; readonly to: 'cachePoint' | 'message' }) =>
    `Move ${parts === 1 ? `"${what.length > 40 ? `${what.slice(0, 39)}…` : what}"` : `the ${parts} parts that vary`} ${to === 'message' ? 'to the end of the last user message' : 'after the last cache point'}`,
  useModel: (id: string) => `Change to ${id}`,
  /** In code: what is changed is that of other calls too. */
  alsoChanges: (title: string, others: number) => `${title} (changes ${others === 1 ? '1 other call' : `${others} other calls`} too)`,
} as const;

/** What is to be said of Fix All besides the fixes themselves. */
export const fixAllNotes = {
  nothing: 'There is nothing to fix without changing what is sent.',
  /** `where`: a file, or what else the text is called. */
  stopped: (where: string) => `Not all fixes of ${where} could be tried, because it is long. Fixing it once more may fix more.`,
} as const;
