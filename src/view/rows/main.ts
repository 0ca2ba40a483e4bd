import { parseToRows, type FromRows } from '../../core/panel/rowsProtocol';
import { createRowsPage } from './rowsPage';

declare const acquireVsCodeApi: () => { postMessage(message: FromRows): void };

const api = acquireVsCodeApi();
const page = createRowsPage((message) => api.postMessage(message));
document.body.replaceChildren(...page.elements);

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = parseToRows(data);
  if (message !== undefined) page.receive(message);
});

api.postMessage({ type: 'ready' });
