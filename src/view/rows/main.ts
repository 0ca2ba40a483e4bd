import { parseToChat, type FromChat } from '../../core/panel/chatProtocol';
import { parseToRows, type FromRows } from '../../core/panel/rowsProtocol';
import { createChatPage } from '../chat/chatPage';
import { createRowsPage } from './rowsPage';

/** The script of two pages: the table of a batch, and the simulator of conversations. The host says which by what it sends. */
declare const acquireVsCodeApi: () => { postMessage(message: FromRows | FromChat): void };

const api = acquireVsCodeApi();
const rows = createRowsPage((message) => api.postMessage(message));
const chat = createChatPage((message) => api.postMessage(message));
let shown: unknown;

const show = (page: { readonly elements: readonly Node[] }): void => {
  if (shown === page) return;
  shown = page;
  document.body.replaceChildren(...page.elements);
};

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const table = parseToRows(data);
  const simulated = parseToChat(data);
  if (table !== undefined) {
    show(rows);
    rows.receive(table);
  }
  if (simulated !== undefined) {
    show(chat);
    chat.receive(simulated.view);
  }
});

api.postMessage({ type: 'ready' });
