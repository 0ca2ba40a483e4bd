import type * as vscode from 'vscode';
import type { BedrockPort } from '../../src/editor/ports';
import type { DestinationDeps } from '../../src/editor/runs/destination';
import type { FakeWorkspace } from './fakeWorkspace';

interface Posted {
  readonly type: string;
  readonly state?: { readonly file: string; readonly tab: string; readonly busy: boolean };
}

/** Gives a workspace webview panels, an active editor, and the ports that runs need; `executed` are the commands that were asked for. */
export const addPanels = ({ fake, deps }: FakeWorkspace) => {
  const { EventEmitter, Uri } = fake.vscode;
  const editorChanged = new EventEmitter<unknown>();
  const emulatorChanged = new EventEmitter<void>();
  const executed: unknown[][] = [];
  const openTabs: unknown[] = [];
  const updates: [string, unknown][] = [];

  class TabInputText {
    constructor(readonly uri: unknown) {}
  }
  const createPanel = () => {
    const received = new EventEmitter<unknown>();
    const disposed = new EventEmitter<void>();
    const viewChanged = new EventEmitter<void>();
    const posted: Posted[] = [];
    let isDisposed = false;
    const panel = {
      visible: true,
      active: false,
      title: '',
      posted,
      /** The page says something. */
      say: (message: unknown) => received.fire(message),
      focus: (active: boolean) => {
        panel.active = active;
        viewChanged.fire();
      },
      reveal: () => undefined,
      /** Told once, as in the editor. */
      dispose: () => {
        if (isDisposed) return;
        isDisposed = true;
        disposed.fire();
      },
      onDidChangeViewState: viewChanged.event,
      onDidDispose: disposed.event,
      webview: {
        html: '',
        cspSource: 'self',
        asWebviewUri: (uri: unknown) => uri,
        onDidReceiveMessage: received.event,
        postMessage: (message: Posted) => Promise.resolve(posted.push(message)),
      },
    };
    return panel;
  };
  const panels: ReturnType<typeof createPanel>[] = [];
  const addPanel = () => {
    const panel = createPanel();
    panels.push(panel);
    return panel;
  };
  Object.assign(fake.vscode, { TabInputText });
  Object.assign(fake.vscode.commands, {
    executeCommand: (...call: unknown[]) => Promise.resolve(executed.push(call)),
  });
  Object.assign(fake.vscode.window, {
    tabGroups: { all: [{ tabs: openTabs }] },
    createWebviewPanel: addPanel,
    onDidChangeActiveTextEditor: editorChanged.event,
    onDidChangeTextEditorSelection: editorChanged.event,
  });
  Object.assign(deps.settings, {
    update: (name: string, value: unknown) => Promise.resolve(updates.push([name, value])),
  });

  const emulator = {
    url: undefined as string | undefined,
    start: (port: number) => {
      emulator.url = `http://127.0.0.1:${port}`;
      emulatorChanged.fire();
      return Promise.resolve(emulator.url);
    },
    stop: () => {
      emulator.url = undefined;
      emulatorChanged.fire();
      return Promise.resolve();
    },
    onDidChange: emulatorChanged.event,
    dispose: () => undefined,
  };
  const ports = {
    emulator,
    bedrock: () => Promise.reject<BedrockPort>(new Error('no call was asked for')),
    apiKeys: { region: undefined, read: () => Promise.resolve(undefined) },
    machine: {
      probeEmulator: () => Promise.resolve(false),
      clearEmulator: () => Promise.resolve(false),
      realPath: () => Promise.resolve(undefined),
    },
    // The fake's events have the members that the parts under test use.
  } as unknown as Pick<DestinationDeps, 'emulator' | 'bedrock' | 'machine' | 'apiKeys'>;

  return {
    ports,
    panels,
    executed,
    updates,
    extension: Uri.file('/extension'),
    /** Puts a document in front. */
    activate: (document: vscode.TextDocument | undefined): void => {
      const editor = document && { document, selection: { active: document.positionAt(0) } };
      Object.assign(fake.vscode.window, { activeTextEditor: editor });
      editorChanged.fire(editor);
    },
    showTab: (uri: unknown): void => void openTabs.push({ input: new TabInputText(uri) }),
    /** A panel that VS Code kept over a restart. */
    keptPanel: () => addPanel() as ReturnType<typeof addPanel> & vscode.WebviewPanel, // the members that are used here
  };
};
