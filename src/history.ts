/** Entry of the bundle `dist/history.js`: runs that are kept, explained and compared, loaded with the first run and when the view of them is looked at. */
import { createHistoryPart, type HistoryDeps, type HistoryPart } from './editor/history/part';
import { createHistoryFolder } from './machine/historyFolder';

/** `folder`: where runs are kept, by the system's own path. */
export const createHistory = (deps: HistoryDeps, folder: string): HistoryPart => createHistoryPart(deps, createHistoryFolder(folder));
