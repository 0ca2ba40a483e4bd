import * as vscode from 'vscode';
import { rowsDialogs } from '../../core/messages/editor/rows';
import type { PromptAnalysis } from '../../core/analysis';
import { parseFromChat, type ChatInput, type ToChat } from '../../core/panel/chatProtocol';
import { chatView, type ChatSubject } from '../../core/panel/chatView';
import { visibleLine } from '../../core/text/visible';
import { pageOf } from '../page';
import { rowsPage } from './panel';
import type { RowsDeps } from './ports';

/** Figures to begin with: those of the prompt where it has them. */
const firstInput = ({ plan }: PromptAnalysis): { readonly input: ChatInput; readonly opening: number } => {
  const first = plan.blocks.findIndex(({ place }) => place.field === 'messages');
  const before = plan.blocks[first - 1]?.prefix.likely ?? 0;
  const user = first === -1 ? 100 : Math.max(1, Math.round(plan.blocks[first]?.own.likely ?? 100));
  const gap = first === -1 ? 0 : Math.max(0, Math.round((plan.blocks[first]?.prefix.likely ?? 0) - before - user));
  const hasTools = plan.blocks.some(({ place }) => place.field === 'tools');
  return {
    opening: gap,
    input: {
      turns: 10,
      toolRounds: hasTools ? 2 : 0,
      system: Math.round(before),
      userTokens: user,
      answerTokens: 300,
      callTokens: 80,
      resultTokens: 500,
      pauseSeconds: 60,
      stepSeconds: 5,
      ttl: plan.caching?.kind === 'explicit' ? plan.caching.defaultTtl : '5m',
    },
  };
};

/** Opens the simulator for a prompt's model and sizes. */
export const openSimulator = (analysis: PromptAnalysis, deps: RowsDeps): vscode.Disposable => {
  const { plan, title } = analysis;
  const { input: start, opening } = firstInput(analysis);
  const name = visibleLine(rowsDialogs.simulatorTitle(title));
  const folders = ['dist', 'media'].map((folder) => vscode.Uri.joinPath(deps.extension, folder));
  const panel = vscode.window.createWebviewPanel('cachepoint.simulator', name, vscode.ViewColumn.Beside, {
    enableScripts: true,
    localResourceRoots: folders,
  });
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
