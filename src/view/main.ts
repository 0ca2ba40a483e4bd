import { parseToPanel } from '../core/panel/protocol';
import type { FromPanel } from '../core/panel/protocol';
import { createPage } from './page';

/** What VS Code gives to a webview's script. `getState` and `setState` outlive a reload of the window. */
interface VsCodeApi {
  postMessage(message: FromPanel): void;
  setState(state: { readonly version: 1; readonly file: string }): void;
}
declare const acquireVsCodeApi: () => VsCodeApi;

const api = acquireVsCodeApi();
const page = createPage((message) => api.postMessage(message));
document.body.replaceChildren(...page.elements);

window.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
  const message = parseToPanel(data);
  if (message === undefined) return;
  page.receive(message);
  // Enough for the host to know whose page this is when it is opened again.
  if (message.type === 'state') api.setState({ version: 1, file: message.state.file });
});

window.addEventListener('keydown', (event) => {
  if (event.key === 'Escape' && !event.defaultPrevented && page.cancel()) event.preventDefault();
});

setInterval(page.tick, 1000);

api.postMessage({ type: 'ready' });
