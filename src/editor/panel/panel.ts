import * as vscode from 'vscode';
import { commandText } from '../../core/messages/editor/commands';
import { parseFromPanel, type FromPanel, type PanelState, type ToPanel } from '../../core/panel/protocol';
import { MutableDisposable } from '../dispose';
import { pageOf } from '../page';
import { panelType } from './panelType';

/** Text deltas are gathered for this long, so that a fast stream does not flood the page. */
const frameMs = 40;

export interface PanelHost {
  /** The whole truth, asked for whenever the page may have lost it. */
  state(): PanelState;
  receive(message: FromPanel): void;
  /** A page of an earlier window is back, with what it kept: the name of its prompt's file, or an empty one. */
  restored(file: string): void;
  /** The panel has got the focus, or lost it. */
  activated(active: boolean): void;
  /** The panel is gone. */
  closed(): void;
  readonly extension: vscode.Uri;
}

/** What a page keeps is as little to be believed as what it posts. */
const fileOf = (kept: unknown): string =>
  typeof kept === 'object' && kept !== null && 'file' in kept && typeof kept.file === 'string' ? kept.file : '';

const page = { script: 'view.js', styles: ['view.css'], images: 'data:' };

/** The one panel beside the prompt. It keeps nothing: the page asks for the state when it is ready, and gets deltas afterwards. */
export class RunPanel implements vscode.Disposable {
  readonly #panel = new MutableDisposable<vscode.WebviewPanel>();
  readonly #host: PanelHost;
  readonly #deltas = new Map<string, string>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #stale = false;

  constructor(host: PanelHost) {
    this.#host = host;
  }

  /** Takes over a panel that VS Code kept over a restart, with what its page kept. */
  restore(panel: vscode.WebviewPanel, kept: unknown): void {
    this.#adopt(panel);
    this.#host.restored(fileOf(kept));
  }

  get visible(): boolean {
    return this.#panel.value?.visible ?? false;
  }

  /** Opens the panel beside the editor, or brings it to the front; the editor keeps the focus, unless it is wanted here. */
  reveal(preserveFocus = true): void {
    const existing = this.#panel.value;
    if (existing !== undefined) {
      if (!existing.visible || !preserveFocus) existing.reveal(undefined, preserveFocus);
      return;
    }
    const place = { viewColumn: vscode.ViewColumn.Beside, preserveFocus };
    this.#adopt(vscode.window.createWebviewPanel(panelType, 'Cachepoint', place, { ...this.#options, enableFindWidget: true }));
  }

  /** The state changed: the page is drawn again within a frame. */
  update(): void {
    this.#stale = true;
    this.#schedule();
  }

  /** Something that is not part of the state; nothing where no page is seen. */
  send(message: ToPanel): void {
    const panel = this.#panel.value;
    if (panel?.visible === true) void panel.webview.postMessage(message);
  }

  append(run: string, channel: 'answer' | 'reasoning', text: string): void {
    const key = `${channel} ${run}`;
    this.#deltas.set(key, (this.#deltas.get(key) ?? '') + text);
    this.#schedule();
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#panel.dispose();
  }

  get #options(): vscode.WebviewOptions {
    const { extension } = this.#host;
    return { enableScripts: true, localResourceRoots: [vscode.Uri.joinPath(extension, 'dist'), vscode.Uri.joinPath(extension, 'media')] };
  }

  #adopt(panel: vscode.WebviewPanel): void {
    this.#panel.value = panel;
    panel.webview.options = this.#options;
    const icon = (theme: string) => vscode.Uri.joinPath(this.#host.extension, 'media', `file-${theme}.svg`);
    panel.iconPath = { light: icon('light'), dark: icon('dark') };
    panel.webview.onDidReceiveMessage((message: unknown) => {
      const accepted = parseFromPanel(message);
      if (accepted?.type === 'ready') this.update();
      else if (accepted !== undefined) this.#host.receive(accepted);
    });
    panel.onDidChangeViewState(() => {
      this.#host.activated(panel.active);
      if (panel.visible) this.update();
    });
    panel.onDidDispose(() => {
      this.#host.activated(false);
      if (this.#panel.value !== panel) return;
      this.#panel.value = undefined;
      this.#host.closed();
    });
    panel.webview.html = pageOf(panel.webview, this.#host.extension, page);
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      this.#flush();
    }, frameMs);
  }

  #flush(): void {
    const panel = this.#panel.value;
    const deltas = [...this.#deltas];
    const stale = this.#stale;
    this.#deltas.clear();
    this.#stale = false;
    // A hidden panel has no page; it asks for the state when it has one again.
    if (panel?.visible !== true) return;
    const post = (message: ToPanel): void => void panel.webview.postMessage(message);
    if (stale) {
      // The state holds every delta so far.
      const state = this.#host.state();
      panel.title = state.file === '' ? 'Cachepoint' : commandText.panelTitle(state.file);
      post({ type: 'state', state });
      return;
    }
    for (const [key, text] of deltas) {
      const [channel, run = ''] = key.split(' ', 2);
      post({ type: 'append', run, channel: channel === 'reasoning' ? 'reasoning' : 'answer', text });
    }
  }
}
