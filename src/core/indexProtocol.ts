import type { PromptIndex } from './report/promptIndex';
import type { Settings } from './settings';

/** A folder of the workspace, with the settings that count in it. */
export interface IndexedFolder {
  /** Absolute, as the machine writes it. */
  readonly path: string;
  readonly settings: Settings;
}

/** What the editor tells the indexer. */
export type ToIndexer =
  /** Look at all files, again. */
  | { readonly kind: 'start'; readonly folders: readonly IndexedFolder[]; readonly today: string | undefined }
  /** Files may be others now. One that is open and not saved has its text here; others are read from the disk. */
  | { readonly kind: 'changed'; readonly files: readonly { readonly path: string; readonly text: string | undefined }[] }
  /** Look at no more files; what was found stays. */
  | { readonly kind: 'stop' };

/** What the indexer tells the editor. */
export type FromIndexer =
  | { readonly kind: 'progress'; readonly done: number; readonly of: number }
  /** All that is known now; `state`: whether it goes on, has looked at everything, or was stopped. */
  | { readonly kind: 'index'; readonly index: PromptIndex; readonly state: 'searching' | 'complete' | 'stopped' }
  /** Something that could not be read, for the log. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'failed'; readonly detail: string };
