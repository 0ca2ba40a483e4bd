import * as vscode from 'vscode';
import { projectFileName, projectSettings, readProjectFile, settingKeys } from '../../core/settings';
import { DisposableStore } from '../dispose';

/** More such files are not looked for: a workspace has one, or one for each of its projects. */
const maxFiles = 500;

/** What a file that comes with a workspace may decide here: not where a prompt goes. */
const keys: ReadonlySet<string> = new Set(projectSettings.filter((name) => name !== 'region').map((name) => settingKeys[name]));

const folderOf = (uri: vscode.Uri): vscode.Uri => uri.with({ path: uri.path.slice(0, Math.max(1, uri.path.lastIndexOf('/'))) });

/** The `cachepoint.json` files of the workspace, looked for when a prompt is first asked about, and answered from memory. */
export class ProjectSettings implements vscode.Disposable {
  readonly #values = new Map<string, ReadonlyMap<string, unknown>>();
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<void>());
  #started = false;

  /** Some file says something else now. */
  readonly onDidChange = this.#changed.event;

  /** What the nearest file upward says of a setting, by its key without `cachepoint.`; `undefined` where it says nothing. */
  valueFor(document: vscode.Uri, key: string): unknown {
    this.#start();
    if (this.#values.size === 0 || !keys.has(key)) return undefined;
    for (let at = folderOf(document); ; at = folderOf(at)) {
      const values = this.#values.get(at.toString());
      if (values !== undefined) return values.get(key);
      if (!at.path.includes('/', 1)) return undefined;
    }
  }

  dispose(): void {
    this.#owned.dispose();
  }

  #start(): void {
    if (this.#started) return;
    this.#started = true;
    const watcher = this.#owned.add(vscode.workspace.createFileSystemWatcher(`**/${projectFileName}`));
    const read = (uri: vscode.Uri): void => void this.#read(uri);
    watcher.onDidChange(read);
    watcher.onDidCreate(read);
    watcher.onDidDelete((uri) => {
      if (this.#values.delete(folderOf(uri).toString())) this.#changed.fire();
    });
    void vscode.workspace.findFiles(`**/${projectFileName}`, '**/node_modules/**', maxFiles).then((found) => found.forEach(read));
  }

  async #read(uri: vscode.Uri): Promise<void> {
    try {
      const file = readProjectFile(new TextDecoder().decode(await vscode.workspace.fs.readFile(uri)));
      // The editor itself shows what is wrong with the JSON.
      if (file.kind === 'values') this.#values.set(folderOf(uri).toString(), file.values);
      else this.#values.delete(folderOf(uri).toString());
    } catch (error) {
      if (!(error instanceof vscode.FileSystemError)) throw error;
      this.#values.delete(folderOf(uri).toString());
    }
    this.#changed.fire();
  }
}
