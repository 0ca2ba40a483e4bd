import * as vscode from 'vscode';
import { rowsDialogs } from '../../core/messages/editor/rows';
import type { PromptAnalysis } from '../../core/analysis';
import { parseFromChat, type ToChat } from '../../core/panel/chatProtocol';
import { chatStart } from '../../core/panel/chatStart';
import { chatView, type ChatSubject } from '../../core/panel/chatView';
import { visibleLine } from '../../core/text/visible';
import { pageOf } from '../page';
import { nameOfPrompt, type PromptRef } from '../promptRef';
import { panelIcon, rowsPage } from './panel';
import type { RowsDeps } from './ports';

/** Opens the simulator for a prompt's model and sizes. */
export const openSimulator = (ref: PromptRef, analysis: PromptAnalysis, deps: RowsDeps): vscode.Disposable => {
  const { plan } = analysis;
  const { input: start, opening } = chatStart(analysis);
  const name = visibleLine(rowsDialogs.simulatorTitle(nameOfPrompt(ref, analysis)));
  const folders = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(deps.extension, folder));
  const panel = vscode.window.createWebviewPanel('cachepoint.simulator', name, vscode.ViewColumn.Beside, {
    enableScripts: true,
    localResourceRoots: folders,
    enableFindWidget: true,
  });
  panel.iconPath = panelIcon(deps.extension);
  const subject: ChatSubject = {
    caching: plan.caching,
    prices: plan.prices,
    title: name,
    model: plan.model?.name ?? plan.modelId,
    opening,
    formats: deps.formats,
  };
  let input = start;
  const show = (): void => {
    const message: ToChat = { type: 'chat', view: chatView(input, subject) };
    void panel.webview.postMessage(message);
  };
  panel.webview.onDidReceiveMessage((posted: unknown) => {
    const message = parseFromChat(posted);
    if (message?.type === 'chatInput') input = message.input;
    if (message !== undefined) show();
  });
  panel.onDidChangeViewState(() => {
    if (panel.visible) show();
  });
  panel.webview.html = pageOf(panel.webview, deps.extension, rowsPage);
  return panel;
};
