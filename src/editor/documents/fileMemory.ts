import * as vscode from 'vscode';
import type { FileAnswer, FileSource } from '../../core/prompt/files';
import { isInside, resolveReference } from '../../core/prompt/reference';
import type { MachinePort } from '../ports';
import { DisposableStore } from '../dispose';
import { findDocument } from './openDocuments';

/** Larger files are refused; the service takes at most 4.5 MB of document anyway. */
const maxBytes = 5_000_000;

/** A file that some prompt asked for, and the folder it must not leave. */
interface KnownFile {
  readonly uri: vscode.Uri;
  readonly folder: vscode.Uri;
  readonly as: 'text' | 'bytes';
}

/**
 * Files that prompts refer to, read ahead and answered from memory. A file outside its prompt's workspace folder is refused, after every
 * symbolic link is resolved; in a workspace that is not trusted nothing is read.
 */
export class FileMemory implements vscode.Disposable {
  readonly #answers = new Map<string, FileAnswer>();
  readonly #known = new Map<string, KnownFile>();
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #owned = new DisposableStore();
  readonly #changed = this.#owned.add(new vscode.EventEmitter<void>());
  readonly #machine: Pick<MachinePort, 'realPath'>;

  /** Some answer is new: analyses that asked should be made again. */
  readonly onDidChange = this.#changed.event;

  constructor(machine: Pick<MachinePort, 'realPath'>) {
    this.#machine = machine;
    this.#owned.add(vscode.workspace.onDidGrantWorkspaceTrust(() => this.#forgetAll()));
    this.#owned.add(vscode.workspace.onDidChangeTextDocument(({ document }) => this.#readAgain(document.uri)));
    // What was typed and not saved goes with the document; then the file on disk counts.
    this.#owned.add(vscode.workspace.onDidCloseTextDocument((document) => this.#readAgain(document.uri)));
    this.#owned.add(vscode.workspace.onDidChangeWorkspaceFolders(() => this.#forgetAll()));
  }

  /** Answers for the references of one document. */
  sourceFor(document: vscode.Uri): FileSource {
    return (path, as) => this.#answer(document, path, as);
  }

  /** Resolves when every answer asked for so far is there. */
  async settled(): Promise<void> {
    while (this.#pending.size > 0) await Promise.all(this.#pending);
  }

  dispose(): void {
    for (const watcher of this.#watchers.values()) watcher.dispose();
    this.#owned.dispose();
  }

  readonly #pending = new Set<Promise<void>>();

  #answer(document: vscode.Uri, path: string, as: 'text' | 'bytes'): FileAnswer {
    if (!vscode.workspace.isTrusted) return { kind: 'refused', reason: 'untrusted' };
    const folder = vscode.workspace.getWorkspaceFolder(document)?.uri ?? vscode.Uri.joinPath(document, '..');
    if (document.scheme === 'untitled') return { kind: 'refused', reason: 'missing' };
    const found = resolveReference(document.path, folder.path, path);
    if (found === undefined) return { kind: 'refused', reason: 'outside' };
    const uri = document.with({ path: found });
    const key = `${as} ${uri.toString()}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    this.#answers.set(key, { kind: 'pending' });
    this.#refresh(key, { uri, folder, as });
    return { kind: 'pending' };
  }

  /** Reads a file, again or for the first time. The answer so far holds until then, and only another one is told. */
  #refresh(key: string, file: KnownFile): void {
    const current = { ...file };
    this.#known.set(key, current);
    const reading = this.#read(current).then((answer) => {
      const before = this.#answers.get(key);
      // A later reading has begun, or it was forgotten, or it is as it was.
      if (this.#known.get(key) !== current || before === undefined || isSame(before, answer)) return;
      this.#answers.set(key, answer);
      this.#watch(file.uri);
      this.#changed.fire();
    });
    this.#pending.add(reading);
    void reading.finally(() => this.#pending.delete(reading));
  }

  async #read({ uri, folder, as }: KnownFile): Promise<FileAnswer> {
    const place = uri.scheme === 'file' ? await this.#resolve(uri, folder) : uri;
    if (typeof place === 'string') return { kind: 'refused', reason: place };
    if (as === 'text') {
      // What somebody is typing in the included file counts, saved or not.
      const open = findDocument(uri);
      if (open !== undefined) return { kind: 'text', text: open.getText() };
    }
    return this.#readDisk(place, as);
  }

  /** Where the file really lies, once every link is followed; it is read from there, so that a link that changes meanwhile leads nowhere else. */
  async #resolve(uri: vscode.Uri, folder: vscode.Uri): Promise<vscode.Uri | 'missing' | 'outside'> {
    const [real, root] = await Promise.all([this.#machine.realPath(uri.fsPath), this.#machine.realPath(folder.fsPath)]);
    if (real === undefined || root === undefined) return 'missing';
    const place = vscode.Uri.file(real);
    return isInside(place.path, vscode.Uri.file(root).path) ? place : 'outside';
  }

  async #readDisk(uri: vscode.Uri, as: 'text' | 'bytes'): Promise<FileAnswer> {
    try {
      const stat = await vscode.workspace.fs.stat(uri);
      if ((stat.type & vscode.FileType.File) === 0) return { kind: 'refused', reason: 'unreadable' };
      if (stat.size > maxBytes) return { kind: 'refused', reason: 'tooLarge' };
      const bytes = await vscode.workspace.fs.readFile(uri);
      return as === 'bytes' ? { kind: 'bytes', bytes: plainBytes(bytes) } : { kind: 'text', text: new TextDecoder().decode(bytes) };
    } catch (error) {
      const missing = error instanceof vscode.FileSystemError && error.code === 'FileNotFound';
      return { kind: 'refused', reason: missing ? 'missing' : 'unreadable' };
    }
  }

  #watch(uri: vscode.Uri): void {
    const key = uri.toString();
    if (this.#watchers.has(key)) return;
    const name = uri.path.slice(uri.path.lastIndexOf('/') + 1).replace(/[[\]{}*?!]/g, '?');
    const watcher = vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(vscode.Uri.joinPath(uri, '..'), name));
    const readAgain = () => this.#readAgain(uri);
    watcher.onDidChange(readAgain);
    watcher.onDidCreate(readAgain);
    watcher.onDidDelete(readAgain);
    this.#watchers.set(key, watcher);
  }

  #readAgain(uri: vscode.Uri): void {
    for (const as of ['text', 'bytes'] as const) {
      const key = `${as} ${uri.toString()}`;
      const file = this.#known.get(key);
      if (file !== undefined) this.#refresh(key, file);
    }
  }

  #forgetAll(): void {
    this.#answers.clear();
    this.#known.clear();
    this.#changed.fire();
  }
}

/** The editor gives a Buffer, which JSON would write number by number. */
const plainBytes = ({ buffer, byteOffset, length }: Uint8Array): Uint8Array => new Uint8Array(buffer, byteOffset, length);

const isSame = (a: FileAnswer, b: FileAnswer): boolean => {
  if (a.kind === 'text' && b.kind === 'text') return a.text === b.text;
  return a.kind === 'refused' && b.kind === 'refused' && a.reason === b.reason;
};
