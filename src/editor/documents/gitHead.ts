import * as vscode from 'vscode';
import { DisposableStore } from '../dispose';
import type { Log } from '../workspace/log';

/** Files as they are at the HEAD of the repository that holds them. Nothing here ever throws. */
export interface HeadPort extends vscode.Disposable {
  /** The commit at HEAD, or `undefined` where there is no repository, no commit or no Git; then a change will be announced. */
  commitOf(uri: vscode.Uri): string | undefined;
  /** The file at a commit; `undefined` where it cannot be read, as it is not tracked. */
  readText(uri: vscode.Uri, commit: string): Promise<string | undefined>;
  readBytes(uri: vscode.Uri, commit: string): Promise<Uint8Array | undefined>;
  /** Some repository has another commit at HEAD, or was opened or closed. */
  readonly onDidChange: vscode.Event<void>;
}

/** What is used of the built-in Git extension's API, version 1. Source: extensions/git/src/api/git.d.ts of VS Code 1.101, 2025-06. */
interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: { readonly HEAD: { readonly commit?: string } | undefined; readonly onDidChange: vscode.Event<void> };
  show(ref: string, path: string): Promise<string>;
  buffer(ref: string, path: string): Promise<Uint8Array>;
}

interface GitApi {
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
  readonly onDidCloseRepository: vscode.Event<GitRepository>;
  getRepository(uri: vscode.Uri): GitRepository | null;
}

interface GitExtension {
  readonly enabled: boolean;
  readonly onDidChangeEnablement: vscode.Event<boolean>;
  getAPI(version: 1): GitApi;
}

/** Whatever hinders reading a file of a commit, there is nothing to compare with. */
const orNothing = async <T>(read: Promise<T> | undefined): Promise<T | undefined> => {
  try {
    return await read;
  } catch {
    return undefined;
  }
};

/** Reads HEAD by the built-in Git extension, which is looked for with the first question. */
export const createGitHead = (log: Pick<Log, 'error'>): HeadPort => {
  const owned = new DisposableStore();
  const changed = owned.add(new vscode.EventEmitter<void>());
  /** By root: the API makes a new object for a repository with each answer. */
  const repositories = new Map<string, vscode.Disposable>();
  let disposed = false;
  let api: GitApi | undefined;
  let opened: DisposableStore | undefined;

  const forget = ({ rootUri }: GitRepository): void => {
    repositories.get(rootUri.toString())?.dispose();
    repositories.delete(rootUri.toString());
  };
  const follow = (repository: GitRepository): void => {
    let commit = repository.state.HEAD?.commit;
    // The state changes with every status that is read; only another commit counts.
    const listener = repository.state.onDidChange(() => {
      if (repository.state.HEAD?.commit === commit) return;
      commit = repository.state.HEAD?.commit;
      changed.fire();
    });
    forget(repository);
    repositories.set(repository.rootUri.toString(), listener);
  };
  const close = (): void => {
    opened?.dispose();
    opened = undefined;
    for (const listener of repositories.values()) listener.dispose();
    repositories.clear();
    api = undefined;
  };
  const open = (git: GitExtension): void => {
    close();
    if (disposed || !git.enabled) return changed.fire();
    const found = git.getAPI(1);
    api = found;
    opened = new DisposableStore();
    for (const repository of found.repositories) follow(repository);
    opened.add(
      found.onDidOpenRepository((repository) => {
        follow(repository);
        changed.fire();
      }),
    );
    opened.add(
      found.onDidCloseRepository((repository) => {
        forget(repository);
        changed.fire();
      }),
    );
    changed.fire();
  };
  const fail = (error: unknown): void => log.error('Git could not be asked for HEAD', error);
  const connect = async (): Promise<void> => {
    const extension = vscode.extensions.getExtension<GitExtension>('vscode.git');
    if (extension === undefined) return;
    const git = await extension.activate();
    if (disposed) return;
    // Told in the middle of being switched on, when there is no API yet: so a moment later.
    owned.add(git.onDidChangeEnablement(() => void Promise.resolve(git).then(open).catch(fail)));
    open(git);
  };

  let connecting: Promise<void> | undefined;
  const repositoryOf = (uri: vscode.Uri): GitRepository | undefined => {
    connecting ??= connect().catch(fail);
    return api?.getRepository(uri) ?? undefined;
  };
  return {
    commitOf: (uri) => repositoryOf(uri)?.state.HEAD?.commit,
    readText: (uri, commit) => orNothing(repositoryOf(uri)?.show(commit, uri.fsPath)),
    readBytes: (uri, commit) => orNothing(repositoryOf(uri)?.buffer(commit, uri.fsPath)),
    onDidChange: changed.event,
    dispose() {
      disposed = true;
      close();
      owned.dispose();
    },
  };
};
