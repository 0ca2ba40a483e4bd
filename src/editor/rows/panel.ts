import * as vscode from 'vscode';
import { rowsDialogs } from '../../core/messages/editor/rows';
import { parseFromRows, type FromRows, type ToRows } from '../../core/panel/rowsProtocol';
import { visibleLine } from '../../core/text/visible';
import { pageOf } from '../page';
import type { OpenBatch } from './openBatch';

/** Changes are gathered for this long before the page hears of them. Milliseconds. */
const frameMs = 100;

const panelType = 'cachepoint.rows';

/** The page of rows and of the simulator, which tell themselves apart by what they are sent. */
export const rowsPage = { script: 'rowsView.js', styles: ['view.css', 'rows.css'] };

export interface RowsPanelHost {
  readonly extension: vscode.Uri;
  receive(message: Exclude<FromRows, { readonly type: 'ready' }>): void;
  /** The person closed it. */
  closed(): void;
}

/** The icon of the tabs of both pages. */
export const panelIcon = (extension: vscode.Uri) => {
  const icon = (theme: string) => vscode.Uri.joinPath(extension, 'media', `file-${theme}.svg`);
  return { light: icon('light'), dark: icon('dark') };
};

/** The table of a batch, in an editor of its own. */
export const createRowsPanel = (batch: OpenBatch, host: RowsPanelHost) => {
  const folders = ['dist', 'media'].map((name) => vscode.Uri.joinPath(host.extension, name));
  const title = visibleLine(rowsDialogs.panelTitle(batch.name, batch.record.batch.models.length));
  const panel = vscode.window.createWebviewPanel(
    panelType,
    title,
    { viewColumn: vscode.ViewColumn.Active },
    { enableScripts: true, localResourceRoots: folders, enableFindWidget: true },
  );
  panel.iconPath = panelIcon(host.extension);
  const stale = new Set<number>();
  let all = true;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = (): void => {
    timer = undefined;
    if (!panel.visible) return;
    const rows = all ? batch.record.batch.rows.map((_, row) => row) : [...stale];
    const message: ToRows = { type: 'rows', head: batch.head, lines: rows.map((row) => batch.line(row)), reset: all };
    all = false;
    stale.clear();
    void panel.webview.postMessage(message);
  };
  const soon = (): void => void (timer ??= setTimeout(flush, frameMs));
  const forget = batch.onChange((rows) => {
    for (const row of rows) stale.add(row);
    soon();
  });
  panel.webview.onDidReceiveMessage((posted: unknown) => {
    const message = parseFromRows(posted);
    if (message?.type === 'ready') {
      all = true;
      soon();
    } else if (message !== undefined) host.receive(message);
  });
  panel.onDidChangeViewState(() => {
    if (panel.visible) soon();
  });
  panel.onDidDispose(() => {
    clearTimeout(timer);
    forget();
    host.closed();
  });
  panel.webview.html = pageOf(panel.webview, host.extension, rowsPage);
  return { reveal: () => panel.reveal(), dispose: () => panel.dispose() };
};
