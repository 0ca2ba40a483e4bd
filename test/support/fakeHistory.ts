import type { HistoryPart } from '../../src/editor/history/part';

/** A history that remembers nothing, and notes what it was asked for. */
export const fakeHistory = (asked: string[] = []): HistoryPart => {
  const note =
    (what: string) =>
    (word?: unknown): Promise<void> =>
      Promise.resolve(void asked.push(typeof word === 'string' ? `${what} ${word}` : what));
  return {
    record: ({ id }) => note('record')(id),
    keep: ({ id }) => note('keep')(id),
    warmBefore: ({ uri }) => note('warm before')(uri.path).then(() => undefined),
    answersOf: (batch) => note('answers')(batch).then(() => new Map()),
    showCall: (batch, job) => note('show call')(`${batch} ${job}`).then(() => true),
    bringBack: ({ uri }) => note('bring back')(uri.path),
    why: (run, action) => note('why')(`${run} ${action}`),
    requestOf: (run) => note('request')(run).then(() => undefined),
    moveKeys: () => note('move')(),
    showView: () => void note('show runs')(),
    filter: note('filter runs'),
    compare: note('compare runs'),
    export: note('export runs'),
    remove: note('remove runs'),
    dispose: () => undefined,
  };
};
