import Module from 'node:module';

/** A registration that the fake handed out. */
export interface Registration {
  readonly name: string;
  disposed: number;
}

class Disposable {
  readonly #release: () => void;
  constructor(release: () => void) {
    this.#release = release;
  }
  static from(...items: readonly { dispose(): unknown }[]): Disposable {
    return new Disposable(() => {
      for (const item of items) item.dispose();
    });
  }
  dispose(): void {
    this.#release();
  }
}

class EventEmitter<T> {
  readonly #listeners = new Set<(value: T) => void>();
  readonly event = (listener: (value: T) => void): Disposable => {
    this.#listeners.add(listener);
    return new Disposable(() => this.#listeners.delete(listener));
  };
  fire(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
  dispose(): void {
    this.#listeners.clear();
  }
}

/** An address, with all that those of the editor have. Those of a test have no authority. */
class Uri {
  readonly authority = '';
  private constructor(
    readonly scheme: string,
    readonly path: string,
    readonly query = '',
    readonly fragment = '',
  ) {}
  static file(path: string): Uri {
    return new Uri('file', path);
  }
  static parse(text: string): Uri {
    const at = text.indexOf(':');
    return new Uri(text.slice(0, at), text.slice(at + 1));
  }
  static from(parts: { scheme: string; path?: string; query?: string; fragment?: string }): Uri {
    return new Uri(parts.scheme, parts.path ?? '', parts.query ?? '', parts.fragment ?? '');
  }
  static joinPath(base: Uri, ...parts: readonly string[]): Uri {
    return new Uri(base.scheme, [base.path, ...parts].join('/'));
  }
  get fsPath(): string {
    return this.path;
  }
  with(change: { scheme?: string; path?: string; query?: string; fragment?: string }): Uri {
    const { scheme, path, query, fragment } = { ...this, ...change };
    return new Uri(scheme, path, query, fragment);
  }
  toJSON(): unknown {
    return this.toString();
  }
  toString(): string {
    return `${this.scheme}:${this.path}${this.query}${this.fragment === '' ? '' : `#${this.fragment}`}`;
  }
}

/**
 * Stands in for the `vscode` module: hands out registrations and remembers whether they were released. It simulates nothing; what only
 * an editor can answer is tested in one.
 */
export const createFakeVscode = () => {
  const registrations: Registration[] = [];
  const commands = new Map<string, (...args: readonly unknown[]) => unknown>();
  const register = (name: string) => {
    const registration: Registration = { name, disposed: 0 };
    registrations.push(registration);
    return Object.assign(new Disposable(() => (registration.disposed += 1)), {
      show: () => undefined,
      set: () => undefined,
      delete: () => undefined,
    });
  };
  const event = (name: string) => () => register(name);
  const registering = (space: string) =>
    new Proxy({} as Record<string, unknown>, { get: (_target, key) => () => register(`${space}.${String(key)}`) });
  const kind = (value: string): { value: string; append(part: string): unknown } => ({ value, append: (part) => kind(`${value}.${part}`) });
  const vscode = {
    Disposable,
    EventEmitter,
    Uri,
    ThemeColor: class {
      constructor(readonly id: string) {}
    },
    CodeActionKind: { QuickFix: kind('quickfix'), SourceFixAll: kind('source.fixAll') },
    OverviewRulerLane: { Left: 1 },
    DecorationRangeBehavior: { ClosedOpen: 3 },
    ViewColumn: { Beside: -2 },
    StatusBarAlignment: { Right: 2 },
    ProgressLocation: { Window: 10, Notification: 15 },
    ConfigurationTarget: { Global: 1 },
    env: { language: 'en' },
    languages: registering('languages'),
    commands: {
      registerCommand: (id: string, handler: (...args: readonly unknown[]) => unknown) => {
        commands.set(id, handler);
        return register(`command ${id}`);
      },
      executeCommand: () => Promise.resolve(),
    },
    window: {
      visibleTextEditors: [],
      activeTextEditor: undefined,
      createOutputChannel: () =>
        Object.assign(register('window.createOutputChannel'), { info: () => undefined, warn: () => undefined, error: () => undefined }),
      createTextEditorDecorationType: () => register('window.createTextEditorDecorationType'),
      createStatusBarItem: () => Object.assign(register('window.createStatusBarItem'), { hide: () => undefined }),
      registerTreeDataProvider: () => register('window.registerTreeDataProvider'),
      registerWebviewPanelSerializer: () => register('window.registerWebviewPanelSerializer'),
      onDidChangeVisibleTextEditors: event('window.onDidChangeVisibleTextEditors'),
      onDidChangeActiveTextEditor: event('window.onDidChangeActiveTextEditor'),
      onDidChangeTextEditorSelection: event('window.onDidChangeTextEditorSelection'),
    },
    workspace: {
      isTrusted: true,
      asRelativePath: (uri: Uri) => uri.path,
      textDocuments: [],
      findFiles: () => Promise.resolve([]),
      notebookDocuments: [],
      workspaceFolders: undefined,
      getConfiguration: () => ({
        get: (_key: string, otherwise?: unknown) => otherwise,
        update: () => Promise.resolve(),
        inspect: () => undefined,
      }),
      registerTextDocumentContentProvider: () => register('workspace.registerTextDocumentContentProvider'),
      onDidChangeConfiguration: event('workspace.onDidChangeConfiguration'),
      onDidChangeTextDocument: event('workspace.onDidChangeTextDocument'),
      onDidOpenTextDocument: event('workspace.onDidOpenTextDocument'),
      onDidCloseTextDocument: event('workspace.onDidCloseTextDocument'),
      onDidOpenNotebookDocument: event('workspace.onDidOpenNotebookDocument'),
      onDidChangeNotebookDocument: event('workspace.onDidChangeNotebookDocument'),
      onDidSaveTextDocument: event('workspace.onDidSaveTextDocument'),
      onDidRenameFiles: event('workspace.onDidRenameFiles'),
      onDidGrantWorkspaceTrust: event('workspace.onDidGrantWorkspaceTrust'),
      onDidChangeWorkspaceFolders: event('workspace.onDidChangeWorkspaceFolders'),
    },
  };
  return { vscode, registrations, commands };
};

export type FakeVscode = ReturnType<typeof createFakeVscode>;

type Load = (request: string, ...rest: readonly unknown[]) => unknown;

/** Lets `require('vscode')` give the fake while `work` runs, and tells every module that was asked for meanwhile. */
export const withFakeVscode = <T>(fake: FakeVscode, work: (requested: readonly string[]) => T): T => {
  // Node's loader has this one seam, and has kept it since its first versions.
  const loader = Module as unknown as { _load: Load };
  const original = loader._load;
  const requested: string[] = [];
  loader._load = (request, ...rest) => {
    requested.push(request);
    return request === 'vscode' ? fake.vscode : original.call(loader, request, ...rest);
  };
  try {
    return work(requested);
  } finally {
    loader._load = original;
  }
};

const isEditor = (path: string): boolean => /[/\\]src[/\\]editor[/\\]/.test(path);

/** Loads modules of `src/editor` that are bound to this fake: those of other tests are bound to theirs, and stay so. */
export const loadEditor = <T>(fake: FakeVscode, load: () => T): T => {
  const others = Object.entries(require.cache).filter(([path]) => isEditor(path));
  for (const [path] of others) delete require.cache[path];
  const loaded = withFakeVscode(fake, load);
  for (const path of Object.keys(require.cache)) if (isEditor(path)) delete require.cache[path];
  for (const [path, loadedBefore] of others) require.cache[path] = loadedBefore;
  return loaded;
};
