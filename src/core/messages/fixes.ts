import { placeholder } from '../text/templateTokens';

/** The titles of all quick fixes. */
export const fixTitles = {
  removeMarker: 'Remove this cache point',
  removeAllMarkers: (count: number) => `Remove all ${count} cache points`,
  removeUselessMarkers: (count: number) => `Remove the ${count} cache points that are never read`,
  removeMarkers: (count: number) => (count === 1 ? 'Remove this cache point' : `Remove the ${count} cache points of this file`),
  removeLeastUseful: (numbers: readonly number[]) =>
    numbers.length === 1
      ? `Remove cache point ${numbers[0] ?? ''}, which saves least`
      : `Remove cache points ${numbers.join(', ')}, which save least`,
  moveMarkerDown: 'Move the cache point to where the prefix is long enough',
  moveMarkerToNewest: 'Move this cache point to the newest turn',
  moveMarkerUp: 'Move the cache point before the part that varies',
  moveMarkerToPreviousList: 'Move the cache point to the end of what stands before',
  moveMarkerBeforeTools: 'Move the cache point before the tool calls',
  moveMarkerBeforeReasoning: 'Move the cache point before the reasoning',
  moveMarkerOut: 'Move the cache point after the tool result',
  moveMarkerUpToMaximum: 'Move the cache point up to where the prefix is short enough',
  putTextBetween: 'Put a text between the document and the cache point',
  standardLatency: 'Use standard latency',
  secondMarker: 'Insert a second cache point where the previous call wrote',
  useHour: 'Keep the prefix for an hour',
  useTtl: (ttl: string) => `Use ttl=${ttl}`,
  normalise: 'Write these characters in the usual way',
  convertMarker: 'Convert to a cache point',
  moveIntoBlock: (found: string) => `Move ${found} into the last block`,
  sort: 'Sort it, so that its order is the same each time',
  useModelThatCaches: (id: string) => `Change to ${id}, which caches a prefix of this size`,
  writeMarkerBlock: 'Write it as a cache point of Converse',
  writeMarkerMember: 'Write it as a cache point of this body',
  changeTo: (text: string) => `Change to ${text}`,
  moveMarkerToSystem: 'Move the cache point after the system text',
  insertMarker: 'Insert a cache point here',
  dropTtl: 'Use the default lifetime',
  raiseEarlier: (ttl: string) => `Give the earlier cache points ttl=${ttl} too`,
  lowerLater: (ttl: string) => `Lower this cache point to ${ttl}`,
  declareVaries: (name: string, varies: 'never' | 'session') =>
    varies === 'never' ? `Declare that ${name} never varies` : `Declare that ${name} varies by session only`,
  moveVarying: ({ what, parts, to }: { readonly what: string; readonly parts: number; readonly to: 'cachePoint' | 'message' }) =>
    `Move ${parts === 1 ? `"${what.length > 40 ? `${what.slice(0, 39)}…` : what}"` : `the ${parts} parts that vary`} ${to === 'message' ? 'to the end of the last user message' : 'after the last cache point'}`,
  keepTheDay: 'Keep the day here and give the exact time in the last user message',
  moveLineBehind: 'Move this line after the cache point',
  declareStatic: (text: string) => `Remember that this is the same in each request: ${text.length > 40 ? `${text.slice(0, 39)}…` : text}`,
  declareVariable: (name: string) => `Declare the variable ${name}`,
  renameVariable: (name: string) => `Change to ${placeholder(name)}`,
  removeDeclaration: (name: string) => `Remove the declaration of ${name}`,
  removeBlankText: 'Remove the blank text',
  renameKey: (key: string) => `Change to ${key}`,
  writeMarker: (marker: string) => `Change to ${marker}`,
  ownLine: 'Put the cache point on a line of its own',
  moveTo: (member: string) => `Move it to ${member}`,
  useGlobalModel: (id: string) => `Change to ${id}: its own geography has no profile of a newer model`,
  createFile: (path: string) => `Create ${path}`,
  useModel: (id: string) => `Change to ${id}`,
} as const;

/** What is to be said of Fix All besides the fixes themselves. */
export const fixAllNotes = {
  nothing: 'There is nothing to fix without changing what is sent.',
  /** `where`: a file, or what else the text is called. */
  stopped: (where: string) => `Not all fixes of ${where} could be tried, because it is long. Fixing it once more may fix more.`,
} as const;
