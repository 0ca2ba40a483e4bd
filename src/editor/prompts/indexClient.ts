import * as vscode from 'vscode';
import type { Settings } from '../../core/settings';
import type { PromptIndex } from '../../core/report/promptIndex';
import type { FromIndexer, IndexedFolder, ToIndexer } from '../../core/indexProtocol';
import { debounce } from '../debounce';
import { DisposableStore } from '../dispose';
import { today } from '../documents/today';
import type { FeatureDeps } from '../feature';
import type { StartThread, Thread } from '../ports';

/** Changes of files are gathered for this long. */
const gatherMs = 300;
/** After a setting changed everything is read again. */
const againMs = 500;

/** Kinds of files that hold prompts or texts of them. */
const watched = '**/*.{md,txt,json,jsonc,jsonl,yaml,yml,ipynb,py,js,jsx,ts,tsx,mjs,mts,cjs,cts}';

/** How far the search for prompts is. */
export type SearchState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'searching'; readonly done: number; readonly of: number }
  | { readonly kind: 'complete' | 'stopped' | 'failed' };

/** The prompts of the workspace as the indexer tells them. */
export interface IndexClient extends vscode.Disposable {
  /** What is known so far. */
  readonly index: PromptIndex;
  readonly state: SearchState;
  readonly onDidChange: vscode.Event<void>;
  /** Looks for prompts, where that has not begun; in a workspace that is not trusted it waits until it is. */
  ensure(): void;
  /** Looks at all files again. */
  refresh(): void;
  stop(): void;
}

/** VS Code guards the objects of its settings, and a guard goes to no other thread. */
const plain = (settings: Settings): Settings => JSON.parse(JSON.stringify(settings)) as Settings; // what was written a moment before

const noPrompts: PromptIndex = { rows: [], members: [] };

type Deps = Pick<FeatureDeps, 'store' | 'settings' | 'log'>;

export const createIndexClient = (deps: Deps, startThread: StartThread): IndexClient => {
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  const waiting = new Map<string, string | undefined>();
  let thread: Thread | undefined;
  let index = noPrompts;
  let state: SearchState = { kind: 'idle' };
  let asked = false;

  const enter = (next: SearchState): void => {
    state = next;
    changed.fire();
  };
  const fail = (detail: unknown): void => {
    deps.log.error('Looking for prompts failed', detail);
    enter({ kind: 'failed' });
  };
  const heard = (message: FromIndexer): void => {
    if (message.kind === 'failed') return fail(message.detail);
    if (message.kind === 'note') return deps.log.warn(message.text);
    if (message.kind === 'progress') return enter({ kind: 'searching', done: message.done, of: message.of });
    index = message.index;
    if (message.state !== 'searching') deps.log.info(`Found ${index.rows.length} prompts`);
    enter(message.state === 'searching' ? state : { kind: message.state });
  };
  const post = (message: ToIndexer): void => {
    thread ??= startThread(
      (message) => heard(message as FromIndexer), // what the thread posts has this type there
      (error) => {
        thread = undefined;
        fail(error);
      },
    );
    thread.post(message);
  };
  const folderOf = ({ uri }: vscode.WorkspaceFolder): IndexedFolder => ({ path: uri.fsPath, settings: plain(deps.settings.read(uri)) });
  const search = (): void => {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(({ uri }) => uri.scheme === 'file');
    if (!vscode.workspace.isTrusted || folders.length === 0) return;
    enter({ kind: 'searching', done: 0, of: 0 });
    post({ kind: 'start', folders: folders.map(folderOf), today: today() });
  };
  const again = owned.add(
    debounce(() => {
      if (asked) search();
    }),
  );
  const telling = owned.add(
    debounce(() => {
      const files = [...waiting].map(([path, text]) => ({ path, text }));
      waiting.clear();
      if (thread !== undefined && files.length > 0) post({ kind: 'changed', files });
    }),
  );
  const note = (uri: vscode.Uri, text?: string): void => {
    if (thread === undefined || uri.scheme !== 'file') return;
    waiting.set(uri.fsPath, text);
    telling.soon(gatherMs);
  };
  const watch = (): void => {
    const watcher = owned.add(vscode.workspace.createFileSystemWatcher(watched));
    for (const happens of [watcher.onDidChange, watcher.onDidCreate, watcher.onDidDelete]) owned.add(happens((uri) => note(uri)));
    owned.add(deps.store.onDidChange((document) => note(document.uri, document.isDirty ? document.getText() : undefined)));
    owned.add(vscode.workspace.onDidCloseTextDocument(({ uri }) => note(uri)));
    owned.add(deps.settings.onDidChange(() => again.soon(againMs)));
    owned.add(vscode.workspace.onDidChangeWorkspaceFolders(() => again.soon(againMs)));
    owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => again.soon(0)));
  };
  owned.add(new vscode.Disposable(() => thread?.stop()));
  return {
    get index() {
      return index;
    },
    get state() {
      return state;
    },
    onDidChange: changed.event,
    ensure() {
      if (asked) return;
      asked = true;
      watch();
      search();
    },
    refresh() {
      if (asked) search();
      else this.ensure();
    },
    stop: () => thread?.post({ kind: 'stop' } satisfies ToIndexer),
    dispose: () => owned.dispose(),
  };
};
